import type { Cost } from './cost.ts';
import type { Location } from './location.ts';
import type { Direction } from './migration.ts';
import type { Lost, OldStatement, Stale } from './old-code.ts';
import type { Precondition } from './precondition.ts';
import type { Attribute } from './schema.ts';
/** What PostgreSQL, or the tool that was run, said when a step failed. Never holds row data (`DETAIL`, `CONTEXT`). */
export interface StepError {
    /** Five characters of https://www.postgresql.org/docs/current/errcodes-appendix.html; undefined where no server was asked. */
    readonly sqlstate: string | undefined;
    readonly message: string;
    /** The statement that failed, where it is known. */
    readonly statement: string | undefined;
    readonly at: Location | undefined;
    /** The names that PostgreSQL sent with the error. */
    readonly table: string | undefined;
    readonly column: string | undefined;
    readonly constraint: string | undefined;
    /** The step was ended because its time was up. */
    readonly timedOut: boolean;
}
/** One run of one script. */
export interface Step {
    readonly direction: Direction;
    readonly attempt: 1 | 2;
    readonly outcome: 'ok' | 'failed' | 'skipped';
    readonly error: StepError | undefined;
    /** Milliseconds on the machine that ran it; not a forecast. */
    readonly ms: number;
}
/**
 * How a difference between two schemas matters. `contract`: programs can tell. `order`: only the order of columns.
 * `physical`: only storage, such as the place that a dropped column leaves. `name-only`: a name that PostgreSQL made up.
 */
export type DriftClass = 'contract' | 'order' | 'physical' | 'name-only';
/** One difference between the schema that was expected after a step and the one that was found. */
export interface Drift {
    /** `down`: compared with the schema before the upgrade. `up-again`: the second upgrade compared with the first. */
    readonly after: 'down' | 'up-again';
    readonly kind: string;
    /** The object's identity: `public.users_email_idx`. */
    readonly object: string;
    readonly class: DriftClass;
    readonly change: 'left-behind' | 'missing' | 'changed';
    /** The attributes that differ (all of them where the object is on one side only); null: no such object on this side. */
    readonly expected: {
        readonly [name: string]: Attribute;
    } | null;
    readonly found: {
        readonly [name: string]: Attribute;
    } | null;
}
/** A difference between two schemas of which neither is a step of a round trip. */
export type Difference = Omit<Drift, 'after'>;
/** One difference between the rows of before and those of after. */
export interface DataChange {
    readonly after: 'down' | 'up-again';
    readonly table: string;
    /** Undefined where the number of rows differs, or the table itself is gone. */
    readonly column: string | undefined;
    readonly change: 'rows-lost' | 'rows-left-behind' | 'values-changed' | 'values-lost';
    readonly rowsBefore: number;
    readonly rowsAfter: number;
}
/** https://www.postgresql.org/docs/current/explicit-locking.html, weakest first. */
export type LockMode = 'ACCESS SHARE' | 'ROW SHARE' | 'ROW EXCLUSIVE' | 'SHARE UPDATE EXCLUSIVE' | 'SHARE' | 'SHARE ROW EXCLUSIVE' | 'EXCLUSIVE' | 'ACCESS EXCLUSIVE';
/** A statement as the server received it, from whatever client. */
export interface WatchedStatement {
    /** Without parameters. */
    readonly sql: string;
    /** Where it stands in the migration; undefined for what the tool itself sends, and for what cannot be found. */
    readonly at: Location | undefined;
    readonly direction: Direction;
    readonly attempt: 1 | 2;
    /** Milliseconds on the machine of the rehearsal; not a forecast. */
    readonly ms: number;
    /** What PostgreSQL answered, `CREATE INDEX`; undefined where it failed. */
    readonly tag: string | undefined;
    /** Of INSERT, UPDATE, DELETE, MERGE and COPY; undefined for all others. */
    readonly rows: number | undefined;
    /** The same number in the same step: in the same transaction. */
    readonly transaction: number;
    /** The tool's own: its version table, BEGIN and COMMIT. */
    readonly isOwn?: true;
    /** Its locks were gone when it ended, and only looked for while it ran: some that it held for moments may be missing. */
    readonly isSampled?: true;
}
/** A lock that a statement took on a relation, and that its transaction did not hold before. */
export interface Lock {
    readonly statement: WatchedStatement;
    /** `public.users`, quoted where SQL needs it. */
    readonly relation: string;
    /** `table`, `index`, `sequence`, `view`, … */
    readonly kind: string;
    /** The table of an index. */
    readonly table: string | undefined;
    readonly mode: LockMode;
    /** False: the migration itself made the relation, so that nobody else waits for it. */
    readonly existedBefore: boolean;
}
/** A relation of before whose rows were written anew, each of them. */
export interface Rewrite {
    readonly statement: WatchedStatement;
    readonly relation: string;
    /** `truncated`: a new file without rows. */
    readonly how: 'rewritten' | 'truncated';
}
/** Rows of a table of before that were read, all of them, to see that they fit. */
export interface Scan {
    readonly statement: WatchedStatement;
    /** Undefined for a foreign key: PostgreSQL names the constraint. */
    readonly relation: string | undefined;
    readonly constraint: string | undefined;
}
/** An index that was built from the rows of a table of before. */
export interface IndexBuild {
    readonly statement: WatchedStatement;
    readonly relation: string;
    /** Without schema and quotes. */
    readonly index: string;
}
/** A table of before that others could not read or write for a while, from the statement that took the lock to the transaction's end. */
export interface Blocked {
    readonly relation: string;
    readonly shutsOut: 'writes' | 'reads and writes';
    readonly mode: LockMode;
    readonly statement: WatchedStatement;
    /** What ran while the lock was held, the first one included, in order; without BEGIN, COMMIT and the tool's own statements. */
    readonly during: readonly WatchedStatement[];
    /** From the start of the statement to the end of the lock, on the machine of the rehearsal; not a forecast. */
    readonly ms: number;
}
/** What the server was seen to do during the first upgrade and the downgrade. In order. */
export interface Watched {
    readonly statements: readonly WatchedStatement[];
    readonly locks: readonly Lock[];
    readonly rewrites: readonly Rewrite[];
    readonly scans: readonly Scan[];
    readonly indexBuilds: readonly IndexBuild[];
    readonly blocked: readonly Blocked[];
}
/** How a downgrade fares with rows that users wrote since the upgrade. */
export interface LaterRows {
    /** The tables that took such rows. */
    readonly tables: readonly string[];
    /** Undefined: the downgrade went through. */
    readonly error: StepError | undefined;
    /** In columns that there were before the upgrade and after it, where the downgrade loses nothing of the rows of before. */
    readonly data: readonly DataChange[];
}
/** What happened when one migration was run up, down and up again on a PostgreSQL server. */
export interface RoundTrip {
    readonly migration: string;
    readonly steps: readonly Step[];
    /** Whether the downgrade gave back schema and rows. Null: not known, because a step did not run or failed. */
    readonly restored: boolean | null;
    /** Whether the second upgrade built what the first did. Null: not known. */
    readonly repeatable: boolean | null;
    readonly drift: readonly Drift[];
    readonly data: readonly DataChange[];
    /** Tables that the migration touched and that held no rows, so that nothing was shown about data in them. */
    readonly withoutRows: readonly string[];
    /** Why the upgrade failed on synthetic rows, where all that is told here was seen without them. Undefined: it was seen with them. */
    readonly refusedRows?: StepError | undefined;
    /** Undefined: nobody watched; `Result.notChecked` says why. */
    readonly watched?: Watched | undefined;
    /** What the data must be for the upgrade to succeed. Undefined: not tried; `Result.notChecked` says why where it was asked for. */
    readonly preconditions?: readonly Precondition[] | undefined;
    /** What the running release's statements do after the upgrade, where they do something else than before. Undefined: not tried. */
    readonly oldCode?: readonly OldStatement[] | undefined;
    /** What the upgrade dropped and made again, where something of it did not come back. Undefined: not looked at. */
    readonly lost?: readonly Lost[] | undefined;
    /** What PostgreSQL keeps by the old body of a function that the upgrade replaced. Undefined: not looked at. */
    readonly stale?: readonly Stale[] | undefined;
    /** Of the first upgrade, in order. Undefined: nobody watched. */
    readonly costs?: readonly Cost[] | undefined;
    /** The downgrade once more, with rows in the tables that were written after the upgrade. Undefined: not tried. */
    readonly laterRows?: LaterRows | undefined;
    /**
     * How what all migrations together build differs from what the models or a schema file say: `expected` there, `found` in what is built. Only
     * with the newest migration that is judged. Undefined: not asked for, or not known.
     */
    readonly outOfStep?: readonly Difference[] | undefined;
}
