import type { CatalogObject } from '../../model/schema.ts'

/** `table public.users`: what `CatalogObject.belongsTo` holds. */
export type Key = string

/** An object with what the schema itself does not tell of it. Never changed in place: a change is a new entry. */
export interface Entry extends CatalogObject {
  readonly belongsTo: readonly Key[]
  /** The columns of its own table that it depends on, as PostgreSQL stores them. */
  readonly columns?: readonly string[]
  /** The objects that it falls with, without belonging to them: the tables below a view. */
  readonly needs?: readonly Key[]
}

interface Version {
  readonly from: number
  readonly entry: Entry | undefined
}

export function keyOf({ kind, identity }: Pick<CatalogObject, 'kind' | 'identity'>): Key {
  return `${kind} ${identity}`
}

/**
 * The objects of a database at each moment of a history. A moment is the number of statements before it; what is written counts from
 * the current moment on. A branch sees what its origin was at one moment, and keeps its own changes to itself.
 */
export class Catalog {
  readonly #origin: { readonly catalog: Catalog; readonly moment: number } | undefined
  readonly #versions = new Map<Key, Version[]>()
  /** Whatever belongs to an object or once did. */
  readonly #members = new Map<Key, Set<Key>>()
  /** Whatever needs an object or once did. */
  readonly #dependents = new Map<Key, Set<Key>>()
  /** Constraints by the last part of their identity: names are looked for often. */
  readonly #constraints = new Map<string, Set<Key>>()
  /** Functions, procedures and aggregates by their identity without the arguments. */
  readonly #routines = new Map<string, Set<Key>>()
  #changed: Key[] = []
  moment: number

  constructor(origin?: { readonly catalog: Catalog; readonly moment: number }) {
    this.#origin = origin
    this.moment = origin?.moment ?? 0
  }

  get(key: Key, moment = this.moment): Entry | undefined {
    const version = this.#versions.get(key)?.findLast(({ from }) => from <= moment)
    if (version) return version.entry
    return this.#origin?.catalog.get(key, Math.min(moment, this.#origin.moment))
  }

  has(kind: string, identity: string): boolean {
    return this.get(`${kind} ${identity}`) !== undefined
  }

  set(entry: Entry): void {
    this.#write(keyOf(entry), entry)
    for (const owner of entry.belongsTo) addTo(this.#members, owner, keyOf(entry))
    for (const needed of entry.needs ?? []) addTo(this.#dependents, needed, keyOf(entry))
    if (entry.kind === 'constraint') addTo(this.#constraints, lastPart(entry.identity), keyOf(entry))
    if (isRoutine(entry)) addTo(this.#routines, withoutArguments(entry.identity), keyOf(entry))
  }

  /** The functions, procedures and aggregates with this name, whatever their arguments. */
  routines(name: string): Entry[] {
    return [...this.#routineKeys(name)].flatMap((key) => this.get(key) ?? [])
  }

  /** The constraints of any table with this name, which is quoted as in an identity. */
  constraints(name: string): Entry[] {
    const own = [...(this.#constraints.get(name) ?? [])].flatMap((key) => this.get(key) ?? [])
    return this.#origin
      ? [...this.#origin.catalog.constraints(name).filter((each) => this.get(keyOf(each))), ...own]
      : own
  }

  /** Changes some of an object's attributes; undefined takes one away. Does nothing where there is no such object. */
  change(key: Key, attributes: { readonly [name: string]: CatalogObject['attributes'][string] | undefined }): void {
    const entry = this.get(key)
    if (!entry) return
    const all = Object.entries({ ...entry.attributes, ...attributes })
    const present = all.filter((each): each is [string, CatalogObject['attributes'][string]] => each[1] !== undefined)
    this.set({ ...entry, attributes: Object.fromEntries(present) })
  }

  delete(key: Key): void {
    if (this.get(key)) this.#write(key, undefined)
  }

  /** What belongs to an object. */
  members(owner: Key, moment = this.moment): Entry[] {
    return [...this.#memberKeys(owner)].flatMap((key) => {
      const entry = this.get(key, moment)
      return entry?.belongsTo.includes(owner) ? [entry] : []
    })
  }

  /** What falls with an object without belonging to it. */
  dependents(needed: Key): Entry[] {
    return [...this.#dependentKeys(needed)].flatMap((key) => {
      const entry = this.get(key)
      return entry?.needs?.includes(needed) ? [entry] : []
    })
  }

  all(moment = this.moment): Entry[] {
    return [...this.#keys()].flatMap((key) => this.get(key, moment) ?? [])
  }

  /** The same catalog as it was. */
  at(moment: number): Catalog {
    return new Catalog({ catalog: this, moment })
  }

  /** The number of changes so far, for `undo`. */
  get mark(): number {
    return this.#changed.length
  }

  /** Takes back what was changed since the mark, as ROLLBACK does. */
  undo(mark: number): void {
    for (const key of this.#changed.splice(mark).reverse()) this.#versions.get(key)?.pop()
  }

  #write(key: Key, entry: Entry | undefined): void {
    const versions = this.#versions.get(key)
    if (versions) versions.push({ from: this.moment, entry })
    else this.#versions.set(key, [{ from: this.moment, entry }])
    this.#changed.push(key)
  }

  #memberKeys(owner: Key): ReadonlySet<Key> {
    const origin = this.#origin
    return joined(origin ? origin.catalog.#memberKeys(owner) : undefined, this.#members.get(owner))
  }

  #dependentKeys(needed: Key): ReadonlySet<Key> {
    const origin = this.#origin
    return joined(origin ? origin.catalog.#dependentKeys(needed) : undefined, this.#dependents.get(needed))
  }

  #routineKeys(name: string): ReadonlySet<Key> {
    const origin = this.#origin
    return joined(origin ? origin.catalog.#routineKeys(name) : undefined, this.#routines.get(name))
  }

  #keys(): Iterable<Key> {
    const origin = this.#origin
    return origin ? new Set([...origin.catalog.#keys(), ...this.#versions.keys()]) : this.#versions.keys()
  }
}

function addTo(sets: Map<string, Set<Key>>, name: string, key: Key): void {
  const set = sets.get(name)
  if (set) set.add(key)
  else sets.set(name, new Set([key]))
}

const nothing: ReadonlySet<Key> = new Set()

function joined(a: ReadonlySet<Key> | undefined, b: ReadonlySet<Key> | undefined): ReadonlySet<Key> {
  return a && b && a.size > 0 ? new Set([...a, ...b]) : (b ?? a ?? nothing)
}

function isRoutine({ kind }: Entry): boolean {
  return kind === 'function' || kind === 'procedure' || kind === 'aggregate'
}

function withoutArguments(identity: string): string {
  return /^(?:"(?:[^"]|"")*"|[^"(])*/.exec(identity)?.[0] ?? identity
}

function lastPart(identity: string): string {
  return /(?:"(?:[^"]|"")*"|[^".]+)$/.exec(identity)?.[0] ?? identity
}
