import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type StepOptions, step } from '../github/runner.ts'
import { repository } from '../repository.ts'
import { testDatabase } from '../server.ts'
import { bundled } from './bundled.ts'
import { urlOf } from './staging.ts'

let action: string
beforeAll(async () => {
  action = await bundled('action')
}, 60_000)
afterAll(async () => {
  await rm(dirname(action), { recursive: true, force: true })
})

const before = `CREATE TABLE schema_version (version text PRIMARY KEY, applied_at timestamptz DEFAULT now());
CREATE TABLE users (id bigint PRIMARY KEY, email text);
INSERT INTO schema_version VALUES ('001');`
const files = {
  'migrations/001_users.sql': before,
  'migrations/002_unique.sql': `SET lock_timeout = '2s';\nALTER TABLE users ADD UNIQUE (email);\nINSERT INTO schema_version VALUES ('002');\n`,
}

async function dispatched(options: Partial<StepOptions> & { readonly url?: string }) {
  const temporary = await mkdtemp(join(tmpdir(), 'dry-run-action-'))
  await using repo = await repository(files)
  try {
    return await step({
      bundle: { action, temporary, [Symbol.asyncDispose]: async () => undefined },
      workspace: repo.path,
      api: 'http://127.0.0.1:1',
      event: 'workflow_dispatch',
      payload: { repository: { name: 'shop', owner: { login: 'octo' } }, inputs: {} },
      ...options,
      inputs: { command: 'dry-run', tool: 'numbered-sql', directory: 'migrations', ...options.inputs },
      environment: { MIGRATION_GATE_STAGING_URL: options.url, ...options.environment },
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

test('a plan: summary, outputs, failure; the URL is masked and in none of them', async () => {
  await using staging = await testDatabase(`${before} INSERT INTO users VALUES (1, 'a'), (2, 'a'); ANALYZE`)
  const url = urlOf(staging.database)
  const ran = await dispatched({ url })
  expect({ code: ran.code, outputs: ran.outputs }, ran.stdout).toEqual({
    code: 1,
    outputs: {
      verdict: 'block',
      'pending-count': '1',
      'blocking-count': '2',
      'warning-count': '0',
      'report-path': expect.stringMatching(/migration-gate\/dry-run\.md$/),
    },
  })
  expect(ran.summary.split('\n')[0]).toBe('## ❌ Dry run: 1 migration pending, not to be applied as it is')
  expect(ran.summary).toContain('no two rows of public.users have the same email | 1 row in the way')
  expect(ran.commands).toContain(`::add-mask::${url}`)
  expect(ran.summary + JSON.stringify(ran.outputs)).not.toContain(staging.database.password)
})

test('no URL, a time that is none, a target that no migration is, a server that is not there', async () => {
  const said = async (options: Parameters<typeof dispatched>[0]) => {
    const { code, commands } = await dispatched(options)
    return [code, commands.find((each) => each.startsWith('::error'))]
  }
  expect(await said({})).toEqual([
    1,
    '::error::There is no URL of staging. Give it in the environment variable MIGRATION_GATE_STAGING_URL, from a secret.',
  ])
  const url = 'postgres://somebody:Geheimnis@127.0.0.1:1/app'
  expect(await said({ url, inputs: { 'lock-timeout': '0' } })).toEqual([
    1,
    '::error::lock-timeout: expected a time such as 2s or 500ms, from 1 ms to 60 min.',
  ])
  expect(await said({ url, inputs: { to: '005' } })).toEqual([
    1,
    '::error::to: the numbered-sql migrations in migrations have no 005. Near it are 001 (001_users), 002 (002_unique).',
  ])
  expect(await said({ url })).toEqual([
    1,
    '::error::Dry run: staging was not asked. No server listens at that host and port (ECONNREFUSED).',
  ])
})
