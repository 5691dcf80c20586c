import { createRequire } from 'node:module'
export const { SqlError, parse, parsePlPgSQL, fingerprint, normalize, scan, hasSqlDetails, formatSqlError, loadModule, parseSync, parsePlPgSQLSync, fingerprintSync, normalizeSync, scanSync } = createRequire(import.meta.url)('./chunk.cjs')
