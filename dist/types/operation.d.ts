import type { CreateFunction, DefinitionOperation, ObjectOperation, PrivilegeOperation, RoutineOperation, TypeOperation } from './definition-operation.ts';
import type { Location } from './location.ts';
import type { SessionOperation } from './session-operation.ts';
/** A schema-qualified name, each part as PostgreSQL stores it: `public.users`. */
export type Name = `${string}.${string}`;
export interface Base {
    readonly at: Location;
    /** Where the operation stands in code: a `DO` block, which the statement runs, or the body of a function, which it only stores. */
    readonly inside?: 'do-block' | 'function';
    /** In a loop of that code: done more than once, or never. */
    readonly repeated?: true;
    /** Below an IF, a CASE or an EXCEPTION of that code: perhaps not done, or done and taken back. */
    readonly conditional?: true;
}
/** An expression as it is written, with what can be told of it without a server. */
export interface Expression {
    readonly sql: string;
    /** The functions that it calls, with their schema where it is written: `lower`, `app.token`. In their order, each once. */
    readonly calls: readonly string[];
    /** The columns that it names. */
    readonly columns: readonly string[];
    /** By its functions; `unknown` for one that is not PostgreSQL's own. https://www.postgresql.org/docs/current/xfunc-volatility.html */
    readonly volatility: 'immutable' | 'stable' | 'volatile' | 'unknown';
}
/** A column as its definition says it. */
export interface ColumnDefinition {
    readonly name: string;
    /** As PostgreSQL prints it: `character varying(50)`. */
    readonly type: string;
    /** The type's own name where it is not one of PostgreSQL's, without `[]`: `public.mood`. */
    readonly userType: Name | undefined;
    readonly notNull: boolean;
    /** Undefined for none, and for DEFAULT NULL. */
    readonly default: Expression | undefined;
    /** `serial`, `GENERATED … AS IDENTITY` or `GENERATED … AS (expression)`: PostgreSQL fills the column itself. */
    readonly filledBy: 'sequence' | 'identity' | 'expression' | undefined;
    readonly identity: 'always' | 'by default' | undefined;
    readonly generated: {
        readonly kind: 'stored' | 'virtual';
        readonly expression: Expression;
    } | undefined;
    readonly collation: string | undefined;
    readonly primaryKey: boolean;
}
/** Which kind of object a statement is about, in the words of `CatalogObject.kind`: `table`, `materialized view`, `function`, … */
export type ObjectKind = string;
export interface Query {
    /** The tables and views that it names, without its own WITH queries. */
    readonly reads: readonly Name[];
    /** The functions that it calls, with their schema where it is written. */
    readonly calls: readonly string[];
}
/** The columns of a query by their names, as far as the text tells; undefined where the tables of a join decide. */
export type Outputs = readonly OutputColumn[] | undefined;
export interface OutputColumn {
    /** `*`: all columns of the source's table. */
    readonly name: string;
    /** Where the query has only one table: the column that is handed on unchanged. */
    readonly source: {
        readonly table: Name;
        readonly column: string;
    } | undefined;
}
export interface Drop {
    readonly ifExists: boolean;
    readonly cascade: boolean;
}
interface OnTable extends Base {
    readonly table: Name;
}
interface OnColumn extends OnTable {
    readonly column: string;
}
/** A new relation that holds rows: also a partition, a foreign table, a materialized view, `CREATE TABLE … AS`. */
export interface CreateTable extends OnTable {
    readonly kind: 'create-table';
    readonly relation: 'table' | 'foreign table' | 'materialized view';
    readonly persistence: 'permanent' | 'unlogged' | 'temporary';
    /** Those that the statement itself defines, so none for `CREATE TABLE … AS`. */
    readonly columns: readonly ColumnDefinition[];
    readonly ifNotExists: boolean;
    /** `keys`: as written, without the parentheses. */
    readonly partitionBy: {
        readonly strategy: 'range' | 'list' | 'hash';
        readonly keys: string;
    } | undefined;
    /** `bound`: as written, `FOR VALUES FROM (1) TO (9)` or `DEFAULT`. */
    readonly partitionOf: {
        readonly parent: Name;
        readonly bound: string;
    } | undefined;
    readonly inherits: readonly Name[];
    readonly like: readonly {
        readonly table: Name;
        readonly including: readonly LikeOption[];
    }[];
    readonly ofType: Name | undefined;
    /** `CREATE TABLE … AS`, `SELECT … INTO`, `CREATE MATERIALIZED VIEW`. */
    readonly query: (Query & {
        readonly withData: boolean;
        readonly outputs: Outputs;
    }) | undefined;
    /** `fillfactor=70` */
    readonly options: readonly string[];
    readonly tablespace: string | undefined;
    readonly accessMethod: string | undefined;
}
export type LikeOption = 'comments' | 'compression' | 'constraints' | 'defaults' | 'generated' | 'identity' | 'indexes' | 'statistics' | 'storage';
export interface AddColumn extends OnTable {
    readonly kind: 'add-column';
    readonly column: ColumnDefinition;
    readonly ifNotExists: boolean;
}
export interface SetNotNull extends OnColumn {
    readonly kind: 'set-not-null';
}
type ConstraintType = 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclusion' | 'not-null';
/** A constraint, whether a statement of its own adds it, or it comes with its table or its column. */
export interface AddConstraint extends OnTable {
    readonly kind: 'add-constraint';
    readonly constraint: string | undefined;
    readonly type: ConstraintType;
    /** The definition in which it stands: of its table, or of one column. */
    readonly with: 'table' | 'column' | undefined;
    /** The columns that the constraint names as its key; none for CHECK, EXCLUDE and USING INDEX. */
    readonly columns: readonly string[];
    /** The table that a foreign key points to. */
    readonly references: Name | undefined;
    /** Empty: its primary key. */
    readonly referencedColumns: readonly string[];
    readonly onDelete: ReferentialAction;
    /** The columns that ON DELETE SET NULL or SET DEFAULT is limited to; empty: all. */
    readonly onDeleteColumns: readonly string[];
    readonly onUpdate: ReferentialAction;
    readonly match: 'simple' | 'full';
    /** Of a CHECK. */
    readonly expression: Expression | undefined;
    /** Of EXCLUDE: the columns (undefined: expressions) with their operators. */
    readonly excludes: {
        readonly method: string;
        readonly elements: readonly {
            readonly column: string | undefined;
            readonly operator: string;
        }[];
        readonly partial: boolean;
    } | undefined;
    /** The columns of which a CHECK says that they are not null. */
    readonly provesNotNull: readonly string[];
    readonly notValid: boolean;
    readonly enforced: boolean;
    readonly noInherit: boolean;
    readonly deferrable: 'no' | 'immediate' | 'deferred';
    readonly usingIndex: string | undefined;
    readonly include: readonly string[];
    readonly nullsNotDistinct: boolean;
}
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
export interface IndexKey {
    readonly column: string | undefined;
    readonly expression: Expression | undefined;
    readonly collation: string | undefined;
    readonly operatorClass: string | undefined;
    readonly descending: boolean;
    /** Undefined: last when ascending, first when descending. */
    readonly nulls: 'first' | 'last' | undefined;
}
export interface CreateIndex extends OnTable {
    readonly kind: 'create-index';
    readonly index: string | undefined;
    readonly keys: readonly IndexKey[];
    /** The plain columns among the keys. */
    readonly columns: readonly string[];
    readonly include: readonly string[];
    readonly where: Expression | undefined;
    /** Only over some rows (WHERE), or over an expression: `columns` does not tell all. */
    readonly partial: boolean;
    readonly method: string;
    readonly concurrently: boolean;
    /** ON ONLY: not on the partitions. */
    readonly only: boolean;
    readonly unique: boolean;
    readonly nullsNotDistinct: boolean;
    readonly ifNotExists: boolean;
    readonly options: readonly string[];
    readonly tablespace: string | undefined;
}
/** What is done to one table. */
type TableOperation = (OnTable & Drop & {
    readonly kind: 'drop-table';
    readonly relation: 'table' | 'foreign table';
}) | (OnColumn & Drop & {
    readonly kind: 'drop-column';
}) | (OnColumn & {
    readonly kind: 'drop-not-null';
}) | (OnColumn & {
    readonly kind: 'set-default';
    readonly default: Expression | undefined;
}) | (OnColumn & {
    readonly kind: 'alter-column-type';
    readonly type: string;
    readonly userType: Name | undefined;
    readonly collation: string | undefined;
    readonly using: string | undefined;
})
/** `set-expression` and `add-identity` change what fills the column, the others what is stored about it. */
 | (OnColumn & {
    readonly kind: 'alter-column';
    readonly change: 'add-identity' | 'set-identity' | 'drop-identity' | 'set-expression' | 'drop-expression' | 'statistics' | 'storage' | 'compression' | 'options';
    /** `always`, the expression, the number, …; undefined where it is taken away. */
    readonly value: string | undefined;
}) | (OnTable & Drop & {
    readonly kind: 'drop-constraint';
    readonly constraint: string;
}) | (OnTable & {
    readonly kind: 'validate-constraint';
    readonly constraint: string;
}) | (OnTable & {
    readonly kind: 'alter-constraint';
    readonly constraint: string;
    readonly deferrable: AddConstraint['deferrable'] | undefined;
    readonly enforced: boolean | undefined;
}) | (OnTable & {
    readonly kind: 'set-logged';
    readonly logged: boolean;
}) | (OnTable & {
    readonly kind: 'set-access-method';
    readonly method: string;
})
/** Also of an index, a view, …: then `object` says so. */
 | (OnTable & {
    readonly kind: 'set-tablespace';
    readonly object: ObjectKind;
    readonly tablespace: string;
}) | (OnTable & {
    readonly kind: 'set-options';
    readonly object: ObjectKind;
    readonly options: readonly string[];
    readonly reset: boolean;
}) | (OnTable & {
    readonly kind: 'replica-identity';
    readonly identity: 'default' | 'full' | 'nothing' | 'index';
    readonly index: string | undefined;
}) | (OnTable & {
    readonly kind: 'row-security';
    readonly change: 'enable' | 'disable' | 'force' | 'no-force';
}) | (OnTable & {
    readonly kind: 'inherit';
    readonly parent: Name;
    readonly inherit: boolean;
}) | (OnTable & {
    readonly kind: 'attach-partition';
    readonly partition: Name;
    readonly bound: string;
}) | (OnTable & {
    readonly kind: 'detach-partition';
    readonly partition: Name;
    readonly concurrently: boolean;
    readonly finalize: boolean;
})
/** One operation for each table. */
 | (OnTable & {
    readonly kind: 'truncate';
    readonly cascade: boolean;
    readonly restartIdentity: boolean;
})
/** `mode` as the manual spells it: `ACCESS EXCLUSIVE`. One operation for each table. */
 | (OnTable & {
    readonly kind: 'lock-table';
    readonly mode: string;
    readonly nowait: boolean;
}) | (OnTable & {
    readonly kind: 'create-trigger';
    readonly trigger: string;
    readonly timing: 'before' | 'after' | 'instead of';
    /** `insert`, `update of a, b`, `delete`, `truncate`, in the order in which PostgreSQL prints them. */
    readonly events: readonly string[];
    readonly forEach: 'row' | 'statement';
    readonly function: Name;
    readonly arguments: readonly string[];
    readonly when: boolean;
    readonly replace: boolean;
    readonly constraint: boolean;
    /** REFERENCING, DEFERRABLE or FROM: more than the other fields tell. */
    readonly special: boolean;
})
/** `trigger`: its name, or `ALL` or `USER` for many. */
 | (OnTable & {
    readonly kind: 'set-trigger';
    readonly trigger: string;
    readonly state: 'origin' | 'disabled' | 'replica' | 'always';
}) | (OnTable & {
    readonly kind: 'create-policy' | 'alter-policy';
    readonly policy: string;
});
type IndexOperation = (Base & Drop & {
    readonly kind: 'drop-index';
    readonly index: Name;
    readonly concurrently: boolean;
})
/** ALTER INDEX … ATTACH PARTITION */
 | (Base & {
    readonly kind: 'attach-index';
    readonly index: Name;
    readonly partition: Name;
}) | (Base & {
    readonly kind: 'reindex';
    readonly scope: 'index' | 'table' | 'schema' | 'database' | 'system';
    /** A relation's qualified name, a schema's or a database's own; undefined: the current one. */
    readonly name: string | undefined;
    readonly concurrently: boolean;
});
/** Statements that do work on tables without changing what they are. Undefined tables: all. */
type MaintenanceOperation = Base & ({
    readonly kind: 'cluster';
    readonly table: Name | undefined;
    readonly index: string | undefined;
} | {
    readonly kind: 'vacuum';
    readonly tables: readonly Name[] | undefined;
    readonly full: boolean;
} | {
    readonly kind: 'analyze';
    readonly tables: readonly Name[] | undefined;
} | {
    readonly kind: 'refresh-materialized-view';
    readonly view: Name;
    readonly concurrently: boolean;
    readonly withData: boolean;
});
interface Reach extends OnTable {
    /** Undefined: every row. */
    readonly where: string | undefined;
    /** The columns that WHERE holds to constants: `id` for `WHERE id = 7 AND …` and for `WHERE id IN (7, 8)`. */
    readonly pinned: readonly string[];
    /** The statement bounds itself to a number of rows or a range of the key, as one batch of many does. */
    readonly bounded: boolean;
}
type RowOperation = (OnTable & Query & {
    readonly kind: 'insert';
    /** Those that are named; empty: all, in their order. */
    readonly columns: readonly string[];
    readonly source: 'values' | 'query' | 'defaults';
    readonly onConflict: 'nothing' | 'update' | undefined;
    /** The largest whole number that VALUES gives to each named column whose values are all written out; others are not in it. */
    readonly largest?: Readonly<Record<string, number>>;
})
/** `columns`: those that SET names. */
 | (Reach & Query & {
    readonly kind: 'update';
    readonly columns: readonly string[];
}) | (Reach & Query & {
    readonly kind: 'delete';
})
/** SELECT, CALL, PERFORM and whatever else only asks; its functions may do anything. */
 | (Base & Query & {
    readonly kind: 'query';
    readonly statement: 'select' | 'call';
}) | (Base & Query & {
    readonly kind: 'copy';
    /** Undefined for COPY (query) TO. */
    readonly table: Name | undefined;
    readonly direction: 'from' | 'to';
    readonly place: 'program' | 'file' | 'client';
    /** The command or the path. */
    readonly target: string | undefined;
});
/** A name that PostgreSQL cuts to 63 bytes. It stands before the operation that uses the name. */
export interface TruncatedIdentifier extends Base {
    readonly kind: 'truncated-identifier';
    readonly written: string;
    readonly stored: string;
}
/** Valid SQL that no rule asks about. `statement` is the parser's name for it, such as `ExplainStmt`. */
interface Other extends Base {
    readonly kind: 'other';
    readonly statement: string;
}
/** Text that PostgreSQL's grammar refuses. */
interface Unparsed extends Base {
    readonly kind: 'unparsed';
    /** PostgreSQL's own message: `syntax error at or near "LIMIT"`. */
    readonly message: string;
    /** The word at which it stopped, if it names one. */
    readonly near: string | undefined;
}
/** One thing that a statement does, whatever tool or syntax it was written in. */
export type Operation = CreateTable | AddColumn | SetNotNull | AddConstraint | TableOperation | CreateIndex | IndexOperation | MaintenanceOperation | TypeOperation | CreateFunction | RoutineOperation | ObjectOperation | DefinitionOperation | PrivilegeOperation | SessionOperation | RowOperation | TruncatedIdentifier | Other | Unparsed;
export {};
