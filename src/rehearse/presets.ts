import type { Tool } from '../model/migration.ts'

/** How a tool is called, in the words of `upgrade:` and `downgrade:` in the configuration. */
export interface Commands {
  readonly upgrade: readonly string[]
  /** Undefined: the tool cannot go back, in the edition that everybody has. */
  readonly downgrade: readonly string[] | undefined
}

/** What `upgrade: tool` stands for. Each is run in test/rehearse/tools-as-commands.test.ts. */
export const presets: { readonly [tool in Tool]?: Commands } = {
  dbmate: {
    upgrade: ['dbmate', '--url', '{url}', '--migrations-dir', '{directory}', '--no-dump-schema', 'migrate'],
    downgrade: ['dbmate', '--url', '{url}', '--migrations-dir', '{directory}', '--no-dump-schema', 'rollback'],
  },
  flyway: {
    upgrade: [
      'flyway',
      '-url={jdbc-url}',
      '-user={user}',
      '-password={password}',
      '-locations=filesystem:{directory}',
      'migrate',
    ],
    downgrade: undefined,
  },
  'golang-migrate': {
    upgrade: ['migrate', '-path', '{directory}', '-database', '{url}', 'up'],
    downgrade: ['migrate', '-path', '{directory}', '-database', '{url}', 'down', '1'],
  },
  goose: {
    upgrade: ['goose', '-dir', '{directory}', 'postgres', '{url}', 'up'],
    downgrade: ['goose', '-dir', '{directory}', 'postgres', '{url}', 'down'],
  },
  'node-pg-migrate': {
    upgrade: ['node-pg-migrate', 'up', '--migrations-dir', '{directory}'],
    downgrade: ['node-pg-migrate', 'down', '--migrations-dir', '{directory}'],
  },
  tern: {
    upgrade: ['tern', 'migrate', '--migrations', '{directory}', '--conn-string', '{url}'],
    downgrade: ['tern', 'migrate', '--migrations', '{directory}', '--conn-string', '{url}', '--destination', '-1'],
  },
}

/** Where tools note what ran, as PostgreSQL prints the names. Alembic is asked for its own. */
const noteTables: { readonly [tool in Tool]?: readonly string[] } = {
  dbmate: ['public.schema_migrations'],
  diesel: ['public.__diesel_schema_migrations'],
  drizzle: ['drizzle.__drizzle_migrations'],
  flyway: ['public.flyway_schema_history'],
  'golang-migrate': ['public.schema_migrations'],
  goose: ['public.goose_db_version'],
  'graphile-migrate': ['graphile_migrate.migrations', 'graphile_migrate.current'],
  'node-pg-migrate': ['public.pgmigrations'],
  prisma: ['public._prisma_migrations'],
  sqitch: ['changes', 'dependencies', 'events', 'projects', 'releases', 'tags'].map((name) => `sqitch.${name}`),
  'sql-migrate': ['public.gorp_migrations'],
  sqlx: ['public._sqlx_migrations'],
  supabase: ['supabase_migrations.schema_migrations'],
  tern: ['public.schema_version'],
}

/** The tables in which this tool notes what ran, where nothing else is configured for it. */
export function noteTablesOf(tool: Tool): readonly string[] {
  return noteTables[tool] ?? []
}
