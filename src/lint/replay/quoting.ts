import { keywords } from '../../model/keywords.ts'
import type { Name } from '../../model/operation.ts'

/** A name as quote_ident prints it. */
export function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** A string constant as PostgreSQL prints it; undefined for one that it would print with escapes. */
export function literal(text: string): string | undefined {
  return text.includes('\\') ? undefined : `'${text.replaceAll("'", "''")}'`
}

/** Schema and name of a qualified name. Only the second may hold a dot. */
export function partsOf(name: Name): [schema: string, name: string] {
  const dot = name.indexOf('.')
  return [name.slice(0, dot), name.slice(dot + 1)]
}

/** `public.users` as the schema has it: `public."Users"`. */
export function identityOf(name: Name): string {
  return partsOf(name).map(quoted).join('.')
}

/** The parts of a qualified identity, without their quotes. */
export function unquoted(identity: string): string[] {
  const parts = identity.match(/"(?:[^"]|"")*"|[^."]+/g) ?? []
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
}

/** The name that an identity stands for. */
export function nameOf(identity: string): Name {
  const [schema = '', ...rest] = unquoted(identity)
  return `${schema}.${rest.join('.')}`
}
