import type { Location } from '../../model/location.ts'
import type { Precondition } from '../../model/precondition.ts'
import type { OldColumn, OldTable } from './before.ts'
import { countSql, type InTheWay, operand } from './in-the-way.ts'

/** What a statement asks of the rows that are there before it, as far as its text tells. Whether they meet it is for a server to say. */
export interface PossiblePrecondition extends Omit<Precondition, 'sqlstate'> {
  /** The errors to which such rows lead. */
  readonly sqlstates: readonly string[]
  /** The constraint or index that the error then names, where the statement does. */
  readonly constraint: string | undefined
  readonly rows: InTheWay | undefined
  /** How to make such rows: a second one like another, one with these values, or any until one fits. */
  readonly make:
    | { readonly how: 'copy'; readonly columns: readonly string[] }
    | { readonly how: 'values'; readonly each: readonly ReadonlyMap<string, string | null>[] }
    | {
        readonly how: 'search'
        readonly columns: readonly string[]
        readonly expression: string
        /** The table that takes them, where it is not the one that holds them. */
        readonly into?: string | undefined
      }
    | { readonly how: 'none' }
}

export type Found = Omit<PossiblePrecondition, 'table' | 'at' | 'count' | 'outcome' | 'constraint'> &
  Partial<Pick<PossiblePrecondition, 'outcome' | 'constraint'>>

export function stamped(at: Location, table: OldTable, found: Found): PossiblePrecondition {
  return {
    outcome: 'fails',
    constraint: undefined,
    ...found,
    table: table.name,
    at,
    count: found.rows && countSql(found.rows),
  }
}

export function notNull(table: OldTable, { name, sql }: OldColumn): Found {
  return {
    kind: 'not-null',
    columns: [name],
    needs: `no row of ${table.name} has NULL in ${sql}`,
    sqlstates: ['23502'],
    rows: { from: everywhere(table), where: `${sql} IS NULL` },
    make: { how: 'values', each: [new Map([[name, null]])] },
  }
}

export function noRows(table: OldTable, because: string): Found {
  return {
    kind: 'no-rows',
    columns: [],
    needs: `${table.name} holds no rows, because ${because}`,
    sqlstates: ['23502'],
    rows: { from: everywhere(table), where: 'true' },
    make: { how: 'none' },
  }
}

/** Also the rows of tables that inherit from it: what is asked of a column is asked of theirs. */
export function everywhere(table: OldTable): string {
  return table.name
}

export function check(
  table: OldTable,
  columns: readonly OldColumn[],
  expression: string,
  from = everywhere(table),
): Found {
  return {
    kind: 'check',
    columns: columns.map(({ name }) => name),
    needs: `every row of ${table.name} fulfils ${oneLine(expression)}`,
    sqlstates: ['23514'],
    rows: { from, where: `NOT ${operand(expression)}` },
    make: { how: 'search', columns: columns.map(({ name }) => name), expression },
  }
}

export function oneLine(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim()
}
