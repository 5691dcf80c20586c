import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import { dryRun } from '../../src/dry-run.ts'
import type { DryRun } from '../../src/model/dry-run.ts'
import type { Database } from '../../src/postgres/server.ts'
import { repository } from '../repository.ts'

/** `postgres://…` of a database, with more parameters. */
export function urlOf({ user, password, host, port, name }: Database, parameters = ''): string {
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${name}?sslmode=disable${parameters}`
}

/** The dry run of numbered SQL files in `migrations/` against a database. */
export async function planOf(
  files: Readonly<Record<string, string>>,
  url: string,
  options: {
    signal?: AbortSignal
    lockTimeoutMs?: number
    statementTimeoutMs?: number
    log?: (message: string) => void
  } = {},
): Promise<DryRun> {
  await using repo = await repository(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text])),
  )
  const config = await loadConfig({
    repository: repo.path,
    values: { tool: 'numbered-sql', directory: 'migrations', 'round-trip': 'off' },
    origin: 'the test',
  })
  return await dryRun({
    config,
    rules,
    repository: repo.path,
    url,
    mode: 'plan',
    limits: { lockTimeoutMs: options.lockTimeoutMs ?? 500, statementTimeoutMs: options.statementTimeoutMs ?? 10_000 },
    versionTable: undefined,
    signal: options.signal ?? new AbortController().signal,
    log: options.log ?? (() => undefined),
  })
}
