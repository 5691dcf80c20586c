import type { AddColumn, Operation } from '../../model/operation.ts'
import { check, everywhere, type Found, notNull, oneLine, type PossiblePrecondition, stamped } from './asked.ts'
import { type Before, type Domain, type OldColumn, type OldTable, plain } from './before.ts'
import { operand } from './in-the-way.ts'
import type { OldNames } from './old-names.ts'

/** All that a value must fulfil that is stored as a domain: what its own constraints ask, and those of the domains beneath. */
interface Asked {
  /** The type beneath all of them, as PostgreSQL prints it, and without quotes. */
  readonly base: string
  readonly beneath: string
  readonly notNull: boolean
  readonly checks: Domain['checks']
}

/** Undefined for a type that is no domain. @param name without quotes */
export function askedBy(name: string, names: OldNames): Asked | undefined {
  const domain = names.domain(name)
  if (!domain) return undefined
  const below = askedBy(domain.beneath, names)
  return {
    base: below?.base ?? domain.base,
    beneath: below?.beneath ?? domain.beneath,
    notNull: domain.notNull || (below?.notNull ?? false),
    checks: [...(below?.checks ?? []), ...domain.checks],
  }
}

/** True where `value` is one that the CHECK of a domain refuses. VALUE is no reserved word: outside of a domain it is the name of a column. */
function refused(expression: string, value: string): string {
  return `(SELECT NOT ${operand(expression)} FROM (SELECT ${value} AS value) AS checked)`
}

/**
 * What a domain asks is asked of each column that has it, also as another domain made from it. PostgreSQL looks at the rows of each table and
 * each partition by itself: https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/commands/typecmds.c (get_rels_with_domain).
 */
export function alteredDomain(
  op: Extract<Operation, { kind: 'alter-domain' }>,
  { before, names }: { readonly before: Before; readonly names: OldNames },
): PossiblePrecondition[] {
  const added = expressionOf(op, names)
  const isNotNull = op.change === 'set-not-null' || (op.change === 'add-constraint' && op.expression === undefined)
  if (added === undefined && !isNotNull) return []
  const tables = before.tables().filter(({ from, name }) => from !== name)
  return tables.flatMap((table) =>
    table.columns
      .filter(({ type, notNull: isRequired }) => isMadeFrom(plain(type), op.type, names) && (!isNotNull || !isRequired))
      .map((column) =>
        stamped(op.at, table, added === undefined ? nulls(table, column) : fulfils(table, column, added)),
      ),
  )
}

function expressionOf(op: Extract<Operation, { kind: 'alter-domain' }>, names: OldNames): string | undefined {
  if (op.change === 'add-constraint') return op.notValid ? undefined : op.expression?.sql
  if (op.change !== 'validate-constraint') return undefined
  return names.domain(op.type)?.checks.find(({ name, isValidated }) => name === op.constraint && !isValidated)
    ?.expression
}

function isMadeFrom(name: string, domain: string, names: OldNames): boolean {
  const found = names.domain(name)
  return found !== undefined && (name === domain || isMadeFrom(found.beneath, domain, names))
}

function nulls(table: OldTable, column: OldColumn): Found {
  return { ...notNull(table, column), rows: { from: table.from, where: `${column.sql} IS NULL` } }
}

function fulfils(table: OldTable, column: OldColumn, expression: string): Found {
  return {
    ...check(table, [column], expression),
    needs: `every ${column.sql} of ${table.name} fulfils ${oneLine(expression)}`,
    rows: { from: table.from, where: refused(expression, column.sql) },
  }
}

/**
 * A column becomes a domain: its values must fulfil what that asks.
 * @param value what is stored, of the type beneath the domain
 * @param misfits conditions for rows whose value does not even fit into that type: they are told by themselves, and not looked at here
 */
export function becomesDomain(
  type: string,
  asked: Asked,
  of: {
    readonly table: OldTable
    readonly column: OldColumn
    readonly value: string
    readonly misfits: readonly string[]
  },
): Found[] {
  const { table, column, value, misfits } = of
  const from = everywhere(table)
  const fitting = (where: string) =>
    misfits.length === 0
      ? where
      : `CASE WHEN ${misfits.map((each) => `(${each})`).join(' OR ')} THEN false ELSE ${where} END`
  const checks = asked.checks.map(
    ({ name, expression }): Found => ({
      ...check(table, [column], expression),
      constraint: name,
      needs: `every ${column.sql} of ${table.name} fulfils ${oneLine(expression)}, as ${type} asks`,
      rows: { from, where: fitting(refused(expression, value)) },
    }),
  )
  if (!asked.notNull || column.notNull) return checks
  return [{ ...notNull(table, column), rows: { from, where: fitting(`${value} IS NULL`) } }, ...checks]
}

export function isArray(type: string): boolean {
  return type.endsWith(']')
}

/** A column is added as a domain: each row that is there gets the same value, which the domain takes or does not. */
export function addedAsDomain(op: AddColumn, table: OldTable, names: OldNames): PossiblePrecondition[] {
  const { name, type, userType, default: given, filledBy } = op.column
  // What an array may hold is asked of its elements, and NULL and a DEFAULT seldom have some.
  const asked = userType && !isArray(type) ? askedBy(userType, names) : undefined
  if (!asked || filledBy !== undefined) return []
  const value = `CAST(${given === undefined ? 'NULL' : operand(given.sql)} AS ${asked.base})`
  const isNull = asked.notNull && given === undefined
  const where = isNull ? 'true' : asked.checks.map(({ expression }) => refused(expression, value)).join(' OR ')
  if (where === '') return []
  const [only, ...others] = asked.checks
  return [
    stamped(op.at, table, {
      kind: 'no-rows',
      columns: [],
      needs: `${table.name} holds no rows, or ${type} takes ${given === undefined ? 'NULL' : oneLine(given.sql)}, which ${name} gets in each`,
      sqlstates: [isNull ? '23502' : '23514'],
      constraint: isNull || others.length > 0 ? undefined : only?.name,
      rows: { from: everywhere(table), where },
      make: { how: 'none' },
    }),
  ]
}
