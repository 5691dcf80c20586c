import type { z } from 'zod'
import { nearest } from './lint/nearest.ts'

interface Problem {
  readonly path: readonly PropertyKey[]
  readonly text: string
}

/**
 * What is wrong with settings, and what they can be, each problem with its place in the file.
 * @param issues made with `reportInput`
 * @param known the names of the settings
 */
export function problemsOf(issues: readonly z.core.$ZodIssue[], known: readonly string[]): Problem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => ({
          path: [...issue.path, key],
          text: issue.path.length > 0 ? 'unknown setting' : unknownSetting(key, known),
        }))
      : [{ path: issue.path, text: inWords(issue) }],
  )
}

function unknownSetting(key: string, names: readonly string[]): string {
  const known = [...names].sort()
  const near = nearest(key, known)
  return `unknown setting; ${near ? `did you mean ${near}? There` : 'there'} are ${known.join(', ')}`
}

function inWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String)
      const near = typeof issue.input === 'string' ? nearest(issue.input, values) : undefined
      return `${JSON.stringify(issue.input)} is not known; ${near ? `did you mean ${near}? It` : 'it'} can be ${values.join(', ')}`
    }
    case 'invalid_type':
      return `must be ${kinds[issue.expected] ?? issue.expected}, and is ${JSON.stringify(issue.input) ?? 'not given'}`
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}` : issue.message
    case 'too_big':
      return issue.origin === 'number' ? `must be at most ${issue.maximum}` : issue.message
    default:
      return issue.message
  }
}

const settingsByName = 'settings by their names (name: value)'
const kinds: { readonly [type: string]: string } = {
  array: 'a list, such as [one, two]',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: settingsByName,
  record: settingsByName,
  string: 'text',
}
