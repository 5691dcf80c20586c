import { once } from 'node:events'
import { connect as connectTo, createServer, isIP, type Server as Listener, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectSecurely, type TLSSocket } from 'node:tls'
import type { Database, Session } from '../postgres/server.ts'
import { connect } from '../postgres/session.ts'
import { Link } from './link.ts'
import { type Monitor, openMonitor, type Relation } from './monitor.ts'
import { code, Frames, type Message, message, withOptions } from './protocol.ts'
import { Books, type Record, type SeenLock, type SeenStatement } from './record.ts'

/** Where a program finds the database, and the tap in front of it. */
export type Reach = Pick<Database, 'name' | 'host' | 'port' | 'user' | 'password' | 'connect'>

/** A lock with the relation that it is on. */
export interface NamedLock extends Omit<SeenLock, 'relation'> {
  readonly relation: Relation
  readonly existedBefore: boolean
}

/** What went over a tap, in the order in which it was sent. */
export interface Sight {
  readonly statements: readonly SeenStatement[]
  readonly locks: readonly NamedLock[]
  /** The relations that were there before. */
  readonly before: readonly Relation[]
  /** Why something was not seen, a sentence each. Empty: everything was. */
  readonly trouble: readonly string[]
}

/** Stands between a database and whatever connects to it, and watches. Closed when it is disposed. */
export interface Tap extends Reach, AsyncDisposable {
  /** What was sent up to now. */
  heard(): readonly SeenStatement[]
  /** Waits until the connections are closed, and tells what was seen. Called once, when the program has ended. */
  finish(): Promise<Sight>
}

/** For the last connections to be closed, after the program that opened them. */
const patienceMs = 2_000

/**
 * Listens on a loopback port for connections to a scratch database, with the server's own passwords, and a second connection of its own
 * beside them. Rejects with ServerError where that cannot be opened.
 */
export async function openTap(database: Database): Promise<Tap> {
  const monitor = await openMonitor(database)
  try {
    const before = await monitor.relations()
    const record: Record = { statements: [], locks: [], trouble: new Set(), isBlind: false, transactions: 0 }
    const files = new Map(before)
    const links = new Set<Promise<void>>()
    const sockets = new Set<Socket>()
    const listener = createServer({ noDelay: true }, (client) => {
      sockets.add(client)
      const link = serve(
        client,
        database,
        (server) => {
          sockets.add(server)
          return new Books(record, monitor, files)
        },
        record,
      )
      links.add(link)
      void link.finally(() => {
        links.delete(link)
        sockets.delete(client)
      })
    })
    const { user, password, name } = database
    const port = await listen(listener)
    const address = { host: '127.0.0.1', port, user, password, name }
    const close = async () => {
      listener.close()
      await Promise.race([Promise.all(links), delay(patienceMs, undefined, { ref: false })])
      for (const socket of sockets) socket.destroy()
      await Promise.all(links)
    }
    return {
      ...address,
      heard: () => record.statements,
      connect: (): Promise<Session> => connect({ ...address, database: name, ssl: false }),
      async finish() {
        await close()
        const after = await named(record, before, monitor)
        return {
          statements: record.statements,
          locks: after,
          before: [...before.values()],
          trouble: [...record.trouble],
        }
      },
      async [Symbol.asyncDispose]() {
        await close()
        await monitor[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await monitor[Symbol.asyncDispose]()
    throw error
  }
}

async function listen(listener: Listener): Promise<number> {
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  return address.port
}

/** Relations that the migration made have a name only when they are committed. Those that came and went are nobody's. */
async function named(
  { locks, isBlind, trouble }: Record,
  before: ReadonlyMap<number, Relation>,
  monitor: Monitor,
): Promise<NamedLock[]> {
  const isKnown = locks.every(({ relation }) => before.has(relation))
  let after = before
  try {
    if (!isKnown && !isBlind) after = await monitor.relations()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    trouble.add(`The names of new relations could not be asked for: ${why}.`)
  }
  return locks.flatMap((lock) => {
    const relation = before.get(lock.relation) ?? after.get(lock.relation)
    return relation ? [{ ...lock, relation, existedBefore: before.has(lock.relation) }] : []
  })
}

/** From a client's first word to its last. Does not reject. */
async function serve(
  client: Socket,
  database: Database,
  opened: (server: Socket) => Books,
  { trouble }: Record,
): Promise<void> {
  client.on('error', () => client.destroy())
  try {
    const frames = new Frames({ typed: false })
    for (;;) {
      const [first, rest] = await greeting(client, frames)
      if (!first) return
      const word = first.body.length >= 4 ? first.body.readInt32BE(0) : 0
      if (word === code.ssl || word === code.gss) {
        client.write('N')
        frames.push(rest)
        continue
      }
      const server = await reach(database)
      try {
        if (word === code.cancel) {
          server.end(first.bytes)
          server.resume()
          await once(server, 'close')
          client.end()
          return
        }
        const settings = ['-c client_min_messages=debug1', database.options].filter(Boolean).join(' ')
        server.write(withOptions(first.body, settings))
        await new Link(client, server, opened(server), (why) => trouble.add(why)).run(rest)
        return
      } finally {
        server.destroy()
      }
    }
  } catch (error) {
    trouble.add(`A connection could not be watched: ${error instanceof Error ? error.message : String(error)}.`)
  } finally {
    client.destroySoon()
  }
}

/** The client's next message before it is let in, and what came behind it. None: it went away. */
async function greeting(client: Socket, frames: Frames): Promise<[first: Message | undefined, rest: Buffer]> {
  for (;;) {
    const first = frames.next()
    if (first) return [first, frames.rest()]
    const chunk = await nextChunk(client)
    if (!chunk) return [undefined, Buffer.alloc(0)]
    frames.push(chunk)
  }
}

/** Reads without taking the stream for itself: the link reads on. */
async function nextChunk(client: Socket): Promise<Buffer | undefined> {
  for (;;) {
    const chunk: Buffer | null = client.read()
    if (chunk) return chunk
    if (client.readableEnded || client.destroyed) return undefined
    const events = new AbortController()
    try {
      await Promise.race(['readable', 'end', 'close'].map((name) => once(client, name, { signal: events.signal })))
    } finally {
      events.abort()
    }
  }
}

/** A connection to the server as `connect` would open it, TLS included. */
async function reach({ host, port, ssl }: Database): Promise<Socket | TLSSocket> {
  const plain = host.startsWith('/') ? connectTo(`${host}/.s.PGSQL.${port}`) : connectTo({ host, port, noDelay: true })
  plain.on('error', () => plain.destroy())
  await once(plain, 'connect')
  if (!ssl) return plain
  const request = Buffer.alloc(4)
  request.writeInt32BE(code.ssl)
  plain.write(message('', request))
  const answer = await Promise.race([once(plain, 'data'), once(plain, 'close').then(() => [])])
  if (String(answer[0] ?? '') !== 'S') {
    plain.destroy()
    throw new Error('the server does not offer TLS')
  }
  const secure = connectSecurely({
    ...(ssl === true ? {} : ssl),
    socket: plain,
    ...(isIP(host) === 0 && { servername: host }),
  })
  await once(secure, 'secureConnect')
  secure.on('error', () => secure.destroy())
  return secure
}
