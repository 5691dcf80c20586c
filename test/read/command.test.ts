import { expect, test } from 'vitest'
import { read } from './projects.ts'

const commands = { hasDowngrade: true }

test('SQL of no known layout is read, in the natural order of its names', async () => {
  expect(
    await read(
      { 'db/migrations/add-users.sql': 'A', 'db/migrations/add-users.down.sql': '-a', 'db/migrations/step9.sql': 'B' },
      { 'db/migrations/step10.up.sql': 'C\n', 'db/migrations/down/step10.sql': '-c', 'db/migrations/README.md': '' },
      { commands },
    ),
  ).toEqual({
    tool: 'command in db/migrations',
    migrations: [
      'add-users (add-users) base after nothing\n  up db/migrations/add-users.sql:1 [none] 1:1 "A"\n  down db/migrations/add-users.down.sql:1 [none] 1:1 "-a"',
      'step9 (step9) base after add-users\n  up db/migrations/step9.sql:1 [none] 1:1 "B"',
      'step10 (step10) new after step9\n  up db/migrations/step10.up.sql:1 [none] 1:1 "C\\n"\n  down db/migrations/down/step10.sql:1 [none] 1:1 "-c"',
    ],
    notChecked: [],
    hasGaps: false,
    hasDowngrades: true,
  })
})

const isProgram = '! 1:1 it is not SQL, so what it sends is only known where it is run'
const takenBack = '! 1:1 what takes it back is known to the `downgrade:` command alone'

test('programs are told as unread; the version is the number, unless it is a part of a date', async () => {
  expect(
    await read(
      { 'app/0001_initial.py': 'A', 'app/__init__.py': '', 'app/2024-01-31-b.py': '' },
      { 'app/helper.py': '', 'app/V3_C.java': '' },
      { directory: 'app', commands },
    ),
  ).toEqual({
    tool: 'command in app',
    migrations: [
      `0001 (0001_initial) base after nothing\n  up app/0001_initial.py:1 [none] ${isProgram}\n  down app/0001_initial.py:1 [none] ${takenBack}`,
      `2024-01-31-b (2024-01-31-b) base after 0001\n  up app/2024-01-31-b.py:1 [none] ${isProgram}\n  down app/2024-01-31-b.py:1 [none] ${takenBack}`,
      `V3_C (V3_C) new after 2024-01-31-b\n  up app/V3_C.java:1 [none] ${isProgram}\n  down app/V3_C.java:1 [none] ${takenBack}`,
    ],
    notChecked: [
      'app/helper.py: It is not taken for a migration, and what it is for is not known: expected SQL, or a program with a number in its name, such as 003_add_email.py.',
    ],
    hasGaps: false,
    hasDowngrades: true,
  })
})

test('a file with sections is not read as one script', async () => {
  for (const section of ['-- down', '--- DOWN ---', '-- @DOWN', '-- rollback:', '--== Undo', '-- migrate: down']) {
    const { migrations } = await read(
      { 'migrations/a.sql': `CREATE TABLE a ();\n${section}\nDROP TABLE a;\n` },
      {},
      { commands },
    )
    expect(migrations, section).toEqual([
      `a (a) base after nothing\n  up migrations/a.sql:1 [none] ! 1:1 it holds its way back too, and how the two are divided is not known\n  down migrations/a.sql:1 [none] ${takenBack}`,
    ])
  }
  const prose = '-- down here the old rows go\n-- undo of 12 is in 13\nSELECT 1;\n-- rollback:\n-- SELECT 2;\n'
  const { migrations } = await read({ 'migrations/a.sql': prose }, {}, { commands: { hasDowngrade: false } })
  expect(migrations).toEqual([`a (a) base after nothing\n  up migrations/a.sql:1 [none] 1:1 ${JSON.stringify(prose)}`])
})

test('without a command that takes them back there is no way back to be missed', async () => {
  const { migrations, hasDowngrades } = await read(
    { 'migrations/a.sql': 'A', 'migrations/2_b.rb': '' },
    {},
    { commands: { hasDowngrade: false } },
  )
  expect([migrations.filter((text) => text.includes('down')), hasDowngrades]).toEqual([[], false])
})

test('a known layout goes first, a folder has to be named or usual, and something has to run it', async () => {
  const numbered = { 'migrations/001_a.sql': 'A' }
  expect((await read(numbered, {}, { commands })).tool).toBe('numbered-sql in migrations')
  expect((await read(numbered, {}, { commands, tool: 'command' })).tool).toBe('command in migrations')
  await expect(read({ 'changes/a.sql': 'A' }, {}, { commands })).rejects.toThrow('No migrations were found')
  expect((await read({ 'changes/a.sql': 'A' }, {}, { commands, directory: 'changes' })).tool).toBe('command in changes')
  await expect(read({ 'migrations/a.sql': 'A' })).rejects.toThrow(
    'For any other tool, say with upgrade: in the configuration what runs its migrations; migration-gate lint --tool command --directory FOLDER reads any folder of SQL without it.',
  )
  await expect(read({ 'a/migrations/x.sql': 'A', 'b/migrate/1.rb': '' }, {}, { commands })).rejects.toThrow(
    'More than one history of migrations was found in this repository. Choose one:\n  --tool command --directory a/migrations\n  --tool command --directory b/migrate',
  )
})
