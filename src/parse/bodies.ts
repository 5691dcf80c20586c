import type { Operation } from '../model/operation.ts'
import { constantText } from './constants.ts'
import type { Literal } from './literals.ts'
import type { Place } from './place.ts'
import type { Source } from './source.ts'

type Inside = 'do-block' | 'function'

/** What code does when it runs. Of code in a language that is not read, that it hides something. */
export function codeOperations(language: string, code: Literal, inside: Inside, source: Source): Operation[] {
  const place: Place = (start, end) => source.place(code.offset(start), code.offset(Math.max(start, end - 1)) + 1)
  const hidden = (why: 'language' | 'unreadable'): Operation[] => [
    { kind: 'hidden-sql', at: source.at, inside, text: code.text, why },
  ]
  if (language === 'sql') return source.read(code.text, place, source.names).map((op) => ({ ...op, inside }))
  if (language !== 'plpgsql') return hidden('language')
  const read = source.readCode(source.sql.slice(source.span.start, source.span.end))
  if ('tree' in read) return new Body(code.text, inside, place, source).operations(read.tree)
  const { message } = read
  if (!message.startsWith('syntax error')) return hidden('unreadable')
  return [{ kind: 'unparsed', at: source.at, inside, message, near: /at or near "([\s\S]*)"$/.exec(message)?.[1] }]
}

/** How often a statement of the code is done. */
interface Flow {
  readonly repeated?: true
  readonly conditional?: true
}

/** A node of the tree, with whatever the kind of statement has: https://github.com/pganalyze/libpg_query (PL/pgSQL output) */
interface CodeNode {
  readonly [key: string]: unknown
}

const loops = new Set(['loop', 'while', 'fori', 'fors', 'forc', 'dynfors', 'foreach_a'])

class Body {
  readonly #text: string
  readonly #inside: Inside
  readonly #place: Place
  readonly #source: Source
  readonly #lines: number[] = [0]
  readonly #found: Operation[] = []
  /** Statements come in the order in which they are written, so that a text that stands twice is found where it is meant. */
  #cursor = 0

  constructor(text: string, inside: Inside, place: Place, source: Source) {
    this.#text = text
    this.#inside = inside
    this.#place = place
    this.#source = source
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#lines.push(at + 1)
  }

  operations(tree: unknown): Operation[] {
    this.#visit(tree, {})
    return this.#found
  }

  #visit(value: unknown, flow: Flow): void {
    if (Array.isArray(value)) for (const each of value) this.#visit(each, flow)
    else if (isNode(value)) {
      for (const [key, child] of Object.entries(value)) {
        if (key === 'datums' || !isNode(child)) {
          if (Array.isArray(child) && key !== 'datums') this.#visit(child, flow)
        } else if (key.startsWith('PLpgSQL_stmt_')) this.#statement(key.slice('PLpgSQL_stmt_'.length), child, flow)
        else this.#visit(child, flow)
      }
    }
  }

  #statement(kind: string, node: CodeNode, flow: Flow): void {
    const line = typeof node.lineno === 'number' ? node.lineno : 1
    const sql = (field: string) => this.#sql(queryOf(node[field]), line, flow)
    const dynamic = (field: string) => this.#dynamic(queryOf(node[field]), line, flow)
    switch (kind) {
      case 'execsql':
        sql('sqlstmt')
        return
      case 'call':
        sql('expr')
        return
      case 'perform': {
        // The parser writes SELECT for PERFORM.
        const query = queryOf(node.expr)
        this.#sql(query, line, flow, query?.replace(/^SELECT\s*/, ''))
        return
      }
      case 'dynexecute':
        dynamic('query')
        return
      case 'commit':
      case 'rollback':
        this.#add({ kind: 'transaction-control', at: this.#atWord(kind, line), action: kind }, flow)
        return
      case 'return_query':
      case 'open':
        sql('query')
        dynamic('dynquery')
        return
      case 'assign': {
        const expression = queryOf(node.expr)?.replace(/^[^=]*?:?=\s*/, '')
        if (expression?.includes('(')) this.#sql(`SELECT ${expression}`, line, flow, expression)
        return
      }
      case 'block': {
        const guarded: Flow = node.exceptions ? { ...flow, conditional: true } : flow
        this.#visit(node.body, guarded)
        this.#visit(node.exceptions, guarded)
        return
      }
      case 'if':
      case 'case':
        this.#visit(node, { ...flow, conditional: true })
        return
    }
    if (!loops.has(kind)) return
    if (kind === 'dynfors') dynamic('query')
    else sql('query')
    this.#visit(node.body, { ...flow, repeated: true })
  }

  /** @param written the part of it that stands in the code, where it is not all of it */
  #sql(query: string | undefined, line: number, flow: Flow, written?: string): void {
    if (query === undefined) return
    const visible = written ?? query
    const start = this.#find(visible, line)
    const shift = query.length - visible.length
    const place: Place = (from, to) => this.#place(start + Math.max(0, from - shift), start + Math.max(1, to - shift))
    for (const op of this.#source.read(query, place, this.#source.names)) this.#add(op, flow)
  }

  #dynamic(query: string | undefined, line: number, flow: Flow): void {
    if (query === undefined) return
    const start = this.#find(query, line)
    const node = this.#source.readExpression(query)
    const constant = node && constantText(node, query)
    if (constant === undefined) {
      const at = this.#place(start, start + query.length)
      this.#add({ kind: 'hidden-sql', at, text: query, why: 'dynamic' }, flow)
      return
    }
    const place: Place = (from, to) => {
      const first = constant.offset(from)
      return this.#place(start + first, start + Math.max(first, constant.offset(Math.max(from, to - 1))) + 1)
    }
    for (const op of this.#source.read(constant.text, place, this.#source.names)) this.#add(op, flow)
  }

  #add(op: Operation, flow: Flow): void {
    this.#found.push({ ...op, ...flow, inside: this.#inside })
  }

  #atWord(word: string, line: number): Operation['at'] {
    const from = Math.max(this.#cursor, this.#lineStart(line))
    const found = new RegExp(`\\b${word}\\b`, 'i').exec(this.#text.slice(from))
    const start = from + (found?.index ?? 0)
    this.#cursor = start + (found ? word.length : 0)
    return this.#place(start, start + word.length)
  }

  /** Where this text stands in the code, from its statement's line on; the start of the line where it is not found. */
  #find(text: string, line: number): number {
    const lineStart = this.#lineStart(line)
    const from = Math.max(this.#cursor, lineStart)
    const exact = this.#text.indexOf(text, from)
    // The parser writes as many spaces as the INTO clause had characters.
    const start = exact >= 0 || text.length > 100_000 ? exact : this.#findAround(text, from)
    if (start < 0) return lineStart
    this.#cursor = start + text.length
    return start
  }

  /** As where it is exact, but for long runs of spaces, which may stand for anything of the same length. */
  #findAround(text: string, from: number): number {
    const fixed: { readonly part: string; readonly at: number }[] = []
    let at = 0
    for (const [index, part] of text.split(/( {6,})/).entries()) {
      if (index % 2 === 0 && part !== '') fixed.push({ part, at })
      at += part.length
    }
    const [first, ...others] = fixed
    if (!first) return -1
    for (
      let found = this.#text.indexOf(first.part, from);
      found >= 0;
      found = this.#text.indexOf(first.part, found + 1)
    ) {
      const start = found - first.at
      const isHere = start >= from && start + text.length <= this.#text.length
      if (isHere && others.every(({ part, at: offset }) => this.#text.startsWith(part, start + offset))) return start
    }
    return -1
  }

  #lineStart(line: number): number {
    return this.#lines[Math.min(line, this.#lines.length) - 1] ?? 0
  }
}

function isNode(value: unknown): value is CodeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function queryOf(value: unknown): string | undefined {
  const expression = isNode(value) ? value.PLpgSQL_expr : undefined
  const query = isNode(expression) ? expression.query : undefined
  return typeof query === 'string' ? query : undefined
}
