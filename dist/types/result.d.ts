import type { Finding } from './finding.ts';
import type { Location } from './location.ts';
import type { Direction, Tool } from './migration.ts';
import type { RoundTrip } from './round-trip.ts';
/** `error`: something could not be checked, and nothing worse was found. Never green. */
export type Verdict = 'pass' | 'warn' | 'block' | 'error';
/** Something that was not checked. Shown in every report; keeps the verdict from being green. */
export interface NotChecked {
    /** A file, a migration, or a part of the work: `migrations/004.sql`, `the rehearsal of 002_add_user_phone`. */
    readonly what: string;
    /** Why not, and what to do about it. Plain text. */
    readonly why: string;
    readonly at?: Location | undefined;
}
/** One migration that was judged. */
export interface JudgedMigration {
    readonly id: string;
    readonly name: string;
    readonly file: string;
    readonly isNew: boolean;
    /** Undefined: not rehearsed; `Result.notChecked` or `Coverage.rehearsal` says why. */
    readonly roundTrip: RoundTrip | undefined;
}
/** How much was looked at. */
interface Coverage {
    readonly migrations: number;
    readonly statements: number;
    /** Statements that could not be turned into SQL or parsed. */
    readonly unreadable: number;
    /** Findings that a comment in the file or the configuration asks to ignore, with its reason. */
    readonly ignored: number;
    /** Findings that were read and left out, because the server was watched there and it did not happen; left out where there are none. */
    readonly refuted?: number | undefined;
    /** `done`, `off` (not asked for), `not-needed` (nothing changed), or `not-done` (asked for and not possible). */
    readonly rehearsal: 'done' | 'off' | 'not-needed' | 'not-done';
}
/** A finding that was there when the gate was adopted, as the file of known findings holds it. */
export interface KnownFinding {
    readonly file: string;
    readonly rule: string;
    readonly direction: Direction;
    /** The beginning of its statement; empty for a finding about the migration as a whole. */
    readonly statement: string;
    readonly fingerprint: string;
}
/** What the file of known findings came to. */
interface Known {
    /** Its path from the root of the repository. */
    readonly file: string;
    /** How many findings were left out because they are known. */
    readonly findings: number;
    /** Entries that were not found again: they were mended, or their migration is gone. */
    readonly stale: readonly KnownFinding[];
    /** What the file is to hold from now on, where that was asked for. */
    readonly recorded?: readonly KnownFinding[] | undefined;
}
/** Everything that a report tells. */
export interface Result {
    readonly verdict: Verdict;
    /** Undefined where several tools’ migrations differ, or it is not known which tool’s. */
    readonly tool: Tool | undefined;
    /** The server of the rehearsal; undefined where none was started. */
    readonly postgres: {
        readonly version: string;
        readonly source: string;
    } | undefined;
    readonly findings: readonly Finding[];
    readonly migrations: readonly JudgedMigration[];
    readonly coverage: Coverage;
    /** Undefined where there is no file of known findings. */
    readonly known?: Known | undefined;
    readonly notChecked: readonly NotChecked[];
}
export {};
