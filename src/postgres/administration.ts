import { ServerError, type Session } from './server.ts'
import { type Connection, connect } from './session.ts'

/** How the databases of a server are made, ended and dropped: over a connection to its maintenance database, which is kept for the next. */
export interface Administration {
  /** Rejects with ServerError, as `work` does. `work` must leave the session as it found it. */
  ask<Answer>(work: (session: Session) => Promise<Answer>): Promise<Answer>
  /** Closes what is kept. It may be asked again; after `forGood` nothing is kept any more. */
  rest(forGood?: 'forGood'): Promise<void>
}

/**
 * Opening a connection costs both sides more than most of what is asked. At most one is kept: a second one would keep the database that it is
 * connected to from being a template.
 * @param where asked anew for each connection
 */
export function administration(where: () => Connection): Administration {
  let kept: Session | undefined
  let isOver = false
  const take = async (): Promise<Session> => {
    const session = kept
    kept = undefined
    if (!session) return await connect(where())
    try {
      // A server that was restarted, or that ends idle connections, has closed it.
      await session.query('SELECT')
      return session
    } catch (error) {
      await session[Symbol.asyncDispose]()
      if (!(error instanceof ServerError)) throw error
      return await connect(where())
    }
  }
  return {
    async ask(work) {
      const session = await take()
      try {
        const answer = await work(session)
        if (kept || isOver) await session[Symbol.asyncDispose]()
        else kept = session
        return answer
      } catch (error) {
        await session[Symbol.asyncDispose]()
        throw error
      }
    },
    async rest(forGood) {
      isOver ||= forGood !== undefined
      const session = kept
      kept = undefined
      await session?.[Symbol.asyncDispose]()
    },
  }
}
