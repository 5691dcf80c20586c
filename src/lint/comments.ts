import type { Rule } from '../model/rule.ts'
import { rulesNamed } from './settings.ts'

/** An ignore comment as it stands in a file. */
export interface WrittenIgnore {
  /** The line of the comment, from 1. */
  readonly line: number
  readonly column: number
  /** The lines that it covers, from 1, both included. */
  readonly from: number
  readonly to: number
  /** What it names, as it is written, with the rules that are meant: none for a name that we do not know. */
  readonly names: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
  readonly reason: string | undefined
  /** Ours can be wrong, which a rule tells. Those of other linters are theirs to judge, and need no reason. */
  readonly isOurs: boolean
}

const opening = String.raw`(?:--|#|/\*)\s*`
/** `-- migration-gate: ignore blocking-index, other: twelve rows`; `ignore-file` for the file as a whole. */
const ours = new RegExp(`${opening}migration-gate:\\s*(?<verb>[\\w-]*)(?<rest>.*)`)
/** https://squawkhq.com/docs/cli: what follows a name after `--` is a reason. */
const squawk = new RegExp(`${opening}squawk-(?<verb>ignore|ignore-file)(?=\\s|\\*/|$)(?<rest>.*)`)
/** https://kaveland.no/eugene/: in this form and in no other; test/lint/ignore.test.ts has what eugene itself makes of others. */
const eugene = /-- eugene: (?<verb>ignore)(?=\s|$)(?<rest>.*)/

/**
 * The ignore comments of a file: ours, squawk's and eugene's. At the end of a line a comment covers that line; on a line of its own it
 * covers what follows, down to the next line of code; above all code the beginning of the file, too, where findings about the file as a
 * whole stand. `ignore-file` covers the whole file.
 */
export function ignoresIn(text: string, rules: readonly Rule[]): WrittenIgnore[] {
  const lines = text.split('\n')
  const code = codeLines(text)
  return lines.flatMap((line, index) => {
    const read = reading(line, rules)
    return read ? { ...read, ...covered(index, code, read.isFile), line: index + 1 } : []
  })
}

type Read = Pick<WrittenIgnore, 'column' | 'names' | 'reason' | 'isOurs'> & { readonly isFile: boolean }

function reading(line: string, rules: readonly Rule[]): Read | undefined {
  const own = ours.exec(line)
  if (own) {
    const { verb = '', rest = '' } = own.groups ?? {}
    const isIgnore = verb === 'ignore' || verb === 'ignore-file'
    const [names = '', ...reason] = withoutEnd(rest).split(':')
    return {
      column: own.index + 1,
      isFile: verb === 'ignore-file',
      isOurs: true,
      names: isIgnore ? list(names).map((name) => ({ name, rules: rulesNamed(name, rules) })) : [],
      reason: reason.join(':').trim() || undefined,
    }
  }
  for (const [linter, pattern] of [['squawk', squawk] as const, ['eugene', eugene] as const]) {
    const found = pattern.exec(line)
    if (!found) continue
    const { verb = '', rest = '' } = found.groups ?? {}
    const named = list(withoutEnd(rest)).map((name) => ({ name, rules: rulesNamed(`${linter}:${name}`, rules) }))
    const isAll = named.length === 0 && (linter === 'eugene' || verb === 'ignore-file')
    const all = {
      name: linter,
      rules: rules.filter(({ aliases = [] }) => aliases.some((each) => each.startsWith(linter))),
    }
    return {
      column: found.index + 1,
      isFile: verb === 'ignore-file',
      isOurs: false,
      names: isAll ? [all] : named,
      reason: linter,
    }
  }
  return undefined
}

/** Without a comment behind the comment, and without the end of a comment in asterisks. */
function withoutEnd(text: string): string {
  return text.replace(/\*\/.*$/, '').replace(/(?:^|\s)--(?:\s.*)?$/, '')
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function covered(index: number, code: readonly boolean[], isFile: boolean): { from: number; to: number } {
  if (isFile) return { from: 1, to: code.length }
  if (code[index]) return { from: index + 1, to: index + 1 }
  const next = code.findIndex((isCode, at) => at > index && isCode)
  return { from: code.indexOf(true) === next ? 1 : index + 1, to: next < 0 ? code.length : next + 1 }
}

/** Which lines hold more than comments. A comment in asterisks and a docstring at the top of a Python file are none. */
function codeLines(text: string): boolean[] {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ')
  return text
    .replace(/^\s*(?:#.*\n\s*)*("""|''')[\s\S]*?\1/, blank)
    .replace(/^[ \t]*\/\*[\s\S]*?\*\//gm, blank)
    .split('\n')
    .map((line) => !/^\s*(?:(?:--|#).*)?$/.test(line))
}
