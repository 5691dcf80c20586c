import type { SyntaxNode } from '@lezer/common'
import { sequenceOptions } from './columns.ts'
import { coreStatement, entriesOf, isCore } from './dml.ts'
import { sqlText } from './expressions.ts'
import { isCallOf, symbol } from './library.ts'
import type { Writing } from './literals.ts'
import { identifier, qualified, quoted, schemaName } from './names.ts'
import { arithmetic } from './operators.ts'
import { emit, type Run, unreadable } from './run.ts'
import type { Text } from './text.ts'
import { typeOf } from './types.ts'
import { argument, none, option, Undecided, unknown, type Value, whyNot } from './values.ts'

/** What a statement gives back. */
export const rows: Value = unknown('the rows that a query returns are known only when the migration runs')

/** What the execution of a statement is given beside it: rows of values, or values that are not known. */
interface Given {
  readonly rows: readonly [string, Value][][]
  readonly elsewhere: Value | undefined
}

function givenRows(value: Value | undefined): Given {
  if (value === undefined || value.kind === 'none') return { rows: [[]], elsewhere: undefined }
  try {
    if (value.kind === 'dict') return { rows: [entriesOf(value)], elsewhere: undefined }
    if (value.kind === 'list' || value.kind === 'tuple') {
      return { rows: value.items.length > 0 ? value.items.map(entriesOf) : [[]], elsewhere: undefined }
    }
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
  }
  return { rows: [[]], elsewhere: value }
}

/**
 * Adds what `op.execute(value)` or `connection.execute(value, parameters)` sends. A string is read as SQLAlchemy reads it:
 * `:name` is a parameter. Whatever is not known becomes unreadable.
 */
export function send(run: Run, value: Value, parameters: Value | undefined, node: SyntaxNode): Value {
  decided(run, node, () => {
    const given = givenRows(parameters)
    const many = given.elsewhere !== undefined && given.elsewhere.kind !== 'dict' && isMany(given.elsewhere)
    const repeated = run.repeated
    run.repeated = repeated || many
    try {
      for (const row of given.rows) {
        const writing: Writing = {
          qualify: true,
          parameters: { next: 1 },
          bound: new Map(row),
          boundElsewhere: given.elsewhere,
        }
        const text = sqlText(value, writing)
        if (isCallOf(value, 'DDL')) emit(run, ddlText(value), node)
        else if (text) emit(run, text, node)
        else if (isCore(value)) {
          if (given.elsewhere) throw new Undecided(whyNot(given.elsewhere, 'a row'))
          emit(run, coreStatement(value, row, writing), node)
        } else emit(run, construct(value), node)
      }
    } finally {
      run.repeated = repeated
    }
  })
  return rows
}

/** A list that is built from data sends the statement once for each of its items. */
function isMany(value: Value): boolean {
  return value.kind === 'list' || value.kind === 'tuple'
}

/** Adds SQL that goes to the driver as it is: no parameters are looked for. */
export function sendRaw(run: Run, value: Value | undefined, node: SyntaxNode): Value {
  decided(run, node, () => {
    if (value?.kind !== 'string') throw new Undecided(whyNot(value, 'the SQL'))
    emit(run, value.text, node)
  })
  return rows
}

/** Does the work, and adds an unreadable part where it finds that the SQL cannot be known. */
export function decided(run: Run, node: SyntaxNode, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Undecided)) throw error
    unreadable(run, error.message, node)
  }
}

/** The text of `sa.DDL("…", context={…})`, in which `%(name)s` stands for a value of the context. Throws `Undecided`. */
function ddlText(value: Extract<Value, { kind: 'call' }>): Text {
  const statement = argument(value.given, 0, 'statement') ?? none
  const context = argument(value.given, 1, 'context')
  const given: Value = context && context.kind !== 'none' ? context : { kind: 'dict', entries: [] }
  const filled = statement.kind === 'string' ? arithmetic('%', [statement, given]) : statement
  if (filled?.kind !== 'string') throw new Undecided(whyNot(filled, 'the SQL'))
  return filled.text
}

/** DDL that SQLAlchemy builds from an object: sequences, schemas. Throws `Undecided`. */
function construct(value: Value): string {
  const element = value.kind === 'call' ? value.given.positional[0] : undefined
  const name = value.kind === 'call' ? symbol(value.callee)?.name : undefined
  if (value.kind === 'call' && element && name) {
    const { given } = value
    if (isCallOf(element, 'Sequence')) {
      const sequence = qualified(
        identifier(element.given.positional[0], 'a sequence'),
        schemaName(argument(element.given, undefined, 'schema')),
      )
      if (name === 'DropSequence') return `DROP SEQUENCE ${option(given, 'if_exists') ? 'IF EXISTS ' : ''}${sequence}`
      if (name === 'CreateSequence') {
        const type = argument(element.given, undefined, 'data_type')
        const options = sequenceOptions(element, 1)
        return `CREATE SEQUENCE ${option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : ''}${sequence}${type && type.kind !== 'none' ? ` AS ${typeOf(type).sql}` : ''}${options ? ` ${options}` : ''}`
      }
    }
    if (name === 'CreateSchema')
      return `CREATE SCHEMA ${option(given, 'if_not_exists') ? 'IF NOT EXISTS ' : ''}${quoted(identifier(element, 'a schema'))}`
    if (name === 'DropSchema') {
      return `DROP SCHEMA ${option(given, 'if_exists') ? 'IF EXISTS ' : ''}${quoted(identifier(element, 'a schema'))}${option(given, 'cascade') ? ' CASCADE' : ''}`
    }
  }
  throw new Undecided(whyNot(value, 'the SQL'))
}
