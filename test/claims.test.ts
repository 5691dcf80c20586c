import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { rules } from '../rules/index.ts'
import type { Rule } from '../src/model/rule.ts'
import type { Server } from '../src/postgres/server.ts'
import { judged } from './claims.ts'
import { examplesIn, expectedIn, isOf } from './examples.ts'
import { testServer } from './server.ts'

// Every example is run on PostgreSQL, on the way that a user's migrations take, and judged by every rule.

let server: Server
beforeAll(async () => {
  server = await testServer()
})

function pagesOf({ name }: Rule): string[] {
  return [`rules/${name}/README.md`, `rules/${name}/cases.md`].filter((page) => existsSync(page))
}

// Pages that show histories claim nothing about PostgreSQL.
describe.each(rules.filter((rule) => pagesOf(rule).flatMap(examplesIn).length > 0))('$name', (rule) => {
  test.for(pagesOf(rule).flatMap(examplesIn))(
    '$page:$line ($kind) gives the findings that are marked',
    async (example, { skip }) => {
      skip(
        !isOf(example, server.major),
        'It speaks of other versions of PostgreSQL: test/majors.test.ts runs it there.',
      )
      expect(await judged(example, rule, server)).toEqual(expectedIn(example))
    },
  )
})
