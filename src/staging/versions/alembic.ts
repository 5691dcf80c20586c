import { type Applied, unknown, type VersionReader } from './reader.ts'

/** https://alembic.sqlalchemy.org/en/latest/tutorial.html: only the heads are kept; what comes before them is applied too. */
export const alembic: VersionReader = {
  tables: ['alembic_version'],
  columns: ['version_num'],
  order: ['version_num'],
  late: undefined,
  refuses: ['unknown'],
  read(rows, { migrations }): Applied {
    const heads = rows.flatMap(({ version_num: revision }) => revision ?? [])
    const parents = new Map(migrations.map(({ id, parents }) => [id, parents]))
    const ids = new Set<string>()
    const left = [...heads]
    for (let id = left.pop(); id !== undefined; id = left.pop()) {
      if (ids.has(id) || !parents.has(id)) continue
      ids.add(id)
      left.push(...(parents.get(id) ?? []))
    }
    return {
      applied: heads,
      current: heads,
      ids,
      drift: heads.filter((head) => !parents.has(head)).map(unknown),
    }
  },
}
