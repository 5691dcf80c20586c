// npm run demo: the real command on the two example projects, each with a pull request that has something wrong.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { makeRepository } from './repository.mjs'

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)

await check('sql', process.env)

const python = await pythonWithAlembic()
if (typeof python === 'string') console.log(`\nThe Alembic example was not run: ${python}`)
else await check('alembic', { ...process.env, PATH: `${python.bin}${delimiter}${process.env.PATH}` })

/** Exits with an error unless the gate blocks, which is what these pull requests deserve. */
async function check(/** @type {'sql' | 'alembic'} */ project, /** @type {NodeJS.ProcessEnv} */ environment) {
  const repository = await makeRepository({ project, pullRequest: 'demo' })
  try {
    console.log(
      `\n$ cd ${repository.path}    # examples/${project}, with examples/pull-requests/${project}/demo on a branch`,
    )
    console.log('$ migration-gate check --base main\n')
    const command = spawn(process.execPath, [join(root, 'dist/cli.js'), 'check', '--base', 'main'], {
      cwd: repository.path,
      env: environment,
      stdio: 'inherit',
    })
    const [code] = await once(command, 'exit')
    console.log(`\nExit code ${code}.`)
    if (code !== 1) process.exitCode = 1
  } finally {
    await repository[Symbol.asyncDispose]()
  }
}

/** A virtual environment with the example's requirements, kept for the next time; or why there is none. */
async function pythonWithAlembic() {
  const folder = join(root, 'node_modules/.cache/migration-gate/demo-python')
  const bin = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin')
  if (existsSync(join(bin, 'alembic'))) return { bin }
  console.log('\nInstalling the Alembic example’s requirements into node_modules/.cache (once) …')
  try {
    await run('python3', ['-m', 'venv', folder])
    await run(join(bin, 'python'), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--requirement',
      join(root, 'test/requirements.txt'),
    ])
    return { bin }
  } catch (error) {
    const { stderr, message } = /** @type {Error & { stderr?: string }} */ (error)
    return `its requirements could not be installed (${(stderr || message).trim().split('\n').at(-1)}).`
  }
}
