// The only file that imports the parser, so that a bundle can put its WebAssembly elsewhere.

export type {
  AlterTableCmd,
  AlterTableStmt,
  ColumnDef,
  Constraint,
  CreateStmt,
  DeleteStmt,
  DropStmt,
  IndexStmt,
  InsertStmt,
  MergeStmt,
  Node,
  RangeVar,
  SelectStmt,
  TransactionStmt,
  TypeName,
  UpdateStmt,
  VariableSetStmt,
  WithClause,
} from 'libpg-query'
export { hasSqlDetails, loadModule, parseSync } from 'libpg-query'
