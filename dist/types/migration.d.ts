import type { Lineage } from './lineage.ts';
import type { Location } from './location.ts';
import type { Operation } from './operation.ts';
import type { NotChecked } from './result.ts';
/** Which way a script moves the schema: `up` is the tool's upgrade, `down` its downgrade or rollback. */
export type Direction = 'up' | 'down';
/** The tools whose migrations are read, by the names that the configuration and `--tool` use. */
export declare const tools: readonly ["alembic", "numbered-sql", "golang-migrate", "sqlx", "node-pg-migrate", "diesel", "hasura", "dbmate", "goose", "sql-migrate", "tern", "flyway", "sqitch", "prisma", "drizzle", "supabase", "graphile-migrate", "command"];
/**
 * `numbered-sql`: plain numbered files that no tool of their own but psql runs. `command`: files of no known layout, which a command of the
 * configuration runs.
 */
export type Tool = (typeof tools)[number];
/** Where a stretch of SQL stands in the file that the user edits. */
export interface Anchor {
    /** The UTF-16 offset in `SqlFragment.sql` at which this stretch begins. */
    readonly offset: number;
    readonly line: number;
    readonly column: number;
    /** True: the file holds the same text from here to the next anchor. False: all of it was generated from the code at this place. */
    readonly verbatim: boolean;
}
/** SQL that a migration sends: a whole file, one section of it, or one string in a Python file. May hold several statements. */
export interface SqlFragment {
    readonly kind: 'sql';
    readonly sql: string;
    readonly file: string;
    /** In order of offset; the first has offset 0. */
    readonly anchors: readonly Anchor[];
    /** The tool sends this part outside of its transaction (Alembic's `autocommit_block`, a no-transaction marker). */
    readonly autocommit?: boolean;
    /** The code around it runs this fragment more than once (a loop), so that one statement stands for many. */
    readonly repeated?: boolean;
    /** It is held back until a block of the file ends (Alembic's `batch_alter_table`). */
    readonly inBatch?: true;
}
/** A part of a migration that could not be turned into SQL. Counted in the coverage, never dropped. */
export interface Unreadable {
    readonly kind: 'unreadable';
    /** One sentence without a full stop: why, in the user's terms. */
    readonly reason: string;
    readonly at: Location;
    /** It ends the script on purpose, by an exception: what that says, '' for nothing. */
    readonly refusal?: string;
    /** The text of a program that a command runs as a whole: what it sends is read where somebody watches it run. */
    readonly code?: string;
}
/** What a migration runs in one direction. */
export interface Script {
    readonly direction: Direction;
    readonly file: string;
    /** Where the script begins: the first line of the file, or of the `upgrade()` function. */
    readonly at: Location;
    readonly fragments: readonly (SqlFragment | Unreadable)[];
    /**
     * How the tool wraps the script: `script` in a transaction of its own, `run` in one with all pending ones, `none` not at all:
     * statement by statement, so that the script's own BEGIN and COMMIT count. `query`: the whole script is one simple query. PostgreSQL
     * runs several statements of one in an implicit transaction, which the script's own BEGIN and COMMIT divide, and a single statement
     * outside of a transaction block (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT).
     */
    readonly transaction: 'script' | 'run' | 'none' | 'query';
}
/** One step of a history, as its tool sees it. */
export interface Migration {
    /** The tool's own name for the step, as its version table holds it: the number of a SQL file, Alembic's revision. */
    readonly id: string;
    /** What a person calls it: `002_add_user_phone`, or Alembic's revision with its message. */
    readonly name: string;
    /** The file that holds the upgrade. */
    readonly file: string;
    /** The ids that must be applied before it. Empty for the first. */
    readonly parents: readonly string[];
    readonly up: Script;
    /** Undefined where the tool has a place for a downgrade and this migration leaves it empty: no file, no function. */
    readonly down: Script | undefined;
    /** `base`: the same on the base branch. `new`: not on the base branch. `edited`: on the base branch with other text. */
    readonly status: 'base' | 'new' | 'edited';
    /** The tool runs it again whenever its text changes, behind all others (Flyway's `R__`). It has no way back of its own. */
    readonly isRepeatable?: boolean;
}
/** A history of migrations for one database, in the order in which its tool would run them. */
export interface Project {
    readonly tool: Tool;
    /** The folder in which the tool is run, from the root of the repository; '' for the root. */
    readonly directory: string;
    /** The folders whose files are the migrations, from the root of the repository. */
    readonly folders: readonly string[];
    readonly migrations: readonly Migration[];
    /** Files that belong to the history and could not be read. */
    readonly notChecked: readonly NotChecked[];
    /** Undefined: nothing is wrong with its links, and nothing of the base branch is changed. */
    readonly lineage?: Lineage | undefined;
    /** One of them is a step of the history: the others, run in order, would be another history. */
    readonly hasGaps: boolean;
    /**
     * Whether a migration without `down` is one whose way back was forgotten. False: its tool knows none (Prisma, Drizzle, Supabase,
     * graphile-migrate), or the project uses a tool in which it is optional (Flyway, sqlx) and has not one.
     */
    readonly hasDowngrades: boolean;
}
/** One statement as PostgreSQL receives it, with what it does. */
export interface Statement {
    readonly sql: string;
    readonly at: Location;
    readonly operations: readonly Operation[];
    readonly autocommit: boolean;
    readonly repeated: boolean;
    /** As of the fragment. */
    readonly inBatch?: true;
}
/** A script after parsing. `statements` holds one entry for each statement, also for those that PostgreSQL's grammar refuses. */
export interface ParsedScript extends Omit<Script, 'fragments'> {
    readonly statements: readonly Statement[];
    readonly unreadable: readonly Unreadable[];
}
/** A migration after parsing. */
export interface ParsedMigration extends Omit<Migration, 'up' | 'down'> {
    readonly up: ParsedScript;
    readonly down: ParsedScript | undefined;
}
