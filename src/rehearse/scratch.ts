import type { Database, Server } from '../postgres/server.ts'

/** The database that a walk is on, and the copies that were made of it. A copy can take its place. */
export interface Scratch extends AsyncDisposable {
  readonly database: Database
  /** Ends the connections to it. @param of by itself the database of the walk */
  copy(of?: Database): Promise<Database>
  drop(copy: Database): Promise<void>
  /** The one before is dropped. */
  goOnWith(copy: Database): Promise<void>
  /** Drops all but this one, and goes on with it. */
  goOnAlone(copy: Database): Promise<void>
}

/** Disposing drops them all; a server that is ours alone does it by the way, because it goes with all that it holds. */
export function openScratch(server: Server, first: Database): Scratch {
  let database = first
  const open = new Set([database])
  const drop = async (copy: Database) => {
    open.delete(copy)
    await copy[Symbol.asyncDispose]()
  }
  return {
    get database() {
      return database
    },
    async copy(of = database) {
      await of.terminateConnections()
      const copy = await server.createDatabase(of)
      open.add(copy)
      return copy
    },
    drop,
    async goOnWith(copy) {
      const old = database
      database = copy
      await drop(old)
    },
    async goOnAlone(copy) {
      database = copy
      for (const each of [...open]) if (each !== copy) await drop(each)
    },
    async [Symbol.asyncDispose]() {
      await dropAtEnd(server, [...open])
    },
  }
}

/** What is dropped last need not be waited for where the server is about to go with its folder. */
export async function dropAtEnd(server: Server, databases: readonly Database[]): Promise<void> {
  const dropped = Promise.allSettled(databases.map((database) => database[Symbol.asyncDispose]()))
  if (server.storage) return
  for (const outcome of await dropped) if (outcome.status === 'rejected') throw outcome.reason
}
