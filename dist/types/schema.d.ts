/** A value of a catalog attribute, as JSON. */
export type Attribute = string | number | boolean | null | readonly Attribute[] | {
    readonly [key: string]: Attribute;
};
/** One object of a database, or one separate fact about it. */
export interface CatalogObject {
    /** The standard word: `table`, `column`, `index`, `constraint`, `enum`, `view`, `function`, … */
    readonly kind: string;
    /** Qualified and quoted as PostgreSQL would print it: `public.users.phone` for a column. Unique within its kind. */
    readonly identity: string;
    readonly attributes: {
        readonly [name: string]: Attribute;
    };
    /** The objects that this one comes and goes with, each as `kind identity`: `table public.users` for its columns. */
    readonly belongsTo?: readonly string[];
}
/** Everything that a database holds except its rows, ordered by kind and identity. */
export type Schema = readonly CatalogObject[];
/** The rows of one table, reduced to what tells whether they are the same rows. */
export interface TableContents {
    /** `public.users`. */
    readonly table: string;
    readonly rows: number;
    readonly columns: readonly ColumnContents[];
}
export interface ColumnContents {
    readonly column: string;
    readonly nonNull: number;
    /** A sum of hashes over all values, independent of their order. */
    readonly checksum: string;
}
/**
 * What reading cannot know. As a value it stands for any value, and for none. Inside of a text it stands for any text; inside of an
 * identity, for any number of objects with such identities. As the name of an attribute it says that there may be others.
 */
export declare const unknownValue = "unknown()";
