import type { Client, Connection, Submittable } from 'pg'
import type { ResultColumn } from './server.ts'

interface Field {
  readonly name: string
  readonly dataTypeID: number
  readonly dataTypeModifier: number
}

/** What `@types/pg` leaves out: `describe` takes an object, and a query is told what the server answers. */
interface Wire {
  parse(query: { name: string; text: string; types: number[] }, more: boolean): void
  describe(statement: { type: 'S'; name: string }, more: boolean): void
  sync(): void
}

/**
 * The columns that a statement gives, or the error with which PostgreSQL's analysis refuses it; nothing is run. Parameters (`$1`) need no
 * values. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export async function describe(client: Client, sql: string): Promise<readonly ResultColumn[]> {
  return await new Promise((resolve, reject) => {
    let columns: readonly ResultColumn[] = []
    let failed = false
    const query = {
      submit(connection: Connection) {
        const wire = connection as unknown as Wire
        wire.parse({ name: '', text: sql, types: [] }, true)
        wire.describe({ type: 'S', name: '' }, true)
        wire.sync()
      },
      handleRowDescription({ fields }: { fields: readonly Field[] }) {
        columns = fields.map(({ name, dataTypeID, dataTypeModifier }) => ({
          name,
          type: dataTypeID,
          modifier: dataTypeModifier,
        }))
      },
      handleError(error: Error) {
        failed = true
        reject(error)
      },
      handleReadyForQuery() {
        if (!failed) resolve(columns)
      },
    }
    client.query(query as Submittable)
  })
}
