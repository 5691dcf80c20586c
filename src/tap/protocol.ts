// The frames of https://www.postgresql.org/docs/current/protocol-message-formats.html, as far as a listener between client and server
// needs them.

/** One message, with the bytes it came in. */
export interface Message {
  /** The first byte, as a letter. What a client sends before it is let in has none: ''. */
  readonly type: string
  /** What follows the length. */
  readonly body: Buffer
  readonly bytes: Buffer
}

/** Bytes that are no message of the protocol. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError'
}

/** PostgreSQL itself refuses longer ones, PQ_LARGE_MESSAGE_LIMIT in https://github.com/postgres/postgres libpq/libpq.h */
const longest = 0x3fffffff

/** Cuts a stream of bytes into messages, wherever the network cut it. */
export class Frames {
  #chunks: Buffer[] = []
  #size = 0
  /** Whether messages begin with their type: always, but for a client's first ones. */
  typed: boolean

  constructor(options: { typed: boolean }) {
    this.typed = options.typed
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#size += chunk.length
  }

  /** The next message that is there as a whole. @throws ProtocolError */
  next(): Message | undefined {
    const start = this.typed ? 1 : 0
    if (this.#size < start + 4) return undefined
    if ((this.#chunks[0]?.length ?? 0) < start + 4) this.#join()
    const head = this.#chunks[0] ?? Buffer.alloc(0)
    const length = head.readInt32BE(start)
    if (length < 4 || length > longest) throw new ProtocolError(`a message of ${length} bytes`)
    const size = start + length
    if (this.#size < size) return undefined
    if (head.length < size) this.#join()
    const whole = this.#chunks[0] ?? head
    const bytes = whole.subarray(0, size)
    this.#chunks[0] = whole.subarray(size)
    this.#size -= size
    return { type: this.typed ? String.fromCharCode(bytes[0] ?? 0) : '', body: bytes.subarray(start + 4), bytes }
  }

  /** Whatever has come and is no whole message, taken out. */
  rest(): Buffer {
    const rest = Buffer.concat(this.#chunks)
    this.#chunks = []
    this.#size = 0
    return rest
  }

  #join(): void {
    this.#chunks = [Buffer.concat(this.#chunks)]
  }
}

/** A message of this type; '' for one without. */
export function message(type: string, ...parts: readonly (string | Buffer)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)))
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return Buffer.concat([Buffer.from(type, 'latin1'), length, body])
}

/** The first words of a client, by their code. */
export const code = { cancel: 80877102, ssl: 80877103, gss: 80877104 } as const

/** The strings of a body that is nothing but strings, from an offset: those that end with a zero byte. */
export function strings(body: Buffer, offset = 0): string[] {
  const text = body.subarray(offset).toString('utf8').split('\0')
  text.pop()
  return text
}

/** The first string of a body, and the offset behind it. */
export function firstString(body: Buffer, offset = 0): [text: string, next: number] {
  const end = body.indexOf(0, offset)
  const stop = end < 0 ? body.length : end
  return [body.toString('utf8', offset, stop), stop + 1]
}

/** The fields of an ErrorResponse or a NoticeResponse, https://www.postgresql.org/docs/current/protocol-error-fields.html */
export function fields(body: Buffer): ReadonlyMap<string, string> {
  return new Map(strings(body).flatMap((each) => (each === '' ? [] : [[each.slice(0, 1), each.slice(1)] as const])))
}

/** The body of a StartupMessage with settings added to its `options`, which the server reads like its own command line. */
export function withOptions(body: Buffer, settings: string): Buffer {
  const words = strings(body, 4)
  // The list ends with an empty name.
  words.pop()
  const given = new Map<string, string>()
  for (let i = 0; i + 1 < words.length; i += 2) given.set(words[i] ?? '', words[i + 1] ?? '')
  given.set('options', [given.get('options'), settings].filter(Boolean).join(' '))
  return message('', body.subarray(0, 4), ...[...given].flat(), Buffer.alloc(1))
}

/**
 * A list of SASL mechanisms without those that bind the channel: client and server speak over two connections here, and libpq refuses
 * such an offer over a connection without TLS.
 */
export function withoutChannelBinding(body: Buffer): Buffer {
  const mechanisms = strings(body, 4).filter((name) => name !== '' && !name.endsWith('-PLUS'))
  return message('R', body.subarray(0, 4), ...mechanisms, Buffer.alloc(1))
}

/** An error with its position so many characters further on. */
export function moved(body: Buffer, characters: number): Buffer {
  const position = (field: string) => (field.startsWith('P') ? `P${Number(field.slice(1)) + characters}` : field)
  return message('E', ...strings(body).map(position))
}

/** One statement without parameters in the extended protocol, up to the end of its work and not of its transaction. */
export function extended(sql: string): Buffer {
  const none = Buffer.alloc(2)
  return Buffer.concat([
    message('P', '', sql, none),
    message('B', '', '', none, none, none),
    message('D', Buffer.from('P'), ''),
    message('E', '', Buffer.alloc(4)),
    message('H'),
  ])
}
