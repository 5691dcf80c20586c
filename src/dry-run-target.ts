import { posix } from 'node:path'
import { nearest } from './lint/nearest.ts'
import type { Target } from './model/dry-run.ts'
import { UserError } from './model/errors.ts'
import type { Migration, ParsedMigration, Project } from './model/migration.ts'
import { line } from './report/inert.ts'
import { compareVersions } from './staging/versions/flyway.ts'
import { beginsWithDate, type Repository, sameNumber } from './staging/versions/reader.ts'
import { claimsOf } from './staging/versions/schema-version.ts'

/**
 * The migration at which a dry run stops, in the words of its tool: a revision or the beginning of one, a version, a number, a version that
 * numbered SQL notes in its table, or the name of a file. Undefined for the words by which Alembic and Flyway mean the end.
 * @throws UserError for a name that no migration has, with those that were perhaps meant, and for one that several have
 */
export async function targetOf(to: string, project: Project, bytes: Repository['bytes']): Promise<Target | undefined> {
  const { migrations, tool, directory, lineage } = project
  const wanted = to.trim()
  if (tool === 'flyway' && wanted === 'latest') return undefined
  if (tool === 'alembic' && /^heads?$/.test(wanted)) {
    const ids = new Set(lineage?.heads.map(({ migration }) => migration))
    const heads = migrations.filter(({ id }) => ids.has(id))
    if (heads.length > 1 && wanted === 'head') throw several(wanted, heads)
    return undefined
  }
  const claims =
    tool === 'numbered-sql' || tool === 'command'
      ? await claimsOf({ migrations, directory, bytes })
      : new Map<string, readonly string[]>()
  const found = matching(wanted, project, claims)
  const [target, ...others] = found
  if (!target) throw unknownTarget(wanted, project, claims)
  if (others.length > 0) throw several(wanted, found)
  return { id: target.id, name: target.name, included: upTo(target, project) }
}

/** How far Alembic's `+2` goes from where the database is; undefined for any other word, and for other tools. */
export function stepsAhead(to: string, { tool }: Project): number | undefined {
  const [, number] = (tool === 'alembic' && /^\+([1-9]\d{0,5})$/.exec(to.trim())) || []
  return number === undefined ? undefined : Number(number)
}

/**
 * The migration so many steps ahead, each of which must be the only one that can be next, as with Alembic.
 * @param pending in order
 * @throws UserError where there is a fork on the way, or not so much is pending
 */
export function targetAhead(steps: number, pending: readonly ParsedMigration[], { migrations }: Project): Target {
  const left = [...pending]
  for (let step = 1; ; step++) {
    const next = left.filter(({ parents }) => !left.some(({ id }) => parents.includes(id)))
    const [target] = next
    if (!target)
      throw new UserError(`to: +${steps} is more than what is pending on staging, which is ${pending.length}.`)
    if (next.length > 1) throw several(`+${steps}`, next)
    left.splice(left.indexOf(target), 1)
    if (step < steps) continue
    const included = migrations.flatMap(({ id }) => (left.some((each) => each.id === id) ? [] : id))
    return { id: target.id, name: target.name, included: new Set(included) }
  }
}

type Named = Pick<Migration, 'id' | 'name'>
type Claims = ReadonlyMap<string, readonly string[]>

/** The first way of naming a migration by which at least one fits. */
function matching(wanted: string, { migrations, tool }: Project, claims: Claims): Migration[] {
  const plain = wanted.replace(/^v(?=\d)/i, '')
  // There the id is all of the number; without that, the name begins with a date.
  const isNumbered = tool === 'numbered-sql'
  const ways: readonly ((migration: Migration) => boolean)[] = [
    ({ id, name }) => id === wanted || name === wanted,
    ({ file }) => [file, posix.basename(file)].includes(wanted) || posix.dirname(file) === wanted.replace(/\/$/, ''),
    ({ id }) => claims.get(id)?.some((claim) => claim.replace(/^v(?=\d)/i, '') === plain) ?? false,
    ({ id, name }) => sameNumber(id, plain) || (!isNumbered && sameNumber(/^\d+/.exec(name)?.[0] ?? '', plain)),
    ({ name }) => isNumbered && beginsWithDate(name, plain),
    ({ id, isRepeatable }) =>
      tool === 'flyway' && !isRepeatable && isVersion(plain) && compareVersions(id, plain) === 0,
    ({ id }) => tool === 'alembic' && wanted !== '' && id.startsWith(wanted),
  ]
  for (const fits of ways) {
    const found = migrations.filter(fits)
    if (found.length > 0) return found
  }
  return []
}

function isVersion(text: string): boolean {
  return /^\d+(?:[._]\d+)*$/.test(text)
}

/** The ids of what the tool would run to get there: with Alembic what the revision rests on, else what comes before it. */
function upTo(target: Migration, { migrations, tool }: Project): ReadonlySet<string> {
  if (tool === 'alembic') {
    const parents = new Map(migrations.map(({ id, parents }) => [id, parents]))
    const included = new Set<string>()
    const left = [target.id]
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (included.has(id)) continue
      included.add(id)
      left.push(...(parents.get(id) ?? []))
    }
    return included
  }
  const before = migrations.slice(0, migrations.findIndex(({ id }) => id === target.id) + 1)
  // Flyway has no version to compare a repeatable one with, and runs it whatever the target is.
  const always = migrations.filter(({ isRepeatable }) => isRepeatable)
  return new Set([...before, ...(target.isRepeatable ? [] : always)].map(({ id }) => id))
}

function several(wanted: string, found: readonly Named[]): UserError {
  return new UserError(`to: ${line(wanted)} is more than one migration. Name one of ${listed(found, new Map())}.`)
}

function unknownTarget(wanted: string, { migrations, tool, directory }: Project, claims: Claims): UserError {
  const near = nearOnes(wanted, migrations, claims)
  const candidates =
    near.length > 0
      ? `Near it are ${listed(near, claims)}.`
      : `The last ones are ${listed(migrations.slice(-3), claims)}.`
  return new UserError(
    `to: the ${tool} migrations in ${line(directory || 'the root')} have no ${line(wanted)}. ${migrations.length > 0 ? candidates : ''}`.trim(),
  )
}

/** At most three. */
function nearOnes(wanted: string, migrations: readonly Migration[], claims: Claims): Migration[] {
  const words = (migration: Migration) => [
    migration.id,
    migration.name,
    posix.basename(migration.file),
    ...(claims.get(migration.id) ?? []),
  ]
  const found = migrations.filter((each) =>
    words(each).some((word) => wanted.length > 2 && word.toLowerCase().includes(wanted.toLowerCase())),
  )
  for (let left = migrations.filter((each) => !found.includes(each)); left.length > 0 && found.length < 3; ) {
    const word = nearest(wanted, left.flatMap(words))
    if (word === undefined) break
    found.push(...left.filter((each) => words(each).includes(word)))
    left = left.filter((each) => !found.includes(each))
  }
  return found.slice(0, 3)
}

function listed(migrations: readonly Named[], claims: Claims): string {
  return migrations
    .map(({ id, name }) => {
      const [claim] = claims.get(id) ?? []
      return line(claim === undefined ? (name === id ? id : `${id} (${name})`) : `${claim} (${name})`)
    })
    .join(', ')
}
