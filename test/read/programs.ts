import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { Tool } from '../../src/model/migration.ts'
import type { Database } from '../../src/postgres/server.ts'
import { goTool, javaClass, mavenLibraries, npmFolder, npmPackages, type Ran, ran, rustTool } from './tools.ts'

/** A migration tool as its users run it, in one version for all tests. */
export interface Program {
  readonly tool: Tool
  /** As docs/staging.md names it. */
  readonly version: string
  /** What has to be on the machine. */
  readonly needs: readonly { readonly name: string; readonly ask: string }[]
  install(): Promise<Run>
}

/** Runs it on a folder of migrations. The arguments are those of its own command line. */
export type Run = (folder: string, database: Database, ...args: string[]) => Promise<Ran>

export const url = ({ user, password, host, port, name }: Database) =>
  `postgres://${user}:${password}@${host}:${port}/${name}?sslmode=disable`

const go = [{ name: 'go', ask: 'version' }]

export const golangMigrate: Program = {
  tool: 'golang-migrate',
  version: '4.19.1',
  needs: go,
  async install() {
    const program = await goTool({
      module: 'github.com/golang-migrate/migrate/v4/cmd/migrate',
      version: `v${this.version}`,
      tags: 'postgres',
    })
    return (folder, database, ...args) => ran(program, ['-path', folder, '-database', url(database), ...args])
  },
}

export const goose: Program = {
  tool: 'goose',
  version: '3.27.3',
  needs: go,
  async install() {
    const program = await goTool({
      module: 'github.com/pressly/goose/v3/cmd/goose',
      version: `v${this.version}`,
      tags: 'no_clickhouse,no_libsql,no_mssql,no_mysql,no_sqlite3,no_vertica,no_ydb,no_turso,no_duckdb',
    })
    return (folder, database, ...args) => ran(program, ['-dir', folder, 'postgres', url(database), ...args])
  },
}

/** It keeps a row for each run, back and forth; 2.7.0 does not any more. */
export const oldGoose: Program = {
  tool: 'goose',
  version: '2.1.0',
  needs: go,
  async install() {
    const program = await goTool({
      module: 'github.com/pressly/goose/cmd/goose',
      version: `v${this.version}+incompatible`,
    })
    return (folder, database, ...args) => ran(program, ['-dir', folder, 'postgres', url(database), ...args])
  },
}

export const sqlMigrate: Program = {
  tool: 'sql-migrate',
  version: '1.8.1',
  needs: go,
  async install() {
    const program = await goTool({ module: 'github.com/rubenv/sql-migrate/sql-migrate', version: `v${this.version}` })
    return (folder, database, ...args) => {
      const config = join(folder, 'dbconfig.yml')
      writeFileSync(config, `test:\n  dialect: postgres\n  datasource: ${url(database)}\n  dir: ${folder}\n`)
      return ran(program, [...args, '-config', config, '-env', 'test'])
    }
  },
}

export const tern: Program = {
  tool: 'tern',
  version: '2.3.4',
  needs: go,
  async install() {
    const program = await goTool({ module: 'github.com/jackc/tern/v2', version: `v${this.version}` })
    return (folder, database, ...args) =>
      ran(program, ['migrate', '--migrations', folder, '--conn-string', url(database), ...args])
  },
}

export const dbmate: Program = {
  tool: 'dbmate',
  version: '2.36.0',
  needs: [],
  async install() {
    const program = join(await npmPackages(`dbmate@${this.version}`), 'node_modules/.bin/dbmate')
    return (folder, database, ...args) =>
      ran(program, ['--url', url(database), '--migrations-dir', folder, '--no-dump-schema', ...args])
  },
}

export const nodePgMigrate: Program = {
  tool: 'node-pg-migrate',
  version: '9.0.0',
  needs: [],
  async install() {
    const folder = await npmPackages(`node-pg-migrate@${this.version}`, 'pg@8.23.1')
    const program = join(folder, 'node_modules/.bin/node-pg-migrate')
    return (migrations, database, ...args) =>
      ran(program, [...args, '--migrations-dir', migrations], { env: { DATABASE_URL: url(database) } })
  },
}

export const drizzle: Program = {
  tool: 'drizzle',
  version: '0.45.4',
  needs: [],
  install() {
    return drizzleOrm(this.version)
  },
}

/** It has no journal. */
export const drizzleOne: Program = {
  tool: 'drizzle',
  version: '1.0.0-rc.5',
  needs: [],
  install() {
    return drizzleOrm(this.version)
  },
}

async function drizzleOrm(version: string): Promise<Run> {
  const folder = await npmFolder([`drizzle-orm@${version}`, 'pg@8.23.1'], {
    'run.js': `import { drizzle } from 'drizzle-orm/node-postgres'
     import { migrate } from 'drizzle-orm/node-postgres/migrator'
     const [url, migrationsFolder] = process.argv.slice(2)
     const database = drizzle(url)
     await migrate(database, { migrationsFolder })
     await database.$client.end()`,
  })
  return (migrations, database) => ran('node', [join(folder, 'run.js'), url(database), migrations])
}

/**
 * Its command with its own engine, as WebAssembly: the native one comes from a server of its own and not from a package registry. Two
 * programs would be fetched all the same; `true` stands for them. One is never called. The other is asked whether it reaches the
 * database before `migrate resolve`, and exits with 0. Version 7 of the command has no engine but the native one.
 */
export const prisma: Program = {
  tool: 'prisma',
  version: '6.19.3',
  needs: [{ name: '/bin/true', ask: '--version' }],
  async install() {
    // The adapter of this line does not know the type `name`, by which the engine looks for its table.
    const packages = [`prisma@${this.version}`, '@prisma/adapter-pg@7.10.1', '--ignore-scripts']
    // The engine leaves the timer of its lock behind: for ten seconds the command would not end.
    // The adapter divides a file at each semicolon. The native engine sends it as it is: `Quaint::raw_cmd` is one simple query.
    const folder = await npmFolder(packages, {
      'schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = "postgres://not-used"\n}\n',
      'prisma.config.js': `import { PrismaPg } from '@prisma/adapter-pg'
       const later = globalThis.setTimeout
       globalThis.setTimeout = (...given) => later(...given).unref()
       class Whole extends PrismaPg {
         async connect() {
           const adapter = await super.connect()
           adapter.executeScript = async (script) => {
             await adapter.client.query(script).catch((error) => adapter.onError(error))
           }
           return adapter
         }
       }
       export default {
         engine: 'js',
         experimental: { adapter: true },
         schema: 'schema.prisma',
         migrations: { path: process.env.MIGRATIONS },
         adapter: async () => new Whole({ connectionString: process.env.DATABASE_URL, idleTimeoutMillis: 10 }),
       }`,
    })
    const program = join(folder, 'node_modules/prisma/build/index.js')
    return (migrations, database, ...args) =>
      ran('node', [program, ...args, '--config', 'prisma.config.js'], {
        cwd: folder,
        env: {
          DATABASE_URL: url(database),
          MIGRATIONS: migrations,
          PRISMA_QUERY_ENGINE_LIBRARY: '/bin/true',
          PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
          CHECKPOINT_DISABLE: '1',
        },
      })
  },
}

export const graphileMigrate: Program = {
  tool: 'graphile-migrate',
  version: '1.4.1',
  needs: [],
  async install() {
    const program = join(await npmPackages(`graphile-migrate@${this.version}`), 'node_modules/.bin/graphile-migrate')
    return (migrations, database, ...args) =>
      inFolderNamed(migrations, 'migrations', (home) => {
        writeFileSync(join(home, '.gmrc'), '{}')
        return ran(program, args, { cwd: home, env: { DATABASE_URL: url(database) } })
      })
  },
}

export const supabase: Program = {
  tool: 'supabase',
  version: '3.1.0',
  needs: [],
  async install() {
    const program = join(await npmPackages(`supabase@${this.version}`), 'node_modules/.bin/supabase')
    return (migrations, database, ...args) =>
      inFolderNamed(migrations, 'supabase/migrations', (home) =>
        ran(program, ['migration', ...args, '--yes', `--remote=${url(database)}`, '--workdir', home], {
          env: { HOME: home, SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
        }),
      )
  },
}

export const sqlx: Program = {
  tool: 'sqlx',
  version: '0.8.6',
  needs: [{ name: 'cargo', ask: '--version' }],
  async install() {
    const program = await rustTool({ crate: 'sqlx-cli', version: this.version, features: 'postgres', program: 'sqlx' })
    return (folder, database, ...args) =>
      ran(program, ['migrate', ...args, '--source', folder, '--database-url', url(database)])
  },
}

/** It is linked against libpq. */
export const diesel: Program = {
  tool: 'diesel',
  version: '2.3.14',
  needs: [
    { name: 'cargo', ask: '--version' },
    { name: 'pg_config', ask: '--includedir' },
  ],
  async install() {
    const program = await rustTool({
      crate: 'diesel_cli',
      version: this.version,
      features: 'postgres',
      program: 'diesel',
    })
    return (folder, database, ...args) =>
      ran(program, ['migration', ...args, '--migration-dir', folder, '--database-url', url(database)], { cwd: folder })
  },
}

/** The command, and then its settings: `migrate outOfOrder=true`. */
export const flyway: Program = {
  tool: 'flyway',
  version: '11.20.3',
  needs: [
    { name: 'java', ask: '-version' },
    { name: 'javac', ask: '-version' },
    { name: 'mvn', ask: '-version' },
  ],
  async install() {
    const libraries = await mavenLibraries(
      `org.flywaydb:flyway-database-postgresql:${this.version}`,
      'org.postgresql:postgresql:42.7.8',
    )
    // With its lock in a transaction, which is the default, CREATE INDEX CONCURRENTLY waits for Flyway itself, for ever.
    const classes = await javaClass(
      'Run',
      libraries,
      `import java.util.HashMap;
       import org.flywaydb.core.Flyway;
       public class Run {
         public static void main(String[] given) {
           var settings = new HashMap<String, String>();
           settings.put("flyway.postgresql.transactional.lock", "false");
           for (int i = 5; i < given.length; i++) settings.put("flyway." + given[i].split("=")[0], given[i].split("=")[1]);
           var flyway = Flyway.configure().configuration(settings)
             .dataSource(given[0], given[1], given[2]).locations("filesystem:" + given[3]).load();
           switch (given[4]) {
             case "migrate" -> flyway.migrate();
             case "baseline" -> flyway.baseline();
             case "repair" -> flyway.repair();
             case "undo" -> flyway.undo();
             default -> throw new IllegalArgumentException(given[4]);
           }
         }
       }`,
    )
    return (folder, { user, password, host, port, name }, ...args) =>
      ran('java', [
        '-XX:TieredStopAtLevel=1',
        '-cp',
        [join(libraries, '*'), classes].join(delimiter),
        'Run',
        `jdbc:postgresql://${host}:${port}/${name}`,
        user,
        password,
        folder,
        ...args,
      ])
  },
}

/** Whichever version the machine has. */
export const sqitch: Program = {
  tool: 'sqitch',
  version: '1.3.1',
  needs: [
    { name: 'sqitch', ask: '--version' },
    { name: 'psql', ask: '--version' },
  ],
  install:
    async () =>
    (folder, database, ...args) =>
      ran(
        'sqitch',
        ['--chdir', folder, ...args, '--target', url(database).replace('postgres:', 'db:pg:').replace(/\?.*/, '')],
        { env: { SQITCH_FULLNAME: 'Ann', SQITCH_EMAIL: 'ann@example.test' } },
      ),
}

/** Gives the tool a copy of the migrations in the folder in which it looks for them. */
async function inFolderNamed(migrations: string, name: string, run: (home: string) => Promise<Ran>): Promise<Ran> {
  const home = `${migrations}-home`
  mkdirSync(join(home, name), { recursive: true })
  cpSync(migrations, join(home, name), { recursive: true })
  return await run(home)
}
