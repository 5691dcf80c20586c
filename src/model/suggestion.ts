import type { Tool } from './migration.ts'

/** A statement of a suggestion, without a semicolon. `own`: outside of the transaction that the tool opens. */
export interface Step {
  readonly sql: string
  readonly own?: true
}

/**
 * Statements as the user's files have them: SQL, or Python where the tool is Alembic. Undefined where they cannot be written plainly:
 * a comment would swallow what follows it, and `:name` in Alembic's text is a parameter.
 */
export function suggested(tool: Tool, steps: readonly (Step | undefined)[]): string | undefined {
  const known = steps.flatMap((step) => step ?? [])
  const isPlain = known.every(({ sql }) => !/--|\/\*/.test(sql) && (tool !== 'alembic' || !/(?<!:):(?=\w)/.test(sql)))
  if (known.length !== steps.length || !isPlain) return undefined
  return tool === 'alembic' ? inPython(known) : known.map(inSql).join('\n')
}

function inSql({ sql, own }: Step): string {
  const says = own && !/\bCONCURRENTLY\b/i.test(sql) ? ' -- in a transaction of its own' : ''
  return `${sql};${says}`
}

/** What autocommit_block() holds is committed at once, and so is what was done before it. */
function inPython(steps: readonly Step[]): string {
  return steps
    .flatMap(({ sql, own }, index) => {
      const call = `op.execute(${JSON.stringify(sql)})`
      if (!own) return call
      return [...(steps[index - 1]?.own ? [] : ['with op.get_context().autocommit_block():']), `    ${call}`]
    })
    .join('\n')
}

/** Names as they stand in SQL without quotes; undefined where one of them needs some. `public.` is left out. */
export function plain(...names: readonly string[]): readonly string[] | undefined {
  const bare = names.map((name) => name.replace(/^public\./, ''))
  return bare.every((name) => /^[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)?$/.test(name)) ? bare : undefined
}
