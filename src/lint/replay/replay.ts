import type { Statement } from '../../model/migration.ts'
import type { Operation } from '../../model/operation.ts'
import { type CatalogObject, type Schema, unknownValue } from '../../model/schema.ts'
import { applyStatement } from './apply.ts'
import { Catalog } from './catalog.ts'
import type { State } from './state.ts'

export interface ReplayOptions {
  /** The role that runs the migrations. */
  readonly owner?: string
  /** The server's major version. */
  readonly major?: number
}

/** The moment of another replay at which a branch begins. */
export interface Origin {
  readonly replay: Replay
  readonly moment: number
  readonly isComplete: boolean
}

/** What every database begins with. */
const empty: Schema = [{ kind: 'schema', identity: 'public', attributes: { owner: unknownValue } }]

/** Follows statements through a schema without a server, keeping what it was before each of them. */
export class Replay {
  readonly catalog: Catalog
  readonly #state: State
  #isComplete = true
  /** Where the catalog stood at BEGIN and at each SAVEPOINT since. */
  #begun: { readonly name: string | undefined; readonly mark: number }[] = []

  constructor(start: Schema | Origin = empty, { owner = unknownValue, major = 17 }: ReplayOptions = {}) {
    const isBranch = 'replay' in start
    this.catalog = isBranch ? start.replay.catalog.at(start.moment) : new Catalog()
    if (isBranch) this.#isComplete = start.isComplete
    else for (const object of start) this.catalog.set({ belongsTo: [], ...object, ...needsOf(object) })
    this.#state = { catalog: this.catalog, owner, major, lost: () => this.lose() }
  }

  get isComplete(): boolean {
    return this.#isComplete
  }

  /** Runs one statement. The moment after it is one later than the moment before. */
  run({ operations }: Pick<Statement, 'operations'>): void {
    this.catalog.moment++
    for (const op of operations) if (op.kind === 'transaction-control' && !op.inside) this.#transaction(op)
    applyStatement(this.#state, operations)
  }

  /** What a snapshot of a server would hold, as far as it is known. Temporary objects belong to a session, not to the database. */
  schema(moment = this.catalog.moment): Schema {
    const objects = this.catalog
      .all(moment)
      .filter(({ identity, belongsTo }) => !isTemporary(identity) && !belongsTo.some(isTemporary))
    return objects
      .map(({ kind, identity, attributes, belongsTo }) =>
        belongsTo.length === 0 ? { kind, identity, attributes } : { kind, identity, attributes, belongsTo },
      )
      .sort((a, b) => compare(a.kind, b.kind) || compare(a.identity, b.identity))
  }

  #transaction({ action, savepoint }: Extract<Operation, { kind: 'transaction-control' }>): void {
    const at = this.#begun.findLastIndex(({ name }) => name === savepoint)
    switch (action) {
      case 'begin':
        if (this.#begun.length === 0) this.#begun.push({ name: undefined, mark: this.catalog.mark })
        return
      case 'savepoint':
        this.#begun.push({ name: savepoint, mark: this.catalog.mark })
        return
      case 'release':
        if (at >= 0) this.#begun.splice(at)
        return
      case 'rollback-to':
        this.catalog.undo(this.#begun[at]?.mark ?? this.catalog.mark)
        if (at >= 0) this.#begun.splice(at + 1)
        return
      case 'rollback':
        this.catalog.undo(this.#begun[0]?.mark ?? this.catalog.mark)
        this.#begun = []
        return
      default:
        this.#begun = []
    }
  }

  /** Says that something was done that cannot be followed. */
  lose(): void {
    this.#isComplete = false
  }
}

/** A foreign key falls with the table that it points to. */
function needsOf({ kind, attributes: { definition } }: CatalogObject): { needs?: readonly string[] } {
  const target =
    kind === 'constraint' ? / REFERENCES ((?:"(?:[^"]|"")*"|[^\s"(])+)\(/.exec(String(definition))?.[1] : undefined
  return target === undefined ? {} : { needs: [`table ${target}`] }
}

function isTemporary(key: string): boolean {
  return /(?:^| )pg_temp\./.test(key)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
