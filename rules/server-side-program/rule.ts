import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

/** https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-GENFILE and lo-interfaces */
const fileFunctions = new Set([
  'pg_read_file',
  'pg_read_binary_file',
  'pg_ls_dir',
  'pg_stat_file',
  'lo_import',
  'lo_export',
])

export default defineRule({
  name: 'server-side-program',
  summary: 'The statement reaches out of the database, to files or programs of the server',
  severity: 'error',

  *check({ scripts }) {
    for (const { direction, statements } of scripts) {
      for (const op of statements.flatMap(({ operations }) => operations)) {
        const what = reach(op)
        if (what === undefined) continue
        yield {
          at: op.at,
          direction,
          message: `${what}: only a superuser may, or a role that may as well be one, and managed servers refuse it.`,
          help: 'Send rows over the connection (COPY … FROM STDIN, \\copy), and write functions in SQL or PL/pgSQL. Nothing in a migration should need more.',
        }
      }
    }
  },
})

function reach(op: Operation): string | undefined {
  if (op.kind === 'copy' && op.place === 'program') return 'COPY runs a program on the server'
  if (op.kind === 'copy' && op.place === 'file')
    return `COPY ${op.direction === 'from' ? 'reads' : 'writes'} a file of the server`
  if (op.kind === 'create-function' || op.kind === 'do-block') {
    return isUntrusted(op.language)
      ? `Code in ${op.language} can do on the server whatever PostgreSQL's own user can`
      : undefined
  }
  if (!('calls' in op)) return undefined
  const called = op.calls.find((name) => fileFunctions.has(name.replace(/^pg_catalog\./, '')))
  return called && `${called} reaches files of the server`
}

/** `u` at the end says so: https://www.postgresql.org/docs/current/sql-createlanguage.html */
function isUntrusted(language: string): boolean {
  return language === 'c' || /^pl.*u$/.test(language) || /^plpython[23]?$/.test(language)
}
