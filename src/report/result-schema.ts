import * as z from 'zod'
import { tools } from '../model/migration.ts'

// The JSON result, `version: 1`. From here come schema/result.schema.json and the check of a report that another run has written.

const location = z
  .object({
    file: z.string().describe('Path from the root of the repository.'),
    line: z.int().min(1).describe('From 1.'),
    column: z.int().min(1).describe('From 1, in UTF-16 code units.'),
    endLine: z.int().min(1),
  })
  .meta({ id: 'location', description: 'A place in a file of the repository.' })
const direction = z.enum(['up', 'down']).describe('The upgrade or the downgrade.')
const attempt = z.literal([1, 2])
const sqlstate = z.string().describe('https://www.postgresql.org/docs/current/errcodes-appendix.html')
const count = z.int().min(0)
const milliseconds = z.number().min(0).describe('Milliseconds on the machine of the rehearsal; not a forecast.')
const statementText = z.string().describe('The SQL that the server received, its first 500 characters.')
const mode = z
  .enum([
    'ACCESS SHARE',
    'ROW SHARE',
    'ROW EXCLUSIVE',
    'SHARE UPDATE EXCLUSIVE',
    'SHARE',
    'SHARE ROW EXCLUSIVE',
    'EXCLUSIVE',
    'ACCESS EXCLUSIVE',
  ])
  .meta({ id: 'lockMode', description: 'https://www.postgresql.org/docs/current/explicit-locking.html' })
const attributes = z.record(z.string(), z.json()).nullable()

const finding = z.object({
  rule: z.string().regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/),
  severity: z.enum(['error', 'warning', 'info']),
  direction,
  migration: z.string().describe('The id of a migration in `migrations`.'),
  location,
  message: z.string().describe('What happens here. Plain text, as all of the following.'),
  help: z.string().describe('What to write instead.'),
  suggestion: z.string().optional().describe('SQL, or Python, that could stand there instead.'),
  seen: z.enum(['read', 'server']).describe('Read in the file, or seen on PostgreSQL.'),
  evidence: z.array(z.string()),
  url: z.string().describe('The page that explains the rule.'),
})

const step = z.object({
  direction,
  attempt,
  outcome: z.enum(['ok', 'failed', 'skipped']),
  sqlstate: sqlstate.optional(),
  error: z.string().optional().describe("PostgreSQL's or the tool's words."),
  timedOut: z.literal(true).optional(),
  statement: z.string().optional().describe('The one that failed.'),
  location: location.optional(),
  ms: milliseconds,
})

const drift = z.object({
  after: z.enum(['down', 'up-again']),
  kind: z.string(),
  object: z.string(),
  class: z
    .enum(['contract', 'order', 'physical', 'name-only'])
    .describe('How it matters: `contract`: programs can tell.'),
  change: z.enum(['left-behind', 'missing', 'changed']),
  expected: attributes.describe('null: there was no such object.'),
  found: attributes.describe('null: there is no such object.'),
})

const dataChange = z.object({
  after: z.enum(['down', 'up-again']),
  table: z.string(),
  column: z.string().optional(),
  change: z.enum(['rows-lost', 'rows-left-behind', 'values-changed', 'values-lost']),
  rowsBefore: count,
  rowsAfter: count,
})

const sent = { direction, attempt, statement: statementText, location: location.optional() }

const roundTrip = z.object({
  steps: z.array(step),
  restored: z.boolean().nullable().describe('Whether the downgrade gave back schema and rows; null: not known.'),
  repeatable: z.boolean().nullable().describe('Whether the second upgrade built what the first did; null: not known.'),
  drift: z.array(drift),
  data: z.array(dataChange),
  withoutRows: z.array(z.string()).describe('Tables that it touches and that held no rows.'),
  refusedRows: z
    .string()
    .optional()
    .describe('Why the upgrade failed on made-up rows; everything here was then seen on a database without them.'),
  oldCode: z
    .array(
      z.object({
        source: z.union([z.object({ kind: z.literal('made') }), z.object({ kind: z.literal('file'), location })]),
        verb: z.string(),
        object: z.string().optional(),
        role: z.string().optional(),
        sql: statementText,
        outcome: z.enum(['fails', 'changes']),
        sqlstate: sqlstate.optional(),
        message: z.string(),
        because: location.optional(),
      }),
    )
    .optional()
    .describe("The running release's statements that fare otherwise after the upgrade."),
  preconditions: z
    .array(
      z.object({
        kind: z.string(),
        table: z.string(),
        columns: z.array(z.string()),
        outcome: z.enum(['fails', 'changes', 'untried']),
        sqlstate: sqlstate.optional(),
        needs: z.string(),
        count: z.string().optional().describe('A query that counts the rows in the way.'),
        location: location.optional(),
      }),
    )
    .optional()
    .describe('What the data must be for the upgrade to succeed.'),
  statements: z
    .array(z.object({ ...sent, tag: z.string().optional(), rows: count.optional(), ms: milliseconds }))
    .optional()
    .describe('What the migration sent, in order, without BEGIN, COMMIT and what its tool sends on its own account.'),
  locks: z
    .array(
      z.object({
        ...sent,
        relation: z.string(),
        kind: z.string(),
        table: z.string().optional(),
        mode,
        existedBefore: z.boolean(),
      }),
    )
    .optional()
    .describe('Locks that nobody watched are left out: that is not the same as none.'),
  rewrites: z.array(z.object({ ...sent, relation: z.string(), how: z.enum(['rewritten', 'truncated']) })).optional(),
  scans: z.array(z.object({ ...sent, relation: z.string().optional(), constraint: z.string().optional() })).optional(),
  indexBuilds: z.array(z.object({ ...sent, relation: z.string(), index: z.string() })).optional(),
  blocked: z
    .array(
      z.object({
        ...sent,
        relation: z.string(),
        shutsOut: z.enum(['writes', 'reads and writes']),
        mode,
        first: z
          .int()
          .min(-1)
          .describe('Position in `statements`, from 0, of the first that ran meanwhile.')
          .optional(),
        during: count.describe('How many statements ran while the lock was held.'),
        ms: milliseconds,
      }),
    )
    .optional()
    .describe('Tables of before that others could not read or write for a while.'),
  costs: z
    .array(
      z.object({
        ...sent,
        class: z.enum(['catalog', 'rows', 'scan', 'index build', 'rewrite']),
        relation: z.string().optional(),
        mode: mode.optional(),
        estimate: z
          .object({ lowMs: z.number(), highMs: z.number(), restsOn: z.string() })
          .optional()
          .describe('With the size of the table in production.'),
      }),
    )
    .optional()
    .describe('How the work of each statement grows with its tables.'),
  laterRows: z
    .object({
      tables: z.array(z.string()),
      outcome: z.enum(['ok', 'failed']),
      sqlstate: sqlstate.optional(),
      error: z.string().optional(),
      data: z.array(dataChange),
    })
    .optional()
    .describe('The downgrade once more, with rows that were written after the upgrade.'),
})

export const resultSchema = z.object({
  version: z.literal(1).describe('Keys are added, never renamed or given another meaning, as long as it stays.'),
  verdict: z
    .enum(['pass', 'warn', 'block', 'error'])
    .describe('`error`: something was not checked, and nothing worse was found. Never to be taken for a pass.'),
  tool: z.enum(tools).nullable(),
  postgres: z
    .object({ version: z.string(), source: z.string() })
    .nullable()
    .describe('The server of the rehearsal; null: none was started.'),
  summary: z.object({ errors: count, warnings: count, infos: count }),
  findings: z.array(finding),
  migrations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      file: z.string(),
      isNew: z.boolean().describe('false: it is on the base branch already, and was edited.'),
      roundTrip: roundTrip.optional().describe('Left out: not rehearsed.'),
    }),
  ),
  coverage: z.object({
    migrations: count,
    statements: count,
    unreadable: count,
    ignored: count.describe('Findings that a comment or the configuration asks to ignore.'),
    refuted: count
      .optional()
      .describe('Findings that were read, and that the server was seen not to bear out: left out.'),
    rehearsal: z.enum(['done', 'off', 'not-needed', 'not-done']),
  }),
  known: z
    .object({
      file: z.string(),
      findings: count,
      stale: z.array(
        z.object({
          file: z.string(),
          rule: z.string(),
          direction,
          statement: z.string(),
          fingerprint: z.string(),
        }),
      ),
    })
    .optional()
    .describe('What the file of known findings came to.'),
  notChecked: z.array(z.object({ what: z.string(), why: z.string(), location: location.optional() })),
})

export type JsonResult = z.output<typeof resultSchema>

/**
 * The JSON schema.
 * @param isClosed refuse other keys; a later version may write more of them
 */
export function jsonResultSchema(isClosed = false): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(resultSchema, { io: isClosed ? 'output' : 'input' })
}
