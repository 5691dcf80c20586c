import { rules } from '../../rules/index.ts'
import type { ParsedProject } from '../../src/lint/history.ts'
import { lint } from '../../src/lint/lint.ts'
import { weigh } from '../../src/lint/weigh.ts'
import type { Sizes } from '../../src/model/cost.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { ParsedMigration } from '../../src/model/migration.ts'
import type { NotChecked } from '../../src/model/result.ts'
import type { RoundTrip } from '../../src/model/round-trip.ts'
import { parseMigration } from '../../src/parse/parse.ts'
import { rehearse } from '../../src/rehearse/rehearse.ts'
import type { Seeds } from '../../src/rehearse/seeds.ts'
import { script } from '../examples.ts'
import { testServer } from '../server.ts'

export interface Judged {
  readonly project: ParsedProject
  readonly roundTrips: ReadonlyMap<string, RoundTrip>
  readonly trip: RoundTrip | undefined
  /** Before anything was run. */
  readonly read: readonly Finding[]
  readonly findings: readonly Finding[]
  readonly notChecked: readonly NotChecked[]
}

/** A history of two SQL files, the second of them new: read, rehearsed and weighed with all rules, as the gate does it. */
export async function judged(
  sql: { readonly base: string; readonly up: string; readonly down?: string },
  options: { readonly sizes?: Sizes; readonly seeds?: Seeds } = {},
): Promise<Judged> {
  const migrations = [
    await migration('001', sql.base, undefined, 'base'),
    await migration('002', sql.up, sql.down, 'new'),
  ]
  const project = { tool: 'numbered-sql', directory: '', migrations, ...options } as const
  const { roundTrips, notChecked } = await rehearse({
    repository: '/nowhere',
    project,
    migrations,
    server: await testServer(),
    alembic: undefined,
    timeoutMs: 60_000,
    environment: {},
    signal: new AbortController().signal,
    log: () => undefined,
    ...options,
  })
  const read = lint(project, rules)
  return {
    project,
    roundTrips,
    trip: roundTrips.get('002'),
    read,
    findings: weigh(read, project, roundTrips, rules),
    notChecked,
  }
}

function migration(
  id: string,
  up: string,
  down: string | undefined,
  status: ParsedMigration['status'],
): Promise<ParsedMigration> {
  const file = `${id}.sql`
  return parseMigration(
    {
      ...{ id, name: id, file, parents: id === '001' ? [] : ['001'], status },
      up: script('up', file, up),
      down: down === undefined ? undefined : script('down', `${id}_rollback.sql`, down),
    },
    { defaultSchema: 'public' },
  )
}
