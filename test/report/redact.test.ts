import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { redact, secretsOf } from '../../src/report/redact.ts'
import { blocked } from './results.ts'

test.each([
  [
    'postgres://ada:p%40ss%2Fword@db.example/app',
    ['postgres://ada:p%40ss%2Fword@db.example/app', 'ada:p%40ss%2Fword', 'p%40ss%2Fword', 'p@ss/word'],
  ],
  ['postgres://ada:hunter22@db.example/app', ['postgres://ada:hunter22@db.example/app', 'ada:hunter22', 'hunter22']],
  [
    'postgresql:///app?host=/run&user=ada&password=hunter22',
    ['postgresql:///app?host=/run&user=ada&password=hunter22', 'hunter22'],
  ],
  ["host=db user=ada password='two words'", ["host=db user=ada password='two words'", 'two%20words', 'two words']],
  [
    'postgres://ada:50%off!@db.example/app',
    ['postgres://ada:50%off!@db.example/app', 'ada:50%off!', '50%25off!', '50%off!'],
  ],
  [
    'postgres://a:first1@one/app,postgres://b:second2@two/app',
    ['postgres://a:first1@one/app,postgres://b:second2@two/app', 'b:second2', 'a:first1', 'second2', 'first1'],
  ],
])('the secrets of %s', (url, secrets) => {
  expect(secretsOf(url).sort()).toEqual([...secrets].sort())
})

test('words that stand in every log are not hidden, the URL that they stand in is', () => {
  expect(secretsOf('postgres://postgres:postgres@localhost:5432/postgres')).toEqual([
    'postgres://postgres:postgres@localhost:5432/postgres',
    'postgres:postgres',
  ])
  expect(secretsOf('postgres://ada:abc@db/app')).toEqual(['postgres://ada:abc@db/app', 'ada:abc'])
  expect(secretsOf('postgres://ada@db/app')).toEqual(['postgres://ada@db/app'])
  expect(secretsOf(' ')).toEqual([])
  expect(secretsOf(undefined)).toEqual([])
})

test('nothing of a result is kept but the secret', () => {
  const canary = 'canary-8f3a'
  const place = (word: string) => ({
    ...blocked,
    notChecked: [
      {
        what: `the rehearsal ${word}`,
        why: `${word}${word}`,
        at: { file: `${word}.sql`, line: 1, column: 1, endLine: 1 },
      },
    ],
    postgres: { version: '17.10', source: word },
  })
  expect(redact(place(canary), secretsOf(`postgres://ada:${canary}@db/app`))).toEqual(place('***'))
  expect(redact(place(canary), [])).toEqual(place(canary))
})

/** The names of its properties, and the words that stand for themselves. */
function wordsOf(schema: unknown): { names: string[]; values: string[] } {
  const names: string[] = []
  const values: string[] = []
  JSON.stringify(schema, (key, value: unknown) => {
    if (key === 'properties' && value !== null) names.push(...Object.keys(value ?? {}))
    if (key === 'enum' && Array.isArray(value)) values.push(...value.filter((word) => typeof word === 'string'))
    if (key === 'const' && typeof value === 'string') values.push(value)
    return value
  })
  return { names, values }
}

test('a password that is a word of the result takes nothing from what it decides', () => {
  const { names, values } = wordsOf(JSON.parse(readFileSync('schema/result.json', 'utf8')))
  expect(values).toContain('error')
  const words = Object.fromEntries([
    ...names.map((name) => [name, '']),
    ...values.map((value) => [`is ${value}`, value]),
  ])
  for (const password of [...names, ...values].filter((word) => word.length >= 5)) {
    const found = redact({ ...words, text: `failed for ${password}!` }, secretsOf(`postgres://ada:${password}@db/app`))
    expect(Object.keys(found).filter((key) => /^\w+$/.test(key))).toEqual([...new Set(names), 'text'])
    expect(Object.values(found).slice(0, -1)).toEqual(Object.values(words))
  }
  expect(redact({ text: 'failed for warning!' }, secretsOf('postgres://ada:warning@db/app'))).toEqual({
    text: 'failed for ***!',
  })
})
