import { describe, expect, test } from 'vitest'
import { read } from './projects.ts'

describe('tools without a way back', () => {
  test('Prisma: one query each', async () => {
    expect(
      await read(
        {
          'prisma/migrations/migration_lock.toml': '# x\nprovider = "postgresql"\n',
          'prisma/migrations/20240102000000_b/migration.sql': 'B',
          'prisma/migrations/20240101000000_a/migration.sql': 'A',
        },
        {
          'prisma/migrations/20240103000000_c/migration.sql': 'C',
          'prisma/migrations/20240103000000_c/down.sql': '-c',
        },
      ),
    ).toEqual({
      tool: 'prisma in prisma/migrations',
      migrations: [
        '20240101000000_a (20240101000000_a) base after nothing\n  up prisma/migrations/20240101000000_a/migration.sql:1 [query] 1:1 "A"',
        '20240102000000_b (20240102000000_b) base after 20240101000000_a\n  up prisma/migrations/20240102000000_b/migration.sql:1 [query] 1:1 "B"',
        '20240103000000_c (20240103000000_c) new after 20240102000000_b\n  up prisma/migrations/20240103000000_c/migration.sql:1 [query] 1:1 "C"\n  down prisma/migrations/20240103000000_c/down.sql:1 [query] 1:1 "-c"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('a Prisma project of another database is none of ours', async () => {
    await expect(
      read({
        'prisma/migrations/migration_lock.toml': 'provider = "mysql"',
        'prisma/migrations/20240102000000_b/migration.sql': '',
      }),
    ).rejects.toThrow('No migrations were found')
  })

  test('Drizzle: the journal’s order, pieces at the breakpoints, times that go back', async () => {
    const journal = (...entries: [string, number][]) =>
      JSON.stringify({
        version: '7',
        dialect: 'postgresql',
        entries: entries.map(([tag, when], idx) => ({ idx, when, tag, breakpoints: true })),
      })
    expect(
      await read(
        {
          'drizzle/0000_b.sql': 'B;--> statement-breakpoint\nB2;',
          'drizzle/0001_a.sql': 'A;',
          'drizzle/meta/_journal.json': journal(['0000_b', 1], ['0001_a', 3]),
        },
        {
          'drizzle/0002_c.sql': 'C;',
          'drizzle/0003_d.sql': '',
          'drizzle/meta/_journal.json': journal(['0000_b', 1], ['0001_a', 3], ['0002_c', 2], ['0004_gone', 4]),
        },
      ),
    ).toEqual({
      tool: 'drizzle in drizzle',
      migrations: [
        '0000_b (0000_b) base after nothing\n  up drizzle/0000_b.sql:1 [run] 1:1 "B;" | 1:27 "\\nB2;"',
        '0001_a (0001_a) base after 0000_b\n  up drizzle/0001_a.sql:1 [run] 1:1 "A;"',
        '0002_c (0002_c) new after 0001_a\n  up drizzle/0002_c.sql:1 [run] 1:1 "C;"',
      ],
      notChecked: [
        'drizzle/0004_gone.sql: It is in meta/_journal.json, and the file is not there.',
        'drizzle/0002_c.sql: Its time in meta/_journal.json is not after that of 0001_a, so Drizzle passes over it on a database that has that one. Give it a later time: generate it again.',
        'drizzle/0003_d.sql: Drizzle does not run it: expected an entry for it in meta/_journal.json.',
      ],
      hasGaps: true,
      hasDowngrades: false,
    })
  })

  test('Drizzle: a broken journal; the folders of version 1', async () => {
    const broken = await read({ 'drizzle/0000_b.sql': '', 'drizzle/meta/_journal.json': '{' })
    expect([broken.notChecked, broken.hasGaps, broken.migrations]).toEqual([
      [
        'drizzle/meta/_journal.json: Drizzle’s journal cannot be read. Expected JSON with entries that have a tag and a time.',
      ],
      true,
      [],
    ])
    expect(
      await read({
        'drizzle/20250102_b/migration.sql': 'B',
        'drizzle/20250102_b/snapshot.json': '{}',
        'drizzle/20250101_a/migration.sql': 'A',
        'drizzle/20250101_a/snapshot.json': '{}',
      }),
    ).toEqual({
      tool: 'drizzle in drizzle',
      migrations: [
        '20250101_a (20250101_a) base after nothing\n  up drizzle/20250101_a/migration.sql:1 [run] 1:1 "A"',
        '20250102_b (20250102_b) base after 20250101_a\n  up drizzle/20250102_b/migration.sql:1 [run] 1:1 "B"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('Supabase', async () => {
    expect(
      await read(
        { 'supabase/migrations/20240101000000_a.sql': 'A' },
        { 'supabase/migrations/20240102000000_b.sql': 'B', 'supabase/migrations/c.sql': '' },
      ),
    ).toEqual({
      tool: 'supabase in supabase/migrations',
      migrations: [
        '20240101000000 (20240101000000_a) base after nothing\n  up supabase/migrations/20240101000000_a.sql:1 [script] 1:1 "A"',
        '20240102000000 (20240102000000_b) new after 20240101000000\n  up supabase/migrations/20240102000000_b.sql:1 [script] 1:1 "B"',
      ],
      notChecked: [
        'supabase/migrations/c.sql: Supabase does not run it, because of its name: expected a time and a name, such as 20240131120000_add_email.sql.',
      ],
      hasGaps: false,
      hasDowngrades: false,
    })
  })

  test('graphile-migrate: what is committed; the draft is told', async () => {
    const head = '--! Previous: -\n--! Hash: sha1:0\n'
    expect(
      await read(
        { 'migrations/committed/000001.sql': `${head}\nA;\n`, 'migrations/current.sql': '-- nothing yet\n' },
        {
          'migrations/committed/000002-idx.sql': `${head}--! Message: idx\n\n--! no-transaction\nB;\n`,
          'migrations/committed/000003.sql': 'C;\n',
          'migrations/current.sql': 'D;\n',
        },
      ),
    ).toEqual({
      tool: 'graphile-migrate in migrations',
      migrations: [
        '000001.sql (000001) base after nothing\n  up migrations/committed/000001.sql:1 [script] 3:1 "\\nA;\\n"',
        '000002.sql (000002-idx) new after 000001.sql\n  up migrations/committed/000002-idx.sql:1 [query] 4:1 "\\n--! no-transaction\\nB;\\n"',
      ],
      notChecked: [
        'migrations/committed/000003.sql: graphile-migrate refuses it: expected the headers “--! Previous:” and “--! Hash:” that committing writes.',
        'migrations/current.sql: It is graphile-migrate’s current migration, which is not a part of the history yet. It is checked when it is committed (graphile-migrate commit).',
      ],
      hasGaps: true,
      hasDowngrades: false,
    })
  })
})
