import type { LockMode } from '../model/round-trip.ts'
import type { Held, Monitor, Relation } from './monitor.ts'
import { type Work, workIn } from './work.ts'

/** A statement that a client sent, and what became of it. Times are milliseconds on the connection's own clock, which stands still while the tap looks. */
export interface SeenStatement {
  readonly sql: string
  /** Numbers the transactions of a watch from 1. */
  readonly transaction: number
  readonly start: number
  ms: number
  /** https://www.postgresql.org/docs/current/protocol-message-formats.html, CommandComplete: `CREATE INDEX`, `UPDATE 3`. */
  tag: string | undefined
  /** Set where it failed. */
  sqlstate: string | undefined
  /** What PostgreSQL said then, without DETAIL and CONTEXT, which hold rows. */
  failure: Failure | undefined
  readonly work: Work[]
  /** Relations of before that have another file since this statement's transaction, where PostgreSQL tells no rewrite. */
  readonly newFiles: Relation[]
  /** `end`: asked before its locks could go. `during`: asked again and again while it ran, so locks held for moments may be missing. */
  looked: 'end' | 'during' | 'not'
}

/** The fields of an error that name things, https://www.postgresql.org/docs/current/protocol-error-fields.html */
interface Failure {
  readonly message: string
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined
}

/** A lock on a relation, from the statement that took it. */
export interface SeenLock {
  readonly relation: number
  readonly mode: LockMode
  readonly statement: SeenStatement
  /** When it was let go, at the end of a transaction or of a part of it. On the clock of its connection. */
  until: number
}

/** What all connections of one tap add up to. */
export interface Record {
  readonly statements: SeenStatement[]
  readonly locks: SeenLock[]
  /** Why something was not seen, a sentence each. */
  readonly trouble: Set<string>
  /** Nobody answers any more. */
  isBlind: boolean
  transactions: number
}

/** `AccessExclusiveLock` as the manual writes it, https://www.postgresql.org/docs/current/explicit-locking.html */
function spelled(mode: string): LockMode {
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase() as LockMode
}

/** Rows changed again and again by the same text take the same locks. */
const repeats = /^(?:INSERT|UPDATE|DELETE|SELECT)\b/

/** Keeps the books of one connection: which statement runs, in which transaction, and what it holds. */
export class Books {
  readonly #record: Record
  readonly #monitor: Monitor
  /** The files of all relations that were there before the migration; brought up to date at the end of each transaction. */
  readonly #files: Map<number, Relation>
  #current: SeenStatement | undefined
  #transaction: number | undefined
  #inTransaction: SeenStatement[] = []
  readonly #held = new Map<string, SeenLock>()
  /** A lock was taken on a relation of before without which it cannot get another file: SHARE ROW EXCLUSIVE for a sequence. */
  #isStrong = false
  readonly #quiet = new Map<string, number>()
  #paused = 0
  /** The server's process for this connection. */
  pid = 0

  constructor(record: Record, monitor: Monitor, files: Map<number, Relation>) {
    this.#record = record
    this.#monitor = monitor
    this.#files = files
  }

  get isRunning(): boolean {
    return this.#current !== undefined
  }

  #now(): number {
    return performance.now() - this.#paused
  }

  begin(sql: string): void {
    if (this.#transaction === undefined) this.#transaction = ++this.#record.transactions
    this.#current = {
      sql,
      transaction: this.#transaction,
      start: this.#now(),
      ms: 0,
      tag: undefined,
      sqlstate: undefined,
      failure: undefined,
      work: [],
      newFiles: [],
      looked: 'not',
    }
    this.#record.statements.push(this.#current)
    this.#inTransaction.push(this.#current)
  }

  debug(line: string): void {
    const work = workIn(line)
    if (work) this.#current?.work.push(work)
  }

  complete(tag: string | undefined): void {
    if (!this.#current) return
    this.#current.ms = this.#now() - this.#current.start
    this.#current.tag = tag
  }

  /** @param said the fields of the error @param sql what the client sent last, where it failed before it was begun */
  fail(said: ReadonlyMap<string, string>, sql: string | undefined): void {
    if (!this.#current && sql !== undefined) this.begin(sql)
    if (!this.#current) return
    this.#current.ms = this.#now() - this.#current.start
    this.#current.sqlstate = said.get('C') ?? 'XX000'
    this.#current.failure = {
      message: said.get('M') ?? '',
      table: said.get('t'),
      column: said.get('c'),
      constraint: said.get('n'),
    }
  }

  /** The text turned out not to have run. */
  forget(): void {
    for (const list of [this.#record.statements, this.#inTransaction]) if (list.at(-1) === this.#current) list.pop()
    this.#current = undefined
  }

  /** Whether PostgreSQL can read a text, and finds several statements in it. */
  async readsAsSeveral(sql: string): Promise<boolean> {
    return (await this.#wait(() => this.#monitor.readsAsSeveral(sql))) ?? false
  }

  /** Asks what is held now that the statement is done, its transaction still open. */
  async look(): Promise<void> {
    const statement = this.#current
    if (!statement) return
    const quiet = this.#quiet.get(statement.sql) ?? 0
    if (quiet < 2 || !repeats.test(statement.tag ?? '')) {
      const news = await this.#ask((held) => this.#take(held, statement))
      if (news === undefined) return
      this.#quiet.set(statement.sql, news > 0 ? 0 : quiet + 1)
    }
    statement.looked = 'end'
  }

  /** Asks while the statement runs, because its locks will be gone when it is done. Only adds. */
  async sample(): Promise<void> {
    const statement = this.#current
    if (!statement) return
    await this.#ask((held) => {
      statement.looked = 'during'
      return this.#add(held, statement)
    })
  }

  /** The statement is over, and so is what was asked about it. */
  end(): void {
    if (this.#current?.looked === 'during') this.#release([])
    this.#current = undefined
  }

  /** The transaction is over; its statements may have left new files. */
  async endTransaction(): Promise<void> {
    this.#release([])
    this.#quiet.clear()
    const statements = this.#inTransaction
    this.#current = undefined
    this.#inTransaction = []
    this.#transaction = undefined
    const mayHaveFiles = this.#isStrong || statements.some(({ looked }) => looked === 'during')
    this.#isStrong = false
    if (!mayHaveFiles) return
    const now = await this.#wait(() => this.#monitor.relations())
    for (const relation of now?.values() ?? []) {
      const before = this.#files.get(relation.oid)
      if (!before || before.file === relation.file) continue
      this.#files.set(relation.oid, { ...before, file: relation.file })
      if (!relation.table) responsible(statements, before)?.newFiles.push(before)
    }
  }

  /** @returns how many locks are new; undefined: nothing could be asked */
  async #ask(use: (held: readonly Held[]) => number): Promise<number | undefined> {
    const held = await this.#wait(() => this.#monitor.locks(this.pid))
    return held && use(held)
  }

  async #wait<Answer>(question: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#record.isBlind) return undefined
    const started = performance.now()
    try {
      return await question()
    } catch (error) {
      // Whatever it is, the migration goes on as if nobody looked.
      const why = error instanceof Error ? error.message : String(error)
      this.#record.isBlind = true
      this.#record.trouble.add(`The connection that asks for locks failed: ${why}.`)
      return undefined
    } finally {
      this.#paused += performance.now() - started
    }
  }

  #take(held: readonly Held[], statement: SeenStatement): number {
    this.#release(held)
    return this.#add(held, statement)
  }

  #add(held: readonly Held[], statement: SeenStatement): number {
    let added = 0
    for (const { relation, mode } of held) {
      const key = `${relation} ${mode}`
      if (this.#held.has(key)) continue
      const lock = { relation, mode: spelled(mode), statement, until: Number.POSITIVE_INFINITY }
      this.#held.set(key, lock)
      this.#record.locks.push(lock)
      this.#isStrong ||= /^(?:ACCESS|SHARE ROW) EXCLUSIVE$/.test(lock.mode) && this.#files.has(relation)
      added++
    }
    return added
  }

  /** ROLLBACK TO lets go of what was taken since the savepoint, COMMIT of everything. */
  #release(held: readonly Held[]): void {
    const still = new Set(held.map(({ relation, mode }) => `${relation} ${mode}`))
    for (const [key, lock] of this.#held) {
      if (still.has(key)) continue
      lock.until = this.#now()
      this.#held.delete(key)
    }
  }
}

const makesFiles = /^(?:TRUNCATE|CLUSTER|VACUUM|REFRESH|ALTER (?:TABLE|SEQUENCE|MATERIALIZED)|REINDEX|DO|CALL)/

/** The statement of a transaction that gave a relation its new file; undefined where PostgreSQL has told of it. */
function responsible(statements: readonly SeenStatement[], { bare }: Relation): SeenStatement | undefined {
  const done = statements.filter(({ sqlstate }) => sqlstate === undefined)
  if (done.some(({ work }) => work.some((each) => each.kind === 'rewrite' && each.table === bare))) return undefined
  const likely = done.filter(({ tag }) => makesFiles.test(tag ?? ''))
  const name = bare.toLowerCase()
  return (
    likely.findLast(({ sql }) => sql.toLowerCase().includes(name)) ??
    likely.at(-1) ??
    done.findLast(({ tag }) => tag !== 'COMMIT')
  )
}
