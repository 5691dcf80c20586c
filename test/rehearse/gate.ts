import { inject } from 'vitest'
import { rules } from '../../rules/index.ts'
import { loadConfig } from '../../src/config.ts'
import type { Result } from '../../src/model/result.ts'
import { run } from '../../src/run.ts'
import type { Repository } from '../repository.ts'

/** Runs the gate on what a repository's branch changes. */
export async function gate(repo: Repository, settings: Readonly<Record<string, unknown>> = {}): Promise<Result> {
  const config = await loadConfig({
    repository: repo.path,
    origin: 'the test',
    values: { database: 'url', base: 'main', timeout: 30, ...settings },
    databaseUrl: inject('postgresUrl'),
  })
  const log = () => undefined
  return await run({ config, rules, repository: repo.path, signal: new AbortController().signal, log })
}
