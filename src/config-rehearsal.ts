import * as z from 'zod'

const name = z.string().min(1)
const command = z.array(z.string().min(1)).min(1)

/** Settings by which somebody could reach the server from outside, or it somebody else's files; those are ours. */
const ours =
  /^(listen_addresses|port|unix_socket_.*|data_directory|config_file|hba_file|ident_file|external_pid_file|ssl.*|krb_.*|log_destination|logging_collector|log_directory|log_filename|archive_.*|restore_command|primary_conninfo)$/i

const setting = z.union([z.string(), z.number(), z.boolean()]).transform((value) => {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return String(value)
})

/** What the configuration says about the server, what it holds before the first migration, and the commands that run migrations. */
export const rehearsalSettings = {
  'docker-image': name
    .regex(/^[\w][\w./:@-]*$/, 'is not the name of an image')
    .optional()
    .describe(
      'The image of `database: docker`, such as `pgvector/pgvector:pg17`. Left out, it is `postgres:` and the major version.',
    ),
  extensions: z
    .array(name)
    .optional()
    .describe(
      'Extensions that are there before the first migration. A server that lacks one is not used; `auto` then takes the next.',
    ),
  roles: z
    .array(name)
    .optional()
    .describe('Roles that migrations name. Those that the server lacks are made, without a login.'),
  settings: z
    .record(
      z
        .string()
        .regex(/^[A-Za-z_][\w]*(\.[A-Za-z_]\w*)?$/, 'is not the name of a setting')
        .refine((key) => !ours.test(key), 'is set by the gate'),
      setting,
    )
    .optional()
    .describe(
      'Settings of the server, as in postgresql.conf. On a server given by URL they are set for each scratch database.',
    ),
  baseline: name
    .optional()
    .describe(
      'A dump in plain text, as pg_dump writes it, that is applied to the empty database before the history. No psql is needed.',
    ),
  'baseline-includes': name
    .optional()
    .describe(
      'The id of the last migration that `baseline` holds; the history goes on behind it. Not needed where the tool finds its own notes in the dump.',
    ),
  'expected-schema': z
    .union(
      [
        name.regex(
          /\.sql$/i,
          'is neither a file of SQL (its name ends in .sql) nor a list of a program and its arguments',
        ),
        command,
      ],
      {
        error: 'is neither a file of SQL nor a list of a program and its arguments',
      },
    )
    .optional()
    .describe(
      'What the migrations together are to build: a file of SQL, or a command that makes it from the models in the empty database that DATABASE_URL and PGHOST name, such as SQLModel’s `create_all()`. It is compared on every change, because models may stand in any file.',
    ),
  upgrade: z
    .union([z.literal('tool'), command], { error: 'is neither `tool` nor a list of a program and its arguments' })
    .optional()
    .describe(
      "The command that runs an upgrade instead of the gate's own runner: `tool` for the usual command of a known tool, or a program and its arguments. See [running a tool](#running-a-tool).",
    ),
  downgrade: command
    .optional()
    .describe('The command that takes the last migration back, for an `upgrade` that is a list.'),
  bookkeeping: z
    .array(name.regex(/^[^.]+\.[^.]+$/, 'is not a name with its schema, such as public.schema_migrations'))
    .optional()
    .describe(
      'Tables in which the command notes what it ran, besides those of known tools. They are no part of the comparison.',
    ),
}

type Settings = z.output<z.ZodObject<typeof rehearsalSettings>>

/** What runs migrations of no known layout, for the reader of files; undefined: nothing does. */
export function ownCommands({
  upgrade,
  downgrade,
}: Pick<RehearsalConfig, 'upgrade' | 'downgrade'>): { readonly hasDowngrade: boolean } | undefined {
  return upgrade === undefined || upgrade === 'tool' ? undefined : { hasDowngrade: downgrade !== undefined }
}

export interface RehearsalConfig {
  readonly dockerImage: string | undefined
  readonly extensions: readonly string[]
  readonly roles: readonly string[]
  readonly settings: Readonly<Record<string, string>>
  /** A file of SQL, from the root of the repository. */
  readonly baseline: string | undefined
  readonly baselineIncludes: string | undefined
  /** A file of SQL, from the root of the repository, or a program and its arguments. */
  readonly expectedSchema: string | readonly string[] | undefined
  /** A program and its arguments; `tool`: the usual command of the migrations' tool. */
  readonly upgrade: 'tool' | readonly string[] | undefined
  readonly downgrade: readonly string[] | undefined
  readonly bookkeeping: readonly string[]
}

export function rehearsalConfig(merged: Settings): RehearsalConfig {
  return {
    dockerImage: merged['docker-image'],
    extensions: merged.extensions ?? [],
    roles: merged.roles ?? [],
    settings: merged.settings ?? {},
    baseline: merged.baseline,
    baselineIncludes: merged['baseline-includes'],
    expectedSchema: merged['expected-schema'],
    upgrade: merged.upgrade,
    downgrade: merged.downgrade,
    bookkeeping: merged.bookkeeping ?? [],
  }
}
