import type { Drift, DriftClass } from '../../model/round-trip.ts'
import type { Attribute, CatalogObject, Schema } from '../../model/schema.ts'
import { alignNames } from './names.ts'

type Attributes = CatalogObject['attributes']
type Change = Omit<Drift, 'after'>

/**
 * What tells two schemas apart, in the order of kind and object; empty when they are the same.
 *
 * What comes and goes with another object is told with that object alone: not each column of a table that was left behind. A name that
 * PostgreSQL made up does not make two objects of one (`name-only`).
 */
export function compareSchemas(expected: Schema, found: Schema, after: 'down' | 'up-again'): Drift[] {
  const { aligned, renamed } = alignNames(expected, found)
  const before = byKey(expected)
  const now = byKey(aligned)
  const missing = onlyIn(before, now).map(
    (object): Change => ({
      ...about(object),
      class: 'contract',
      change: 'missing',
      expected: object.attributes,
      found: null,
    }),
  )
  const leftBehind = onlyIn(now, before).map(
    (object): Change => ({
      ...about(object),
      class: 'contract',
      change: 'left-behind',
      expected: null,
      found: object.attributes,
    }),
  )
  const changed = changedObjects(before, now)
  const all = [...renamed, ...missing, ...withoutImplied(leftBehind, changed, now), ...changed]
  return withoutImplied(all, changed, before)
    .map((change): Drift => ({ after, ...change }))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.object, b.object))
}

function about({ kind, identity }: CatalogObject): { kind: string; object: string } {
  return { kind, object: identity }
}

function byKey(schema: Schema): Map<string, CatalogObject> {
  return new Map(schema.map((object) => [`${object.kind} ${object.identity}`, object]))
}

/** Objects of one side; without those whose owner is on that side only, too. */
function onlyIn(side: Map<string, CatalogObject>, other: Map<string, CatalogObject>): CatalogObject[] {
  const isOnly = (key: string) => side.has(key) && !other.has(key)
  return [...side]
    .filter(([key, { belongsTo = [] }]) => isOnly(key) && !belongsTo.some(isOnly))
    .map(([, object]) => object)
}

function changedObjects(before: Map<string, CatalogObject>, now: Map<string, CatalogObject>): Change[] {
  const changes = new Map<string, Change>()
  for (const [key, object] of before) {
    const other = now.get(key)
    const change = other && difference(object, other)
    if (change) changes.set(key, change)
  }
  // The partitions of a table change as it does, and an index with its constraint.
  const isFolded = (key: string, change: Change) =>
    before.get(key)?.belongsTo?.some((owner) => {
      const ownerChange = changes.get(owner)
      return (
        ownerChange &&
        (same(ownerChange.expected, change.expected)
          ? same(ownerChange.found, change.found)
          : owner.startsWith('constraint '))
      )
    })
  return [...changes].filter(([key, change]) => !isFolded(key, change)).map(([, change]) => change)
}

/** From PostgreSQL 18 a column that is NOT NULL has a constraint that says the same. */
function withoutImplied(
  changes: readonly Change[],
  changed: readonly Change[],
  side: Map<string, CatalogObject>,
): Change[] {
  const columns = new Set(
    changed
      .filter(({ kind, expected }) => kind === 'column' && expected && 'notNull' in expected)
      .map(({ object }) => `column ${object}`),
  )
  return changes.filter(({ kind, object }) => {
    const constraint = kind === 'constraint' ? side.get(`constraint ${object}`) : undefined
    return !(constraint?.attributes.type === 'not null' && constraint.belongsTo?.some((owner) => columns.has(owner)))
  })
}

function difference(before: CatalogObject, now: CatalogObject): Change | undefined {
  if (before.kind === 'column order' && same(sharedOrder(before, now), sharedOrder(now, before))) return undefined
  const names = [...new Set([...Object.keys(before.attributes), ...Object.keys(now.attributes)])].filter(
    (name) => !same(before.attributes[name], now.attributes[name]),
  )
  if (names.length === 0) return undefined
  return {
    ...about(before),
    class: classOf(before, now, names),
    change: 'changed',
    expected: only(before.attributes, names),
    found: only(now.attributes, names),
  }
}

function classOf(before: CatalogObject, now: CatalogObject, names: readonly string[]): DriftClass {
  switch (before.kind) {
    case 'column order':
      return 'order'
    case 'dropped columns':
      return 'physical'
    case 'function':
    case 'procedure':
      return names.every((name) => name === 'definition') &&
        layoutless(before.attributes.definition) === layoutless(now.attributes.definition)
        ? 'name-only'
        : 'contract'
    default:
      return 'contract'
  }
}

/** A column that is on one side only is told as a column, not as an order. */
function sharedOrder(of: CatalogObject, other: CatalogObject): Attribute[] {
  const [columns, others] = [of, other].map(({ attributes }) => attributes.columns as readonly string[])
  return columns?.filter((column) => others?.includes(column)) ?? []
}

/**
 * A function without its layout: indentation, spaces and blank lines. Strings keep theirs, and a line stays a line, because a comment
 * ends with it.
 */
function layoutless(definition: Attribute | undefined): string {
  return String(definition)
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[^\S\n]+/g, ' ').replace(/ ?\n[ \n]*/g, '\n')))
    .join('')
}

function only(attributes: Attributes, names: readonly string[]): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => names.includes(name)))
}

/** Attributes come from `jsonb`, whose keys have one order. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
