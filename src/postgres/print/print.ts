import type { Schema } from '../../model/schema.ts'
import { catalogOf, keyOf, type Making } from './catalog.ts'
import { collations, functions, late, reactions, types, views } from './code.ts'
import { comments, defaultPrivileges, extensions, owners, privileges, rolesIn, schemas } from './facts.ts'
import { constraints, indexes, sequences, tableParts, tableSettings, tables } from './tables.ts'

export interface Printed {
  /** That make the schema in an empty database, roughly in an order that works; an object may need one that comes later. */
  readonly statements: readonly Making[]
  /** To be run once all the others are: they act on what is made after them. */
  readonly last: readonly Making[]
}

/** The roles that a schema names and a server may lack, as PostgreSQL stores their names. */
export function rolesOf(schema: Schema): string[] {
  return rolesIn(catalogOf(schema)).filter((name) => !name.startsWith('pg_'))
}

/**
 * A snapshot as SQL. Foreign servers and tables, subscriptions, and what needs a library of its own (types in C, access methods, text search,
 * operators) are left out: whoever runs it compares a snapshot of what came of it. `test/postgres/copy-schema.test.ts`
 */
export function print(schema: Schema): Printed {
  const catalog = catalogOf(schema)
  const facts = [...owners(catalog), ...privileges(catalog), ...comments(catalog)]
  const isLate = ({ of }: Making) => /^(?:comment )?(?:publication|event trigger) /.test(keyOf(of))
  return {
    statements: [
      ...schemas(catalog),
      ...extensions(catalog),
      ...collations(catalog),
      ...types(catalog),
      ...sequences(catalog),
      ...tables(catalog),
      ...functions(catalog),
      ...tableParts(catalog),
      ...constraints(catalog),
      ...indexes(catalog),
      ...views(catalog),
      ...reactions(catalog),
      ...tableSettings(catalog),
      ...facts.filter((making) => !isLate(making)),
    ],
    last: [...late(catalog), ...facts.filter(isLate), ...defaultPrivileges(catalog)],
  }
}
