import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { Script } from '../../../../src/model/migration.ts'
import { readAlembicProject } from '../../../../src/read/alembic/project.ts'
import { python } from '../../../python.ts'
import { type Places, places } from '../verbatim.ts'
import type { Application } from './applications.ts'
import { type Comparison, compare, type Printed } from './compare.ts'

const run = promisify(execFile)
const cache = resolve('node_modules/.cache/migration-gate/wheels')
const program = 'test/read/alembic/corpus/alembic_prints.py'

/** What reading an application's history came to, beside what Alembic sends for it. */
export interface Figures extends Comparison {
  readonly revisions: number
  /** Version files that were read; the others are in `notRead`. */
  readonly read: number
  readonly notRead: readonly string[]
  /** Scripts (a revision has one up and one down) without an unreadable part. */
  readonly wholeScripts: number
  readonly scripts: number
  /** CPU time of reading, without Alembic. */
  readonly seconds: number
  /** Places in the version files that were compared with their text. */
  readonly places: Places
}

/**
 * Reads every version file of an application with our reader, has Alembic print them, and compares.
 * @throws NotReachable where the wheel is not cached and the registry does not give it
 */
export async function measure(application: Application): Promise<Figures> {
  const root = await unpacked(application)
  const files = (await readdir(join(root, application.versions)))
    .filter((name) => name.endsWith('.py') && !name.startsWith('__init__'))
    .map((name) => `${application.versions}/${name}`)
    .sort()
  const paths = (await readdir(root, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))

  const readText = async (path: string): Promise<string> => {
    const written = await readFile(join(root, path), 'utf8')
    const isOurs = path === `${application.directory}/alembic.ini`
    return isOurs ? written.replace('[alembic]', `[alembic]\n${application.settings}`) : written
  }
  const before = process.cpuUsage()
  const project = await readAlembicProject({
    directory: application.directory,
    paths,
    readText,
    statusOf: () => 'base',
  })
  const { user, system } = process.cpuUsage(before)
  const seconds = (user + system) / 1e6

  const printed = await alembicPrints(application, root, files)
  const byFile = new Map(project.migrations.map((migration) => [migration.file, migration]))
  const scripts = project.migrations.flatMap(({ up, down }) => (down ? [up, down] : [up]))
  const pairs = files.flatMap((file) => {
    const migration = byFile.get(file)
    if (!migration) return []
    const sides: ['up' | 'down', Script | undefined][] = [
      ['up', migration.up],
      ['down', migration.down],
    ]
    return sides.map(([direction, script]) => ({
      name: `${file} ${direction}`,
      script,
      printed: printed[file]?.[direction],
    }))
  })
  const compared = await Promise.all(
    project.migrations.map(async (migration) => places(migration, await readFile(join(root, migration.file), 'utf8'))),
  )
  return {
    ...compare(pairs),
    revisions: files.length,
    read: files.filter((file) => byFile.has(file)).length,
    notRead: project.notChecked.map(({ what, why }) => `${what}: ${why}`),
    wholeScripts: scripts.filter(({ fragments }) => fragments.every(({ kind }) => kind === 'sql')).length,
    scripts: scripts.length,
    seconds,
    places: {
      checked: compared.reduce((sum, { checked }) => sum + checked, 0),
      wrong: compared.flatMap(({ wrong }) => wrong),
    },
  }
}

/** The package registry did not give a wheel. */
export class NotReachable extends Error {
  override readonly name = 'NotReachable'
}

/** The folder with the Python files of an application's wheel, which is kept under `node_modules/.cache`. */
async function unpacked({ name, version, sha256 }: Application): Promise<string> {
  const folder = join(cache, `${name}-${version}`)
  if (await exists(folder)) return folder
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(join(cache, 'download-'))
  try {
    const { python: interpreter } = await python()
    const wanted = [
      '--no-deps',
      '--ignore-requires-python',
      '--only-binary=:all:',
      '--dest',
      work,
      `${name}==${version}`,
    ]
    try {
      await run(interpreter, ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', ...wanted])
    } catch (cause) {
      throw new NotReachable(`pip download ${name}==${version} failed`, { cause })
    }
    const [wheel = ''] = (await readdir(work)).filter((file) => file.endsWith('.whl'))
    const sum = createHash('sha256')
      .update(await readFile(join(work, wheel)))
      .digest('hex')
    if (sum !== sha256) throw new Error(`${wheel} has the SHA-256 ${sum}, and not ${sha256}.`)
    await run(interpreter, [program, 'extract', join(work, wheel), join(work, 'unpacked')])
    // Another process may have been faster.
    await rename(join(work, 'unpacked'), folder).catch(async (error: unknown) => {
      if (!(await exists(folder))) throw error
    })
    return folder
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** Runs the version files under Alembic, in a process that sees nothing of this one's environment. */
async function alembicPrints(
  { package: own, convention, real }: Application,
  root: string,
  files: readonly string[],
): Promise<{ readonly [file: string]: { readonly [direction: string]: Printed } }> {
  const { python: interpreter } = await python()
  const child = spawn(interpreter, ['-I', '-W', 'ignore', program, 'print'], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: 300_000,
  })
  child.stdin.end(JSON.stringify({ root, package: own, convention: convention ?? null, real, files }))
  const ended = new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done))
  const [answer, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${errors.slice(-2000)}`)
  return JSON.parse(answer)
}
