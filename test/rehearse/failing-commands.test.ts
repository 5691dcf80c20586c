import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Repository, repository } from '../repository.ts'
import { gate } from './gate.ts'

/** A program in the repository that stands for a tool. */
async function script(repo: Repository, name: string, text: string): Promise<string> {
  const path = join(repo.path, name)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `#!/bin/sh\n${text}\n`)
  await chmod(path, 0o755)
  return path
}

const one = { 'migrations/001_a.sql': 'CREATE TABLE a (id int);', 'migrations/001_a_rollback.sql': 'DROP TABLE a;' }
const two = { 'migrations/002_b.sql': 'CREATE TABLE b (id int);', 'migrations/002_b_rollback.sql': 'DROP TABLE b;' }

describe('a command that', () => {
  const why = async (text: string, settings: Readonly<Record<string, unknown>> = {}) => {
    await using repo = await repository({})
    await repo.commit({ ...one, ...two })
    const program = await script(repo, 'bin/tool', text)
    const { notChecked, verdict } = await gate(repo, { upgrade: [program, '{version}'], ...settings })
    return { verdict, notChecked: notChecked.slice(-1).map((each) => each.why.replaceAll(repo.path, '…')) }
  }

  test('speaks to no database is refused, whether it ends well or not', async () => {
    expect(await why('true')).toEqual({
      verdict: 'error',
      notChecked: [
        '`…/bin/tool` never spoke to the scratch database, so nothing was rehearsed. Its `upgrade:` command must connect to {url}, or to what DATABASE_URL and PGHOST say, and to nothing else.',
      ],
    })
    expect((await why('echo cannot find settings; exit 3')).notChecked[0]).toContain(
      'never spoke to the scratch database (cannot find settings).',
    )
  })

  test('is not there says so', async () => {
    expect(await why('true', { upgrade: ['no-such-tool', '{version}'] })).toEqual({
      verdict: 'error',
      notChecked: ['`no-such-tool` was not found. Install it before this step, or give its path in the configuration.'],
    })
  })

  test('is not told where to stop is refused', async () => {
    expect((await why('true', { upgrade: ['make', 'migrate'] })).notChecked).toEqual([
      'upgrade: the command names none of {version}, {directory} and {file}, so nothing tells it to apply one migration and not all that are pending. Give it {version}, the migration to stop at, {directory}, a copy of the folder that ends with it, or {file}, where it runs a single file.',
    ])
  })

  test('names what is not known is refused', async () => {
    expect((await why('true', { upgrade: ['tool', '{version}', '--dsn={dsn}'] })).notChecked[0]).toMatch(
      /^upgrade: \{dsn\} is not known; there are \{url\}, /,
    )
  })

  test('is killed says nothing about the migration', async () => {
    const { verdict, notChecked } = await why('kill -9 $$')
    expect({ verdict, notChecked }).toEqual({
      verdict: 'error',
      notChecked: ['`…/bin/tool` was ended by a signal while it ran 001_a, so nothing is known about it.'],
    })
  })

  test('sees no secret, and where the scratch database is', async () => {
    process.env.MY_SECRET_TOKEN = 'x'
    process.env.MY_SETTING = 'y'
    try {
      const { notChecked } = await why(
        'echo "$MY_SECRET_TOKEN,$MY_SETTING,$PGUSER,$PGHOST,${DATABASE_URL%%:*},$1,$PWD"; exit 1',
        { environment: ['MY_SETTING'] },
      )
      expect(notChecked[0]).toContain('(,y,postgres,127.0.0.1,postgres,001,…)')
    } finally {
      delete process.env.MY_SECRET_TOKEN
      delete process.env.MY_SETTING
    }
  })
})

test('a command that ends well and runs nothing is refused', async () => {
  await using repo = await repository(one)
  await repo.commit(two)
  await writeFile(
    join(repo.path, 'tool.mjs'),
    `import pg from '${import.meta.resolve('pg')}'
     const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
     await client.connect()
     await client.query('CREATE TABLE IF NOT EXISTS notes (id int)')
     await client.query('SELECT * FROM notes')
     await client.end()`,
  )
  const upgrade = ['node', 'tool.mjs', '{version}']
  const { verdict, notChecked } = await gate(repo, { upgrade, bookkeeping: ['public.notes'] })
  expect([verdict, notChecked.map(({ why }) => why)]).toEqual([
    'error',
    [
      'It cannot be run: no `downgrade:` command is configured for it.',
      '`node` ended well, and sent nothing of 002_b to the scratch database. Its `upgrade:` command must run the migration that {version} or {directory} names.',
    ],
  ])
})

test('a command that goes on after an error, and ends well, has failed', async () => {
  await using repo = await repository(one)
  await repo.commit({
    'migrations/002_b.sql': 'CREATE TABLE b (id int);\nALTER TABLE nowhere ADD c int;\nCREATE INDEX b_idx ON b (id);',
    'migrations/002_b_rollback.sql': 'DROP TABLE b;',
  })
  const client = import.meta.resolve('pg')
  await writeFile(
    join(repo.path, 'tool.mjs'),
    `import { readFileSync } from 'node:fs'
     import pg from '${client}'
     const file = process.argv[2] === '001' ? '001_a' : '002_b'
     const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
     await client.connect()
     // Such errors of its own are nobody's business.
     await client.query('SELECT FROM notes').catch(() => undefined)
     for (const sql of readFileSync(\`migrations/\${file}.sql\`, 'utf8').split('\\n'))
       await client.query(sql).catch(() => undefined)
     await client.end()`,
  )
  const { verdict, migrations } = await gate(repo, { upgrade: [process.execPath, 'tool.mjs', '{version}'] })
  const [first] = migrations[0]?.roundTrip?.steps ?? []
  expect({ verdict, outcome: first?.outcome, error: first?.error }).toMatchObject({
    verdict: 'block',
    outcome: 'failed',
    error: {
      sqlstate: '42P01',
      message: `relation "nowhere" does not exist, and \`${process.execPath}\` passed over it`,
      at: { file: 'migrations/002_b.sql', line: 2 },
    },
  })
})

test('upgrade: tool needs a tool whose command is known', async () => {
  await using repo = await repository(one)
  await repo.commit(two)
  await expect(gate(repo, { upgrade: 'tool' })).rejects.toThrow(
    'upgrade: there is no usual command for numbered-sql; there are some for dbmate, flyway, golang-migrate, goose, node-pg-migrate, tern. Give a program and its arguments.',
  )
})
