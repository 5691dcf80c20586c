import type { Name, ObjectKind, Operation } from '../model/operation.ts'
import { collationOf, columnDefinition, identityKind, inlineConstraints, isNull } from './columns.ts'
import { addConstraint } from './constraints.ts'
import { expression } from './expressions.ts'
import { tokens } from './lexer.ts'
import { kindOf } from './objects.ts'
import { constantOf, definitions, optionName, storageOptions } from './options.ts'
import type { AlterTableCmd, AlterTableStmt } from './pg-query.ts'
import { roleName } from './privileges.ts'
import { clause, parenthesized, parts, type Source, type Span, textOf } from './source.ts'
import { boundOf, rangeOf } from './tables.ts'
import { texts } from './types.ts'

/** One operation or more for each command. With several commands, each stands at its own place. */
export function alterTable(statement: AlterTableStmt, source: Source): Operation[] {
  const commands = (statement.cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? node.AlterTableCmd : []))
  if (commands.length === 0) return [{ kind: 'other', at: source.at, statement: 'AlterTableStmt' }]
  const object = kindOf(statement.objtype)
  const table = source.names.relation(statement.relation)
  if (object === 'type') return [compositeType(table, commands, source)]
  const whole = { start: afterName(source, statement.relation?.location), end: source.span.end }
  const spans = commands.length > 1 ? parts(source.sql, whole) : []
  return commands.flatMap((command, index) => {
    const span = (spans.length === commands.length ? spans[index] : undefined) ?? whole
    const at = span === whole ? source.at : source.place(span.start, span.end)
    return alter(table, object, command, span, { ...source, at })
  })
}

function alter(table: Name, object: ObjectKind, command: AlterTableCmd, span: Span, source: Source): Operation[] {
  const { at, names } = source
  const named = { name: table, table: undefined, arguments: undefined }
  const drop = { ifExists: command.missing_ok ?? false, cascade: command.behavior === 'DROP_CASCADE' }
  const list = command.def && 'List' in command.def ? command.def.List.items : undefined
  switch (command.subtype) {
    case 'AT_ChangeOwner':
      return [{ kind: 'change-owner', at, object, ...named, owner: roleName(command.newowner) }]
    case 'AT_SetTableSpace':
      return [{ kind: 'set-tablespace', at, table, object, tablespace: command.name ?? '' }]
    case 'AT_SetRelOptions':
    case 'AT_ReplaceRelOptions':
      return [{ kind: 'set-options', at, table, object, options: storageOptions(list), reset: false }]
    case 'AT_ResetRelOptions':
      return [{ kind: 'set-options', at, table, object, options: definitions(list).map(optionName), reset: true }]
    case 'AT_AttachPartition':
    case 'AT_DetachPartition':
    case 'AT_DetachPartitionFinalize':
      return [partition(table, object, command, source)]
  }
  if (object !== 'table' && object !== 'foreign table') return [other(command, source)]
  switch (command.subtype) {
    case 'AT_AddConstraint': {
      const constraint = command.def && 'Constraint' in command.def ? command.def.Constraint : undefined
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
    case 'AT_DropConstraint':
      return [{ kind: 'drop-constraint', at, table, constraint: command.name ?? '', ...drop }]
    case 'AT_ValidateConstraint':
      return [{ kind: 'validate-constraint', at, table, constraint: command.name ?? '' }]
    case 'AT_AlterConstraint': {
      const change = command.def && 'ATAlterConstraint' in command.def ? command.def.ATAlterConstraint : {}
      const deferrable = change.initdeferred ? 'deferred' : change.deferrable ? 'immediate' : 'no'
      return [
        {
          kind: 'alter-constraint',
          at,
          table,
          constraint: change.conname ?? '',
          deferrable: change.alterDeferrability ? deferrable : undefined,
          enforced: change.alterEnforceability ? (change.is_enforced ?? false) : undefined,
        },
      ]
    }
    case 'AT_SetLogged':
    case 'AT_SetUnLogged':
      return [{ kind: 'set-logged', at, table, logged: command.subtype === 'AT_SetLogged' }]
    case 'AT_SetAccessMethod':
      return [{ kind: 'set-access-method', at, table, method: command.name ?? 'default' }]
    case 'AT_ReplicaIdentity': {
      const letter = command.def && 'ReplicaIdentityStmt' in command.def ? command.def.ReplicaIdentityStmt : undefined
      const identity = ({ f: 'full', n: 'nothing', i: 'index' } as const)[letter?.identity_type as 'f' | 'n' | 'i']
      return [{ kind: 'replica-identity', at, table, identity: identity ?? 'default', index: letter?.name }]
    }
    case 'AT_AddInherit':
    case 'AT_DropInherit': {
      const parent = names.relation(rangeOf(command.def))
      return [{ kind: 'inherit', at, table, parent, inherit: command.subtype === 'AT_AddInherit' }]
    }
    case 'AT_EnableRowSecurity':
      return [{ kind: 'row-security', at, table, change: 'enable' }]
    case 'AT_DisableRowSecurity':
      return [{ kind: 'row-security', at, table, change: 'disable' }]
    case 'AT_ForceRowSecurity':
      return [{ kind: 'row-security', at, table, change: 'force' }]
    case 'AT_NoForceRowSecurity':
      return [{ kind: 'row-security', at, table, change: 'no-force' }]
  }
  const trigger = triggerStates[command.subtype ?? '']
  if (trigger) {
    return [{ kind: 'set-trigger', at, table, trigger: trigger.many ?? command.name ?? '', state: trigger.state }]
  }
  return alterColumn(table, command, span, source, drop) ?? [other(command, source)]
}

function alterColumn(
  table: Name,
  command: AlterTableCmd,
  span: Span,
  source: Source,
  drop: { ifExists: boolean; cascade: boolean },
): Operation[] | undefined {
  const { at, sql, names } = source
  const column = command.name ?? ''
  const definition = command.def && 'ColumnDef' in command.def ? command.def.ColumnDef : undefined
  const change = (what: ColumnChange, value?: string): Operation[] => [
    { kind: 'alter-column', at, table, column, change: what, value },
  ]
  switch (command.subtype) {
    case 'AT_AddColumn': {
      if (!definition) return undefined
      const ifNotExists = command.missing_ok ?? false
      return [
        { kind: 'add-column', at, table, column: columnDefinition(definition, source), ifNotExists },
        ...inlineConstraints(table, definition, source),
      ]
    }
    case 'AT_DropColumn':
      return [{ kind: 'drop-column', at, table, column, ...drop }]
    case 'AT_SetNotNull':
      return [{ kind: 'set-not-null', at, table, column }]
    case 'AT_DropNotNull':
      return [{ kind: 'drop-not-null', at, table, column }]
    case 'AT_ColumnDefault': {
      const value =
        command.def && !isNull(command.def)
          ? expression(command.def, clause(sql, span, 'DEFAULT', [',']) ?? '')
          : undefined
      return [{ kind: 'set-default', at, table, column, default: value }]
    }
    case 'AT_AlterColumnType': {
      const type = definition?.typeName
      const using = definition?.raw_default && clause(sql, span, 'USING', [','])
      const collation = definition && collationOf(definition)
      return [
        {
          kind: 'alter-column-type',
          at,
          table,
          column,
          type: names.type(type),
          userType: names.userType(type),
          collation,
          using,
        },
      ]
    }
    case 'AT_AddIdentity': {
      const constraint = command.def && 'Constraint' in command.def ? command.def.Constraint : undefined
      return change('add-identity', constraint && identityKind(constraint))
    }
    case 'AT_SetIdentity': {
      const items = command.def && 'List' in command.def ? command.def.List.items : undefined
      const generated = (items ?? []).find((item) => 'DefElem' in item && item.DefElem.defname === 'generated')
      const letter = generated && 'DefElem' in generated ? constantOf(generated.DefElem.arg) : undefined
      // The grammar gives ATTRIBUTE_IDENTITY_ALWAYS and _BY_DEFAULT as their letters' codes: src/include/catalog/pg_attribute.h
      const kind = letter === String('a'.charCodeAt(0)) ? 'always' : 'by default'
      return change('set-identity', letter === undefined ? undefined : kind)
    }
    case 'AT_DropIdentity':
      return change('drop-identity')
    case 'AT_SetExpression': {
      const text = parenthesized(sql, span.start)
      return change('set-expression', text && textOf(sql, text))
    }
    case 'AT_DropExpression':
      return change('drop-expression')
    case 'AT_SetStatistics':
      return change('statistics', constantOf(command.def))
    case 'AT_SetStorage':
      return change('storage', constantOf(command.def)?.toLowerCase())
    case 'AT_SetCompression':
      return change('compression', constantOf(command.def)?.toLowerCase())
    case 'AT_SetOptions':
    case 'AT_ResetOptions': {
      const items = command.def && 'List' in command.def ? command.def.List.items : undefined
      return change('options', command.subtype === 'AT_SetOptions' ? storageOptions(items).join(', ') : undefined)
    }
    default:
      return undefined
  }
}

type ColumnChange = Extract<Operation, { kind: 'alter-column' }>['change']

type TriggerState = Extract<Operation, { kind: 'set-trigger' }>['state']

const triggerStates: { readonly [subtype: string]: { state: TriggerState; many?: 'ALL' | 'USER' } | undefined } = {
  AT_EnableTrig: { state: 'origin' },
  AT_EnableTrigAll: { state: 'origin', many: 'ALL' },
  AT_EnableTrigUser: { state: 'origin', many: 'USER' },
  AT_EnableAlwaysTrig: { state: 'always' },
  AT_EnableReplicaTrig: { state: 'replica' },
  AT_DisableTrig: { state: 'disabled' },
  AT_DisableTrigAll: { state: 'disabled', many: 'ALL' },
  AT_DisableTrigUser: { state: 'disabled', many: 'USER' },
}

function partition(table: Name, object: ObjectKind, command: AlterTableCmd, source: Source): Operation {
  const definition = command.def && 'PartitionCmd' in command.def ? command.def.PartitionCmd : {}
  const name = source.names.relation(definition.name)
  if (object === 'index') return { kind: 'attach-index', at: source.at, index: table, partition: name }
  if (command.subtype === 'AT_AttachPartition') {
    const bound = definition.bound ? boundOf(definition.bound, source) : 'DEFAULT'
    return { kind: 'attach-partition', at: source.at, table, partition: name, bound }
  }
  return {
    kind: 'detach-partition',
    at: source.at,
    table,
    partition: name,
    concurrently: definition.concurrent ?? false,
    finalize: command.subtype === 'AT_DetachPartitionFinalize',
  }
}

function compositeType(type: Name, commands: readonly AlterTableCmd[], { at }: Source): Operation {
  const columns = commands.flatMap((command) =>
    command.def && 'ColumnDef' in command.def && command.def.ColumnDef.colname !== undefined
      ? command.def.ColumnDef.colname
      : (command.name ?? []),
  )
  const cascade = commands.some(({ behavior }) => behavior === 'DROP_CASCADE')
  return { kind: 'alter-composite-type', at, type, columns, cascade }
}

function other(command: AlterTableCmd, { at }: Source): Operation {
  return { kind: 'other', at, statement: command.subtype ?? 'AlterTableCmd' }
}

/** The offset behind the table's name, from the byte at which it begins. */
function afterName({ sql, offset }: Source, byte: number | undefined): number {
  let end = offset(byte)
  let wantsName = true
  for (const token of tokens(sql, end)) {
    const isDot = sql[token.start] === '.'
    if (!wantsName && !isDot && sql[token.start] !== '*') break
    wantsName = isDot
    end = token.end
  }
  return end
}
