import type { Arguments, Value } from './values.ts'

/** A name of SQLAlchemy (or of SQLModel, which passes SQLAlchemy's names on). */
export interface Symbol {
  readonly name: string
  /** The dialect whose module it comes from: `postgresql`, `mysql`, … */
  readonly dialect: string | undefined
  /** For `sa.func.x.y`: `x.y`. */
  readonly sqlFunction: string | undefined
}

/** What a dotted name means in SQLAlchemy, whichever of its modules it was imported from. Undefined: another library's. */
export function symbol(value: Value): Symbol | undefined {
  if (value.kind !== 'imported') return undefined
  const parts = value.path.split('.')
  if (parts[0] !== 'sqlalchemy' && parts[0] !== 'sqlmodel') return undefined
  const at = parts.indexOf('func')
  const dialect = parts[1] === 'dialects' ? parts[2] : undefined
  if (at > 0 && at < parts.length - 1) return { name: 'func', dialect, sqlFunction: parts.slice(at + 1).join('.') }
  return { name: parts[parts.length - 1] ?? '', dialect, sqlFunction: undefined }
}

/** The SQLAlchemy class or function that a value is a call of: `Column` for `sa.Column(…)`. */
export function calledName(value: Value | undefined): string | undefined {
  return value?.kind === 'call' ? symbol(value.callee)?.name : undefined
}

declare const ofLibrary: unique symbol

/** A call of one of SQLAlchemy's names. The mark exists in types only: a value that is not one may still be a call. */
export type LibraryCall = Extract<Value, { kind: 'call' }> & { readonly [ofLibrary]: true }

/** Whether a value was made by a call of one of these SQLAlchemy classes or functions. */
export function isCallOf(value: Value | undefined, ...names: string[]): value is LibraryCall {
  const name = calledName(value)
  return name !== undefined && names.includes(name)
}

/** What `op.f("name")` was given: a name that is final. Undefined: the value is something else. */
export function finalName(value: Value | undefined): Value | undefined {
  const isFinal = value?.kind === 'call' && value.callee.kind === 'imported' && value.callee.path === 'alembic.op.f'
  return isFinal || isCallOf(value, 'conv') ? (value.given.positional[0] ?? value.given.named.get('name')) : undefined
}

/** Modules that come with Python: nothing in them sends statements. */
const standardModules = new Set(
  (
    '__future__ abc argparse array ast asyncio base64 binascii bisect builtins calendar cmath codecs collections concurrent ' +
    'configparser contextlib contextvars copy csv dataclasses datetime decimal difflib enum errno fnmatch fractions functools ' +
    'getpass glob gzip hashlib heapq hmac html inspect io ipaddress itertools json locale logging math numbers ' +
    'operator os pathlib pickle platform pprint random re secrets shutil string struct sys tempfile textwrap threading time ' +
    'timeit traceback types typing typing_extensions unicodedata urllib uuid warnings weakref xml zlib zoneinfo ' +
    'loguru structlog tqdm rich click'
  ).split(' '),
)

/** `a` of `a.b.c`. */
function firstOf(path: string): string {
  const dot = path.indexOf('.')
  return dot < 0 ? path : path.slice(0, dot)
}

export function isStandard(path: string): boolean {
  return standardModules.has(firstOf(path))
}

/** Names that a migration cannot import from its own repository: they are Python's, SQLAlchemy's or Alembic's. */
export function isLibrary(path: string): boolean {
  return isStandard(path) || ['sqlalchemy', 'sqlmodel', 'alembic'].includes(firstOf(path))
}

/** Python's built-in functions that the files of a migration use. */
export const builtins = new Set(
  (
    'abs all any bool bytes callable chr dict dir divmod enumerate filter float format frozenset getattr globals hasattr hash ' +
    'hex id input int isinstance issubclass iter len list locals map max min next object oct open ord pow print range repr ' +
    'reversed round set setattr slice sorted staticmethod classmethod property str sum super tuple type vars zip ' +
    'Exception BaseException ValueError TypeError KeyError IndexError AttributeError RuntimeError NotImplementedError ' +
    'NotImplemented ImportError OSError LookupError ArithmeticError StopIteration AssertionError SystemExit Warning ' +
    'UserWarning DeprecationWarning NameError PermissionError FileNotFoundError UnicodeDecodeError KeyboardInterrupt ' +
    '__name__ __file__ __doc__ Ellipsis'
  ).split(' '),
)

/** Whether a call that gets these arguments could send statements through one of them. */
export function handsOnConnection(given: Arguments): boolean {
  return [...given.positional, ...given.named.values()].some(reaches)
}

/** Whether statements can be sent through a value. */
export function reaches(value: Value): boolean {
  switch (value.kind) {
    case 'live':
      return value.what !== 'dialect'
    case 'batch':
      return true
    case 'imported':
      return value.path === 'alembic.op' || value.path.startsWith('alembic.op.')
    case 'unknown':
      return value.reaches
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.some(reaches)
    case 'call':
    case 'attribute':
      return false
    default:
      return false
  }
}
