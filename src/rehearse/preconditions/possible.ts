import type { Location } from '../../model/location.ts'
import type { ParsedMigration } from '../../model/migration.ts'
import type { AddConstraint, CreateIndex, Name, Operation } from '../../model/operation.ts'
import type { Schema } from '../../model/schema.ts'
import { literal } from '../tables.ts'
import { check, everywhere, type Found, noRows, notNull, oneLine, type PossiblePrecondition, stamped } from './asked.ts'
import { type Before, beforeOf, checkedIn, namesIn, type OldColumn, type OldTable, plain } from './before.ts'
import { addedAsDomain, alteredDomain, askedBy, becomesDomain, isArray } from './domains.ts'
import { operand } from './in-the-way.ts'
import { isOneCast, narrowings } from './narrowing.ts'
import { followed, type OldNames } from './old-names.ts'
import { becomesPartition } from './partitions.ts'

/**
 * What the data must be for the upgrades of these migrations to succeed and to keep every value, read in their statements: the columns, in
 * words, and a query that counts the rows in the way. Rows that cannot be there yet, in tables and columns that the migrations
 * themselves add, are left out; whether a statement before mends the rows is not looked at.
 *
 * @param migrations in order, all of them not yet applied to the database of `schema`
 * @param schema of before
 * @param major the version of PostgreSQL on which the queries are to run
 */
export function possiblePreconditions(
  migrations: readonly ParsedMigration[],
  schema: Schema,
  { major }: { readonly major: number },
): PossiblePrecondition[] {
  const before = beforeOf(schema)
  const names = followed(before)
  const found: PossiblePrecondition[] = []
  for (const { up } of migrations) {
    for (const op of up.statements.flatMap(({ operations }) => operations)) {
      if (op.inside === 'function') continue
      found.push(...possibleIn(op, { before, names, major }))
      names.after(op)
    }
  }
  return found
}

interface Known {
  readonly before: Before
  readonly names: OldNames
  readonly major: number
}

function possibleIn(op: Operation, known: Known): PossiblePrecondition[] {
  switch (op.kind) {
    case 'set-not-null': {
      const { table, column } = known.names.column(op.table, op.column) ?? {}
      if (table && column) return column.notNull ? [] : [stamped(op.at, table, notNull(table, column))]
      const whole = known.names.table(op.table)
      if (!whole || !known.names.isAdded(op.table, op.column)) return []
      return known.names.isFilled(op.table, op.column)
        ? [stamped(op.at, whole, everyRowFilled(whole, op.column))]
        : [stamped(op.at, whole, noRows(whole, `${op.column} gets no value`))]
    }
    case 'add-column': {
      const table = known.names.table(op.table)
      const { name, notNull: isRequired, default: value, filledBy } = op.column
      const isThere = op.ifNotExists && known.names.column(op.table, name) !== undefined
      if (!table || isThere) return []
      if (!isRequired || value !== undefined || filledBy !== undefined) return addedAsDomain(op, table, known.names)
      return [stamped(op.at, table, noRows(table, `${name} gets no value`))]
    }
    case 'add-constraint':
      return constraint(op, op.at, known)
    case 'create-index':
      return uniqueIndex(op, known)
    case 'validate-constraint':
      return validated(op, known)
    case 'alter-column-type':
      return retyped(op, known)
    case 'alter-domain':
      return alteredDomain(op, known)
    case 'attach-partition':
      return becomesPartition(op.at, { table: op.partition, parent: op.table, bound: op.bound }, known.names)
    case 'create-table':
      return op.partitionOf && !known.names.table(op.table)
        ? becomesPartition(op.at, { table: op.table, ...op.partitionOf }, known.names)
        : []
    default:
      return []
  }
}

/** The column is new; what fills it does so from other columns, and no query of before can tell. */
function everyRowFilled(table: OldTable, column: string): Found {
  return {
    kind: 'not-null',
    columns: [column],
    needs: `every row of ${table.name} is given a value for ${column} by this migration`,
    sqlstates: ['23502'],
    rows: undefined,
    make: { how: 'none' },
  }
}

function constraint(op: AddConstraint, at: Location, { names }: Known): PossiblePrecondition[] {
  const table = names.table(op.table)
  if (!table || op.notValid || !op.enforced || op.with === 'table') return []
  const columns = op.columns.map((name) => names.column(op.table, name)?.column)
  const areOld = columns.every((column) => column !== undefined)
  const named = { constraint: op.constraint }
  switch (op.type) {
    case 'unique':
    case 'primary-key': {
      if (op.usingIndex !== undefined || columns.length === 0 || !areOld) return []
      const isKey = op.type === 'primary-key'
      const nullable = columns.filter(({ notNull: isRequired }) => isKey && !isRequired)
      const distinct = isKey || op.nullsNotDistinct
      return [
        ...nullable.map((column) => stamped(at, table, notNull(table, column))),
        stamped(at, table, { ...unique(table, columns, distinct), ...named }),
      ]
    }
    case 'not-null':
      return columns.flatMap((column) =>
        column && !column.notNull ? [stamped(at, table, notNull(table, column))] : [],
      )
    case 'check': {
      const used = op.expression?.columns ?? []
      const own = used.flatMap((name) => names.column(op.table, name)?.column ?? [])
      // The expression is read on the schema of before, so it must say the names of before.
      if (!op.expression || used.some((name, index) => own[index]?.name !== name)) return []
      return [stamped(at, table, { ...check(table, own, op.expression.sql), ...named })]
    }
    case 'foreign-key': {
      const parent = op.references && names.table(op.references)
      if (!parent || !areOld) return []
      const target = op.referencedColumns.length > 0 ? op.referencedColumns : parent.primaryKey
      return [stamped(at, table, { ...foreignKey(table, columns, parent, target, op.match === 'full'), ...named })]
    }
    case 'exclusion':
      return op.excludes
        ? excluded(op, op.excludes, table, names).map((each) => stamped(at, table, { ...each, ...named }))
        : []
  }
}

function unique(table: OldTable, columns: readonly OldColumn[], nullsCount: boolean): Found {
  const keys = columns.map(({ sql }) => sql)
  return {
    kind: 'unique',
    columns: columns.map(({ name }) => name),
    needs: `no two rows of ${table.name} have the same ${keys.join(' and ')}`,
    sqlstates: ['23505'],
    rows: { from: table.from, keys, where: nullsCount ? undefined : present(keys) },
    make: { how: 'copy', columns: columns.map(({ name }) => name) },
  }
}

function present(expressions: readonly string[]): string | undefined {
  return expressions.map((sql) => `${sql} IS NOT NULL`).join(' AND ') || undefined
}

function uniqueIndex(op: CreateIndex, { names }: Known): PossiblePrecondition[] {
  const table = names.table(op.table)
  if (!op.unique || op.only || !table) return []
  const used = new Set([
    ...op.keys.flatMap(({ column, expression }) => (column === undefined ? (expression?.columns ?? []) : [column])),
    ...(op.where?.columns ?? []),
  ])
  const columns = [...used].map((name) => names.column(op.table, name)?.column)
  if (columns.some((column) => column === undefined)) return []
  const keys = op.keys.map(({ column, expression, collation }) => {
    const sql =
      column === undefined ? operand(expression?.sql ?? '') : (names.column(op.table, column)?.column.sql ?? '')
    return collation === undefined ? sql : `${sql} COLLATE ${collation}`
  })
  const where = [op.nullsNotDistinct ? undefined : present(keys), op.where && operand(op.where.sql)].filter(
    (part) => part !== undefined,
  )
  const among = op.where ? ` among those where ${oneLine(op.where.sql)}` : ''
  return [
    stamped(op.at, table, {
      kind: 'unique',
      columns: [...used],
      needs: `no two rows of ${table.name} have the same ${keys.map(oneLine).join(' and ')}${among}`,
      sqlstates: ['23505'],
      constraint: op.index,
      rows: { from: table.from, keys, where: where.join(' AND ') || undefined },
      make: { how: 'copy', columns: [...used] },
    }),
  ]
}

function foreignKey(
  table: OldTable,
  columns: readonly OldColumn[],
  parent: OldTable,
  target: readonly string[],
  isFull: boolean,
): Found {
  const pairs = columns.map(({ sql }, index) => [
    `t.${sql}`,
    `p.${parent.columns.find(({ name }) => name === target[index])?.sql ?? sql}`,
  ])
  const own = pairs.map(([mine]) => mine ?? '')
  const orphan = `${present(own)} AND NOT EXISTS (SELECT FROM ${parent.name} AS p WHERE ${pairs.map(([mine, theirs]) => `${theirs} = ${mine}`).join(' AND ')})`
  const half = isFull && own.length > 1 ? ` OR num_nulls(${own.join(', ')}) NOT IN (0, ${own.length})` : ''
  const isKnown = target.length === columns.length
  return {
    kind: 'foreign-key',
    columns: columns.map(({ name }) => name),
    needs: `every ${columns.map(({ sql }) => sql).join(' and ')} of ${table.name} has its row in ${parent.name}`,
    sqlstates: ['23503'],
    rows: isKnown ? { from: `${table.from} AS t`, where: `${orphan}${half}` } : undefined,
    make: { how: 'values', each: orphans.map((value) => new Map(columns.map(({ name }) => [name, value]))) },
  }
}

/** Values that no synthetic row has, one for each type that keys have. */
const orphans = ['2000000011', '30011', 'no such row', '00000000-dead-4bad-8bad-000000000000', '1901-01-01']

function excluded(
  op: AddConstraint,
  { elements, partial }: NonNullable<AddConstraint['excludes']>,
  table: OldTable,
  names: OldNames,
): Found[] {
  const columns = elements.map(({ column }) =>
    column === undefined ? undefined : names.column(op.table, column)?.column,
  )
  if (elements.some(({ column }) => column !== undefined) && columns.every((column) => column === undefined)) return []
  const isWhole = !partial && columns.every((column) => column !== undefined)
  const known = columns.filter((column) => column !== undefined)
  const pairs = elements.map(({ operator }, index) => `o.${columns[index]?.sql} ${operator} t.${columns[index]?.sql}`)
  return [
    {
      kind: 'exclusion',
      columns: known.map(({ name }) => name),
      needs: `no two rows of ${table.name} are in each other’s way in ${known.map(({ sql }) => sql).join(' and ') || 'the constraint’s expressions'}`,
      sqlstates: ['23P01'],
      rows: isWhole
        ? {
            from: `${table.from} AS t`,
            where: `EXISTS (SELECT FROM ${table.from} AS o WHERE ${pairs.join(' AND ')} AND (o.tableoid, o.ctid) < (t.tableoid, t.ctid))`,
          }
        : undefined,
      make: { how: 'copy', columns: known.map(({ name }) => name) },
    },
  ]
}

/** The constraint was added NOT VALID: by these migrations, or before them. */
function validated(op: Extract<Operation, { kind: 'validate-constraint' }>, known: Known): PossiblePrecondition[] {
  const { before, names } = known
  const added = names.unvalidated(op.table, op.constraint)
  if (added) return constraint({ ...added, notValid: false, enforced: true }, op.at, known)
  const table = names.table(op.table)
  const there = table && before.constraint(table, op.constraint)
  if (!table || !there || there.isValidated) return []
  const named = { constraint: op.constraint }
  if (there.type === 'check') {
    const expression = checkedIn(there.definition)
    if (expression === undefined) return []
    const words = new Set(expression.match(/"(?:[^"]|"")*"|[\w$]+/g))
    const used = table.columns.filter(({ sql }) => words.has(sql))
    return [stamped(op.at, table, { ...check(table, used, expression), ...named })]
  }
  const [, own, other, theirs] = /^FOREIGN KEY \((.*?)\) REFERENCES (.*?)\((.*?)\)/.exec(there.definition) ?? []
  const parent = other === undefined ? undefined : before.table(plain(other) as Name)
  if (own === undefined || !parent || theirs === undefined) return []
  const columns = namesIn(own, table.columns).flatMap((name) => table.columns.find((each) => each.name === name) ?? [])
  const isFull = there.definition.includes(' MATCH FULL')
  return [
    stamped(op.at, table, { ...foreignKey(table, columns, parent, namesIn(theirs, parent.columns), isFull), ...named }),
  ]
}

function retyped(
  op: Extract<Operation, { kind: 'alter-column-type' }>,
  { before, names, major }: Known,
): PossiblePrecondition[] {
  const { table, column } = names.column(op.table, op.column) ?? {}
  if (!table || !column || column.isGenerated) return []
  const from = askedBy(plain(column.type), names)?.base ?? column.type
  const userType = op.userType && !isArray(op.type) ? op.userType : undefined
  const domain = userType && askedBy(userType, names)
  const to = domain?.base ?? op.type
  const oldLabels = before.labels(from)
  const labels = domain
    ? (before.labels(domain.base) ?? before.labels(domain.beneath))
    : userType && (names.labels(userType) ?? before.labels(op.type) ?? before.labels(userType))
  const name = `${table.name}.${column.sql}`
  const narrowed = narrowings({ column: column.sql, name, from, to, using: op.using, oldLabels, labels, major })
  const found = narrowed.map(
    ({ where, values, ...found }): Found => ({
      ...found,
      columns: [column.name],
      rows: where === undefined ? undefined : { from: everywhere(table), where },
      make: { how: 'values', each: values.map((value) => new Map([[column.name, value]])) },
    }),
  )
  if (domain) {
    // The cast to the domain would fail in place of being counted.
    const given = op.using !== undefined && isOneCast(op.using, column.sql) ? undefined : op.using
    const value = from === to && given === undefined ? column.sql : `CAST(${operand(given ?? column.sql)} AS ${to})`
    const misfits = narrowed.flatMap(({ outcome, where }) => (outcome === 'fails' && where !== undefined ? where : []))
    found.push(...becomesDomain(op.type, domain, { table, column, value, misfits }))
  }
  if (isArray(op.type) && op.userType && op.type !== column.type)
    found.push(...elements(op, op.userType, { table, column, before, names, major }))
  return found.map((each) => stamped(op.at, table, each))
}

/** A column becomes an array of enums or domains: `pg_input_is_valid` asks the type itself, from PostgreSQL 16 on. */
function elements(
  { type, using }: Extract<Operation, { kind: 'alter-column-type' }>,
  element: Name,
  { table, column, before, names, major }: Known & { readonly table: OldTable; readonly column: OldColumn },
): Found[] {
  const labels = names.labels(element) ?? before.labels(type.replace(/\[\]$/, '')) ?? before.labels(element)
  const domain = names.domain(element)
  if (!labels && !domain) return []
  const isAsBefore = !names.labels(element) && domain === before.domain(element)
  const isPlain = using === undefined || isOneCast(using, column.sql)
  const where = `NOT pg_input_is_valid(${column.sql}::text, ${literal(type)})`
  return [
    {
      kind: domain ? 'check' : 'enum',
      columns: [column.name],
      needs: `every value of ${table.name}.${column.sql} can be read as ${type}`,
      sqlstates: domain ? ['23514', '23502', '22P02'] : ['22P02'],
      rows: isAsBefore && isPlain && major >= 16 ? { from: everywhere(table), where } : undefined,
      make: { how: 'none' },
    },
  ]
}
