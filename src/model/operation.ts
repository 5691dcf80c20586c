import type { Location } from './location.ts'

/** A schema-qualified name, each part as PostgreSQL stores it: `public.users`. */
export type Name = `${string}.${string}`

interface Base {
  readonly at: Location
}

/** A column as its definition says it. */
export interface ColumnDefinition {
  readonly name: string
  /** As PostgreSQL prints it: `character varying(50)`. */
  readonly type: string
  readonly notNull: boolean
  /** The default's SQL, or undefined for none. */
  readonly default: string | undefined
  /** `serial`, `GENERATED … AS IDENTITY` or `GENERATED … STORED`: PostgreSQL fills the column itself. */
  readonly filledBy: 'sequence' | 'identity' | 'expression' | undefined
  readonly primaryKey: boolean
}

/** A new relation that holds rows: also a partition, a foreign table, a materialized view, `CREATE TABLE … AS`. */
interface CreateTable extends Base {
  readonly kind: 'create-table'
  readonly table: Name
  /** Those that the statement itself defines, so none for `CREATE TABLE … AS`. */
  readonly columns: readonly ColumnDefinition[]
  readonly ifNotExists: boolean
}

interface DropTable extends Base {
  readonly kind: 'drop-table'
  readonly table: Name
}

export interface AddColumn extends Base {
  readonly kind: 'add-column'
  readonly table: Name
  readonly column: ColumnDefinition
  readonly ifNotExists: boolean
}

interface DropColumn extends Base {
  readonly kind: 'drop-column'
  readonly table: Name
  readonly column: string
}

export interface SetNotNull extends Base {
  readonly kind: 'set-not-null'
  readonly table: Name
  readonly column: string
}

interface DropNotNull extends Base {
  readonly kind: 'drop-not-null'
  readonly table: Name
  readonly column: string
}

interface SetDefault extends Base {
  readonly kind: 'set-default'
  readonly table: Name
  readonly column: string
  /** Undefined for DROP DEFAULT. */
  readonly default: string | undefined
}

interface AlterColumnType extends Base {
  readonly kind: 'alter-column-type'
  readonly table: Name
  readonly column: string
  readonly type: string
  readonly using: string | undefined
}

export type ConstraintType = 'primary-key' | 'unique' | 'foreign-key' | 'check' | 'exclusion' | 'not-null'

/** A constraint, whether a statement of its own adds it, or it comes with its table or its column. */
export interface AddConstraint extends Base {
  readonly kind: 'add-constraint'
  readonly table: Name
  readonly constraint: string | undefined
  readonly type: ConstraintType
  /** The columns that the constraint names as its key; none for CHECK, EXCLUDE and USING INDEX. */
  readonly columns: readonly string[]
  /** The table that a foreign key points to. */
  readonly references: Name | undefined
  readonly notValid: boolean
  readonly usingIndex: string | undefined
}

export interface CreateIndex extends Base {
  readonly kind: 'create-index'
  readonly table: Name
  readonly index: string | undefined
  /** The plain columns among the keys. */
  readonly columns: readonly string[]
  /** Only over some rows (WHERE), or over an expression: `columns` does not tell all. */
  readonly partial: boolean
  readonly concurrently: boolean
  readonly unique: boolean
  readonly ifNotExists: boolean
}

interface DropIndex extends Base {
  readonly kind: 'drop-index'
  readonly index: Name
  readonly concurrently: boolean
}

interface CreateType extends Base {
  readonly kind: 'create-type'
  readonly type: Name
}

interface DropType extends Base {
  readonly kind: 'drop-type'
  readonly type: Name
}

interface Insert extends Base {
  readonly kind: 'insert'
  readonly table: Name
}

interface Update extends Base {
  readonly kind: 'update'
  readonly table: Name
  /** The columns that SET names. */
  readonly columns: readonly string[]
  /** Undefined: every row. */
  readonly where: string | undefined
  /** The columns that WHERE holds to constants: `id` for `WHERE id = 7 AND …` and for `WHERE id IN (7, 8)`. */
  readonly pinned: readonly string[]
  /** The statement bounds itself to a number of rows or a range of the key, as one batch of many does. */
  readonly bounded: boolean
}

interface Delete extends Base {
  readonly kind: 'delete'
  readonly table: Name
  readonly where: string | undefined
  readonly pinned: readonly string[]
  readonly bounded: boolean
}

/** BEGIN, COMMIT, ROLLBACK in the script itself. */
interface TransactionControl extends Base {
  readonly kind: 'transaction-control'
  readonly action: 'begin' | 'commit' | 'rollback'
}

/** Valid SQL that no rule asks about. `statement` is the parser's name for it, such as `CreateFunctionStmt`. */
interface Other extends Base {
  readonly kind: 'other'
  readonly statement: string
}

/** Text that PostgreSQL's grammar refuses. */
interface Unparsed extends Base {
  readonly kind: 'unparsed'
  /** PostgreSQL's own message: `syntax error at or near "LIMIT"`. */
  readonly message: string
  /** The word at which it stopped, if it names one. */
  readonly near: string | undefined
}

/** One thing that a statement does, whatever tool or syntax it was written in. */
export type Operation =
  | CreateTable
  | DropTable
  | AddColumn
  | DropColumn
  | SetNotNull
  | DropNotNull
  | SetDefault
  | AlterColumnType
  | AddConstraint
  | CreateIndex
  | DropIndex
  | CreateType
  | DropType
  | Insert
  | Update
  | Delete
  | TransactionControl
  | Other
  | Unparsed
