import { createRequire } from 'node:module'

let chunk
const grammar = () => (chunk ??= createRequire(import.meta.url)('./chunk.cjs'))
export const parse = (...values) => grammar().parse(...values)
export const parsePlPgSQL = (...values) => grammar().parsePlPgSQL(...values)
export const fingerprint = (...values) => grammar().fingerprint(...values)
export const normalize = (...values) => grammar().normalize(...values)
export const scan = (...values) => grammar().scan(...values)
export const hasSqlDetails = (...values) => grammar().hasSqlDetails(...values)
export const formatSqlError = (...values) => grammar().formatSqlError(...values)
export const loadModule = (...values) => grammar().loadModule(...values)
export const parseSync = (...values) => grammar().parseSync(...values)
export const parsePlPgSQLSync = (...values) => grammar().parsePlPgSQLSync(...values)
export const fingerprintSync = (...values) => grammar().fingerprintSync(...values)
export const normalizeSync = (...values) => grammar().normalizeSync(...values)
export const scanSync = (...values) => grammar().scanSync(...values)
