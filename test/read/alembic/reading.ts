import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Script } from '../../../src/model/migration.ts'
import { readVersionFile, type VersionFile } from '../../../src/read/alembic/version-file.ts'

/** Reads a version file that is expected to be one. */
export function readFile(text: string, file = 'versions/one.py'): VersionFile {
  const version = readVersionFile(file, text)
  if ('why' in version) throw new Error(version.why)
  return version
}

/** Reads the body of an `upgrade()`, indented by four spaces, in a file with the usual imports (the body begins on line 7). */
export function readUpgrade(body: string, before = ''): Script {
  return readFile(`"""one"""
import sqlalchemy as sa
from alembic import op
revision = '1'
down_revision = None
def upgrade():
${body}
${before}`).up
}

/** Each part on a line: `7 SELECT 1`, with `autocommit` and `repeated` in brackets, `!` before what could not be read. */
export function parts(script: Script | undefined): string[] {
  return (script?.fragments ?? []).map((part) => {
    if (part.kind === 'unreadable') {
      const { line, endLine } = part.at
      return `${line}${endLine > line ? `-${endLine}` : ''} ! ${part.reason}`
    }
    const marks = [part.autocommit ? '[autocommit] ' : '', part.repeated ? '[repeated] ' : ''].join('')
    return `${part.anchors[0]?.line} ${marks}${part.sql.trim().split(/\s+/).join(' ')}`
  })
}

/** Every version file of the fixtures and examples, by its path. */
export function readVersionFiles(): { readonly [file: string]: string } {
  const folders = ['test/read/alembic', 'examples']
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  )
  const versions = files.filter((file) => /\/versions\/[^/]+\.py$/.test(file)).sort()
  return Object.fromEntries(versions.map((file) => [file, readFileSync(file, 'utf8')]))
}
