// Histories of plain numbered SQL migrations with ways back, made up, the same for the same numbers.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { realistic } from './realistic.mjs'

/** @typedef {{ files: string[], upgrades: string[], bytes: number }} History */

/**
 * Writes `count` migrations into `folder`/migrations.
 * @param {string} folder
 * @param {number} count
 * @param {'small' | 'realistic' | 'squashed'} shape small: one statement of about 70 bytes in most files; realistic: about 1.3 kB on
 *   average; squashed: the same, but the first 300 steps are in the first file, as where a history begins with a dump
 * @returns {Promise<History>} the paths of all files and of the upgrades alone, in order, and the size of the upgrades
 */
export async function writeHistory(folder, count, shape) {
  const migrations = join(folder, 'migrations')
  await mkdir(migrations, { recursive: true })
  const step = shape === 'small' ? small : realistic()
  /** @type {History} */
  const history = { files: [], upgrades: [], bytes: 0 }
  for (let i = 1; i <= count; i++) {
    const name = `${String(i).padStart(5, '0')}_step`
    const [up, down] = shape === 'squashed' && i === 1 ? squashed(step) : step(shape === 'squashed' ? i + 299 : i)
    const [upFile, downFile] = [join(migrations, `${name}.sql`), join(migrations, `${name}_rollback.sql`)]
    await writeFile(upFile, up)
    await writeFile(downFile, down)
    history.upgrades.push(upFile)
    history.files.push(upFile, downFile)
    history.bytes += Buffer.byteLength(up)
  }
  return history
}

/** @param {(i: number) => [string, string]} step @returns {[string, string]} */
function squashed(step) {
  const steps = Array.from({ length: 300 }, (_, index) => step(index + 1))
  return [
    steps.map(([up]) => up).join('\n'),
    steps
      .map(([, down]) => down)
      .reverse()
      .join('\n'),
  ]
}

/**
 * Every tenth step makes a table; the nine after it change it.
 * @param {number} i
 * @returns {[string, string]} up and down
 */
function small(i) {
  const table = `item_${Math.floor((i - 1) / 10)}`
  if (i % 10 === 1)
    return [
      `BEGIN;\nCREATE TABLE ${table} (\n  id bigint PRIMARY KEY,\n  name varchar(100) NOT NULL,\n  price numeric(10, 2) DEFAULT 0,\n  created_at timestamptz NOT NULL DEFAULT now()\n);\nCREATE INDEX ${table}_name_idx ON ${table} (name);\nCOMMIT;\n`,
      `DROP TABLE ${table};\n`,
    ]
  if (i % 10 === 5)
    return [`CREATE INDEX ${table}_price_idx ON ${table} (price);\n`, `DROP INDEX ${table}_price_idx;\n`]
  if (i % 10 === 8)
    return [
      `ALTER TABLE ${table} ALTER COLUMN name TYPE text;\n`,
      `ALTER TABLE ${table} ALTER COLUMN name TYPE varchar(100);\n`,
    ]
  return [
    `ALTER TABLE ${table} ADD COLUMN note_${i} text DEFAULT 'none';\n`,
    `ALTER TABLE ${table} DROP COLUMN note_${i};\n`,
  ]
}
