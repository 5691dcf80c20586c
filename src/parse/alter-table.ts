import type { Name, Operation } from '../model/operation.ts'
import { columnDefinition, inlineConstraints, isNull } from './columns.ts'
import { addConstraint } from './constraints.ts'
import { tokens } from './lexer.ts'
import type { AlterTableCmd, AlterTableStmt } from './pg-query.ts'
import { clause, offsetOfByte, parts, type Source, type Span } from './source.ts'
import { texts } from './types.ts'

/** One operation or more for each command. With several commands, each stands at its own place. */
export function alterTable(statement: AlterTableStmt, source: Source): Operation[] {
  const commands = (statement.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? node.AlterTableCmd : []))
  const isTable = statement.objtype === 'OBJECT_TABLE' || statement.objtype === 'OBJECT_FOREIGN_TABLE'
  if (!isTable || commands.length === 0) return [{ kind: 'other', at: source.at, statement: 'AlterTableStmt' }]
  const table = source.names.relation(statement.relation)
  const whole = { start: afterName(source.sql, statement.relation?.location ?? 0), end: source.sql.length }
  const spans = parts(source.sql, whole)
  return commands.flatMap((command, index) => {
    const span = (spans.length === commands.length ? spans[index] : undefined) ?? whole
    const at = commands.length > 1 && span !== whole ? source.place(span.start, span.end) : source.at
    return alter(table, command, span, { ...source, at })
  })
}

function alter(table: Name, command: AlterTableCmd, span: Span, source: Source): Operation[] {
  const { at, sql, names } = source
  const column = command.name ?? ''
  const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined
  const constraint = command.def && 'Constraint' in command.def ? command.def.Constraint : undefined
  switch (command.subtype) {
    case 'AT_AddColumn':
      if (!definition) break
      return [
        {
          kind: 'add-column',
          at,
          table,
          column: columnDefinition(definition, source),
          ifNotExists: command.missing_ok ?? false,
        },
        ...inlineConstraints(table, definition, source),
      ]
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', at, table, column }]
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', at, table, column }]
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', at, table, column }]
    case 'AT_ColumnDefault': {
      const value = command.def && !isNull(command.def) ? clause(sql, span, 'DEFAULT', [',']) : undefined
      return [{ kind: 'set-default', at, table, column, default: value }]
    }
    case 'AT_AlterColumnType': {
      const using = definition?.raw_default && clause(sql, span, 'USING', [','])
      return [{ kind: 'alter-column-type', at, table, column, type: names.type(definition?.typeName), using }]
    }
    case 'AT_AddConstraint': {
      const added = constraint && addConstraint(table, constraint, source)
      if (!added) break
      const scans = added.type === 'not-null' && !added.notValid
      return [
        added,
        ...(scans ? texts(constraint.keys) : []).map(
          (key) => ({ kind: 'set-not-null', at, table, column: key }) as const,
        ),
      ]
    }
  }
  return [{ kind: 'other', at, statement: command.subtype ?? 'AlterTableCmd' }]
}

/** The offset behind the table's name, from the byte at which it begins. */
function afterName(sql: string, byte: number): number {
  let end = offsetOfByte(sql, byte)
  let wantsName = true
  for (const token of tokens(sql, end)) {
    const isDot = sql[token.start] === '.'
    if (!wantsName && !isDot && sql[token.start] !== '*') break
    wantsName = isDot
    end = token.end
  }
  return end
}
