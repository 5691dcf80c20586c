import { createServer, type Socket } from 'node:net'

/** A server that lets everybody in and knows a few words of the protocol, for what no server at hand would say. */
export interface FakeServer extends AsyncDisposable {
  readonly port: number
}

/** What it says: an error instead of letting in, nothing at all, or the number of its version and then neither yes nor no. */
type Manner =
  | { readonly refuses: readonly [sqlstate: string, message: string] }
  | 'silent'
  | { readonly version: number; readonly said: string }

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
export async function fakeServer(manner: Manner): Promise<FakeServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    if (manner === 'silent') return
    let isIn = false
    let left = Buffer.alloc(0)
    socket.on('data', (chunk) => {
      left = Buffer.concat([left, chunk])
      for (;;) {
        const head = isIn ? 1 : 0
        if (left.length < head + 4 || left.length < head + left.readInt32BE(head)) return
        const length = head + left.readInt32BE(head)
        const type = isIn ? String.fromCharCode(left[0] ?? 0) : ''
        left = left.subarray(length)
        if (isIn) socket.write(answer(type, manner))
        else if ('refuses' in manner) socket.end(error(...manner.refuses))
        else socket.write(Buffer.concat([message('R', Buffer.alloc(4)), message('K', Buffer.alloc(8)), ready]))
        isIn = true
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function answer(type: string, manner: Exclude<Manner, 'silent'>): Buffer {
  const done = message('C', text('SELECT 0'))
  if (type === 'P') return message('1', Buffer.alloc(0))
  if (type === 'B') return message('2', Buffer.alloc(0))
  if (type === 'D') return message('n', Buffer.alloc(0))
  if (type === 'E') return done
  if (type === 'S') return ready
  if (type !== 'Q' || !('version' in manner)) return Buffer.alloc(0)
  const values = [String(manner.version), manner.said, 'f']
  const columns = ['number', 'version', 'replica'].map((name, i) =>
    Buffer.concat([
      text(name),
      Buffer.alloc(6),
      int32([23, 25, 16][i] ?? 25),
      Buffer.from([255, 255]),
      Buffer.alloc(4),
      Buffer.alloc(2),
    ]),
  )
  return Buffer.concat([
    message('T', Buffer.concat([int16(3), ...columns])),
    message('D', Buffer.concat([int16(3), ...values.flatMap((value) => [int32(value.length), Buffer.from(value)])])),
    done,
    ready,
  ])
}

const ready = message('Z', Buffer.from('I'))

function error(sqlstate: string, said: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${sqlstate}`, `M${said}`].map(text)
  return message('E', Buffer.concat([...fields, Buffer.alloc(1)]))
}

function message(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function int16(value: number): Buffer {
  const buffer = Buffer.alloc(2)
  buffer.writeInt16BE(value)
  return buffer
}

function int32(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(value)
  return buffer
}
