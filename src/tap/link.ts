import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Answers } from './answers.ts'
import {
  extended,
  Frames,
  fields,
  firstString,
  type Message,
  message,
  moved,
  ProtocolError,
  strings,
  withoutChannelBinding,
} from './protocol.ts'
import type { Books } from './record.ts'
import { isOwn, manner, type Piece, shape, split } from './split.ts'

/** Between two looks at a statement whose locks are gone when it is done. */
const sampleMs = 3

/** What a statement is answered with at its end. `G` is not: the server waits for the client's rows. */
const ends = 'CIsE'

/**
 * One client's connection, from its startup on. Passes all messages on, in their order, and holds the client's next one back while the
 * tap asks what the last one locked. Three things are changed on the way, so that there is a moment between a statement and the end of
 * its transaction in which to ask:
 * - an `Execute` is followed by a `Flush`;
 * - a statement outside of a transaction, sent as a simple query, is sent as Parse, Bind, Execute, and its Sync later;
 * - several statements in one simple query are sent one by one, where that is the same.
 * PostgreSQL's DEBUG lines end here. Bytes that are no messages are passed on as they are, and reported.
 */
export class Link {
  readonly #client: Duplex
  readonly #server: Duplex
  readonly #books: Books
  readonly #trouble: (why: string) => void
  readonly #fromClient = new Frames({ typed: true })
  readonly #fromServer = new Frames({ typed: true })
  readonly #prepared = new Map<string, string>()
  readonly #portals = new Map<string, string>()
  #status = ''
  #backslashes = false
  readonly #answers = new Answers()
  #waiting: { readonly types: string; readonly resolve: (answer: Message | undefined) => void } | undefined
  /** After an error the server skips everything until Sync. */
  #isSkipping = false
  /** The client sends rows; whatever it sends is not looked at until the server is ready again. */
  #isCopying = false
  #settled: Promise<void> = Promise.resolve()
  /** An error to keep from the client: the statement is going to be sent in another way. */
  #isTrying = false
  #isRefused = false
  /** Where in the client's text the statement begins, in characters: errors name a position. */
  #shift = 0
  #lastParsed: string | undefined
  #isDeaf = false
  /** The bytes are no messages: passed on unseen. */
  #isRaw = false
  #isOver = false

  constructor(client: Duplex, server: Duplex, books: Books, trouble: (why: string) => void) {
    this.#client = client
    this.#server = server
    this.#books = books
    this.#trouble = trouble
  }

  /** Runs until both sides are closed. Does not reject. @param early what the client sent behind its startup message */
  async run(early: Buffer): Promise<void> {
    await Promise.all([
      this.#until(this.#client, this.#server, () => this.#listenToClient(early)),
      this.#until(this.#server, this.#client, () => this.#listenToServer()),
    ])
  }

  async #until(from: Duplex, to: Duplex, listen: () => Promise<void>): Promise<void> {
    try {
      await listen()
      to.end()
    } catch (error) {
      // One side is gone without a goodbye, which the other one has to learn. Anything else is an error of the tap's own.
      if ((error as NodeJS.ErrnoException).code === undefined) this.#trouble(`The tap failed: ${String(error)}.`)
      from.destroy()
      to.destroy()
    } finally {
      if (from === this.#server) {
        this.#isOver = true
        this.#answer(undefined)
      }
    }
  }

  // From the server

  async #listenToServer(): Promise<void> {
    for await (const chunk of this.#server as AsyncIterable<Buffer>) {
      const out = this.#isRaw ? [chunk] : this.#heard(chunk)
      if (out.length > 0 && !this.#client.write(Buffer.concat(out))) await drained(this.#client)
    }
  }

  /** What of it goes on to the client. */
  #heard(chunk: Buffer): Buffer[] {
    const out: Buffer[] = []
    try {
      this.#fromServer.push(chunk)
      for (let each = this.#fromServer.next(); each; each = this.#fromServer.next()) {
        const shown = this.#hear(each)
        if (shown) out.push(shown)
      }
    } catch (error) {
      this.#giveUp(error)
      out.push(this.#fromServer.rest())
    }
    return out
  }

  #hear(heard: Message): Buffer | undefined {
    const { type, body } = heard
    let shown: Buffer | undefined = this.#answers.hidden.includes(type) ? undefined : heard.bytes
    switch (type) {
      case 'R':
        if (body.readInt32BE(0) === 10) shown = withoutChannelBinding(body)
        break
      case 'K':
        this.#books.pid = body.readInt32BE(0)
        break
      case 'S': {
        const [name, value] = strings(body)
        if (name === 'standard_conforming_strings') this.#backslashes = value === 'off'
        break
      }
      case 'N': {
        const said = fields(body)
        if (!said.get('V')?.startsWith('DEBUG')) break
        // Not what a function of the migration says in the same words.
        if (said.get('R') !== 'exec_stmt_raise') this.#books.debug(said.get('M') ?? '')
        shown = undefined
        break
      }
      case 'G':
      case 'W':
        this.#isCopying = true
        break
      case 'C':
        if (!this.#answers.hidden.includes('C')) this.#books.complete(strings(body)[0])
        break
      case 'I':
        this.#books.complete(undefined)
        break
      case 'E':
        shown = this.#hearError(heard, shown)
        break
      case 'Z':
        this.#hearReady(body)
        break
    }
    if (this.#waiting?.types.includes(type)) this.#answer(heard)
    return this.#answers.pass(heard, shown)
  }

  #hearError({ body }: Message, shown: Buffer | undefined): Buffer | undefined {
    const said = fields(body)
    this.#isSkipping = true
    // Where the server sees several statements and we saw one, nothing has run yet.
    if (this.#isTrying && said.get('C') === '42601' && said.get('R') === 'exec_parse_message') {
      this.#isRefused = true
      return undefined
    }
    this.#answers.failed()
    if (this.#status !== '') this.#books.fail(said, this.#lastParsed)
    if (this.#shift === 0 || !shown) return shown
    return moved(body, this.#shift)
  }

  #hearReady(body: Buffer): void {
    this.#status = body.toString('latin1')
    this.#isSkipping = false
    this.#lastParsed = undefined
    if (!this.#isCopying) return
    this.#isCopying = false
    this.#settled = this.#finished()
  }

  #answer(answer: Message | undefined): void {
    const waiting = this.#waiting
    this.#waiting = undefined
    waiting?.resolve(answer)
  }

  // From the client

  async #listenToClient(early: Buffer): Promise<void> {
    await this.#said(early)
    for await (const chunk of this.#client as AsyncIterable<Buffer>) await this.#said(chunk)
  }

  async #said(chunk: Buffer): Promise<void> {
    if (this.#isRaw) return await this.#send(chunk)
    try {
      this.#fromClient.push(chunk)
      for (let each = this.#fromClient.next(); each; each = this.#fromClient.next()) {
        await this.#settled
        await this.#take(each)
      }
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      this.#giveUp(error)
    }
    if (this.#isRaw) await this.#send(this.#fromClient.rest())
  }

  #giveUp(error: unknown): void {
    if (!(error instanceof ProtocolError)) throw error
    this.#isRaw = true
    this.#trouble(`A connection does not speak PostgreSQL’s protocol as it is known here (${error.message}).`)
    this.#answer(undefined)
  }

  async #send(bytes: Buffer): Promise<void> {
    if (!this.#server.write(bytes)) await drained(this.#server)
  }

  /** Sends, and waits for the first answer of these types; undefined: the connection is over. */
  async #ask(bytes: Buffer, types: string): Promise<Message | undefined> {
    if (this.#isOver || this.#isRaw) return undefined
    const answer = new Promise<Message | undefined>((resolve) => {
      this.#waiting = { types, resolve }
    })
    this.#server.write(bytes)
    return await answer
  }

  async #take(taken: Message): Promise<void> {
    const { type, body, bytes } = taken
    if (this.#isCopying || this.#status === '') return await this.#send(bytes)
    switch (type) {
      case 'Q':
        return await this.#simple(firstString(body)[0], bytes)
      case 'P': {
        const [name, next] = firstString(body)
        const [sql] = firstString(body, next)
        this.#prepared.set(name, sql)
        this.#lastParsed = sql
        return await this.#send(bytes)
      }
      case 'B': {
        const [portal, next] = firstString(body)
        this.#portals.set(portal, this.#prepared.get(firstString(body, next)[0]) ?? '')
        return await this.#send(bytes)
      }
      case 'E':
        return this.#isSkipping ? await this.#send(bytes) : await this.#execute(firstString(body)[0], bytes)
      case 'S':
        if (await this.#ask(bytes, 'ZG')) await this.#finished()
        return
      default:
        return await this.#send(bytes)
    }
  }

  async #execute(portal: string, bytes: Buffer): Promise<void> {
    const sql = this.#portals.get(portal) ?? ''
    this.#begin(sql)
    const samples = this.#status === 'I' && isOwn(split(sql, { backslashes: this.#backslashes }))
    const answer = await this.#sampling(samples, this.#ask(Buffer.concat([bytes, message('H')]), `${ends}G`))
    if (!answer || this.#isCopying) return
    if (answer.type === 's') this.#books.complete('SELECT')
    if (answer.type !== 'E') await this.#look()
  }

  async #simple(sql: string, bytes: Buffer): Promise<void> {
    const pieces = split(sql, { backslashes: this.#backslashes })
    const [only] = pieces ?? []
    if (pieces && pieces.length > 1 && this.#status !== 'E' && !this.#backslashes) {
      const shaped = this.#status === 'T' ? !isOwn(pieces) && 'inside' : shape(pieces)
      // PostgreSQL reads the whole text before it runs the first word of it.
      if (shaped && (await this.#books.readsAsSeveral(sql))) return await this.#apart(pieces, shaped)
    }
    // Where it cannot be told here, PostgreSQL can.
    const isOne = pieces ? pieces.length <= 1 : !(await this.#books.readsAsSeveral(sql))
    const isPlain = pieces ? only && manner(only) === 'plain' : isOne
    if (isOne && isPlain && this.#status === 'I')
      return await this.#asPipeline(sql, bytes, only?.words[0] === 'CALL' || only?.words[0] === 'DO')
    const samples = this.#status === 'I' && (!isOne || (pieces !== undefined && isOwn(pieces)))
    if (samples && !isOne)
      this.#trouble(
        'Several statements came in one message that cannot be taken apart, so what each of them locked was seen only in passing.',
      )
    await this.#whole(sql, bytes, samples)
  }

  /** The client's own message, as it came. */
  async #whole(sql: string, bytes: Buffer, samples: boolean): Promise<void> {
    this.#begin(sql)
    const answer = await this.#sampling(samples, this.#ask(bytes, 'ZG'))
    if (answer && !this.#isCopying) await this.#finished()
  }

  /**
   * One statement outside of a transaction. Its own transaction ends with Sync, after the look; as a simple query it would end before
   * the answer. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
   */
  async #asPipeline(sql: string, bytes: Buffer, samples: boolean): Promise<void> {
    this.#begin(sql)
    this.#answers.hidden = '12n'
    this.#answers.late = 'CA'
    this.#isTrying = true
    this.#isRefused = false
    const answer = await this.#sampling(samples, this.#ask(extended(sql), ends))
    this.#isTrying = false
    this.#answers.late = ''
    const again = this.#isRefused
    if (again) {
      this.#books.forget()
      this.#answers.hidden += 'Z'
    } else if (answer && answer.type !== 'E') await this.#look()
    const ready = await this.#ask(message('S'), 'Z')
    this.#answers.hidden = ''
    if (!ready) return
    if (again) return await this.#whole(sql, bytes, true)
    await this.#finished()
  }

  /** Several statements of one simple query, each as one of its own. The client gets their answers, and one ReadyForQuery at the end. */
  async #apart(pieces: readonly Piece[], how: 'inside' | 'implicit' | 'explicit'): Promise<void> {
    if (how === 'implicit') await this.#own('BEGIN')
    this.#answers.hidden = 'Z'
    for (const piece of pieces) {
      this.#begin(piece.sql)
      this.#shift = piece.characters
      this.#answers.late = how === 'implicit' && piece === pieces.at(-1) ? 'CAS' : 'AS'
      if (!(await this.#ask(message('Q', piece.sql), 'Z'))) return
      if (this.#status === 'E') break
      await this.#finished()
    }
    if (how === 'implicit') await this.#own(this.#status === 'E' ? 'ROLLBACK' : 'COMMIT')
    this.#shift = 0
    this.#answers.hidden = ''
    this.#answers.late = ''
    this.#books.end()
    if (this.#status === 'I') await this.#books.endTransaction()
    this.#client.write(Buffer.concat([...this.#answers.released(), message('Z', Buffer.from(this.#status, 'latin1'))]))
  }

  /** A statement of the tap's own; its errors are the client's. */
  async #own(sql: string): Promise<void> {
    this.#answers.hidden = 'CZ'
    await this.#ask(message('Q', sql), 'Z')
    this.#answers.hidden = 'Z'
  }

  #begin(sql: string): void {
    this.#isDeaf ||= /client_min_messages/i.test(sql)
    this.#books.begin(sql)
  }

  /** The server is ready for the next message. */
  async #finished(): Promise<void> {
    // Extended queries were looked at when they were done.
    if (this.#status === 'T') await this.#look()
    if (this.#status !== 'T') this.#books.end()
    if (this.#status === 'I') await this.#books.endTransaction()
    if (!this.#isDeaf || this.#status === 'E') return
    // Without the lines of DEBUG1 neither scans nor rewrites are seen. The client gets more lines than it asked for, of its own level.
    this.#isDeaf = false
    const hidden = this.#answers.hidden
    await this.#own('SET client_min_messages = debug1')
    this.#answers.hidden = hidden
  }

  async #look(): Promise<void> {
    if (!this.#books.isRunning) return
    await this.#books.look()
    this.#books.end()
  }

  /** Waits for an answer; looks meanwhile, if asked to. */
  async #sampling(samples: boolean, answer: Promise<Message | undefined>): Promise<Message | undefined> {
    if (!samples) return await answer
    let isDone = false
    const done = answer.finally(() => {
      isDone = true
    })
    while (!isDone) {
      await this.#books.sample()
      if (!isDone) await delay(sampleMs)
    }
    return await done
  }
}

async function drained(stream: Duplex): Promise<void> {
  if (stream.destroyed) return
  await Promise.race([once(stream, 'drain'), once(stream, 'close')])
}
