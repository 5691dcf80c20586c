import type { Location } from './location.ts';
/** A statement of a file of queries, which the running release sends. */
export interface OldQuery {
    readonly sql: string;
    /** The file, and where the statement, or the record that holds it, begins. */
    readonly at: Location;
}
/** A statement that the running release may send, and how it fares once the migration is done. */
export interface OldStatement {
    /** `made`: from the schema of before. Otherwise the file of queries that it stands in. */
    readonly source: {
        readonly kind: 'made';
    } | {
        readonly kind: 'file';
        readonly at: Location;
    };
    /** What it does: `SELECT`, `INSERT`, `INSERT … ON CONFLICT`, `UPDATE`, `DELETE`, `call`; `body`: what a function does when it is called. */
    readonly verb: string;
    /** As PostgreSQL prints it; undefined where the statement names no single relation or function. */
    readonly object: string | undefined;
    /** Who sends it; undefined: the role that runs the migration. */
    readonly role: string | undefined;
    readonly sql: string;
    /** `fails` with an error that it did not give before, or `changes`: it gives columns of another number, name or type. */
    readonly outcome: 'fails' | 'changes';
    /** Of the error; `0A000` where the columns change, because a statement that was prepared before then fails with it. */
    readonly sqlstate: string | undefined;
    /** PostgreSQL's words, or what is different. */
    readonly message: string;
    /** The columns that change; `added` alone: those of before are as they were. Empty where the statement fails. */
    readonly changed: readonly {
        readonly how: 'added' | 'gone' | 'type' | 'moved';
        readonly column: string;
        readonly from: string;
        readonly to: string;
    }[];
    /** The migration itself changes the object that the statement names; false: something that the object rests on. */
    readonly isDirect: boolean;
    /** The statement of the migration that most likely did it. */
    readonly because: Location | undefined;
}
/** An object that the migration dropped and made again under the same name, and what did not come back with it. */
export interface Lost {
    readonly kind: string;
    /** As PostgreSQL prints it. */
    readonly object: string;
    /** In words: `SELECT for app_reader`, `the trigger users_audit`. */
    readonly what: readonly string[];
    /** The statement that made it again. */
    readonly because: Location | undefined;
}
/** What PostgreSQL stored by a function whose body the migration replaced, and did not make anew. */
export interface Stale {
    /** As PostgreSQL prints it: `public.norm(text)`. */
    readonly function: string;
    readonly kind: 'index' | 'generated column' | 'check' | 'partition key';
    /** `public.users_norm_idx`, `public.users.short`, … */
    readonly object: string;
    readonly because: Location | undefined;
}
