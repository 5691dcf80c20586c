import type { Database, Server } from '../postgres/server.ts'

/** The database that a walk is on, and the copies that were made of it. A copy can take its place. */
export interface Scratch extends AsyncDisposable {
  readonly database: Database
  /** Ends the connections to it. @param of by itself the database of the walk */
  copy(of?: Database): Promise<Database>
  drop(copy: Database): Promise<void>
  /** With a copy, or with another database, which is then dropped in the end as well. The one before is dropped. */
  goOnWith(copy: Database): Promise<void>
  /** Drops all but this one, and goes on with it. */
  goOnAlone(copy: Database): Promise<void>
}

/** Disposing drops them all, side by side. */
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
      open.add(copy)
      await drop(old)
    },
    async goOnAlone(copy) {
      database = copy
      for (const each of [...open]) if (each !== copy) await drop(each)
    },
    async [Symbol.asyncDispose]() {
      await dropAll(open)
    },
  }
}

/** Waits for all: a role that has rights in one of them cannot be dropped before. */
export async function dropAll(databases: Iterable<Database>): Promise<void> {
  const dropped = await Promise.allSettled([...databases].map((database) => database[Symbol.asyncDispose]()))
  for (const outcome of dropped) if (outcome.status === 'rejected') throw outcome.reason
}
