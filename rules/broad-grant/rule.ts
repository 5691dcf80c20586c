import { defineRule } from '../../src/model/rule.ts'

/** What PostgreSQL grants to PUBLIC by itself: https://www.postgresql.org/docs/current/ddl-priv.html */
const publicByDefault = new Set(['function', 'procedure', 'routine', 'language', 'type', 'domain'])

export default defineRule({
  name: 'broad-grant',
  summary: 'A grant to PUBLIC or of ALL PRIVILEGES gives more than anybody asked for',
  severity: 'warning',

  *check({ migration }) {
    for (const { operations } of migration.up.statements) {
      for (const op of operations) {
        if (op.kind !== 'grant' || publicByDefault.has(op.object)) continue
        const isPublic = op.roles.includes('PUBLIC')
        const isAll = op.privileges.length === 0
        if (!isPublic && !(isAll && op.object === 'table')) continue

        const on =
          [...op.names, ...op.allInSchemas.map((schema) => `all in ${schema}`)].join(', ') || 'what will be created'
        yield {
          at: op.at,
          direction: 'up',
          message: isPublic
            ? `${isAll ? 'Everything' : op.privileges.join(', ')} on ${on} goes to PUBLIC: to every role there is, and every one to come.`
            : `ALL PRIVILEGES on ${on} lets ${op.roles.join(', ')} empty it with TRUNCATE and add triggers to it, besides reading and writing.`,
          help: 'Name the role that needs it, and the privileges that it needs: GRANT SELECT, INSERT, UPDATE, DELETE ON … TO … .',
        }
      }
    }
  },
})
