import type { Base, ColumnDefinition, Drop, Expression, Name, ObjectKind, Operation, Outputs, Query } from './operation.ts';
export type TypeOperation = Base & {
    readonly type: Name;
} & ({
    readonly kind: 'create-type';
    readonly form: 'enum' | 'domain' | 'composite type' | 'range' | 'type';
    /** Of an enum. */
    readonly labels: readonly string[];
    /** Of a domain. */
    readonly base: string | undefined;
    /** The base type's own name where it is not one of PostgreSQL's. */
    readonly baseType: Name | undefined;
    readonly notNull: boolean;
    readonly default: Expression | undefined;
    readonly collation: string | undefined;
    readonly checks: readonly {
        readonly constraint: string | undefined;
        readonly expression: Expression;
    }[];
    /** Of a composite type. */
    readonly columns: readonly ColumnDefinition[];
} | ({
    readonly kind: 'drop-type';
} & Drop) | {
    readonly kind: 'add-enum-value';
    readonly value: string;
    readonly before: string | undefined;
    readonly after: string | undefined;
    readonly ifNotExists: boolean;
} | {
    readonly kind: 'alter-domain';
    readonly change: 'add-constraint' | 'drop-constraint' | 'validate-constraint' | 'set-not-null' | 'drop-not-null' | 'set-default' | 'drop-default';
    readonly constraint: string | undefined;
    readonly expression: Expression | undefined;
    readonly notValid: boolean;
    readonly ifExists: boolean;
}
/** `columns`: those that are added, dropped or changed. */
 | {
    readonly kind: 'alter-composite-type';
    readonly columns: readonly string[];
    readonly cascade: boolean;
});
/** Also of a procedure; aggregates are `create-object`. */
export interface CreateFunction extends Base {
    readonly kind: 'create-function';
    readonly function: Name;
    readonly object: 'function' | 'procedure';
    readonly arguments: readonly {
        readonly name: string | undefined;
        readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table';
        readonly type: string;
        readonly userType: Name | undefined;
        readonly hasDefault: boolean;
    }[];
    /** As PostgreSQL prints it; undefined for a procedure and for what the OUT arguments tell. */
    readonly returns: string | undefined;
    readonly language: string;
    readonly replace: boolean;
    readonly securityDefiner: boolean;
    readonly volatility: 'immutable' | 'stable' | 'volatile';
    /** `SET` clauses: `search_path`, `work_mem`, … */
    readonly settings: readonly string[];
    /** Undefined for SQL that stands outside of a string (RETURN, BEGIN ATOMIC). */
    readonly text: string | undefined;
    /** What its body does when it is called, in the languages `sql` and `plpgsql`. */
    readonly body: readonly Operation[];
}
export type RoutineOperation = Base & ({
    readonly kind: 'alter-function';
    readonly object: ObjectKind;
    readonly function: Name;
    /** Their types; undefined where the name alone stands. */
    readonly arguments: readonly string[] | undefined;
    readonly securityDefiner: boolean | undefined;
    readonly settings: readonly string[];
} | {
    readonly kind: 'do-block';
    readonly language: string;
    readonly text: string;
}
/** SQL that is put together when it runs, or code that is not read: what it does is not known here. */
 | {
    readonly kind: 'hidden-sql';
    readonly text: string;
    readonly why: 'dynamic' | 'language' | 'unreadable';
});
/** What can be said of any kind of object. `table` where the object is found by its table. */
export type ObjectOperation = Base & {
    readonly object: ObjectKind;
} & (({
    readonly kind: 'drop-object';
} & Drop & Named)
/** What no other operation creates: a sequence is `create-sequence`, an aggregate or a publication is here. */
 | ({
    readonly kind: 'create-object';
    readonly ifNotExists: boolean;
} & Named)
/** `name`: its last part is the old name; `to` is only a name. For `enum value` the type is in `table`. */
 | ({
    readonly kind: 'rename';
    readonly to: string;
} & Named) | ({
    readonly kind: 'set-schema';
    readonly schema: string;
} & Named) | ({
    readonly kind: 'change-owner';
    readonly owner: string;
} & Named) | ({
    readonly kind: 'comment';
    readonly comment: string | undefined;
} & Named));
interface Named {
    /** Qualified where the object stands in a schema; the bare name of a column, constraint, trigger, policy, schema, role, … */
    readonly name: string;
    readonly table: Name | undefined;
    /** The types of a function's arguments; undefined where it is named without. */
    readonly arguments: readonly string[] | undefined;
}
export type DefinitionOperation = Base & (({
    readonly kind: 'create-view';
    readonly view: Name;
    readonly replace: boolean;
    readonly temporary: boolean;
    readonly options: readonly string[];
    readonly outputs: Outputs;
} & Query) | {
    readonly kind: 'create-schema';
    readonly schema: string;
    readonly ifNotExists: boolean;
} | {
    readonly kind: 'create-extension';
    readonly extension: string;
    readonly schema: string | undefined;
    readonly ifNotExists: boolean;
} | {
    readonly kind: 'create-sequence';
    readonly sequence: Name;
    readonly ifNotExists: boolean;
    readonly temporary: boolean;
    readonly changes: SequenceChanges;
} | {
    readonly kind: 'alter-sequence';
    readonly sequence: Name;
    readonly changes: SequenceChanges;
}
/** `setval`. By the sequence's name, or by `pg_get_serial_sequence`; both undefined where it is computed otherwise. */
 | {
    readonly kind: 'set-sequence';
    readonly sequence: Name | undefined;
    readonly of: {
        readonly table: Name;
        readonly column: string;
    } | undefined;
});
/** Numbers as text: they may be larger than JavaScript's. `min` and `max`: `none` for NO MINVALUE and NO MAXVALUE. */
export interface SequenceChanges {
    readonly type?: string;
    readonly start?: string;
    readonly increment?: string;
    readonly min?: string;
    readonly max?: string;
    readonly cache?: string;
    readonly cycle?: boolean;
    readonly restart?: true;
    /** `none`: OWNED BY NONE. */
    readonly ownedBy?: {
        readonly table: Name;
        readonly column: string;
    } | 'none';
}
export type PrivilegeOperation = Base & ({
    readonly kind: 'grant' | 'revoke';
    /** `select`, `update (email)`; empty: ALL PRIVILEGES. */
    readonly privileges: readonly string[];
    readonly object: ObjectKind;
    /** Empty with `allInSchemas`. */
    readonly names: readonly string[];
    readonly allInSchemas: readonly string[];
    /** Role names; `PUBLIC` for everybody. */
    readonly roles: readonly string[];
    readonly grantOption: boolean;
    /** ALTER DEFAULT PRIVILEGES: on objects that will be created. */
    readonly future: boolean;
} | {
    readonly kind: 'grant-role' | 'revoke-role';
    readonly granted: readonly string[];
    readonly roles: readonly string[];
} | {
    readonly kind: 'create-role' | 'alter-role' | 'drop-role';
    readonly role: string;
});
export {};
