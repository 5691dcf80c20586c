import type { Location } from './location.ts';
import type { ParsedMigration, Tool } from './migration.ts';
/** A link of the history that does not resolve. */
export type Fault = {
    readonly migration: string;
    readonly name: string;
    readonly at: Location;
} & ({
    readonly kind: 'missing-parent';
    readonly parent: string;
    readonly link: 'comes after' | 'depends on';
}
/** `other`: the file that has the number or the revision already. `date`: it is ordered by this date, and not by a number. */
 | {
    readonly kind: 'duplicate';
    readonly other: string;
    readonly date?: string;
}
/** `files`: those that come back to one another, this one's included. */
 | {
    readonly kind: 'cycle';
    readonly files: readonly string[];
});
/** A revision that no other comes after. */
export interface Head {
    readonly migration: string;
    readonly name: string;
    /** Where its parents are named. */
    readonly at: Location;
    readonly isNew: boolean;
    /** It stands on a branch with a label of its own, which is kept apart from the others on purpose. */
    readonly isLabelled: boolean;
}
/** What a change does to a migration that is on the base branch already. */
export type PastChange = 
/** `what`: the SQL of the upgrade; its place in the order; or only comments and white space of the upgrade’s file. */
{
    readonly kind: 'edited';
    readonly migration: string;
    readonly what: 'sql' | 'parents' | 'text';
} | {
    readonly kind: 'deleted';
    readonly migration: string;
    readonly name: string;
    readonly file: string;
}
/** The same upgrade under another id or another file name; `migration` is the new id. */
 | {
    readonly kind: 'renamed';
    readonly migration: string;
    readonly before: {
        readonly id: string;
        readonly name: string;
        readonly file: string;
    };
};
/** How the migrations of a history hang together, and what the change does to those of the base branch. */
export interface Lineage {
    readonly faults: readonly Fault[];
    /** Where the tool links migrations by name; else none. */
    readonly heads: readonly Head[];
    /** How many heads the base branch has. */
    readonly headsBefore: number;
    readonly changes: readonly PastChange[];
}
/** What a rule may ask about a history as a whole. */
export interface History extends Lineage {
    readonly tool: Tool;
    /** In the order in which they run. */
    readonly migrations: readonly ParsedMigration[];
}
