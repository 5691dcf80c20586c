import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { madeOnce } from '../made-once.ts'

/** Where the tools of other people are kept between two runs, a folder for each version. */
const cache = resolve('node_modules/.cache/migration-gate/tools')

/** What a command that ran to its end printed, both streams together. */
export interface Ran {
  readonly code: number
  readonly output: string
}

/** Runs a program without a shell. Rejects where it cannot be started or does not end within the time. */
export async function ran(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>>; seconds?: number } = {},
): Promise<Ran> {
  const { cwd, env, seconds = 60 } = options
  return await new Promise((done, failed) => {
    execFile(
      command,
      args,
      { cwd, env: { ...process.env, ...env }, timeout: seconds * 1000, maxBuffer: 1 << 26 },
      (error, stdout, stderr) => {
        const output = `${stdout}\n${stderr}`
        if (!error) done({ code: 0, output })
        else if (typeof error.code === 'number') done({ code: error.code, output })
        else failed(new Error(`${command} did not run: ${error.message}\n${output.slice(-2000)}`, { cause: error }))
      },
    )
  })
}

/** The same, for what must succeed. Gives back what it printed. */
async function succeeded(...call: Parameters<typeof ran>): Promise<string> {
  const { code, output } = await ran(...call)
  if (code !== 0) throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${code}:\n${output.slice(-4000)}`)
  return output
}

/** Why a tool cannot be had here, in words, where the machine lacks what builds it; undefined where it can. */
export async function lacks(...programs: readonly { name: string; ask: string }[]): Promise<string | undefined> {
  const missing: string[] = []
  for (const { name, ask } of programs)
    if (
      !(await ran(name, [ask]).then(
        ({ code }) => code === 0,
        () => false,
      ))
    )
      missing.push(name)
  return missing.length === 0
    ? undefined
    : `not checked against the real tool: this machine has no ${missing.join(' and no ')}`
}

/** Builds a program of a Go module. @returns its path */
export async function goTool(options: { module: string; version: string; tags?: string }): Promise<string> {
  const { module, version, tags = '' } = options
  const name = module.split('/').findLast((part) => !/^v\d+$/.test(part)) ?? module
  const folder = await kept(`go ${module}@${version} ${tags}`, async (to) => {
    // Without C: one of the modules would bring SQLite.
    await succeeded('go', ['install', '-tags', tags, `${module}@${version}`], {
      env: { GOBIN: to, CGO_ENABLED: '0', GOFLAGS: '' },
      seconds: 600,
    })
  })
  return join(folder, name)
}

/** Builds a program of a crate, as fast as can be: what it does is looked at, not how fast. @returns its path */
export async function rustTool(options: {
  crate: string
  version: string
  features: string
  program: string
}): Promise<string> {
  const { crate, version, features, program } = options
  const folder = await kept(`cargo ${crate}@${version} ${features}`, async (to) => {
    await succeeded(
      'cargo',
      [
        'install',
        crate,
        '--version',
        version,
        '--locked',
        '--no-default-features',
        '--features',
        features,
        '--root',
        to,
      ],
      {
        env: {
          CARGO_PROFILE_RELEASE_OPT_LEVEL: '0',
          CARGO_PROFILE_RELEASE_LTO: 'false',
          CARGO_TARGET_DIR: join(to, 'target'),
        },
        seconds: 600,
      },
    )
    rmSync(join(to, 'target'), { recursive: true, force: true })
  })
  return join(folder, 'bin', program)
}

/** Installs packages of npm. @returns the folder with `node_modules` in it */
export async function npmPackages(...packages: readonly string[]): Promise<string> {
  return await npmFolder(packages, {})
}

/** The same, with files beside them. They are written once, as other workers may be reading them. */
export async function npmFolder(packages: readonly string[], files: Readonly<Record<string, string>>): Promise<string> {
  return await kept([`npm ${packages.join(' ')}`, ...Object.values(files)].join('\n'), async (to) => {
    writeFileSync(join(to, 'package.json'), '{ "private": true, "type": "module" }')
    for (const [name, text] of Object.entries(files)) writeFileSync(join(to, name), text)
    await succeeded('npm', ['install', '--no-audit', '--no-fund', '--save-exact', ...packages], {
      cwd: to,
      seconds: 300,
    })
  })
}

/** Downloads libraries of Maven Central with all that they need. @returns the folder with the archives */
export async function mavenLibraries(...coordinates: readonly string[]): Promise<string> {
  return await kept(`maven ${coordinates.join(' ')}`, async (to) => {
    const dependencies = coordinates.map((coordinate) => {
      const [group, artifact, version] = coordinate.split(':')
      return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
    })
    writeFileSync(
      join(to, 'pom.xml'),
      `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>test</groupId><artifactId>test</artifactId><version>1</version><dependencies>${dependencies.join('')}</dependencies></project>`,
    )
    const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'
    await succeeded('mvn', ['-q', '-B', plugin, '-DoutputDirectory=.'], { cwd: to, seconds: 300 })
  })
}

/** Compiles a class against libraries. @returns the folder with it */
export async function javaClass(name: string, libraries: string, source: string): Promise<string> {
  return await kept(`javac ${libraries}\n${source}`, async (to) => {
    const file = join(to, `${name}.java`)
    writeFileSync(file, source)
    await succeeded('javac', ['-cp', join(libraries, '*'), '-d', to, file])
  })
}

/** A folder that is filled once: another name until it is whole, so that an interrupted run leaves nothing half. */
async function kept(what: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, createHash('sha256').update(what).digest('hex').slice(0, 16))
  await madeOnce(folder, async () => {
    const draft = `${folder}.${process.pid}`
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    await fill(draft)
    writeFileSync(join(draft, 'what.txt'), `${what}\n`)
    renameSync(draft, folder)
  })
  return folder
}
