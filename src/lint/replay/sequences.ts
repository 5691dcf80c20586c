import type { SequenceChanges } from '../../model/definition-operation.ts'
import type { Attribute } from '../../model/schema.ts'
import type { Entry } from './catalog.ts'
import { quoted } from './quoting.ts'
import { columnKey, type State } from './state.ts'

const limits: { readonly [type: string]: string | undefined } = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
}

/** @param owner the column with which it comes and goes */
export function createSequence(
  { catalog, owner: role, major }: State,
  identity: string,
  changes: SequenceChanges,
  owner?: { readonly table: Entry; readonly column: string },
  temporary = false,
): void {
  const { type = 'bigint', increment = '1', cache = '1', cycle = false } = changes
  const isDown = increment.startsWith('-')
  const top = limits[type] ?? '9223372036854775807'
  const min = known(changes.min) ?? (isDown ? `-${BigInt(top) + 1n}` : '1')
  const max = known(changes.max) ?? (isDown ? '-1' : top)
  catalog.set({
    kind: 'sequence',
    identity,
    ...ownedBy(owner),
    attributes: {
      owner: role,
      // Sequences are unlogged with their tables from PostgreSQL 15 on.
      persistence: temporary
        ? 'temporary'
        : ((major < 15 ? undefined : owner?.table.attributes.persistence) ?? 'permanent'),
      type,
      start: changes.start ?? (isDown ? max : min),
      increment,
      min,
      max,
      cache,
      cycle,
      ...(owner ? { ownedBy: `${owner.table.identity}.${quoted(owner.column)}` } : {}),
    },
  })
}

export function alterSequence(
  { catalog }: State,
  sequence: Entry,
  changes: SequenceChanges,
  owner: { readonly table: Entry; readonly column: string } | 'none' | undefined,
): void {
  const { type, start, increment, cache, cycle } = changes
  const before = sequence.attributes
  const newType = type ?? String(before.type)
  const top = limits[newType] ?? '9223372036854775807'
  const isDown = (increment ?? String(before.increment)).startsWith('-')
  // A limit that was the old type's becomes the new type's.
  const oldTop = limits[String(before.type)]
  const follows = type !== undefined && before.max === oldTop
  const followsDown = type !== undefined && oldTop !== undefined && before.min === `-${BigInt(oldTop) + 1n}`
  const attributes: { [name: string]: Attribute | undefined } = {
    ...before,
    type: newType,
    start: start ?? before.start,
    increment: increment ?? before.increment,
    cache: cache ?? before.cache,
    cycle: cycle ?? before.cycle,
    max: changes.max === 'none' ? (isDown ? '-1' : top) : (changes.max ?? (follows ? top : before.max)),
    min:
      changes.min === 'none'
        ? isDown
          ? `-${BigInt(top) + 1n}`
          : '1'
        : (changes.min ?? (followsDown ? `-${BigInt(top) + 1n}` : before.min)),
  }
  if (owner === 'none') attributes.ownedBy = undefined
  else if (owner) attributes.ownedBy = `${owner.table.identity}.${quoted(owner.column)}`
  const present = Object.entries(attributes).filter((each): each is [string, Attribute] => each[1] !== undefined)
  const ownership = owner === undefined ? {} : ownedBy(owner === 'none' ? undefined : owner)
  catalog.set({ ...sequence, ...ownership, attributes: Object.fromEntries(present) })
}

function ownedBy(owner: { readonly table: Entry; readonly column: string } | undefined): Pick<Entry, 'belongsTo'> {
  if (!owner) return { belongsTo: [] }
  return { belongsTo: [columnKey(owner.table, owner.column), `${owner.table.kind} ${owner.table.identity}`] }
}

function known(limit: string | undefined): string | undefined {
  return limit === 'none' ? undefined : limit
}
