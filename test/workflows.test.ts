import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { commentWorkflow, stagingWorkflow, workflow } from '../src/init/workflow.ts'

// The workflows that we write, show and use, before the tools that look for mistakes in such files.

const run = promisify(execFile)

/** Name and text of every workflow: of `init`, of the pages, and our own. */
async function workflows(): Promise<readonly (readonly [name: string, text: string])[]> {
  const defaultBranch = 'main'
  const written = [
    ['init', workflow({ alembic: undefined, isPublic: false, defaultBranch })],
    ['init with Alembic', workflow({ alembic: { install: 'pip install ./' }, isPublic: false, defaultBranch })],
    ['init --public', workflow({ alembic: { install: 'pip install ./' }, isPublic: true, defaultBranch })],
    ['init --public, the comment', commentWorkflow],
    [
      'init --staging, several histories with Alembic',
      stagingWorkflow({
        alembic: { install: 'pip install ./' },
        environment: 'EU: staging',
        directories: ['db/a b', ''],
      }),
    ],
  ] as const
  const pages = [
    'README.md',
    ...(await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
  ]
  const shown = await Promise.all(
    pages.map(async (page) =>
      [...(await readFile(page, 'utf8')).matchAll(/```yaml\n(name: .*?\non:.*?)```/gs)].map(
        ([, text = ''], index) => [`${page}, number ${index + 1}`, text] as const,
      ),
    ),
  )
  const own = await Promise.all(
    (await readdir('.github/workflows')).map(
      async (name) => [name, await readFile(join('.github/workflows', name), 'utf8')] as const,
    ),
  )
  return [...written, ...shown.flat(), ...own]
}

const all = await workflows()
const pages = await Promise.all(
  ['README.md', 'docs/github.md', 'docs/staging.md'].map(async (page) => [page, await readFile(page, 'utf8')] as const),
)

test('there are those of the pages among them', () => {
  const names = all.map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining([
      'README.md, number 1',
      'docs/github.md, number 1',
      'docs/staging.md, number 1',
      'check.yml',
    ]),
  )
})

test.each([...all, ...pages])(
  '%s: every action of others is pinned to a commit, and says which version it is',
  (_, text) => {
    const uses = [...text.matchAll(/\buses: (?!migration-gate\/)(.*)$/gm)].map(([, action]) => action)
    expect(uses.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? ''))).toEqual([])
  },
)

test('one version of each action, wherever it is named', () => {
  const pins = new Map<string, Set<string>>()
  for (const [, text] of [...all, ...pages])
    for (const [, action = '', commit = ''] of text.matchAll(/\buses: ([\w-]+\/[\w-]+)[\w/-]*@([0-9a-f]{40} # \S+)/g))
      pins.set(action, new Set([...(pins.get(action) ?? []), commit]))
  expect([...pins].filter(([, commits]) => commits.size > 1)).toEqual([])
})

const actionlint = findActionlint()

// go install github.com/rhysd/actionlint/cmd/actionlint@latest, or ACTIONLINT=/path/to/it.
test.skipIf(!actionlint).each(all)(
  `%s: accepted by ${actionlint ?? 'nobody: there is no actionlint on this machine'}`,
  async (_, text) => {
    expect(() =>
      execFileSync(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes=', '-'], {
        input: text,
        encoding: 'utf8',
        stdio: 'pipe',
      }),
    ).not.toThrow()
  },
)

const zizmor = await findZizmor()

describe.skipIf(zizmor === undefined)(`zizmor${zizmor === undefined ? ', which pip does not give here' : ''}`, () => {
  const folder = mkdtemp(join(tmpdir(), 'migration-gate-zizmor-'))
  afterAll(async () => rm(await folder, { recursive: true }))

  test.each(all)('%s', async (name, text) => {
    const file = join(await folder, `${name.replaceAll(/\W/g, '-')}.yml`)
    const config = join(await folder, 'zizmor.yml')
    await writeFile(file, text)
    // Our own action has no commit before it is released.
    const policies = { 'migration-gate/*': 'ref-pin', '*': 'hash-pin' }
    await writeFile(config, JSON.stringify({ rules: { 'unpinned-uses': { config: { policies } } } }))
    await run(zizmor ?? '', ['--offline', '--no-progress', '--quiet', '--config', config, file])
  })

  test('would have found something', async () => {
    const file = join(await folder, 'bad.yml')
    await writeFile(file, commentWorkflow.replace(' # zizmor: ignore[dangerous-triggers]', ''))
    await expect(run(zizmor ?? '', ['--offline', '--no-progress', '--quiet', file])).rejects.toMatchObject({
      stdout: expect.stringContaining('error[dangerous-triggers]'),
    })
  })
})

function findActionlint(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const places = process.env.ACTIONLINT ? [process.env.ACTIONLINT] : folders.map((folder) => join(folder, 'actionlint'))
  return places.find((place) => {
    try {
      execFileSync(place, ['-version'], { stdio: 'ignore' })
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      return false
    }
  })
}

/** Its wheel holds the program. Kept under node_modules/.cache; undefined where there is no Python or no registry. */
async function findZizmor(): Promise<string | undefined> {
  const wanted = 'zizmor==1.32.0'
  const name = createHash('sha256').update(wanted).digest('hex').slice(0, 12)
  const cache = resolve('node_modules/.cache/migration-gate')
  const folder = join(cache, `zizmor-${name}`)
  const program = join(folder, 'bin', 'zizmor')
  if (await exists(program)) return program
  try {
    await mkdir(cache, { recursive: true })
    await run('python3', ['-m', 'venv', folder])
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', wanted]
    await run(join(folder, 'bin', 'python'), pip)
    return program
  } catch {
    await rm(folder, { recursive: true, force: true })
    return undefined
  }
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
