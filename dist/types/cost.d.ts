import type { Name } from './operation.ts';
import type { LockMode, WatchedStatement } from './round-trip.ts';
/**
 * How the work of a statement grows with its tables. `catalog`: not at all. `scan`: rows are read. `index build`, `rewrite`: rows are read
 * and written. `rows`: as many rows as the statement changes.
 */
export type CostClass = 'catalog' | 'rows' | 'scan' | 'index build' | 'rewrite';
/** Milliseconds, from and to. */
export interface Range {
    readonly lowMs: number;
    readonly highMs: number;
}
/** What one statement costs as one table of before grows. */
export interface Cost {
    readonly statement: WatchedStatement;
    /** Of several, such as a rewrite that builds the indexes anew, the heaviest. */
    readonly class: CostClass;
    /** As PostgreSQL prints it; undefined where it is not known which one. */
    readonly relation: string | undefined;
    /** The strongest lock that its transaction holds on the relation meanwhile. */
    readonly mode: LockMode | undefined;
    /**
     * With the size of the table in production; undefined where nobody gave it, and where it cannot be told. Waiting for locks is not in it.
     * Never measured on the machine of the rehearsal.
     */
    readonly estimate: (Range & {
        readonly restsOn: string;
    }) | undefined;
}
/** A table of production. A size that nobody gave is undefined. */
export interface TableSize {
    readonly rows: number;
    /** Of its main file, without TOAST and indexes. */
    readonly heapBytes: number | undefined;
    readonly toastBytes: number | undefined;
    readonly indexBytes: number | undefined;
    /** INSERT, UPDATE and DELETE together, on average. */
    readonly writesPerSecond?: number | undefined;
}
/** Partitions by their own names; a partitioned table is the sum of them. */
export type Sizes = ReadonlyMap<Name, TableSize>;
