// A history of plain numbered SQL migrations with ways back, the same for the same number.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Writes `count` migrations into `folder`/migrations.
 * @param {string} folder
 * @param {number} count
 * @returns {Promise<string[]>} the upgrade files, in order
 */
export async function writeHistory(folder, count) {
  const migrations = join(folder, 'migrations')
  await mkdir(migrations, { recursive: true })
  const files = []
  for (let i = 1; i <= count; i++) {
    const name = `${String(i).padStart(5, '0')}_step`
    const [up, down] = step(i)
    files.push(join(migrations, `${name}.sql`))
    await writeFile(join(migrations, `${name}.sql`), up)
    await writeFile(join(migrations, `${name}_rollback.sql`), down)
  }
  return files
}

/** Every tenth step makes a table; the nine after it change it. */
function step(/** @type {number} */ i) {
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
