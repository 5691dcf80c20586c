import type { Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { Session } from '../postgres/server.ts'

/** Code of a database, or what a table runs when its rows change. */
export interface Part {
  /** `function public.draw` */
  readonly name: string
  readonly text: string
  /** Of a function. */
  readonly language: string | undefined
  readonly isTrusted: boolean
  /** Its rows are on another server, in a file, or come from a program. */
  readonly isForeign: boolean
}

/**
 * What a statement can set going besides its own text, by the names under which a text speaks of it: last part, in lower case. A name
 * that means several things means all of them here.
 */
export interface Code {
  readonly functions: Map<string, Part[]>
  readonly tables: Map<string, Part[]>
  /** As SQL writes them. */
  readonly sequences: Map<string, string[]>
  /** Event triggers: any statement that defines something runs them. */
  readonly always: Part[]
  /** What this role may do beside its transaction; undefined: nothing that its rights would let it. */
  readonly power: string | undefined
}

/** Follows the names in a statement, and the names in what they stand for. */
export interface Reached {
  readonly parts: readonly Part[]
  /** That are named somewhere on the way: as SQL writes them. */
  readonly sequences: readonly string[]
  /** Which sequences it may move, as far as the words tell: none, those that are named, or any. */
  readonly draws: 'none' | 'named' | 'any'
  /** The first that puts SQL together while it runs, or computes the name of a sequence: `the statement`, `function public.draw`. */
  readonly opaque: string | undefined
}

interface Row {
  readonly kind: 'function' | 'table' | 'sequence' | 'always'
  readonly word: string
  readonly name: string
  readonly text: string
  readonly language: string | null
  readonly isTrusted: boolean
  readonly isForeign: boolean
}

/** Reads the catalogs. Views are printed, for which PostgreSQL locks their tables as a reader does. Rejects with ServerError. */
export async function readCode(session: Session): Promise<Code> {
  const { rows } = await session.query<Row>(query)
  const code: Code = {
    functions: new Map(),
    tables: new Map(),
    sequences: new Map(),
    always: [],
    power: await powerOf(session),
  }
  for (const { kind, word, name, language, ...rest } of rows) {
    const part = { ...rest, name: `${kind} ${name}`, language: language ?? undefined }
    if (kind === 'function') add(code.functions, word, part)
    else if (kind === 'table') add(code.tables, word, part)
    else if (kind === 'sequence') add(code.sequences, word, name)
    else code.always.push(part)
  }
  return code
}

/** Notes what a statement that has run made: a later one may call it, or write to it. */
export function learn(code: Code, { sql, operations }: Statement): void {
  for (const op of operations) {
    if (op.inside === 'function') continue
    if (op.kind === 'create-function') {
      const isTrusted = trusted.has(op.language)
      const part = {
        name: `${op.object} ${op.function}`,
        text: sql,
        language: op.language,
        isTrusted,
        isForeign: false,
      }
      add(code.functions, lastOf(op.function), part)
      continue
    }
    const part = { name: 'a statement before', text: sql, language: undefined, isTrusted: true, isForeign: false }
    if ('table' in op && typeof op.table === 'string' && !isOfRows.has(op.kind))
      add(code.tables, lastOf(op.table), part)
    if (op.kind === 'prepare') add(code.tables, op.name.toLowerCase(), part)
    if (op.kind === 'rename') {
      add(code.tables, op.to.toLowerCase(), part)
      add(code.functions, op.to.toLowerCase(), part)
      const renamed = code.sequences.get(lastOf(op.name))
      if (renamed) code.sequences.set(op.to.toLowerCase(), renamed)
    }
  }
}

const isOfRows = new Set(['insert', 'update', 'delete', 'query', 'copy', 'lock-table', 'truncate'])
const trusted = new Set(['sql', 'plpgsql'])

/** Follows a statement. One that only stores a function reaches nothing yet. */
export function reached({ sql, operations }: Pick<Statement, 'sql' | 'operations'>, code: Code): Reached {
  const isStored = operations.some(({ kind }) => kind === 'create-function')
  const parts: Part[] = [...code.always]
  const own = operations.some((op) => op.kind === 'hidden-sql' && op.inside !== 'function')
    ? 'the statement'
    : undefined
  if (!isStored)
    parts.push({ name: 'the statement', text: sql, language: undefined, isTrusted: true, isForeign: false })
  const seen = new Set(parts)
  const sequences = new Set<string>()
  // Grows while it is walked.
  for (const { text } of parts) {
    for (const { word, isCalled } of wordsOf(text)) {
      for (const name of code.sequences.get(word) ?? []) sequences.add(name)
      for (const part of [...(code.tables.get(word) ?? []), ...((isCalled && code.functions.get(word)) || [])]) {
        if (!seen.has(part)) parts.push(part)
        seen.add(part)
      }
    }
  }
  const opaque = own ?? parts.find(isOpaque)?.name
  const runs = parts.filter(({ name, language }) => language !== undefined || !name.startsWith('table '))
  const mayDraw = runs.some(({ text }) => draws.test(text)) || (!isStored && operations.some(isDrawing))
  // Constants that are put together are read, and their words stand nowhere.
  const isAny =
    opaque !== undefined || (mayDraw && operations.some(({ kind }) => kind === 'do-block') && assembles.test(sql))
  return { parts, sequences: [...sequences].sort(), draws: isAny ? 'any' : mayDraw ? 'named' : 'none', opaque }
}

/** What may move a sequence; with another name it may do so later. */
const draws = /\b(?:insert|merge|copy|nextval|setval|rename|set\s+schema)\b|\bupdate\b[\s\S]*\bdefault\b/i
const drawing = new Set(['insert', 'copy', 'set-sequence'])

function isDrawing(op: Operation): boolean {
  return drawing.has(op.kind) || (op.kind === 'query' && op.calls.length > 0)
}

const assembles = /\bEXECUTE\b(?!\s+(?:FUNCTION|PROCEDURE|ON)\b)/i
/** `nextval('tick' || 'ets')`; not `nextval('tickets')`, nor `nextval('tickets'::regclass)`, nor with pg_get_serial_sequence. */
const computes = /\b(?:next|set)val\s*\(\s*(?!'[^']*'\s*(?:::|[,)])|(?:pg_catalog\.)?pg_get_serial_sequence\s*\()/i

function isOpaque({ text, language }: Part): boolean {
  if (language !== undefined && !trusted.has(language)) return true
  return computes.test(text) || (language === 'plpgsql' && assembles.test(text))
}

function* wordsOf(text: string): Generator<{ readonly word: string; readonly isCalled: boolean }> {
  for (const [, word = '', call] of text.matchAll(/([\p{L}_][\p{L}\d_$]*)"?\s*(\()?/gu))
    yield { word: word.toLowerCase(), isCalled: call !== undefined }
  for (const [, name = '', call] of text.matchAll(/"((?:[^"]|"")+)"\s*(\()?/g))
    yield { word: name.replaceAll('""', '"').toLowerCase(), isCalled: call !== undefined }
}

function add<Value>(to: Map<string, Value[]>, word: string, value: Value): void {
  const there = to.get(word)
  if (there) there.push(value)
  else to.set(word, [value])
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase()
}

async function powerOf(session: Session): Promise<string | undefined> {
  const { rows } = await session.query<{ power: string | null }>(powers)
  return rows[0]?.power ?? undefined
}

/** https://www.postgresql.org/docs/current/predefined-roles.html */
const powers = `
  SELECT CASE
    WHEN r.rolsuper THEN 'this role is a superuser'
    WHEN pg_catalog.pg_has_role('pg_execute_server_program', 'USAGE') THEN 'this role may run programs on the server'
    WHEN pg_catalog.pg_has_role('pg_write_server_files', 'USAGE') THEN 'this role may write files of the server'
    WHEN r.rolreplication THEN 'this role may make replication slots'
    WHEN pg_catalog.pg_has_role('pg_signal_backend', 'USAGE') THEN 'this role may end the work of others'
    WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'dblink') THEN 'dblink is installed'
  END AS power
  FROM pg_catalog.pg_roles r WHERE r.rolname = current_user`

const own = (schema: string) =>
  `${schema} NOT IN ('pg_catalog', 'information_schema') AND ${schema} !~ '^pg_(toast|temp)'`

/** Members of extensions are known by their names: see what is not run. */
const query = `
  SELECT 'function' AS kind, lower(p.proname) AS word, pg_catalog.format('%I.%I', n.nspname, p.proname) AS name,
    CASE WHEN p.prokind IN ('f', 'p') AND l.lanname NOT IN ('c', 'internal') THEN pg_catalog.pg_get_functiondef(p.oid) ELSE '' END AS text,
    CASE WHEN p.prokind IN ('f', 'p') THEN l.lanname END AS language, l.lanpltrusted OR l.lanname = 'sql' AS "isTrusted", false AS "isForeign"
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  WHERE ${own('n.nspname')} AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
    WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e')
  UNION ALL
  SELECT 'table', lower(c.relname), pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.concat_ws(E'\\n',
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_triggerdef(t.oid), E'\\n') FROM pg_catalog.pg_trigger t
     WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled <> 'D'),
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_expr(a.adbin, a.adrelid), E'\\n') FROM pg_catalog.pg_attrdef a WHERE a.adrelid = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_constraintdef(k.oid), E'\\n') FROM pg_catalog.pg_constraint k
     WHERE k.conrelid = c.oid AND k.contype = 'c'),
    below.names,
    (SELECT pg_catalog.string_agg(pg_catalog.pg_get_ruledef(r.oid), E'\\n') FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.format('%I', f.relname), E'\\n') FROM pg_catalog.pg_inherits i
       JOIN pg_catalog.pg_class f ON f.oid = i.inhrelid WHERE i.inhparent = c.oid),
    (SELECT pg_catalog.string_agg(pg_catalog.format('%I', s.relname), E'\\n') FROM pg_catalog.pg_depend d
       JOIN pg_catalog.pg_class s ON s.oid = d.objid AND s.relkind = 'S'
     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
       AND d.refobjid = c.oid AND d.deptype IN ('a', 'i'))), NULL, true, c.relkind = 'f'
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    -- All at once: no index of the catalog finds the keys that point to a table.
    LEFT JOIN (SELECT k.confrelid, pg_catalog.string_agg(pg_catalog.format('%I', f.relname), E'\\n') AS names
      FROM pg_catalog.pg_constraint k JOIN pg_catalog.pg_class f ON f.oid = k.conrelid
      WHERE k.contype = 'f' AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))
      GROUP BY k.confrelid) below ON below.confrelid = c.oid
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ${own('n.nspname')}
  UNION ALL
  SELECT 'sequence', lower(c.relname), pg_catalog.format('%I.%I', n.nspname, c.relname), '', NULL, true, false
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'S' AND c.relpersistence <> 't'
  UNION ALL
  SELECT 'always', '', pg_catalog.format('%I', e.evtname), pg_catalog.format('%I(', p.proname), NULL, true, false
  FROM pg_catalog.pg_event_trigger e JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid WHERE e.evtenabled <> 'D'`
