import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { VersionDrift } from '../../model/dry-run.ts'
import { byRows, edited, type VersionReader } from './reader.ts'

/**
 * https://sqitch.org/docs/manual/sqitchchanges/: one registry for the changes of several projects, each with the SHA-1 of its deploy
 * script. A change that was reworked has several rows of one name, in the order of the plan.
 */
export const sqitch: VersionReader = {
  tables: ['changes'],
  schema: 'sqitch',
  besides: ['dependencies', 'events', 'projects', 'releases', 'tags'],
  columns: ['change', 'project'],
  order: ['committed_at'],
  late: 'refuses',
  refuses: ['unknown'],
  async read(rows, { migrations, directory, bytes }) {
    const plan = (await bytes(posix.join(directory, 'sqitch.plan')))?.toString() ?? ''
    const [, project] = /^%project=(.*?)[ \t\r]*$/m.exec(plan) ?? []
    const left = new Map<string, typeof migrations>()
    for (const { change } of rows) {
      const name = change ?? ''
      left.set(
        name,
        migrations.filter(({ id }) => id.replace(/@.*/, '') === name),
      )
    }
    const drift: VersionDrift[] = []
    const found: { version: string; id: string | undefined }[] = []
    for (const row of rows.filter((each) => project === undefined || each.project === project)) {
      const name = row.change ?? ''
      const [migration, ...others] = left.get(name) ?? []
      left.set(name, others)
      found.push({ version: migration?.id ?? name, id: migration?.id })
      const text = migration && (await bytes(migration.file))
      if (text && row.script_hash && createHash('sha1').update(text).digest('hex') !== row.script_hash)
        drift.push(edited(migration.id))
    }
    return byRows(found, drift)
  },
}
