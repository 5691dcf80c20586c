import type { Direction, Script, SqlFragment, Unreadable } from '../model/migration.ts'
import { baseName, type Files, folderOf, isBelow } from './files.ts'
import { byText, history, passedOver, readPair, type Scripts, type Step } from './history.ts'
import { conventional, type Fit, type Layout, textOrNothing } from './layout.ts'
import { firstWord, statements, withHoles } from './statements.ts'
import { fragment, placeOf, unreadable } from './text.ts'

const named = /^(?:([VUB])(\d+(?:[._]\d+)*)|(R))__(.*)\.sql$/s
const program = /^(?:V(\d+(?:[._]\d+)*)|R)__.*\.(?:java|kt|groovy|scala)$/s
const callback = /^(?:before|after)[A-Z]\w*\.sql$/
/** Folders that hold the same migrations for another database. */
const foreign =
  /^(?:db2|derby|firebird|h2|hsqldb|informix|mariadb|mssql|mysql|oracle|redshift|snowflake|sqlite|sqlserver)$/i

interface Named {
  readonly path: string
  readonly kind: 'V' | 'U' | 'B' | 'R'
  /** As Flyway writes it: `1.10` for `V1_10__a.sql`; '' for R. */
  readonly text: string
  /** Its parts as numbers; none for R. */
  readonly version: readonly bigint[]
  readonly description: string
}

function describe(path: string): Named | undefined {
  const [, kind, version, repeatable, description] = named.exec(baseName(path)) ?? []
  if (description === undefined || path.split('/').some((part) => foreign.test(part))) return undefined
  if (repeatable) return { path, kind: 'R', text: '', version: [], description }
  const text = (version ?? '').replaceAll('_', '.')
  return {
    path,
    kind: kind === 'U' || kind === 'B' ? kind : 'V',
    text,
    version: text.split('.').map(BigInt),
    description,
  }
}

/**
 * Flyway, https://documentation.red-gate.com/flyway: versions in order, then the repeatable ones by their description. On an empty
 * database the newest baseline stands for every version up to its own. What it does was tried, test/read/tools.test.ts.
 */
export const flyway: Layout = {
  tool: 'flyway',
  expected: 'files such as V1__create_users.sql, with U1__create_users.sql for the way back',

  async find(files) {
    const versioned = files.paths
      .flatMap((path) => describe(path) ?? [])
      .filter(({ kind }) => kind === 'V' || kind === 'B')
    const places = new Map<string, Named[]>()
    for (const file of versioned) {
      const root = rootOf(folderOf(file.path))
      places.set(root, [...(places.get(root) ?? []), file])
    }
    return [...places].flatMap(([root, inRoot]): Fit[] => {
      const folders = [...new Set(inRoot.map(({ path }) => folderOf(path)))]
      const versions = new Set(inRoot.map((file) => `${file.kind} ${key(file)}`))
      // The same versions twice: several histories side by side.
      if (versions.size < inRoot.length && folders.length > 1 && !folders.includes(root))
        return folders.map((folder) => ({ directory: folder, folders: [folder], certainty: 'sure' }))
      return [{ directory: root, folders: [root, ...folders], certainty: 'sure' }]
    })
  },

  owns: (path, directory) =>
    isBelow(path, directory) &&
    (/^[VURB][^/]*\.sql(?:\.conf)?$/i.test(baseName(path)) || callback.test(baseName(path))),

  nearly,

  async read(directory, files) {
    const below = files.paths.filter((path) => isBelow(path, directory))
    const known = below.flatMap((path) => describe(path) ?? [])
    const undo = new Map(known.filter(({ kind }) => kind === 'U').map((file) => [key(file), file]))
    const hasDowngrades = undo.size > 0
    const baseline = known
      .filter(({ kind }) => kind === 'B')
      .sort(byVersion)
      .at(-1)
    const isReplaced = (file: Named) => baseline !== undefined && file.kind === 'V' && byVersion(file, baseline) <= 0
    const versioned = known.filter((file) => file === baseline || (file.kind === 'V' && !isReplaced(file)))
    const repeatable = known.filter(({ kind }) => kind === 'R').sort((a, b) => byText(a.description, b.description))

    const programs = programSteps(directory, files)
    const steps = [
      ...[...versioned.map((file) => ({ file, step: sqlStep(file, undo, files) })), ...programs]
        .sort((a, b) => byVersion(a.file, b.file) || byText(a.file.path, b.file.path))
        .map(({ step }) => step),
      ...repeatable.map((file) => sqlStep(file, undo, files)),
    ]
    for (const file of known.filter(isReplaced)) undo.delete(key(file))
    const strangers = below.filter((path) => nearly(path) !== undefined)
    return await history({
      tool: 'flyway',
      directory,
      folders: [directory, ...known.map(({ path }) => folderOf(path))],
      hasDowngrades,
      steps,
      notChecked: [
        ...passedOver(
          files,
          strangers,
          (path) => `Flyway does not run it, because of its name: expected ${nearly(path)}.`,
        ),
        ...passedOver(
          files,
          below.filter((path) => callback.test(baseName(path))),
          () => 'Flyway runs it around the migrations, as a callback, which is not read.',
        ),
        ...passedOver(
          files,
          known.filter(isReplaced).map(({ path }) => path),
          () =>
            `The baseline ${baseName(baseline?.path ?? '')} stands for it on a new database, so it is not run here.`,
        ),
        ...passedOver(
          files,
          [...undo.values()].map(({ path }) => path),
          (path) =>
            `It takes back a migration that is not there: expected ${baseName(path).replace(/^U/, 'V')} beside it.`,
        ),
      ],
      files,
    })
  },
}

/** A prefix in small letters, or one underscore where Flyway wants two. */
function nearly(path: string): string | undefined {
  const name = baseName(path)
  if (named.test(name) || !/^[VURB]_?\d*[\d._]*_?[^/]*\.sql$/i.test(name)) return undefined
  const [, prefix = 'V', version = '', rest = ''] = /^([VUB])_?(\d+(?:[._]\d+)*)[_-]*(.*)\.sql$/i.exec(name) ?? []
  if (version !== '')
    return `${prefix.toUpperCase()}${version}__${rest || 'add_email'}.sql, with a capital letter and two underscores`
  const repeatable = /^R_+([^_].*)\.sql$/i.exec(name)?.[1]
  return repeatable === undefined ? undefined : `R__${repeatable}.sql, with a capital letter and two underscores`
}

/** `db/migration` for the folders below it; another folder for itself. */
function rootOf(folder: string): string {
  const parts = folder.split('/')
  const index = parts.findIndex((part) => conventional.test(part))
  return index < 0 ? folder : parts.slice(0, index + 1).join('/')
}

function key({ version }: Pick<Named, 'version'>): string {
  const last = version.findLastIndex((part) => part !== 0n)
  return version.slice(0, last + 1).join('.')
}

function byVersion(a: Pick<Named, 'version'>, b: Pick<Named, 'version'>): number {
  for (let i = 0; i < Math.max(a.version.length, b.version.length); i++) {
    const [left, right] = [a.version[i] ?? 0n, b.version[i] ?? 0n]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function sqlStep(file: Named, undo: Map<string, Named>, files: Files): Step {
  const { path, kind, text, description } = file
  const down = kind === 'V' ? undo.get(key(file)) : undefined
  if (down) undo.delete(key(file))
  const others = [`${path}.conf`, ...(down ? [down.path, `${down.path}.conf`] : [])].filter((other) => files.has(other))
  return {
    id: kind === 'R' ? `R__${description}` : text,
    ...(kind === 'R' ? { isRepeatable: true } : { number: key(file) }),
    name: baseName(path).replace(/\.sql$/, ''),
    file: path,
    others,
    async read(): Promise<Scripts | readonly { what: string; why: string }[]> {
      const settings = new Map<string, string>()
      for (const each of [path, ...(down ? [down.path] : [])])
        settings.set(each, files.has(`${each}.conf`) ? await textOrNothing(files, `${each}.conf`) : '')
      return await readPair(files, path, down?.path, (direction, script, text) =>
        scriptOf(direction, script, text, settings.get(script) ?? ''),
      )
    },
  }
}

/** Migrations in Java are beside the program, in a package of the same name as the folder. */
function programSteps(directory: string, files: Files): { file: Named; step: Step }[] {
  const tail = directory.split('/').slice(-2).join('/')
  const module = /^(.*?)src\//.exec(directory)?.[1] ?? ''
  return files.paths.flatMap((path) => {
    const match = program.exec(baseName(path))
    const isOurs = isBelow(path, directory) || (tail !== '' && path.startsWith(module) && folderOf(path).endsWith(tail))
    if (!match || !isOurs) return []
    const text = match[1]?.replaceAll('_', '.') ?? ''
    const version = text === '' ? [] : text.split('.').map(BigInt)
    const name = baseName(path).replace(/\.[^.]+$/, '')
    const why =
      'It is a migration written in a programming language, which is not read. Only the SQL migrations of Flyway are.'
    const step: Step = { id: text || name, name, file: path, read: async () => [{ what: path, why }] }
    return [{ file: { path, kind: 'V' as const, text, version, description: name }, step }]
  })
}

/** Statements that PostgreSQL refuses inside of a transaction, as far as Flyway knows them. */
const standsAlone =
  /^(?:(?:CREATE|DROP)\s+(?:DATABASE|TABLESPACE|SUBSCRIPTION)|ALTER\s+SYSTEM|(?:CREATE(?:\s+UNIQUE)?|DROP)\s+INDEX\s+CONCURRENTLY|REINDEX(?:\s+VERBOSE)?\s+(?:SCHEMA|DATABASE|SYSTEM)|VACUUM|DISCARD\s+ALL)\b/i

function scriptOf(direction: Direction, file: string, text: string, settings: string): Script {
  const at = placeOf(file, text, 0)
  const setting = (name: string) => new RegExp(`^[ \\t]*${name}[ \\t]*=[ \\t]*(true|false)\\b`, 'm').exec(settings)?.[1]
  const written = statements(text)
    .map(({ start, end }) => ({ start: firstWord(text, start), end }))
    .filter(({ start, end }) => /[^;]/.test(text.slice(start, end)))
  const alone = written.filter(({ start, end }) => standsAlone.test(text.slice(start, end)))
  const asked = setting('executeInTransaction')
  const isWrapped = asked === undefined ? alone.length === 0 : asked === 'true'
  if (asked === undefined && alone[0] && alone.length < written.length) {
    const reason =
      'Flyway refuses a script in which some statements can run in a transaction and others, such as this one, cannot; put them into migrations of their own'
    return { direction, file, at, fragments: [unreadable(file, text, alone[0].start, reason)], transaction: 'none' }
  }
  const fragments = setting('placeholderReplacement') === 'false' ? [fragment(file, text)] : filled(file, text)
  return { direction, file, at, fragments, transaction: isWrapped ? 'script' : 'none' }
}

function filled(file: string, text: string): (SqlFragment | Unreadable)[] {
  const placeholder = /\$\{[^}\n]*\}/
  if (!placeholder.test(text)) return [fragment(file, text)]
  return withHoles(file, text, 0, text.length, (from, to) => {
    const found = placeholder.exec(text.slice(from, to))
    return found
      ? { at: from + found.index, reason: `Flyway fills in ${found[0]} here, from settings that are not read` }
      : undefined
  })
}
