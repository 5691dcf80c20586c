import {
  type CreateColumnDef,
  type Name,
  type QName,
  type Statement,
  parse as secondReader,
  type TableAlteration,
  type TableConstraint,
  type TableReference,
} from 'pgsql-ast-parser'

/** What an operation says, in one line. */
export const words = (...parts: (string | false | null | undefined)[]) => parts.filter((part) => part).join(' ')

/** Undefined for what it does not know. */
export function bySecondReader(sql: string): string[] | undefined {
  let read: Statement[]
  try {
    read = secondReader(sql)
  } catch (error) {
    if (error instanceof Error) return undefined
    throw error
  }
  return read.flatMap(toldBySecond)
}

function toldBySecond(statement: Statement): string[] {
  switch (statement.type) {
    case 'create table': {
      const table = qualified(statement.name)
      const columns = statement.columns.filter((column) => column.kind === 'column')
      return [
        words('create-table', table, ...columns.map((column) => name(column.name))),
        ...(statement.unlogged ? ['unlogged'] : []),
        ...(statement.inherits ?? []).map((parent) => `inherits ${qualified(parent)}`),
        ...statement.columns.flatMap((column) =>
          column.kind === 'like table' ? `like ${qualified(column.like)}` : [],
        ),
        ...columns.flatMap((column) => ofColumn(table, column)),
        ...(statement.constraints ?? []).map((constraint) => ofTable(table, constraint)),
      ]
    }
    case 'create materialized view':
      return [`create-table ${qualified(statement.name)}`]
    case 'refresh materialized view':
      return [
        words(
          'refresh-materialized-view',
          qualified(statement.name),
          statement.concurrently && 'concurrently',
          statement.withData === false && 'no data',
        ),
      ]
    case 'create view':
      return [
        words(
          'create-view',
          qualified(statement.name),
          statement.orReplace && 'replace',
          statement.temp && 'temporary',
        ),
      ]
    case 'drop table':
      return statement.names.map((each) => words('drop-table', qualified(each), ...how(statement)))
    case 'drop index':
      return statement.names.map((each) =>
        words('drop-index', qualified(each), statement.concurrently && 'concurrently', ...how(statement)),
      )
    case 'drop type':
      return statement.names.map((each) => words('drop-type', qualified(each), ...how(statement)))
    case 'drop sequence':
      return statement.names.map((each) => words('drop-object', qualified(each), ...how(statement)))
    case 'drop function':
      return [words('drop-object', qualified(statement.name), statement.ifExists && 'if exists')]
    case 'create enum':
      return [words('create-type', qualified(statement.name), ...statement.values.map(({ value }) => value))]
    case 'create composite type':
      return [words('create-type', qualified(statement.name), ...statement.attributes.map((each) => name(each.name)))]
    case 'alter enum':
      return statement.change.type === 'rename'
        ? [words('rename', 'type', qualified(statement.name), name(statement.change.to))]
        : [words('add-enum-value', qualified(statement.name), statement.change.add.value)]
    case 'create index': {
      const columns = statement.expressions.flatMap(({ expression }) =>
        expression.type === 'ref' ? expression.name : [],
      )
      return [
        words(
          'create-index',
          qualified(statement.table),
          statement.indexName && name(statement.indexName),
          statement.concurrently && 'concurrently',
          statement.unique && 'unique',
          statement.ifNotExists && 'if not exists',
        ),
        words(statement.using ? name(statement.using) : 'btree', ...columns, statement.where && 'where'),
      ]
    }
    case 'alter index':
      return statement.change.type === 'rename'
        ? [words('rename', 'index', qualified(statement.index), name(statement.change.to))]
        : [words('set-tablespace', qualified(statement.index), name(statement.change.tablespace))]
    case 'alter table':
      return statement.changes.flatMap((change) => altered(qualified(statement.table), change))
    case 'create sequence':
      return [words('create-sequence', qualified(statement.name), statement.ifNotExists && 'if not exists')]
    case 'alter sequence':
      return statement.change.type === 'rename'
        ? [words('rename', 'sequence', qualified(statement.name), name(statement.change.newName))]
        : statement.change.type === 'set options'
          ? [words('alter-sequence', qualified(statement.name))]
          : []
    case 'create schema':
      return [words('create-schema', name(statement.name), statement.ifNotExists && 'if not exists')]
    case 'create extension': {
      const { extension, schema, ifNotExists } = statement
      return [words('create-extension', name(extension), schema && name(schema), ifNotExists && 'if not exists')]
    }
    case 'create function': {
      const names = statement.arguments.flatMap((argument) => (argument.name ? name(argument.name) : []))
      const language = statement.language ? name(statement.language) : 'sql'
      const volatility = statement.purity ?? 'volatile'
      return [
        words(
          'create-function',
          qualified(statement.name),
          statement.orReplace && 'replace',
          language,
          volatility,
          ...names,
        ),
      ]
    }
    case 'comment': {
      const { on, comment } = statement
      if (on.type === 'column') {
        const { schema = 'public', table, column } = on.column
        return [words('comment', 'column', `${schema}.${table}`, column, comment)]
      }
      return [words('comment', on.type, qualified(on.name), comment)]
    }
    case 'truncate table':
      return statement.tables.map((table) =>
        words(
          'truncate',
          qualified(table),
          statement.cascade === 'cascade' && 'cascade',
          statement.identity === 'restart' && 'restart',
        ),
      )
    case 'do':
      return [words('do-block', statement.language ? name(statement.language) : 'plpgsql', statement.code)]
    case 'prepare':
      return [words('prepare', name(statement.name)), ...toldBySecond(statement.statement)]
    case 'set':
      return statement.set.type === 'default' ? [] : [words('set', name(statement.variable))]
    case 'set timezone':
      return ['set timezone']
    case 'insert': {
      const { into, columns, insert, onConflict } = statement
      const conflict = onConflict ? (onConflict.do === 'do nothing' ? 'nothing' : 'update') : undefined
      return [
        words('insert', qualified(into), ...(columns ?? []).map(name), insert.type === 'values' && 'values', conflict),
      ]
    }
    case 'update': {
      const columns = statement.sets.map(({ column }) => name(column))
      return [words('update', qualified(statement.table), ...columns, statement.where && 'where')]
    }
    case 'delete':
      return [words('delete', qualified(statement.from), statement.where && 'where')]
    case 'with':
      return [...statement.bind.map((bind) => bind.statement), statement.in].flatMap((each) =>
        toldBySecond(each as Statement),
      )
    case 'begin':
    case 'start transaction':
      return ['begin']
    case 'commit':
    case 'rollback':
      return [statement.type]
    default:
      return []
  }
}

function altered(table: string, change: TableAlteration): string[] {
  switch (change.type) {
    case 'add column': {
      const { column, ifNotExists } = change
      return [words('add-column', table, name(column.name), ifNotExists && 'if not exists'), ...ofColumn(table, column)]
    }
    case 'drop column': {
      const { column, ifExists, behaviour } = change
      return [words('drop-column', table, name(column), ...how({ ifExists, cascade: behaviour }))]
    }
    case 'add constraint':
      return [ofTable(table, change.constraint)]
    case 'drop constraint': {
      const { constraint, ifExists, behaviour } = change
      return [words('drop-constraint', table, name(constraint), ...how({ ifExists, cascade: behaviour }))]
    }
    case 'rename':
      return [words('rename', 'table', table, name(change.to))]
    case 'rename column':
      return [words('rename', 'column', table, name(change.column), name(change.to))]
    case 'rename constraint':
      return [words('rename', 'constraint', table, name(change.constraint), name(change.to))]
    case 'owner':
      return [words('change-owner', table, name(change.to))]
    case 'alter column': {
      const { alter } = change
      if (alter.type === 'add generated') return [words('add-identity', table, name(change.column), alter.always)]
      const kind = alter.type === 'set type' ? 'alter-column-type' : alter.type.replaceAll(' ', '-')
      return [words(kind, table, name(change.column))]
    }
  }
}

/** NOT NULL and DEFAULT are properties of a column, not constraints. */
function ofColumn(table: string, column: CreateColumnDef): string[] {
  return (column.constraints ?? []).flatMap((constraint) => {
    const named =
      'constraintName' in constraint && constraint.constraintName ? name(constraint.constraintName) : undefined
    switch (constraint.type) {
      case 'unique':
      case 'primary key':
        return [words('constraint', table, named, constraint.type.replace(' ', '-'), name(column.name))]
      case 'check':
        return [words('constraint', table, named, 'check')]
      case 'reference':
        return [words('constraint', table, named, 'foreign-key', name(column.name), ...target(constraint))]
      default:
        return []
    }
  })
}

function ofTable(table: string, constraint: TableConstraint): string {
  const named = constraint.constraintName && name(constraint.constraintName)
  const type = constraint.type.replace(' ', '-')
  switch (constraint.type) {
    case 'check':
      return words('constraint', table, named, 'check')
    case 'foreign key':
      return words('constraint', table, named, type, ...constraint.localColumns.map(name), ...target(constraint))
    default:
      return words('constraint', table, named, type, ...constraint.columns.map(name))
  }
}

function target({ foreignTable, foreignColumns, onDelete, onUpdate }: TableReference): string[] {
  const action = (on: string, what: string | undefined) => (what && what !== 'no action' ? [`${on} ${what}`] : [])
  return [
    qualified(foreignTable),
    ...foreignColumns.map(name),
    ...action('delete', onDelete),
    ...action('update', onUpdate),
  ]
}

function how({
  ifExists,
  cascade,
}: {
  ifExists?: boolean | undefined
  cascade?: string | undefined
}): (string | false)[] {
  return [ifExists === true && 'if exists', cascade === 'cascade' && 'cascade']
}

/** PostgreSQL cuts names to 63 bytes; the names here are ASCII. */
function name(of: Name): string {
  return of.name.slice(0, 63)
}

function qualified({ schema, name }: QName): string {
  return `${schema ?? 'public'}.${name}`
}
