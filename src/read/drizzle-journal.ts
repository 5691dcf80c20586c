import * as z from 'zod'

const shape = z.object({
  dialect: z.string().optional(),
  entries: z.array(z.object({ when: z.number(), tag: z.string().regex(/^[^/\\]+$/) })),
})

/** What Drizzle's `meta/_journal.json` holds: the migrations in their order, `when` in milliseconds since 1970. */
export type Journal = z.output<typeof shape>

/** Undefined for a text that is no journal. */
export function journalIn(text: string): Journal | undefined {
  try {
    return shape.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}
