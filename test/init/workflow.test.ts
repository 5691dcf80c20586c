import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { commentWorkflow, stagingWorkflow, workflow } from '../../src/init/workflow.ts'

const defaultBranch = 'main'
const variants = {
  'any tool': workflow({ alembic: 'perhaps', isPublic: false, defaultBranch }),
  'plain SQL': workflow({ alembic: undefined, isPublic: false, defaultBranch }),
  Alembic: workflow({
    alembic: { install: 'pip install -r backend/requirements.txt' },
    isPublic: false,
    defaultBranch,
  }),
  'Alembic in a public repository': workflow({ alembic: { install: 'pip install ./' }, isPublic: true, defaultBranch }),
}

const environment = 'staging'
const byHand = stagingWorkflow({ alembic: 'perhaps', environment, directories: [''] })

describe('the workflow', () => {
  test('is the one that the README shows, docs/github.md the second one, docs/staging.md the third', async () => {
    const [, shown] = /```yaml\n(name: migration-gate\n.*?)```\n/s.exec(await readFile('README.md', 'utf8')) ?? []
    expect(shown).toBe(variants['any tool'])
    expect(await readFile('docs/github.md', 'utf8')).toContain(`\`\`\`yaml\n${commentWorkflow}\`\`\`\n`)
    expect(await readFile('docs/staging.md', 'utf8')).toContain(`\`\`\`yaml\n${byHand}\`\`\`\n`)
  })

  test('differs only in the steps for Alembic and in who writes the comment', () => {
    const lines = (text: string) => text.split('\n').map((line) => line.replace(/@[0-9a-f]{40} # v[\d.]+$/, '@pinned'))
    const common = lines(variants['plain SQL'])
    const added = Object.values(variants).map((text) => lines(text).filter((line) => !common.includes(line)))
    expect(added).toEqual([
      [
        '      # Only for Alembic: the gate runs your own.',
        '      # - uses: actions/setup-python@pinned',
        "      #   with: { python-version: '3.13' }",
        '      # - run: pip install -r requirements.txt',
      ],
      [],
      [
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@pinned',
        "        with: { python-version: '3.13' }",
        '      - run: pip install -r backend/requirements.txt',
      ],
      [
        '      pull-requests: read # the list of changed files',
        '      # The gate runs your own Alembic: this installs it.',
        '      - uses: actions/setup-python@pinned',
        "        with: { python-version: '3.13' }",
        '      - run: pip install ./',
        '          comment: never # the run of a fork may not; migration-gate-comment.yml writes it',
        '          report-file: ${{ runner.temp }}/migration-gate.json',
        "      - if: ${{ !cancelled() && github.event_name == 'pull_request' }}",
        '        uses: actions/upload-artifact@pinned',
        '          name: migration-gate',
        '          path: ${{ runner.temp }}/migration-gate.json',
        '          retention-days: 1',
      ],
    ])
  })

  test.each(Object.entries(variants))(
    'for %s: explained permissions, no filter, never cancelled in a queue, a cache that no pull request writes',
    (name, text) => {
      const isPublic = name.includes('public')
      const read = parse(text)
      expect(read).toMatchObject({
        on: { pull_request: null, merge_group: null, push: { branches: ['main'] } },
        permissions: {},
        concurrency: { 'cancel-in-progress': "${{ github.event_name == 'pull_request' }}" },
      })
      expect(Object.keys(read.jobs)).toEqual(['migration-gate'])
      const job = read.jobs['migration-gate']
      expect(job.permissions).toEqual({ contents: 'read', 'pull-requests': isPublic ? 'read' : 'write' })
      expect(job.steps.at(0)).toEqual({
        uses: expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/),
        with: { 'fetch-depth': 0, 'persist-credentials': false },
      })
      const using = (action: string) =>
        job.steps
          .filter(({ uses }: { uses?: string }) => uses?.startsWith(action))
          .map((step: { if?: string }) => step.if)
      expect(using('actions/cache/restore@')).toEqual([undefined])
      // Of the gate, which says so only where `keep-baseline` is on, and that is on a push.
      expect(using('actions/cache/save@')).toEqual(["steps.gate.outputs.cache-changed == 'true'"])
      expect(using('actions/cache@')).toEqual([])
      expect(text).toContain("keep-baseline: ${{ github.event_name == 'push' }}")
      const [, permissions = ''] = /^ {4}permissions:\n((?: {6}.*\n)+)/m.exec(text) ?? []
      expect(permissions.trimEnd().split('\n')).toEqual([
        expect.stringMatching(/ # \w/),
        expect.stringMatching(/ # \w/),
      ])
    },
  )

  test('that comments runs nothing of a pull request', () => {
    const { on, permissions, jobs } = parse(commentWorkflow)
    expect({ on, permissions }).toEqual({
      on: { workflow_run: { workflows: ['migration-gate'], types: ['completed'] } },
      permissions: {},
    })
    expect(jobs.comment.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' })
    expect(
      jobs.comment.steps.map(({ uses, run }: { uses?: string; run?: string }) => uses?.split('@')[0] ?? run),
    ).toEqual(['actions/download-artifact', 'migration-gate/migration-gate'])
  })

  test('for staging is started by hand, one at a time, with the secret of the chosen environment in one step', async () => {
    const { on, permissions, concurrency, jobs } = parse(byHand)
    expect({ on, permissions, concurrency }).toEqual({
      on: {
        workflow_dispatch: {
          inputs: {
            environment: {
              description: expect.any(String),
              type: 'choice',
              options: ['staging'],
              default: 'staging',
              required: true,
            },
            mode: {
              description: expect.any(String),
              type: 'choice',
              options: ['plan', 'rehearse', 'apply-and-rollback'],
              default: 'plan',
              required: true,
            },
            to: { description: expect.any(String), type: 'string', required: false },
          },
        },
      },
      permissions: {},
      concurrency: { group: 'migration-gate-staging-${{ inputs.environment }}', 'cancel-in-progress': false },
    })
    const { steps, ...job } = jobs['dry-run']
    expect(Object.keys(jobs)).toEqual(['dry-run'])
    expect(job).toEqual({
      name: '${{ inputs.mode }} on ${{ inputs.environment }}',
      'runs-on': 'ubuntu-latest',
      'timeout-minutes': 30,
      environment: '${{ inputs.environment }}',
      permissions: { contents: 'read' },
    })
    expect(steps).toEqual([
      { uses: expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/), with: { 'persist-credentials': false } },
      {
        uses: 'migration-gate/migration-gate@v1',
        id: 'gate',
        with: {
          command: 'dry-run',
          mode: '${{ inputs.mode }}',
          to: '${{ inputs.to }}',
          'lock-timeout': '2s',
          'statement-timeout': '30s',
        },
        env: { MIGRATION_GATE_STAGING_URL: '${{ secrets.STAGING_DATABASE_URL }}' },
      },
      {
        if: "${{ !cancelled() && steps.gate.outputs.report-path != '' }}",
        uses: expect.stringMatching(/^actions\/upload-artifact@[0-9a-f]{40}$/),
        with: {
          name: 'migration-gate-staging',
          path: '${{ steps.gate.outputs.report-path }}',
          'retention-days': 30,
        },
      },
    ])
    const { inputs } = parse(await readFile('action.yml', 'utf8')) as { inputs: object }
    expect(Object.keys(steps[1].with).filter((name) => !(name in inputs))).toEqual([])
  })

  test('for staging asks which history is meant, where there are several', () => {
    const { on, jobs } = parse(stagingWorkflow({ alembic: undefined, environment, directories: ['db/a b', ''] }))
    expect(on.workflow_dispatch.inputs.directory).toEqual({
      description: 'The migrations of this database',
      type: 'choice',
      options: ['db/a b', '.'],
      required: true,
    })
    expect(jobs['dry-run'].steps[1].with.directory).toBe('${{ inputs.directory }}')
  })

  test.each(['staging', 'EU: staging', 'on', '1.0', 'a"b', "${{ 'x' }}", 'Prüfung', 'x]'])(
    'for the environment %s',
    (name) => {
      const { on } = parse(stagingWorkflow({ alembic: undefined, environment: name, directories: [''] }))
      const { options, default: usual } = on.workflow_dispatch.inputs.environment
      expect([options, usual]).toEqual([[name], name])
    },
  )

  test.each([
    ['main', ['main']],
    ['release/2.x', ['release/2.x']],
    ['a: b', ['a: b']],
    ['we*rd', ['we\\*rd']],
    ['1.0', ['1.0']],
  ])('for the default branch %s', (name, branches) => {
    expect(parse(workflow({ alembic: undefined, isPublic: false, defaultBranch: name })).on.push.branches).toEqual(
      branches,
    )
  })
})
