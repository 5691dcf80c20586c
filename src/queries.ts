import type { Statement } from './model/migration.ts'
import type { OldQuery } from './model/old-code.ts'
import type { NotChecked } from './model/result.ts'
import { parseScript } from './parse/parse.ts'
import { readQueryFiles } from './read/queries.ts'

/** What PostgreSQL plans. */
const tried = /^[\s(]*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH|VALUES|TABLE|CALL)\b/i
/** They name nothing of a schema. */
const silent =
  /^\s*(?:BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|SET|RESET|SHOW|DISCARD|PREPARE|DEALLOCATE|LISTEN|UNLISTEN|NOTIFY|CLOSE|FETCH|MOVE)\b/i

export interface Queries {
  readonly queries: readonly OldQuery[]
  readonly notChecked: readonly NotChecked[]
}

/**
 * The statements of the files that `queries:` names.
 * @throws UserError for a file that is not there
 */
export async function queriesOf(
  repository: string,
  patterns: readonly string[],
  options: { readonly defaultSchema: string },
): Promise<Queries> {
  if (patterns.length === 0) return { queries: [], notChecked: [] }
  const { files, notChecked: unread } = await readQueryFiles(repository, patterns)
  const queries: OldQuery[] = []
  const notChecked: NotChecked[] = [...unread]
  for (const { isExport, script } of files) {
    const { statements, unreadable } = await parseScript(script, options)
    for (const { reason, at } of unreadable)
      notChecked.push({
        what: `A query of ${script.file}`,
        why: `${reason}.${reason.startsWith(':') ? ` ${advice}` : ''}`,
        at,
      })
    for (const statement of statements) {
      const { sql, at } = statement
      const why = obstacle(statement)
      if (why) notChecked.push({ what: `A query of ${script.file}`, why, at })
      else if (tried.test(withoutComments(sql))) queries.push({ sql, at })
      // Exports hold whatever was ever sent, migrations too.
      else if (!isExport && !silent.test(withoutComments(sql)))
        notChecked.push({
          what: `A query of ${script.file}`,
          why: 'Only what PostgreSQL plans is tried: SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES and CALL.',
          at,
        })
    }
  }
  return { queries, notChecked }
}

/** Drivers have placeholders of their own, which the server never sees. */
function obstacle({ sql, operations }: Statement): string | undefined {
  const unparsed = operations.find((op) => op.kind === 'unparsed')
  if (!unparsed) return undefined
  const placeholder = /%s|%\(\w+\)s|\?/.exec(sql)?.[0]
  return placeholder === undefined
    ? `PostgreSQL cannot parse it: ${unparsed.message}.`
    : `PostgreSQL cannot parse it: ${unparsed.message}. ${placeholder} looks like a placeholder. ${advice}`
}

const advice = 'Write $1, $2, … for what a driver fills in, as PostgreSQL does.'

function withoutComments(sql: string): string {
  return sql.replace(/^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/, '')
}
