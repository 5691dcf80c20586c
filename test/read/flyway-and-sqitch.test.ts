import { describe, expect, test } from 'vitest'
import { read } from './projects.ts'

describe('Flyway', () => {
  test('by the parts of the version, repeatable ones last; undo; settings; what stands alone', async () => {
    expect(
      await read(
        {
          'src/main/resources/db/migration/V1__a.sql': 'A;',
          'src/main/resources/db/migration/V1_10__c.sql': 'C;',
          'src/main/resources/db/migration/V1.9__b.sql': 'B;',
          'src/main/resources/db/migration/R__z_view.sql': 'Z;',
        },
        {
          'src/main/resources/db/migration/2024/V002__d.sql': '-- why\ncreate unique index concurrently i on t (a);',
          'src/main/resources/db/migration/2024/U2__d.sql': 'drop index concurrently i;',
          'src/main/resources/db/migration/V3__e.sql': 'E1;\nE2;',
          'src/main/resources/db/migration/V3__e.sql.conf': 'executeInTransaction=false\n',
          'src/main/resources/db/migration/R__a_view.sql': 'V;',
          'src/main/resources/db/migration/h2/V1__a.sql': '',
        },
      ),
    ).toEqual({
      tool: 'flyway in src/main/resources/db/migration',
      migrations: [
        '1 (V1__a) base after nothing\n  up src/main/resources/db/migration/V1__a.sql:1 [script] 1:1 "A;"',
        '1.9 (V1.9__b) base after 1\n  up src/main/resources/db/migration/V1.9__b.sql:1 [script] 1:1 "B;"',
        '1.10 (V1_10__c) base after 1.9\n  up src/main/resources/db/migration/V1_10__c.sql:1 [script] 1:1 "C;"',
        '002 (V002__d) new after 1.10\n  up src/main/resources/db/migration/2024/V002__d.sql:1 [none] 1:1 "-- why\\ncreate unique index concurrently i on t (a);"\n  down src/main/resources/db/migration/2024/U2__d.sql:1 [none] 1:1 "drop index concurrently i;"',
        '3 (V3__e) new after 002\n  up src/main/resources/db/migration/V3__e.sql:1 [none] 1:1 "E1;\\nE2;"',
        'R__a_view (R__a_view) new after 3, repeatable\n  up src/main/resources/db/migration/R__a_view.sql:1 [script] 1:1 "V;"',
        'R__z_view (R__z_view) base after R__a_view, repeatable\n  up src/main/resources/db/migration/R__z_view.sql:1 [script] 1:1 "Z;"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })

  test('placeholders, mixtures, names with one underscore, Java, baselines', async () => {
    const { notChecked, migrations, hasGaps, hasDowngrades } = await read(
      { 'db/migration/V1__a.sql': 'A;', 'db/migration/V2__b.sql': 'B;' },
      {
        'db/migration/B2__base.sql': 'AB;',
        'db/migration/V2.0.1__c.sql': "C;\nCREATE TABLE ${schema}.t (a text DEFAULT ';');\nC2;",
        'db/migration/V3__d.sql': 'D;\n-- x\nVACUUM t;',
        'db/migration/V4_e.sql': '',
        'db/migration/v5__f.sql': '',
        'db/migration/U9__g.sql': '',
        'db/migration/afterMigrate__grants.sql': '',
        'src/main/java/db/migration/V6__H.java': '',
      },
    )
    expect({ notChecked, migrations, hasGaps, hasDowngrades }).toEqual({
      migrations: [
        '2 (B2__base) new after nothing\n  up db/migration/B2__base.sql:1 [script] 1:1 "AB;"',
        '2.0.1 (V2.0.1__c) new after 2\n  up db/migration/V2.0.1__c.sql:1 [script] 1:1 "C;" | ! 2:14 Flyway fills in ${schema} here, from settings that are not read | 2:47 "\\nC2;"',
        '3 (V3__d) new after 2.0.1\n  up db/migration/V3__d.sql:1 [none] ! 3:1 Flyway refuses a script in which some statements can run in a transaction and others, such as this one, cannot; put them into migrations of their own',
      ],
      notChecked: [
        'src/main/java/db/migration/V6__H.java: It is a migration written in a programming language, which is not read. Only the SQL migrations of Flyway are.',
        'db/migration/V4_e.sql: Flyway does not run it, because of its name: expected V4__e.sql, with a capital letter and two underscores.',
        'db/migration/v5__f.sql: Flyway does not run it, because of its name: expected V5__f.sql, with a capital letter and two underscores.',
        'db/migration/afterMigrate__grants.sql: Flyway runs it around the migrations, as a callback, which is not read.',
        'db/migration/U9__g.sql: It takes back a migration that is not there: expected V9__g.sql beside it.',
      ],
      hasGaps: true,
      hasDowngrades: true,
    })
  })

  test('the only file has one underscore: the error says what was expected', async () => {
    await expect(read({ 'sql/V1_init.sql': '' })).rejects.toThrow(
      'sql/V1_init.sql is nearly a migration of flyway: expected V1__init.sql, with a capital letter and two underscores.',
    )
  })
})

describe('sqitch', () => {
  const plan = (...lines: string[]) => `%syntax-version=1.0.0\n%project=shop\n\n${lines.join('\n')}\n`
  const users = 'users 2024-01-01T00:00:00Z Ann <ann@example.test> # adds users'

  test('the plan’s order; what is run by psql has its own transactions', async () => {
    expect(
      await read(
        {
          'sqitch.conf': '[core]\n\tengine = pg\n',
          'sqitch.plan': plan(users, 'a/first [users] 2024-01-02T00:00:00Z Ann <ann@example.test>'),
          'deploy/users.sql': 'BEGIN;\nU;\nCOMMIT;\n',
          'revert/users.sql': 'BEGIN;\n-u;\nCOMMIT;\n',
          'verify/users.sql': '',
          'deploy/a/first.sql': '\uFEFFA;',
        },
        {
          'deploy/stray.sql': '',
          'sqitch.plan': plan(
            users,
            'a/first [users] 2024-01-02T00:00:00Z Ann <ann@example.test>',
            '@v1 2024-01-02T00:00:00Z Ann <ann@example.test>',
            'gone 2024-01-03T00:00:00Z Ann <ann@example.test>',
          ),
        },
      ),
    ).toEqual({
      tool: 'sqitch in .',
      migrations: [
        'users (users) base after nothing\n  up deploy/users.sql:1 [none] 1:1 "BEGIN;\\nU;\\nCOMMIT;\\n"\n  down revert/users.sql:1 [none] 1:1 "BEGIN;\\n-u;\\nCOMMIT;\\n"',
        'a/first (a/first) base after users\n  up deploy/a/first.sql:1 [none] 1:1 "A;"',
      ],
      notChecked: [
        'deploy/gone.sql: It is in sqitch.plan, and the file is not there.',
        'deploy/stray.sql: sqitch does not run it: expected a change of this name in sqitch.plan.',
      ],
      hasGaps: true,
      hasDowngrades: true,
    })
  })

  test('a rework: the earlier instance has the name of the tag and is not new', async () => {
    const tag = '@v1 2024-01-02T00:00:00Z Ann <ann@example.test>'
    expect(
      await read(
        { 'db/sqitch.plan': plan(users, tag), 'db/deploy/users.sql': 'U1;', 'db/revert/users.sql': '-u1;' },
        {
          'db/sqitch.plan': plan(users, tag, 'users [users@v1] 2024-02-01T00:00:00Z Ann <ann@example.test>'),
          'db/deploy/users@v1.sql': 'U1;',
          'db/revert/users@v1.sql': '-u1;',
          'db/deploy/users.sql': 'U2;',
          'db/revert/users.sql': 'U1;',
        },
      ),
    ).toEqual({
      tool: 'sqitch in db',
      migrations: [
        'users@v1 (users@v1) base after nothing\n  up db/deploy/users@v1.sql:1 [none] 1:1 "U1;"\n  down db/revert/users@v1.sql:1 [none] 1:1 "-u1;"',
        'users (users) new after users@v1\n  up db/deploy/users.sql:1 [none] 1:1 "U2;"\n  down db/revert/users.sql:1 [none] 1:1 "U1;"',
      ],
      notChecked: [],
      hasGaps: false,
      hasDowngrades: true,
    })
  })
})
