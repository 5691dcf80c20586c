import type { DefElem, Node } from './pg-query.ts'
import { texts } from './types.ts'

/** Options of a statement, by name, such as `WITH (fillfactor = 70)`. */
export function definitions(nodes: readonly Node[] | undefined): DefElem[] {
  return (nodes ?? []).flatMap((node) => ('DefElem' in node ? node.DefElem : []))
}

/** The option of this name. Without a value it is switched on. */
export function option(nodes: readonly Node[] | undefined, name: string): DefElem | undefined {
  return definitions(nodes).findLast((each) => each.defname === name)
}

export function isOn(found: DefElem | undefined): boolean {
  const value = constantOf(found?.arg)
  return found !== undefined && !['false', 'off', '0'].includes((value ?? 'true').toLowerCase())
}

/** `fillfactor=70`, `toast.autovacuum_enabled=false`. */
export function storageOptions(nodes: readonly Node[] | undefined): string[] {
  return definitions(nodes).map((each) => `${optionName(each)}=${constantOf(each.arg) ?? 'true'}`)
}

/** `fillfactor`, `toast.autovacuum_enabled`. */
export function optionName({ defnamespace, defname = '' }: DefElem): string {
  return defnamespace === undefined ? defname : `${defnamespace}.${defname}`
}

/** A constant as text; undefined for what is none. */
export function constantOf(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('Integer' in node) return String(node.Integer.ival ?? 0)
  if ('Float' in node) return node.Float.fval
  if ('Boolean' in node) return String(node.Boolean.boolval ?? false)
  if ('String' in node) return node.String.sval ?? ''
  if ('TypeName' in node) return texts(node.TypeName.names).join('.')
  if ('List' in node) return texts(node.List.items).join('.')
  if ('TypeCast' in node) return constantOf(node.TypeCast.arg)
  if (!('A_Const' in node)) return undefined
  const { ival, fval, boolval, sval } = node.A_Const
  if (ival) return String(ival.ival ?? 0)
  if (fval) return fval.fval
  if (boolval) return String(boolval.boolval ?? false)
  return sval && (sval.sval ?? '')
}
