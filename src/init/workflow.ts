import { dryRunModes } from '../model/dry-run.ts'

/** Where the workflows stand. GitHub reads no other folder. */
export const workflowFile = '.github/workflows/migration-gate.yml'
export const commentWorkflowFile = '.github/workflows/migration-gate-comment.yml'
export const stagingWorkflowFile = '.github/workflows/migration-gate-staging.yml'

/** A tag can be moved to other code, a commit cannot; the comment tells people, and Dependabot, which version it is. */
const pinned = {
  checkout: 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1',
  setupPython: 'actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0',
  cacheRestore: 'actions/cache/restore@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0',
  cacheSave: 'actions/cache/save@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0',
  upload: 'actions/upload-artifact@043fb46d1a93c77aae656e7c1c64a875d1fc6a0a # v7.0.1',
  download: 'actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1',
}

/** What most projects with Alembic do. */
export const usualInstall = 'pip install -r requirements.txt'

export interface WorkflowOptions {
  /** Steps that install the project's Alembic: the command of one; `perhaps`: as a comment; undefined: none. */
  readonly alembic: { readonly install: string } | 'perhaps' | undefined
  /** Anybody may open a pull request from a fork: another workflow writes the comment. */
  readonly isPublic: boolean
  /** Pushes to it fill the cache. */
  readonly defaultBranch: string
}

/** The workflow that runs the gate on pull requests and in a merge queue. */
export function workflow({ alembic, isPublic, defaultBranch }: WorkflowOptions): string {
  return `name: migration-gate

# No paths: filter. A required check that is skipped stays pending for ever; without a changed migration this one succeeds at once.
on:
  pull_request:
  merge_group: # for a merge queue; without one this event never happens
  push: # only to fill the cache
    branches: [${branch(defaultBranch)}]

permissions: {} # each job names its own

concurrency:
  group: migration-gate-\${{ github.event.pull_request.number || github.ref }}
  # A cancelled check blocks the merge queue, so only the runs of a pull request are replaced by newer ones.
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  migration-gate: # the name of the check that is made required
    name: migration-gate
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: read # checkout
      ${isPublic ? 'pull-requests: read # the list of changed files' : 'pull-requests: write # the report comment; with read the gate still decides, only the comment is missing'}
    steps:
      - uses: ${pinned.checkout}
        with:
          fetch-depth: 0 # the gate compares with the base branch
          persist-credentials: false # migrations are run, and need no token
      # PostgreSQL, and the schema of the default branch. A pull request takes it up and never writes it: its code has run by then.
      - uses: ${pinned.cacheRestore}
        with:
          path: ~/.cache/migration-gate
          key: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-\${{ github.sha }}
          restore-keys: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-
${alembic ? steps(alembic) : ''}      - uses: migration-gate/migration-gate@v1
        id: gate
        with:
          keep-baseline: \${{ github.event_name == 'push' }} # and then nothing is judged
${isPublic ? leaveReport : ''}      - if: steps.gate.outputs.cache-changed == 'true'
        uses: ${pinned.cacheSave}
        with:
          path: ~/.cache/migration-gate
          key: migration-gate-\${{ runner.os }}-\${{ runner.arch }}-\${{ github.sha }}
`
}

const leaveReport = `          comment: never # the run of a fork may not; migration-gate-comment.yml writes it
          report-file: \${{ runner.temp }}/migration-gate.json
      - if: \${{ !cancelled() && github.event_name == 'pull_request' }}
        uses: ${pinned.upload}
        with:
          name: migration-gate
          path: \${{ runner.temp }}/migration-gate.json
          retention-days: 1
`

/** Of a public repository: the workflow that may comment, and runs nothing of a pull request. */
export const commentWorkflow = `name: migration-gate-comment

# Has a token that can write, and so runs nothing of the pull request and checks nothing out: the report of the other run is read as data,
# and which pull request it belongs to is asked of GitHub.
on:
  workflow_run: # zizmor: ignore[dangerous-triggers]
    workflows: [migration-gate]
    types: [completed]

permissions: {} # each job names its own

concurrency:
  group: migration-gate-comment-\${{ github.event.workflow_run.head_sha }}
  cancel-in-progress: false

jobs:
  comment:
    name: comment
    if: github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion != 'cancelled'
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions:
      actions: read # the report that the other run has left
      pull-requests: write # the comment
    steps:
      - uses: ${pinned.download}
        with:
          name: migration-gate
          path: report
          run-id: \${{ github.event.workflow_run.id }}
          github-token: \${{ github.token }}
      - uses: migration-gate/migration-gate@v1
        with:
          comment-from: report/migration-gate.json
`

/** The secret of an environment that holds the URL of its database. */
export const stagingSecret = 'STAGING_DATABASE_URL'

/** The workflow that is started by hand: a dry run against the database of an environment. */
export function stagingWorkflow({
  alembic,
  environment,
  directories,
}: Pick<WorkflowOptions, 'alembic'> & {
  /** On GitHub. */
  readonly environment: string
  /** Of the histories; one of several is chosen with each run. */
  readonly directories: readonly string[]
}): string {
  const isOneOfSeveral = directories.length > 1
  return `name: migration-gate-staging

# Started by hand, for the branch that is chosen: Actions > migration-gate-staging > Run workflow. GitHub offers that once this file is
# on the default branch.
on:
  workflow_dispatch:
    inputs:
      environment:
        description: The environment whose database is asked
        type: choice # of those named here only; add others below
        options: [${text(environment)}]
        default: ${text(environment)}
        required: true
      mode:
        description: plan only reads; rehearse reads the schema; apply-and-rollback takes real locks
        type: choice
        options: [${dryRunModes.join(', ')}]
        default: plan
        required: true
${isOneOfSeveral ? directoryInput(directories) : ''}      to:
        description: The last migration to include; empty for all that are pending
        type: string
        required: false

permissions: {} # the job names its own

concurrency: # one at a time for each environment, and none is cut off
  group: migration-gate-staging-\${{ inputs.environment }}
  cancel-in-progress: false

jobs:
  dry-run:
    name: \${{ inputs.mode }} on \${{ inputs.environment }}
    runs-on: ubuntu-latest # must reach the database: a runner inside its network, or an address that is let in
    timeout-minutes: 30
    environment: \${{ inputs.environment }} # its reviewers, its branches, its secrets
    permissions:
      contents: read # checkout
    steps:
      - uses: ${pinned.checkout}
        with:
          persist-credentials: false # migrations are run, and need no token
${alembic ? steps(alembic) : ''}      - uses: migration-gate/migration-gate@v1
        id: gate
        with:
          command: dry-run
          mode: \${{ inputs.mode }}
${isOneOfSeveral ? '          directory: ${{ inputs.directory }}\n' : ''}          to: \${{ inputs.to }}
          lock-timeout: 2s
          statement-timeout: 30s
        env: # an input would be printed in the log where a workflow is debugged
          MIGRATION_GATE_STAGING_URL: \${{ secrets.${stagingSecret} }}
      # The report is in the summary of the run, and here to be kept.
      - if: \${{ !cancelled() && steps.gate.outputs.report-path != '' }}
        uses: ${pinned.upload}
        with:
          name: migration-gate-staging
          path: \${{ steps.gate.outputs.report-path }}
          retention-days: 30
`
}

function directoryInput(directories: readonly string[]): string {
  return `      directory:
        description: The migrations of this database
        type: choice
        options: [${directories.map((directory) => text(directory || '.')).join(', ')}]
        required: true
`
}

/** Quoted where YAML, or a pattern of branches, would read something else. */
function branch(name: string): string {
  return text(name, name.replace(/[*?+[\]!\\]/g, '\\$&'))
}

/** As it is where it is plain. */
function text(plain: string, otherwise = plain): string {
  return /^[A-Za-z][\w./-]*$/.test(plain) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(plain)
    ? plain
    : JSON.stringify(otherwise)
}

function python(install: string): string {
  return `      - uses: ${pinned.setupPython}
        with: { python-version: '3.13' }
      - run: ${install}
`
}

function steps(alembic: NonNullable<WorkflowOptions['alembic']>): string {
  if (alembic === 'perhaps')
    return `      # Only for Alembic: the gate runs your own.\n${python(usualInstall).replace(/^ {6}/gm, '      # ')}`
  return `      # The gate runs your own Alembic: this installs it.\n${python(alembic.install)}`
}
