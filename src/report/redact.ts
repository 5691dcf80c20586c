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

/** The same data with every secret in its strings replaced by `***`. Goes before escaping, which may alter a secret's spelling. */
export function redact<T>(value: T, secrets: readonly string[]): T {
  return secrets.length === 0 ? value : (replaced(value, secrets) as T)
}

function replaced(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), value)
  if (Array.isArray(value)) return value.map((item) => replaced(item, secrets))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [replaced(key, secrets), replaced(item, secrets)]),
  )
}
