import type { SyntaxNode } from '@lezer/common'
import type { Script } from '../../model/migration.ts'
import type { NotChecked } from '../../model/result.ts'
import { argumentsOf, evaluate } from './evaluate.ts'
import { isCallOf } from './library.ts'
import { noSurroundings, type Surroundings } from './modules.ts'
import { newRun } from './run.ts'
import { childrenOf, firstError, locate, parsePython, type Source, textOf } from './source.ts'
import { execute } from './statements.ts'
import { Endless } from './text.ts'
import { type Arguments, type Scope, truth, type Value } from './values.ts'

/** What a project's `env.py` says about how its migrations are run. */
export interface Environment {
  readonly transaction: Script['transaction']
  /**
   * The `naming_convention` of the MetaData that it hands to Alembic, by kind of constraint. Undefined: none was found there, which is
   * all that can be said: it may be set somewhere else.
   */
  readonly patterns: ReadonlyMap<string, string> | undefined
  readonly problems: readonly NotChecked[]
}

/** Of a project without an `env.py`, and what Alembic's own template does: one transaction for all migrations. */
export const plainEnvironment: Environment = { transaction: 'run', patterns: undefined, problems: [] }

/**
 * Reads `env.py` without running it. What is not decided there is read as Alembic's default: one transaction for all.
 * @param hasFolders the configuration names the folders of the version files
 */
export function readEnvironment(
  file: string,
  text: string,
  modules: Surroundings['modules'],
  hasFolders: boolean,
): Environment {
  const source = parsePython(file, text)
  const error = firstError(source)
  if (error) {
    const at = locate(source, error)
    const why = `It could not be read as Python (line ${at.line}, column ${at.column}).`
    return { ...plainEnvironment, problems: [{ what: file, why, at }] }
  }
  const found = nodesOf(source)
  const problems = found.folders && !hasFolders ? [ownFolders(source, found.folders)] : []
  const { calls, assigned } = configurations(source, found, modules)
  const online = calls.filter(({ named }) => !named.has('url'))
  const used = online.length > 0 ? online : calls
  const patterns = used.map(({ named }) => assigned ?? conventionOf(named.get('target_metadata')))
  return {
    // In a transaction that somebody else began, Alembic begins none.
    transaction: used.length > 0 && !found.begins && used.every(oneForEach) ? 'script' : 'run',
    patterns: patterns[0] && patterns.every((each) => each === patterns[0]) ? patterns[0] : undefined,
    problems,
  }
}

/** https://alembic.sqlalchemy.org/en/latest/api/runtime.html#alembic.runtime.environment.EnvironmentContext.configure */
function oneForEach({ named }: Arguments): boolean {
  const is = (name: string): boolean | undefined => {
    const value = named.get(name)
    return value && truth(value)
  }
  // Where the database is said to have no transactional DDL, each migration is in one of its own.
  return is('transaction_per_migration') === true || is('transactional_ddl') === false
}

interface Found {
  readonly configure: readonly SyntaxNode[]
  /** `….begin()` of an engine or connection. */
  readonly begins: boolean
  /** Where `version_locations` is set. */
  readonly folders: SyntaxNode | undefined
  /** `target_metadata.naming_convention = …`. */
  readonly naming: readonly SyntaxNode[]
}

function nodesOf(source: Source): Found {
  const configure: SyntaxNode[] = []
  let begins = false
  let folders: SyntaxNode | undefined
  const naming: SyntaxNode[] = []
  source.tree.cursor().iterate(({ node, name }) => {
    const written = name === 'CallExpression' && node.firstChild ? textOf(source, node.firstChild) : ''
    if (/(^|\.)configure$/.test(written)) configure.push(node)
    if (written.endsWith('.begin')) begins = true
    if (name === 'AssignStatement' && /\.naming_convention\s*=/.test(textOf(source, node))) naming.push(node)
    if (name === 'PropertyName' && textOf(source, node) === 'version_locations') folders ??= node
    if (name === 'String' && /^.version_locations.$/.test(textOf(source, node))) folders ??= node
  })
  return { configure, begins, folders, naming }
}

function ownFolders(source: Source, node: SyntaxNode): NotChecked {
  return {
    what: source.file,
    why: 'It sets `version_locations` itself, which is not followed. Name the folders in the configuration file.',
    at: locate(source, node),
  }
}

interface Configured {
  readonly calls: readonly Arguments[]
  readonly assigned: ReadonlyMap<string, string> | undefined
}

/** What each `context.configure(…)` is given, as far as the module's own names tell, and the convention that is set on its metadata. */
function configurations(source: Source, found: Found, modules: Surroundings['modules']): Configured {
  const run = { ...newRun(source, { ...noSurroundings, modules }, false, execute), sharing: false }
  const scope: Scope = { names: new Map(), parent: undefined, globals: new Set() }
  try {
    execute(source.tree.topNode, scope, run)
    const lists = found.configure.flatMap((node) => node.getChild('ArgList') ?? [])
    const [naming, ...others] = found.naming
    const [target, , value] = naming ? childrenOf(naming) : []
    const isTarget = target && others.length === 0 && isMetadata(textOf(source, target), source)
    run.steps = 0
    return {
      calls: lists.map((list) => argumentsOf(list, scope, run)),
      assigned: isTarget && value ? patternsOf(evaluate(value, scope, run)) : undefined,
    }
  } catch (problem) {
    if (problem instanceof Endless || problem instanceof RangeError) return { calls: [], assigned: undefined }
    throw problem
  }
}

/** Whether `x.naming_convention` is that of `target_metadata`, by its own name or by the one that it is given. */
function isMetadata(written: string, source: Source): boolean {
  const owner = written.slice(0, -'.naming_convention'.length)
  const given = [...source.text.matchAll(/^target_metadata\s*=\s*([\w.]+)\s*(?:#.*)?$/gm)].map((match) => match[1])
  return owner === 'target_metadata' || (given.length === 1 && given[0] === owner)
}

/** The convention of `MetaData(naming_convention={…})`, wherever it is found behind `Base.metadata`. Undefined: none is found. */
function conventionOf(metadata: Value | undefined, depth = 0): ReadonlyMap<string, string> | undefined {
  if (metadata === undefined || depth > 10) return undefined
  if (isCallOf(metadata, 'MetaData')) return patternsOf(metadata.given.named.get('naming_convention'))
  if (metadata.kind !== 'attribute' || metadata.name !== 'metadata') return undefined
  const { of } = metadata
  if (of.kind !== 'call') return undefined
  // `declarative_base(metadata=…)`, `SQLAlchemy(metadata=…)` of Flask; or `registry(metadata=…).generate_base()`.
  const { callee } = of
  const maker = callee.kind === 'attribute' && callee.name === 'generate_base' ? callee.of : of
  return maker.kind === 'call' ? conventionOf(maker.given.named.get('metadata'), depth + 1) : undefined
}

const known = new WeakMap<object, ReadonlyMap<string, string>>()

/** The patterns by kind. Undefined where one of them is not a text. */
function patternsOf(value: Value | undefined): ReadonlyMap<string, string> | undefined {
  if (value?.kind !== 'dict') return undefined
  const before = known.get(value)
  if (before) return before
  const patterns = new Map<string, string>()
  for (const [key, pattern] of value.entries) {
    if (key.kind !== 'string') return undefined
    if (pattern.kind === 'string') patterns.set(key.text.value, pattern.text.value)
    else if (['ix', 'uq', 'ck', 'fk', 'pk'].includes(key.text.value)) return undefined
  }
  known.set(value, patterns)
  return patterns
}
