import { expect, test } from 'vitest'
import type { Result } from '../../src/model/result.ts'
import { gitlab } from '../../src/report/gitlab.ts'
import { blocked, hostile, noMigrations, notChecked } from './results.ts'

interface Entry {
  readonly description: string
  readonly check_name: string
  readonly fingerprint: string
  readonly severity: string
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } }
}

const entries = (result: Result): Entry[] => JSON.parse(gitlab(result))

test('each finding, with what GitLab needs to show it beside the code', () => {
  expect(entries(blocked)).toEqual([
    {
      description:
        'Building orders_status_idx blocks every INSERT, UPDATE and DELETE on public.orders until it is done. Instead: Use CREATE INDEX CONCURRENTLY, in a migration that runs outside a transaction.',
      check_name: 'blocking-index',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: 'blocker',
      location: { path: 'migrations/003_status.sql', lines: { begin: 7 } },
    },
    {
      description:
        'After the downgrade, the enum type public.order_status is still there. Instead: Drop it in the rollback: the next upgrade fails on it.',
      check_name: 'incomplete-downgrade',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: 'blocker',
      location: { path: 'migrations/003_status_rollback.sql', lines: { begin: 1 } },
    },
    {
      description:
        'UPDATE rewrites every row of public.orders in one transaction. Instead: Fill the column in batches, each in a transaction of its own.',
      check_name: 'unbatched-update',
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
      severity: 'major',
      location: { path: 'migrations/003_status.sql', lines: { begin: 11 } },
    },
  ])
})

test('what was not checked is an entry; without findings there is none', () => {
  const shown = entries(notChecked).map(({ description, check_name, severity, location }) => ({
    description,
    check_name,
    severity,
    place: `${location.path}:${location.lines.begin}`,
  }))
  expect(shown).toEqual([
    {
      description: 'Not checked: The rehearsal: No PostgreSQL was started: docker does not answer.',
      check_name: 'not-checked',
      severity: 'critical',
      place: 'alembic/versions/ae10_add_full_name.py:1',
    },
    {
      description:
        'Not checked: A part of ae10 add full_name (up): The statement is built by a function of another module.',
      check_name: 'not-checked',
      severity: 'critical',
      place: 'alembic/versions/ae10_add_full_name.py:21',
    },
  ])
  expect(gitlab(noMigrations)).toBe('[]\n')
})

test('fingerprints are of their own, and stay when lines move', () => {
  const prints = (result: Result) => entries(result).map(({ fingerprint }) => fingerprint)
  const moved = blocked.findings.map((one) => ({ ...one, at: { ...one.at, line: one.at.line + 40 } }))
  expect(prints({ ...blocked, findings: moved })).toEqual(prints(blocked))
  const twice: Result = {
    ...blocked,
    findings: [...blocked.findings, ...moved],
    notChecked: [...notChecked.notChecked, ...notChecked.notChecked],
  }
  expect(new Set(prints(twice)).size).toBe(10)
})

test('paths are data, and nothing in it acts on a terminal', () => {
  expect(entries(hostile).map(({ location }) => location.path)).toEqual(
    [...hostile.findings, ...hostile.notChecked].map(({ at }) => at?.file),
  )
  expect(gitlab(hostile).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
})
