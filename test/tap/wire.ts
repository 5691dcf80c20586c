import type { Socket } from 'node:net'
import { Client } from 'pg'
import { Frames, fields, firstString, type Message, message } from '../../src/tap/protocol.ts'
import type { Reach } from '../../src/tap/tap.ts'

/** A connection that is let in, on which a test says what it wants, byte by byte. */
export interface Wire extends AsyncDisposable {
  readonly pid: number
  readonly key: number
  send(...messages: readonly Buffer[]): void
  /** All that the server says up to a message of this type, and including it. */
  hear(type: string): Promise<Message[]>
}

export async function wireTo({ host, port, user, password, name }: Reach): Promise<Wire> {
  const client = new Client({ host, port, user, password, database: name, ssl: false })
  client.on('error', () => undefined)
  await client.connect()
  const { connection, processID, secretKey } = client as unknown as {
    connection: { stream: Socket }
    processID: number
    secretKey: number
  }
  const { stream } = connection
  const frames = new Frames({ typed: true })
  const heard: Message[] = []
  const listeners = new Set<() => void>()
  const wake = () => {
    for (const each of listeners) each()
  }
  stream.removeAllListeners('data')
  stream.on('close', wake)
  stream.on('data', (chunk: Buffer) => {
    frames.push(chunk)
    for (let each = frames.next(); each; each = frames.next()) heard.push(each)
    wake()
  })
  return {
    pid: processID,
    key: secretKey,
    send: (...messages) => void stream.write(Buffer.concat(messages)),
    async hear(type) {
      for (;;) {
        const at = heard.findIndex((each) => each.type === type)
        if (at >= 0) return heard.splice(0, at + 1)
        if (stream.destroyed) throw new Error(`The server went away: ${JSON.stringify(heard.map(told))}`)
        await new Promise<void>((resolve) => {
          const done = () => {
            listeners.delete(done)
            resolve()
          }
          listeners.add(done)
        })
      }
    },
    async [Symbol.asyncDispose]() {
      stream.write(message('X'))
      stream.end()
      stream.destroySoon()
    },
  }
}

/** A message as a test compares it: errors by what a client reads in them, not by the place in PostgreSQL's source. */
export function told({ type, body }: Message): string {
  if (type === 'T') return `T ${columns(body).join(' ')}`
  if (type !== 'E' && type !== 'N') return `${type} ${body.toString('latin1').replaceAll('\0', ' ').trim()}`.trim()
  const said = fields(body)
  return [type, ...['V', 'C', 'M', 'P'].map((key) => said.get(key) ?? '-')].join(' ')
}

/** Names and types of a RowDescription; the oid of the table is its own in each database. */
function columns(body: Buffer): string[] {
  const found: string[] = []
  for (let at = 2; at < body.length; at += 18) {
    const [name, next] = firstString(body, at)
    at = next
    found.push(`${name}:${body.readInt32BE(at + 6)}`)
  }
  return found
}

const none = Buffer.alloc(2)

/** Messages of a client, https://www.postgresql.org/docs/current/protocol-message-formats.html */
export const say = {
  query: (sql: string) => message('Q', sql),
  parse: (sql: string, name = '') => message('P', name, sql, none),
  bind: (name = '', portal = '', values: readonly string[] = []) =>
    message(
      'B',
      portal,
      name,
      none,
      short(values.length),
      ...values.flatMap((value) => [long(Buffer.byteLength(value)), Buffer.from(value)]),
      none,
    ),
  describe: (what: 'P' | 'S', name = '') => message('D', Buffer.from(what), name),
  execute: (rows = 0, portal = '') => message('E', portal, long(rows)),
  close: (what: 'P' | 'S', name = '') => message('C', Buffer.from(what), name),
  flush: () => message('H'),
  sync: () => message('S'),
  rows: (text: string) => message('d', Buffer.from(text)),
  rowsDone: () => message('c'),
  rowsFail: (why: string) => message('f', why),
}

function short(number: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(number)
  return bytes
}

function long(number: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(number)
  return bytes
}
