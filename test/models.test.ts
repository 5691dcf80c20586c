import { readFileSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { makeRepository } from '../examples/repository.mjs'
import { rules } from '../rules/index.ts'
import { loadConfig } from '../src/config.ts'
import { run } from '../src/run.ts'
import { python } from './python.ts'
import { repository } from './repository.ts'

async function checked(path: string, values: Readonly<Record<string, unknown>>) {
  const config = await loadConfig({
    repository: path,
    values: { base: 'main', database: 'embedded', ...values },
    origin: 'the test',
  })
  const result = await run({
    config,
    rules,
    repository: path,
    signal: new AbortController().signal,
    log: () => undefined,
  })
  return {
    verdict: result.verdict,
    notChecked: result.notChecked.map(({ what, why }) => `${what}: ${why}`),
    findings: result.findings
      .filter(({ rule }) => rule === 'models-out-of-step')
      .map(({ at, severity, message, evidence }) => ({ file: at.file, severity, message, evidence })),
  }
}

const migrations = {
  'migrations/001_users.sql': 'CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);',
  'migrations/001_users_rollback.sql': 'DROP TABLE users;',
}

describe('a schema file', () => {
  test('may grant to a role that a migration makes', async () => {
    const sql = 'CREATE TABLE users (id int PRIMARY KEY);\nGRANT SELECT ON users TO reader;\n'
    await using repo = await repository({
      'migrations/001_users.sql': `CREATE ROLE reader;\n${sql}`,
      'schema.sql': sql,
    })
    await repo.commit({ 'migrations/002_roles.sql': 'CREATE ROLE writer;' })
    expect(await checked(repo.path, { 'expected-schema': 'schema.sql' })).toMatchObject({
      notChecked: [],
      findings: [],
    })
  })

  test('that says what the migrations build is in step; a field more is told, also where no migration is new', async () => {
    await using repo = await repository({
      ...migrations,
      'schema.sql': 'CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL);\n',
    })
    expect(await checked(repo.path, { 'expected-schema': 'schema.sql' })).toEqual({
      verdict: 'pass',
      notChecked: [],
      findings: [],
    })
    await repo.commit({ 'schema.sql': 'CREATE TABLE users (id int PRIMARY KEY, email text NOT NULL, phone text);\n' })
    expect(await checked(repo.path, { 'expected-schema': 'schema.sql' })).toEqual({
      verdict: 'block',
      notChecked: [],
      findings: [
        {
          file: 'migrations/001_users.sql',
          severity: 'error',
          message: 'The models have the column public.users.phone, and no migration builds it.',
          evidence: ['The models have the column public.users.phone, and no migration builds it'],
        },
      ],
    })
  })

  test('that is not there, is not SQL or makes nothing is not checked, and says why', async () => {
    await using repo = await repository({ ...migrations, 'broken.sql': 'CREATE TABEL users ();', 'empty.sql': '' })
    const why = async (source: unknown) => (await checked(repo.path, { 'expected-schema': source })).notChecked
    expect(await why('no.sql')).toEqual([
      'Whether the migrations build what the models say: expected-schema: no.sql cannot be read (ENOENT).',
    ])
    expect(await why('broken.sql')).toEqual([
      'Whether the migrations build what the models say: expected-schema: broken.sql:1: syntax error at or near "TABEL" (42601).',
    ])
    expect(await why('empty.sql')).toEqual([
      'Whether the migrations build what the models say: expected-schema: empty.sql makes no table.',
    ])
    expect(await why(['no-such-program'])).toEqual([
      'Whether the migrations build what the models say: expected-schema: `no-such-program` was not found.',
    ])
    expect(await why([process.execPath, '-e', 'console.error("no models here"); process.exit(4)'])).toEqual([
      `Whether the migrations build what the models say: expected-schema: \`${process.execPath}\` ended with exit code 4: no models here.`,
    ])
  })
})

describe('SQLModel', () => {
  // As its page shows it. The address that the code names is nobody's: what SQLAlchemy opens is sent to the scratch database.
  const shown = [...readFileSync('docs/models.md', 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)][1]?.[1] ?? ''
  const [, ...parameters] = (parse(shown) as { 'expected-schema': readonly string[] })['expected-schema']
  const elsewhere = parameters.map((each) =>
    each.replace(
      'create_engine(DATABASE_URL)',
      "create_engine('postgresql+psycopg2://app:app@db.example.test:5432/app')",
    ),
  )

  test('the tables of the example are what its migrations build, until a model has a field more or is not imported', async () => {
    const { python: program, alembic } = await python()
    await using repo = await makeRepository({ project: 'alembic' })
    const values = { alembic: { command: [alembic] }, 'expected-schema': [program, ...elsewhere] }
    expect(await checked(repo.path, values)).toEqual({ verdict: 'pass', notChecked: [], findings: [] })
    const asShown = { ...values, 'expected-schema': [program, ...parameters] }
    expect(await checked(repo.path, asShown)).toEqual({ verdict: 'pass', notChecked: [], findings: [] })

    const models = join(repo.path, 'models.py')
    const text = await readFile(models, 'utf8')
    await writeFile(
      models,
      text
        .replace(
          '    phone: str | None = Field(default=None, max_length=50)',
          '    phone: str | None = Field(default=None, max_length=20)\n    nickname: str',
        )
        .replace('class UserIdentityTable(SQLModel, table=True):', 'class UserIdentityTable(SQLModel):')
        .replace(/ {4}identities: list[\s\S]*?\n {4}\)\n/, '')
        .replace(/ {4}user: UserTable = .*\n/, ''),
    )
    expect(await checked(repo.path, values)).toMatchInlineSnapshot(`
      {
        "findings": [
          {
            "evidence": [
              "The models have the column public.usertable.nickname, and no migration builds it",
              "The column public.usertable.phone has type character varying(20) in the models and character varying(50) after the migrations",
              "The migrations build the table public.useridentitytable, and the models do not have it",
            ],
            "file": "alembic/versions/2026_04_11-41d7c3f0b2aa_add_user_phone.py",
            "message": "The models have the column public.usertable.nickname, and no migration builds it; 2 more differences.",
            "severity": "error",
          },
        ],
        "notChecked": [],
        "verdict": "block",
      }
    `)
  })
})
