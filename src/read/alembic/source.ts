import type { SyntaxNode, Tree } from '@lezer/common'
import { parser } from '@lezer/python'
import type { Location } from '../../model/location.ts'
import { acceptable } from './grammar.ts'

/**
 * A Python file and its syntax tree. `text` has no byte order mark and only `\n` for line ends, as Python reads it
 * (https://docs.python.org/3/reference/lexical_analysis.html#physical-lines): lines and columns are the same as in the file.
 */
export interface Source {
  readonly file: string
  readonly text: string
  readonly tree: Tree
  /** The offset at which each line begins. */
  readonly lines: readonly number[]
  /** The name under which it is imported; undefined for a version file, which Alembic loads by its path. */
  readonly module: { readonly name: string; readonly isPackage: boolean } | undefined
}

/** Parses Python. Never fails: what is not Python is an error node in the tree, see `firstError`. */
export function parsePython(file: string, written: string, module?: Source['module']): Source {
  const text = written.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const lines = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.push(at + 1)
  return { file, text, tree: treeOf(text), lines, module }
}

function treeOf(text: string): Tree {
  const tree = parser.parse(text)
  if (!errorIn(tree)) return tree
  const other = parser.parse(acceptable(text))
  return errorIn(other) ? tree : other
}

function errorIn(tree: Tree): SyntaxNode | undefined {
  const cursor = tree.cursor()
  do {
    if (cursor.type.isError) return cursor.node
  } while (cursor.next())
  return undefined
}

/** Line and column, both from 1, of an offset into `source.text`. */
export function position(source: Source, offset: number): { line: number; column: number } {
  let low = 0
  let high = source.lines.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((source.lines[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (source.lines[low] ?? 0) + 1 }
}

/** Where a stretch of the file stands. */
export function locate(source: Source, range: { readonly from: number; readonly to: number }): Location {
  const end = Math.max(range.from, range.to)
  return { file: source.file, ...position(source, range.from), endLine: position(source, end).line }
}

/** The first place that Python's grammar does not accept, or undefined for a whole file. */
export function firstError(source: Source): SyntaxNode | undefined {
  return errorIn(source.tree)
}

/** The children that mean something: comments are left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') children.push(child)
  }
  return children
}

/** The text of a node, as written. */
export function textOf(source: Source, node: { readonly from: number; readonly to: number }): string {
  return source.text.slice(node.from, node.to)
}

/** The text of a node on one line and not longer than a message can hold. */
export function excerpt(source: Source, node: { readonly from: number; readonly to: number }): string {
  const words = textOf(source, { from: node.from, to: Math.min(node.to, node.from + 400) })
    .split(/\s+/)
    .join(' ')
  return words.length > 60 ? `${words.slice(0, 57)}…` : words
}

/** The nodes of a list between its commas: `a, b` → `[[a], [b]]`; a group holds several nodes for `*a`, `k=v` and the like. */
export function groupsOf(nodes: readonly SyntaxNode[], separator = ','): SyntaxNode[][] {
  const groups: SyntaxNode[][] = []
  let group: SyntaxNode[] = []
  for (const node of nodes) {
    if (node.name === separator) {
      if (group.length > 0) groups.push(group)
      group = []
    } else group.push(node)
  }
  if (group.length > 0) groups.push(group)
  return groups
}
