import { attributeOf } from './attributes.ts'
import { isLibrary } from './library.ts'
import { type Naming, plainNaming } from './naming.ts'
import { newRun, type Run } from './run.ts'
import type { Source } from './source.ts'
import { Endless } from './text.ts'
import { booleanValue, isSequence, type Scope, type Value } from './values.ts'

/** The Python modules of the repository that a version file may import. */
export interface Modules {
  /** The module of that dotted name. Undefined: the repository has none, or it has not been read yet and is asked for. */
  readonly find: (name: string) => Source | undefined
  /** A module was asked for that has not been read yet: what is known now is not all. */
  readonly isWaiting: () => boolean
  /** The names of modules that were imported before, for other version files: whatever would change them throws `Shared`. */
  readonly shared: Map<string, Scope>
}

/** What a version file is read with, besides its own text. */
export interface Surroundings {
  readonly modules: Modules
  /** How the project names constraints; asked for where a name is made. */
  readonly naming: () => Naming
}

/** Nothing else is read. */
export const noSurroundings: Surroundings = {
  modules: { find: () => undefined, isWaiting: () => false, shared: new Map() },
  naming: () => plainNaming,
}

/** More than people nest imports of modules whose constants are needed at once. */
const deepest = 30

/**
 * What a name that was imported stands for, where a module of the repository defines it as a constant, function or class. Anything else,
 * and every other value, is given back as it is.
 */
export function resolve(value: Value, run: Run): Value {
  let at = value
  for (let hops = 0; at.kind === 'imported' && hops < 10; hops++) {
    if (at.path === 'typing.TYPE_CHECKING') return booleanValue(false)
    const next = defined(at.path, run)
    if (!next) return at
    at = next
  }
  return at
}

/** What `a.b.c` is: `c` of the module `a.b`, or `b` of the module `a` and `c` of that. */
function defined(path: string, run: Run): Value | undefined {
  if (isLibrary(path)) return undefined
  const parts = path.split('.')
  for (let end = parts.length; end > 0; end--) {
    const name = parts.slice(0, end).join('.')
    const source = run.modules.find(name)
    if (!source) continue
    const [first, ...rest] = parts.slice(end)
    const value = first === undefined ? undefined : namesOf(name, source, run)?.names.get(first)
    return value && rest.reduce((of, attribute) => attributeOf(of, attribute), value)
  }
  return undefined
}

/** The names that a module has once it is imported. Undefined: it imports itself in a circle, or goes on for too long. */
function namesOf(name: string, source: Source, run: Run): Scope | undefined {
  const shared = run.sharing ? run.modules.shared.get(name) : undefined
  if (shared) return shared
  if (run.imported.names.has(name)) {
    const scope = run.imported.names.get(name)
    if (!scope) run.imported.circles++
    return scope
  }
  if (run.nested >= deepest) return undefined
  run.imported.names.set(name, undefined)
  const scope: Scope = { names: new Map(), parent: undefined, globals: new Set() }
  const own: Run = {
    ...newRun(run.main, run, false, run.execute),
    source,
    imported: run.imported,
    sharing: run.sharing,
  }
  own.nested = run.nested + 1
  const { circles } = run.imported
  try {
    run.execute(source.tree.topNode, scope, own)
  } catch (problem) {
    if (problem instanceof Endless || problem instanceof RangeError) return undefined
    throw problem
  }
  run.imported.names.set(name, scope)
  if (run.sharing && run.imported.circles === circles && !run.modules.isWaiting()) {
    for (const value of scope.names.values()) share(value)
    run.modules.shared.set(name, Object.freeze(scope))
  }
  return scope
}

/** Keeps the lists and dictionaries of a module from being changed. */
function share(value: Value): void {
  if (value.kind === 'dict' && !Object.isFrozen(value.entries)) {
    for (const entry of Object.freeze(value.entries)) for (const item of entry) share(item)
  } else if (isSequence(value) && !Object.isFrozen(value.items)) {
    for (const item of Object.freeze(value.items)) share(item)
  } else if (value.kind === 'class') {
    for (const member of value.members.values()) share(member)
  }
}
