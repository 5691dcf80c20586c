/** What PostgreSQL does besides changing its catalogs, as it tells it at the level DEBUG1. Names as it prints them: without schema or quotes. */
export type Work =
  | { readonly kind: 'rewrite' | 'scan'; readonly table: string }
  | { readonly kind: 'foreign-key-scan'; readonly constraint: string }
  | { readonly kind: 'index-build'; readonly index: string; readonly table: string }
  /** A scan that did not take place, because a constraint proves what it would look for. */
  | { readonly kind: 'spared-scan' }

/**
 * Reads one line; undefined for any other. They are told by `errmsg_internal`, so they are the same in every language: `tablecmds.c`
 * (ATRewriteTable, validateForeignKeyConstraint, NotNullImpliedByRelConstraints), `partbounds.c` and `index.c` of
 * https://github.com/postgres/postgres.
 */
export function workIn(line: string): Work | undefined {
  const found = /^(rewriting|verifying) table "(.*)"$/s.exec(line)
  if (found)
    return isToast(found[2])
      ? undefined
      : { kind: found[1] === 'rewriting' ? 'rewrite' : 'scan', table: found[2] ?? '' }
  const foreignKey = /^validating foreign key constraint "(.*)"$/s.exec(line)
  if (foreignKey) return { kind: 'foreign-key-scan', constraint: foreignKey[1] ?? '' }
  const build = /^building index "(.*)" on table "(.*)" (?:serially|with request for \d+ parallel workers?)$/s.exec(
    line,
  )
  if (build)
    return isToast(build[2]) ? undefined : { kind: 'index-build', index: build[1] ?? '', table: build[2] ?? '' }
  if (/^existing constraints on column ".*" are sufficient to prove/s.test(line)) return { kind: 'spared-scan' }
  if (/partition constraint for .* is implied by existing constraints$/s.test(line)) return { kind: 'spared-scan' }
  return undefined
}

/** Where PostgreSQL keeps long values, https://www.postgresql.org/docs/current/storage-toast.html: goes with its table. */
function isToast(table: string | undefined): boolean {
  return table?.startsWith('pg_toast') ?? false
}
