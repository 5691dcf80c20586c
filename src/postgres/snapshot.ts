import type { CatalogObject, Schema } from '../model/schema.ts'
import { base } from './catalog/base.ts'
import { columnQueries } from './catalog/columns.ts'
import { constraintQueries } from './catalog/constraints.ts'
import { factQueries } from './catalog/facts.ts'
import { functionQueries } from './catalog/functions.ts'
import { rarerQueries } from './catalog/rarer.ts'
import { relationQueries } from './catalog/relations.ts'
import { typeQueries } from './catalog/types.ts'
import type { Session } from './server.ts'
import { type Patience, readFixed } from './settings.ts'

const objects = [
  ...relationQueries,
  ...columnQueries,
  ...constraintQueries,
  ...typeQueries,
  ...functionQueries,
  ...rarerQueries,
].join('\nUNION ALL\n')

const query = `
WITH ${base},
  objects (kind, identity, attributes, belongs_to, classid, objid, objsubid, acl, default_acl) AS MATERIALIZED (${objects}),
  everything (kind, identity, attributes, belongs_to) AS (
    SELECT kind, identity, attributes, belongs_to FROM objects
    UNION ALL ${factQueries.join('\nUNION ALL\n')})
SELECT kind, identity, attributes, belongs_to AS "belongsTo" FROM everything
ORDER BY kind COLLATE "C", identity COLLATE "C"`

/**
 * Everything that the session's database holds except rows: the same schema gives the same value, in any database of a server of the same
 * major version. System schemas and the members of extensions are left out; so are roles and tablespaces, which all databases share.
 *
 * `exclude`: identities of tables or sequences (`public.alembic_version`) to leave out with all that belongs to them.
 *
 * `patience`: on a server that others use. The session must not be in a transaction. Rejects with ServerError.
 */
export async function snapshot(
  session: Session,
  options: { readonly exclude: readonly string[]; readonly patience?: Patience },
): Promise<Schema> {
  const { rows } = await readFixed(
    session,
    () => session.query<Required<CatalogObject>>(query, [options.exclude]),
    options.patience,
  )
  return rows.map(({ kind, identity, attributes, belongsTo }) =>
    belongsTo.length === 0 ? { kind, identity, attributes } : { kind, identity, attributes, belongsTo },
  )
}
