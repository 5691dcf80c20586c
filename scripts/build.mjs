// Builds dist/, which the action and the command run from without node_modules.
//   node scripts/build.mjs           writes dist/ and the generated tables
//   node scripts/build.mjs --check   fails when either is not what this source gives
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import ncc from '@vercel/ncc'
import { generatedPages } from './pages.mjs'
import { writePackage } from './types.mjs'

const root = join(import.meta.dirname, '..')
const isCheck = process.argv.includes('--check')

const target = isCheck ? await mkdtemp(join(tmpdir(), 'migration-gate-dist-')) : join(root, 'dist')
try {
  await bundle(target)
  const stale = isCheck ? await differences(join(root, 'dist'), target) : []
  for (const [path, text] of await generatedPages(root)) {
    if (!isCheck) await writeFile(join(root, path), text)
    else if ((await readFile(join(root, path), 'utf8')) !== text) stale.push(path)
  }
  if (stale.length > 0) {
    console.error(`Not what the source gives: ${stale.join(', ')}. Run "npm run build" and commit the result.`)
    process.exitCode = 1
  }
} catch (error) {
  // ncc is one line of a megabyte, which Node would print above an uncaught error.
  console.error(error.message)
  process.exitCode = 1
} finally {
  if (isCheck) await rm(target, { recursive: true, force: true })
}

/** Fills `folder`: two small entries, the bundle they share, and PostgreSQL's grammar in a chunk of its own. */
async function bundle(folder) {
  const gate = join(folder, 'gate')
  const grammar = join(gate, 'libpg-query')
  await rm(folder, { recursive: true, force: true })
  await mkdir(grammar, { recursive: true })

  // libpg-query finds its .wasm beside its own file by __dirname, which an ES module does not have: it stays CommonJS.
  const wasm = join(root, 'node_modules/libpg-query/wasm')
  const chunk = await ncc(join(wasm, 'index.cjs'), { cache: false, quiet: true, esm: false })
  await writeFile(join(grammar, 'chunk.cjs'), chunk.code)
  await copyFile(join(wasm, 'libpg-query.wasm'), join(grammar, 'libpg-query.wasm'))
  const functions = Object.entries(createRequire(import.meta.url)('libpg-query')).filter(
    ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name),
  )
  // The bundle imports this file when it starts, and the grammar is not to be compiled before src/parse/parse.ts asks for it.
  await writeFile(
    join(grammar, 'index.js'),
    `import { createRequire } from 'node:module'

let chunk
const grammar = () => (chunk ??= createRequire(import.meta.url)('./chunk.cjs'))
${functions.map(([name]) => `export const ${name} = (...values) => grammar().${name}(...values)\n`).join('')}`,
  )

  const { code, assets } = await ncc(join(root, 'src/main.ts'), {
    cache: false,
    quiet: true,
    esm: true,
    transpileOnly: true,
    license: 'licenses.txt',
    externals: { 'libpg-query': './libpg-query/index.js', 'pg-native': 'pg-native' },
  })
  await writeFile(join(gate, 'index.js'), code)
  for (const [name, { source }] of Object.entries(assets)) {
    await mkdir(dirname(join(gate, name)), { recursive: true })
    await writeFile(join(gate, name), source)
  }

  // By which src/parse-history.ts knows whose results are in the cache.
  const sums = [...(await contents(gate))].sort(([a], [b]) => (a < b ? -1 : 1))
  const build = createHash('sha256')
  for (const [name, content] of sums) build.update(`${name} ${content.length}\n`).update(content)
  await writeFile(join(gate, 'build.json'), `${JSON.stringify({ build: build.digest('hex') })}\n`)

  await writePackage(root, folder)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n')
  await writeFile(join(folder, 'action.js'), `import { action } from './gate/index.js'\n\nawait action()\n`)
  await writeFile(
    join(folder, 'cli.js'),
    `#!/usr/bin/env node\nimport { cli } from './gate/index.js'\n\nawait cli(process.argv)\n`,
    { mode: 0o755 },
  )
}

/** Paths below either folder whose contents differ or that only one of them has. */
async function differences(committed, built) {
  const [left, right] = await Promise.all([committed, built].map(contents))
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  return names
    .filter((name) => !left.get(name)?.equals(right.get(name) ?? Buffer.alloc(0)))
    .map((name) => join('dist', name))
}

async function contents(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [file.slice(folder.length + 1), await readFile(file)])))
}
