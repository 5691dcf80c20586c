import { tools } from '../model/migration.ts'

/** Shorter secrets, and these words, stand in ordinary text: hiding each of them would make it unreadable. */
const shortest = 5
const ordinary = new Set(['postgres', 'postgresql', 'password', 'localhost', 'public'])

/**
 * What must not be published of a database URL: the whole, its user and password together, and the password raw, decoded
 * and encoded. Never throws, whatever the text is: an error about a malformed URL would quote it.
 */
export function secretsOf(url: string | undefined): string[] {
  if (!url?.trim()) return []
  const whole = url.trim()
  const credentials = [...whole.matchAll(/\/\/([^/?#\s]*)@/g)].flatMap(([, user]) => (user ? [user] : []))
  const named = [...whole.matchAll(/(?:[?&\s]|^)(?:password|sslpassword)=('[^']*'|[^&\s]*)/gi)]
  const passwords = [
    ...credentials.flatMap((user) => (user.includes(':') ? [user.slice(user.indexOf(':') + 1)] : [])),
    ...named.flatMap(([, value]) => (value ? [value.replace(/^'|'$/g, '')] : [])),
  ]
  const spellings = passwords.flatMap((password) => [
    password,
    decoded(password),
    encodeURIComponent(decoded(password).toWellFormed()),
  ])
  const worthHiding = spellings.filter((word) => word.length >= shortest && !ordinary.has(word.toLowerCase()))
  const pairs = credentials.filter((user) => user.includes(':'))
  return [...new Set([whole, ...pairs, ...worthHiding])].sort((a, b) => b.length - a.length)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return text
    throw error
  }
}

/**
 * Words that decide what a result says. A password that is one of them, or a part of one, is told by none of them, and without them a
 * blocking finding would be none.
 */
const deciding: ReadonlySet<string> = new Set([
  ...tools,
  ...[
    'pass',
    'warn',
    'block',
    'error',
    'warning',
    'info',
    'ok',
    'failed',
    'skipped',
    'done',
    'off',
    'not-needed',
    'not-done',
  ],
  ...['up', 'down', 'up-again', 'read', 'server', 'fails', 'changes', 'untried', 'missing', 'changed', 'left-behind'],
  ...['contract', 'order', 'physical', 'name-only', 'rows-lost', 'rows-left-behind', 'values-changed', 'values-lost'],
  ...['catalog', 'scan', 'index build', 'rewrite', 'rows', 'writes', 'reads and writes', 'rewritten', 'truncated'],
  ...['ACCESS SHARE', 'ROW SHARE', 'ROW EXCLUSIVE', 'SHARE UPDATE EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE'],
  ...['EXCLUSIVE', 'ACCESS EXCLUSIVE', 'plan', 'rehearse', 'apply-and-rollback'],
])

/** The name of a property, of this program or of a catalog. */
const property = /^[a-z]+(?:[A-Z][a-z]*)*$/

/** The same data with every secret in its strings replaced by `***`. Goes before escaping, which may alter a secret's spelling. */
export function redact<T>(value: T, secrets: readonly string[]): T {
  return secrets.length === 0 ? value : (replaced(value, secrets) as T)
}

function replaced(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string' && deciding.has(value)) return value
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value)
  if (Array.isArray(value)) return value.map((item) => replaced(item, secrets))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      property.test(key) ? key : replaced(key, secrets),
      replaced(item, secrets),
    ]),
  )
}
