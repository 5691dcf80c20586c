import type { Name } from '../model/operation.ts'
import type { Node, RangeVar, TypeName } from './pg-query.ts'

/** The text of a String node. */
export function text(node: Node | undefined): string {
  return node && 'String' in node ? (node.String.sval ?? '') : ''
}

export function texts(nodes: readonly Node[] | undefined): string[] {
  return (nodes ?? []).map(text)
}

/** How names without a schema are qualified at one place of a script. */
export class Names {
  #schema: string
  readonly #configured: string
  readonly #temporary = new Set<string>()

  constructor(defaultSchema: string) {
    this.#schema = defaultSchema
    this.#configured = defaultSchema
  }

  /** The parts of a name as written: `[name]`, `[schema, name]` or `[database, schema, name]`. */
  qualify(parts: readonly string[]): Name {
    const name = parts.at(-1) ?? ''
    return `${parts.at(-2) ?? (this.#temporary.has(name) ? 'pg_temp' : this.#schema)}.${name}`
  }

  relation(relation: RangeVar | undefined): Name {
    return this.qualify([relation?.schemaname, relation?.relname].filter((part) => part !== undefined))
  }

  /** The relation that a statement creates; a temporary one is found first from now on. */
  created(relation: RangeVar | undefined): Name {
    if (relation?.relpersistence === 't' && relation.relname) this.#temporary.add(relation.relname)
    return this.relation(relation)
  }

  /** `SET search_path`: its first schema takes the new objects. Undefined: back to the default. */
  searchPath(schema: string | undefined): void {
    this.#schema = schema ?? this.#configured
  }

  /** The same script, inside CREATE SCHEMA. */
  within(schema: string): Names {
    return new Names(schema)
  }

  /** The same place, for code that may set a search_path of its own. */
  copy(): Names {
    const copy = new Names(this.#configured)
    copy.#schema = this.#schema
    for (const name of this.#temporary) copy.#temporary.add(name)
    return copy
  }

  /** The type's own name, where it is not one of PostgreSQL's. */
  userType(type: TypeName | undefined): Name | undefined {
    const parts = texts(type?.names)
    const name = parts.at(-1) ?? ''
    const schema = parts.at(-2)
    if (schema === 'pg_catalog' || (schema === undefined && (builtInTypes.has(name) || plainTypes.has(name))))
      return undefined
    return this.qualify(parts)
  }

  /** A type as format_type prints it, without the schema where new objects go: https://www.postgresql.org/docs/current/functions-info.html */
  type(type: TypeName | undefined): string {
    const parts = texts(type?.names)
    const name = parts.at(-1) ?? ''
    const schema = parts.at(-2)
    const array = type?.arrayBounds?.length ? '[]' : ''
    const modifiers = (type?.typmods ?? []).map(modifier)
    if (schema === undefined || schema === 'pg_catalog') {
      if (name === 'char' && schema === undefined) return `"char"${array}`
      const builtIn = builtInTypes.get(name)
      if (builtIn) return builtIn(modifiers) + array
    }
    const shown = schema === undefined || schema === 'pg_catalog' || schema === this.#schema ? [name] : [schema, name]
    return shown.map(quoted).join('.') + (modifiers.length > 0 ? `(${modifiers.join(',')})` : '') + array
  }
}

/** A name as SQL has it, in double quotes where it needs them; a few words of the language get none that would. */
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

function modifier(node: Node): string {
  if ('A_Const' in node)
    return String(node.A_Const.ival ? (node.A_Const.ival.ival ?? 0) : (node.A_Const.sval?.sval ?? ''))
  return 'ColumnRef' in node ? texts(node.ColumnRef.fields).join('.') : ''
}

type Print = (modifiers: readonly string[]) => string

const plain =
  (name: string): Print =>
  (modifiers) =>
    modifiers.length > 0 ? `${name}(${modifiers.join(',')})` : name
const zoned =
  (name: string, zone: string): Print =>
  (modifiers) =>
    `${plain(name)(modifiers)} ${zone}`

/** The types of pg_catalog that are printed as they are written. */
const plainTypes = new Set(
  `aclitem any anyarray anycompatible anycompatiblearray anycompatiblemultirange anycompatiblenonarray anycompatiblerange anyelement
  anyenum anymultirange anynonarray anyrange box bytea char cid cidr circle cstring date datemultirange daterange event_trigger
  fdw_handler gtsvector index_am_handler inet int2vector int4multirange int4range int8multirange int8range internal json jsonb
  jsonpath language_handler line lseg macaddr macaddr8 money name nummultirange numrange oid oidvector path pg_ddl_command
  pg_dependencies pg_lsn pg_mcv_list pg_ndistinct pg_node_tree pg_snapshot point polygon record refcursor regclass regcollation
  regconfig regdictionary regnamespace regoper regoperator regproc regprocedure regrole regtype table_am_handler text tid trigger
  tsm_handler tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector txid_snapshot unknown uuid void xid xid8 xml`.split(
    /\s+/,
  ),
)

// The names that the grammar makes of the words of the standard, and PostgreSQL's own short names: src/backend/parser/gram.y
const builtInTypes = new Map<string, Print>(
  Object.entries({
    bit: plain('bit'),
    bool: plain('boolean'),
    bpchar: (modifiers) => (modifiers.length > 0 ? plain('character')(modifiers) : 'bpchar'),
    decimal: numeric,
    float4: plain('real'),
    float8: plain('double precision'),
    int2: plain('smallint'),
    int4: plain('integer'),
    int8: plain('bigint'),
    interval,
    numeric,
    bigserial: plain('bigint'),
    serial: plain('integer'),
    serial2: plain('smallint'),
    serial4: plain('integer'),
    serial8: plain('bigint'),
    smallserial: plain('smallint'),
    time: zoned('time', 'without time zone'),
    timestamp: zoned('timestamp', 'without time zone'),
    timestamptz: zoned('timestamp', 'with time zone'),
    timetz: zoned('time', 'with time zone'),
    varbit: plain('bit varying'),
    varchar: plain('character varying'),
  }),
)

function numeric(modifiers: readonly string[]): string {
  return plain('numeric')(modifiers.length === 1 ? [modifiers[0] ?? '', '0'] : modifiers)
}

// INTERVAL_MASK: src/include/utils/datetime.h gives each field its bit.
const intervalFields: { readonly [mask: string]: string | undefined } = {
  '4': ' year',
  '2': ' month',
  '6': ' year to month',
  '8': ' day',
  '1024': ' hour',
  '1032': ' day to hour',
  '2048': ' minute',
  '3072': ' hour to minute',
  '3080': ' day to minute',
  '4096': ' second',
  '6144': ' minute to second',
  '7168': ' hour to second',
  '7176': ' day to second',
}

function interval([fields, precision]: readonly string[]): string {
  return `interval${fields === undefined ? '' : (intervalFields[fields] ?? '')}${precision === undefined ? '' : `(${precision})`}`
}

/** `serial` and its kin: types that are a sequence. */
export function isSerial(type: TypeName | undefined): boolean {
  const parts = texts(type?.names)
  return parts.length === 1 && /^(?:big|small)?serial$|^serial[248]$/.test(parts[0] ?? '')
}
