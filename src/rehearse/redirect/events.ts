import { z } from 'zod'

/** Places in files of the repository, outermost first: path from its root, line from 1. */
const frames = z.array(z.tuple([z.string(), z.number()]))
const name = z.string().nullable()

const event = z.discriminatedUnion('event', [
  /** Python has started with the hook in it. `packages`: name and version of what is installed. */
  z.object({ event: z.literal('ready'), python: z.string(), packages: z.array(z.string()) }),
  /** Python has ended; the files of the repository that it had read. */
  z.object({ event: z.literal('loaded'), files: z.array(z.string()) }),
  /** A connection was sent to the scratch database; `target` numbers the databases that the project meant, from 0. */
  z.object({ event: z.literal('connected'), driver: z.string(), target: z.number() }),
  z.object({ event: z.literal('refused'), dialect: z.string(), driver: z.string() }),
  /** The project's own code asked a driver for another place. */
  z.object({ event: z.literal('elsewhere'), driver: z.string(), frames }),
  z.object({ event: z.literal('version-table'), table: z.string(), schema: name }),
  /** A statement failed; the migration may have caught the error. */
  z.object({
    event: z.literal('error'),
    sqlstate: name,
    message: z.string(),
    statement: name,
    table: name,
    column: name,
    constraint: name,
    frames,
  }),
  /** Python ended with an exception. `database`: it is the error of a statement. */
  z.object({ event: z.literal('exception'), type: z.string(), message: z.string(), database: z.boolean(), frames }),
  /** Somebody called `sys.exit` with something else than success. */
  z.object({ event: z.literal('exited'), frames }),
])

/** What `sitecustomize.py` tells, a line each. */
export type RedirectEvent = z.output<typeof event>

/** @param text what the hook has written. A line that is no event is an error of ours, or somebody else writes there: it throws. */
export function parseEvents(text: string): RedirectEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => event.parse(JSON.parse(line)))
}
