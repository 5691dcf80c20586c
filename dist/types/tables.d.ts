import type { Name } from './operation.ts';
/** A column as the server would have it. `unknown()` (see `unknownValue`) where reading cannot tell. */
export interface Column {
    readonly name: string;
    /** As PostgreSQL prints it where no schema is left out: `character varying(50)`, `public.mood`. */
    readonly type: string;
    readonly notNull: boolean;
    readonly default: string | undefined;
    readonly identity: 'always' | 'by default' | undefined;
    readonly generated: 'stored' | 'virtual' | undefined;
    readonly collation: string | undefined;
}
export interface Constraint {
    readonly name: string;
    readonly table: Name;
    readonly type: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclude' | 'not null';
    /** As pg_get_constraintdef prints it; holds `unknown()` where an expression cannot be told. */
    readonly definition: string;
    /** Its key's columns; of a CHECK those that it names. */
    readonly columns: readonly string[];
    /** Where a foreign key points to. */
    readonly references: {
        readonly table: Name;
        readonly columns: readonly string[];
    } | undefined;
    readonly validated: boolean;
}
export interface Index {
    readonly name: Name;
    readonly table: Name;
    /** As pg_get_indexdef prints it; holds `unknown()` where an expression cannot be told. */
    readonly definition: string;
    readonly method: string;
    readonly unique: boolean;
    /** Its keys that are columns, in order, up to the first that is an expression. */
    readonly columns: readonly string[];
    /** Over some rows only, or with an expression among its keys. */
    readonly partial: boolean;
    readonly valid: boolean;
    /** The constraint that it serves. */
    readonly constraint: string | undefined;
}
/** A type of the user's own. */
export interface UserType {
    readonly kind: 'enum' | 'domain' | 'composite type' | 'range' | 'type';
    /** Of an enum. */
    readonly labels: readonly string[];
    /** Of a domain. */
    readonly base: string | undefined;
    /** A domain that refuses some values of its base type: NOT NULL or CHECK. */
    readonly isConstrained: boolean;
}
/**
 * The tables at one moment of a history, as far as the migrations tell: what was made by hand, by code that is not read or before the
 * first migration is not there, so that no answer is proof that something does not exist.
 */
export interface Tables {
    /** False: something before this moment could not be followed. */
    readonly isComplete: boolean;
    has(table: Name): boolean;
    columnsOf(table: Name): readonly Column[];
    columnOf(table: Name, column: string): Column | undefined;
    constraintsOf(table: Name): readonly Constraint[];
    indexesOf(table: Name): readonly Index[];
    indexOf(name: Name): Index | undefined;
    /** The foreign keys of any table that point to this one. */
    foreignKeysTo(table: Name): readonly Constraint[];
    isPartitioned(table: Name): boolean;
    /** The table that it is a partition of. */
    parentOf(table: Name): Name | undefined;
    /** Its partitions, and tables that inherit from it. */
    childrenOf(table: Name): readonly Name[];
    /** Views and materialized views that read it. */
    viewsOn(table: Name): readonly Name[];
    triggersOf(table: Name): readonly string[];
    typeOf(type: Name): UserType | undefined;
    /** The argument types of each function or procedure with this name. */
    functionsNamed(name: Name): readonly (readonly string[])[];
    /** A validated CHECK says that the column is not null, so that SET NOT NULL need not look at the rows. */
    isProvenNotNull(table: Name, column: string): boolean;
}
