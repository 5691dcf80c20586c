import type { ParsedScript } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { Placed, Transaction } from '../model/rule.ts'

interface Open extends Transaction {
  readonly operations: Operation[]
}

/**
 * What the last of these scripts does, each operation with the transaction that it runs in. Constraints that come with CREATE TABLE
 * are left out.
 *
 * @param scripts run one after the other; where the tool runs several in one transaction, it goes on from one to the next
 */
export function placed(scripts: readonly ParsedScript[]): Placed[] {
  const last = scripts.at(-1)
  const found: Placed[] = []
  let open: Open | undefined
  for (const script of scripts) {
    const { statements, transaction } = script
    const wraps = transaction === 'query' ? statements.length > 1 : transaction !== 'none'
    if (transaction !== 'run') open = undefined
    // After the file's own COMMIT the tool does not begin again: what follows runs statement by statement.
    let hasEnded = false
    for (const statement of statements) {
      if (wraps && statement.autocommit) open = undefined
      if (wraps && !statement.autocommit && !hasEnded) open ??= begun('tool')
      let alone = begun(undefined)
      const created = statement.operations.flatMap((op) => (op.kind === 'create-table' ? op.table : []))
      for (const op of statement.operations) {
        if (op.kind === 'transaction-control') {
          const ends = op.action === 'commit' || op.action === 'rollback'
          if (op.inside) alone = ends ? begun(undefined) : alone
          else if (op.action === 'begin') open ??= begun('file')
          else if (ends) {
            open = undefined
            hasEnded = transaction !== 'query'
          }
          continue
        }
        if (op.kind === 'add-constraint' && created.includes(op.table)) continue
        const within: Open = open ?? alone
        within.operations.push(op)
        if (script === last) found.push({ op, statement, transaction: within })
      }
    }
  }
  return found
}

function begun(openedBy: Transaction['openedBy']): Open {
  return { openedBy, operations: [] }
}
