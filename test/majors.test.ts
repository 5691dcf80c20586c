import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import { missingEmbedded } from '../src/postgres/binaries.ts'
import type { Server } from '../src/postgres/server.ts'
import { startServer } from '../src/postgres/start.ts'
import { errorsOf, judged, keepsItsLocks, locksOnOldRelations, strongestLocks, workOnOldTables } from './claims.ts'
import { type Example, examplesIn, expectedIn, isOf } from './examples.ts'
import { lockClaims } from './lock-claims.ts'

// What a rule states of PostgreSQL is seen on every major version that its makers maintain, in each example of the rule's page.

const claiming = rules.filter(({ lock, work, fails }) => lock ?? work ?? fails)

describe.each([14, 15, 16, 17, 18])('PostgreSQL %i', (major) => {
  const missing = missingEmbedded(major)
  if (missing !== undefined) {
    test.skip(`is not looked at: ${missing}`, () => undefined)
    return
  }
  let server: Server
  beforeAll(async () => {
    const signal = new AbortController().signal
    server = await startServer({ kind: 'embedded', major, signal, log: () => undefined })
  })
  afterAll(async () => await server[Symbol.asyncDispose]())

  for (const { name, lock, work, fails } of claiming) {
    const examples = examplesIn(`rules/${name}/README.md`)
    const known = examples.filter((example) => isOf(example, major))

    if (lock) {
      test.each(known.filter(keepsItsLocks))(`$page:$line ($kind) ${lock}`, async (example) => {
        const modes = await locksOnOldRelations(example, server)
        expect(modes.includes(lock)).toBe(example.kind === 'bad')
      })
    }
    if (work) {
      test.each(known)(`$page:$line ($kind) ${work}`, async (example) => {
        const seen = await workOnOldTables(example, server)
        expect(seen.includes(work)).toBe(example.kind === 'bad')
      })
    }
    if (fails) {
      const codes = [fails].flat()
      test.each(known)(`$page:$line ($kind) fails with ${codes.join(' or ')}`, async (example) => {
        const errors = await errorsOf(example, server)
        expect(errors).toEqual(example.kind === 'bad' ? [codes.find((code) => errors.includes(code)) ?? codes] : [])
      })
    }
  }

  test('takes the locks of which our pages speak', async () => {
    const seen = await strongestLocks(lockClaims, server)
    expect(seen).toEqual(lockClaims.map(({ takes }) => takes))
  })

  // On every other version its own page would be wrong: the server says no, or the rule says something else.
  for (const rule of rules) {
    test.each(examplesIn(`rules/${rule.name}/README.md`).filter(isBound))(
      `$page:$line ($kind) is bound to its versions`,
      async (example) => {
        const isTrue = await judged(example, rule, server).then(
          (found) => isDeepStrictEqual(found, expectedIn(example)),
          () => false,
        )
        expect(isTrue).toBe(isOf(example, major))
      },
    )
  }
})

function isBound({ since, until }: Example): boolean {
  return since > 0 || until < Number.POSITIVE_INFINITY
}
