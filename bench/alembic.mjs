// Reads the Alembic histories of large applications, taken from the package registry, and compares what we read with what Alembic prints.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const verbose = process.argv.includes('--verbose')
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

const root = join(import.meta.dirname, '..')
process.chdir(root)
const folder = join(root, 'node_modules/.cache/migration-gate/bench')
await mkdir(folder, { recursive: true })
const entries = ['measure', 'applications']
await build({
  entryPoints: entries.map((name) => `test/read/alembic/corpus/${name}.ts`),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'error',
})
const [{ measure }, { applications }] = await Promise.all(
  entries.map((name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href)),
)

const columns = [
  'application',
  'revisions',
  'files read',
  'Alembic prints',
  'the same',
  'marked unreadable',
  'missing',
  'extra',
  'scripts read whole',
  'unreadable parts',
  'CPU seconds',
]
console.log(`| ${columns.join(' | ')} |\n| --- |${' --: |'.repeat(columns.length - 1)}`)
/** @type {import('../test/read/alembic/corpus/measure.ts').Figures[]} */
const all = []
for (const application of applications) {
  if (names.length > 0 && !names.includes(application.name)) continue
  const figures = await measure(application)
  all.push(figures)
  row(`${application.name} ${application.version}`, [figures])
  if (verbose)
    for (const line of [
      ...figures.notRead.map((/** @type {string} */ text) => `not read: ${text}`),
      ...figures.missing.map((/** @type {string} */ text) => `missing: ${text}`),
      ...figures.extra.map((/** @type {string} */ text) => `extra: ${text}`),
      ...figures.places.wrong.map((/** @type {string} */ text) => `wrong place: ${text}`),
    ])
      console.error(line)
}
if (all.length > 1) row('together', all)

const sum = (/** @type {(figures: typeof all[number]) => number} */ of) =>
  all.reduce((total, each) => total + of(each), 0)
console.log(
  `\nA thousand version files: ${((sum((each) => each.seconds) / sum((each) => each.revisions)) * 1000).toFixed(1)} CPU seconds.`,
)
const share = sum((each) => each.same) / sum((each) => each.printed)
const failures = [
  share < 0.97 && `Only ${percent(share)} of the statements are the same; the bar is 97 %.`,
  sum((each) => each.missing.length) > 0 && 'Statements are missing that were not marked unreadable.',
  sum((each) => each.extra.length) > 0 && 'There are statements that Alembic does not send.',
  sum((each) => each.notRead.length) > 0 && 'Files were not read.',
  sum((each) => each.places.wrong.length) > 0 && 'Places are wrong.',
].filter((failure) => failure !== false)
for (const failure of failures) console.error(failure)
if (failures.length > 0) process.exitCode = 1

/** @param {string} name @param {typeof all} figures */
function row(name, figures) {
  const add = (/** @type {(each: typeof all[number]) => number} */ of) =>
    figures.reduce((total, each) => total + of(each), 0)
  const printed = add((each) => each.printed)
  const cells = [
    name,
    add((each) => each.revisions),
    add((each) => each.read),
    printed,
    `${add((each) => each.same)} (${percent(add((each) => each.same) / printed)})`,
    add((each) => each.marked),
    add((each) => each.missing.length),
    add((each) => each.extra.length),
    `${add((each) => each.wholeScripts)} of ${add((each) => each.scripts)}`,
    add((each) => each.unreadableParts),
    add((each) => each.seconds).toFixed(1),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

/** @param {number} share */
function percent(share) {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`
}
