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

export interface CreateTable extends Base {
  readonly kind: 'create-table'
  readonly table: Name
  readonly columns: readonly ColumnDefinition[]
  readonly ifNotExists: boolean
}

export interface DropTable extends Base {
  readonly kind: 'drop-table'
  readonly table: Name
}

export interface AddColumn extends Base {
  readonly kind: 'add-column'
  readonly table: Name
  readonly column: ColumnDefinition
  readonly ifNotExists: boolean
}

export interface DropColumn extends Base {
  readonly kind: 'drop-column'
  readonly table: Name
  readonly column: string
}

export interface SetNotNull extends Base {
  readonly kind: 'set-not-null'
  readonly table: Name
  readonly column: string
}

export interface DropNotNull extends Base {
  readonly kind: 'drop-not-null'
  readonly table: Name
  readonly column: string
}

export interface SetDefault extends Base {
  readonly kind: 'set-default'
  readonly table: Name
  readonly column: string
  /** Undefined for DROP DEFAULT. */
  readonly default: string | undefined
}

export interface AlterColumnType extends Base {
  readonly kind: 'alter-column-type'
  readonly table: Name
  readonly column: string
  readonly type: string
  readonly using: string | undefined
}

export interface CreateIndex extends Base {
  readonly kind: 'create-index'
  readonly table: Name
  readonly index: string | undefined
  readonly concurrently: boolean
  readonly unique: boolean
  readonly ifNotExists: boolean
}

export interface DropIndex extends Base {
  readonly kind: 'drop-index'
  readonly index: Name
  readonly concurrently: boolean
}

export interface CreateType extends Base {
  readonly kind: 'create-type'
  readonly type: Name
}

export interface DropType extends Base {
  readonly kind: 'drop-type'
  readonly type: Name
}

export interface Insert extends Base {
  readonly kind: 'insert'
  readonly table: Name
}

export interface Update extends Base {
  readonly kind: 'update'
  readonly table: Name
  /** The columns that SET names. */
  readonly columns: readonly string[]
  /** Undefined: every row. */
  readonly where: string | undefined
  /** The statement bounds itself to a number of rows or a range of the key, as one batch of many does. */
  readonly bounded: boolean
}

export interface Delete extends Base {
  readonly kind: 'delete'
  readonly table: Name
  readonly where: string | undefined
  readonly bounded: boolean
}

/** BEGIN, COMMIT, ROLLBACK in the script itself. */
export interface TransactionControl extends Base {
  readonly kind: 'transaction-control'
  readonly action: 'begin' | 'commit' | 'rollback'
}

/** Valid SQL that no rule asks about. `statement` is the parser's name for it, such as `CreateFunctionStmt`. */
export interface Other extends Base {
  readonly kind: 'other'
  readonly statement: string
}

/** Text that PostgreSQL's grammar refuses. */
export interface Unparsed extends Base {
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
