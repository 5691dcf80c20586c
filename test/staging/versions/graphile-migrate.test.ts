import { createHash } from 'node:crypto'
import { graphileMigrate } from '../../read/programs.ts'
import { type Files, sql, versionTables, without } from './against-tool.ts'

/** Committed migrations, each with the hash of the one before it, as `graphile-migrate commit` writes them. */
function committed(...migrations: readonly (readonly [name: string, text: string])[]): Files {
  let previous = '-'
  const files: Record<string, string> = { 'current.sql': '' }
  for (const [name, text] of migrations) {
    const hashed = previous === '-' ? `${text}\n` : `${previous}\n${text}\n`
    const hash = `sha1:${createHash('sha1').update(hashed).digest('hex')}`
    files[`committed/${name}`] = `--! Previous: ${previous}\n--! Hash: ${hash}\n\n${text}\n`
    previous = hash
  }
  return files
}

const a = ['000001.sql', sql('a')] as const
const b = ['000003-b.sql', sql('b')] as const
const c = ['000010.sql', sql('c')] as const
const next = committed(a, b, c)
const edited = { table: 'graphile_migrate.migrations', drift: ['edited 000001.sql'] }
const first = next['committed/000001.sql']

versionTables({
  tool: 'graphile-migrate',
  folder: 'migrations',
  program: graphileMigrate,
  up: ['migrate'],
  files: committed(a, b),
  next,
  expected: {
    table: 'graphile_migrate.migrations',
    applied: ['000001.sql', '000003.sql'],
    current: ['000003.sql'],
    pending: ['000010.sql'],
  },
  drifts: {
    gone: { files: committed(a, c), told: { drift: ['unknown 000003.sql'] }, tool: ['runs', 'c'] },
    'gone, and the one behind it names it': {
      files: without(next, 'committed/000003-b.sql'),
      told: { drift: ['unknown 000003.sql'] },
      tool: ['refuses'],
    },
    edited: {
      files: { ...next, 'committed/000001.sql': `${first}-- more\n` },
      told: edited,
      tool: ['runs', 'c'],
    },
    'edited and committed again': {
      files: committed(['000001.sql', `${sql('a')}\n-- more`], b, c),
      told: { drift: ['edited 000001.sql', 'edited 000003.sql'] },
      tool: ['refuses'],
    },
    'late, and what is behind it was committed again': {
      files: committed(a, ['000002-late.sql', sql('late')], b, c),
      told: { drift: ['edited 000003.sql', 'out-of-order 000002.sql'] },
      tool: ['refuses'],
    },
    'late, with nothing to run behind it': {
      files: committed(a, ['000002-late.sql', sql('late')], b),
      told: { drift: ['edited 000003.sql', 'out-of-order 000002.sql'], pending: [] },
      tool: ['runs'],
    },
  },
})
