import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { tools } from '../../../src/model/migration.ts'
import * as programs from '../../read/programs.ts'

test('docs/staging.md names each tool, in the version that the tests run', async () => {
  const page = await readFile('docs/staging.md', 'utf8')
  const documented = [...page.matchAll(/^ {2}\| ([A-Za-z].*?)(?: (\d[^|]*))? \| `/gm)].map(([, name = '', version]) => [
    name.toLowerCase().replace(' ', '-'),
    version,
  ])

  const requirements = await readFile('test/requirements.txt', 'utf8')
  const [, alembic = ''] = /^alembic==(\S+); python_version >=/m.exec(requirements) ?? []
  const all = Object.values(programs).flatMap((each) => (typeof each === 'object' ? each : []))
  const versionsOf = (tool: string) =>
    tool === 'alembic' ? [alembic] : all.flatMap((each) => (each.tool === tool ? each.version : []))
  // Hasura's table is not read; a command of the repository's own has none that is known.
  expect(documented).toEqual(
    tools
      .filter((tool) => tool !== 'hasura' && tool !== 'command')
      .toSorted()
      .toSorted((a, b) => Number(a === 'numbered-sql') - Number(b === 'numbered-sql'))
      .map((tool) => [tool, versionsOf(tool).join(', ') || undefined]),
  )
})
