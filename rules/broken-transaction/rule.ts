import type { ParsedScript, Statement } from '../../src/model/migration.ts'
import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

type Control = Extract<Operation, { kind: 'transaction-control' }>

export default defineRule({
  name: 'broken-transaction',
  summary: 'A transaction ends elsewhere than whoever began it expects',
  severity: 'error',
  aliases: ['squawk:transaction-nesting', 'squawk:ban-uncommitted-transaction'],
  fails: '2D000',

  *check({ scripts }) {
    for (const script of scripts) {
      const { direction } = script
      for (const { op, message, help } of faults(script)) yield { at: op.at, direction, message, help }
    }
  },
})

interface Fault {
  readonly op: Control
  readonly message: string
  readonly help: string
}

function* faults({ statements, transaction }: ParsedScript): Iterable<Fault> {
  const wraps = transaction === 'script' || transaction === 'run'
  let own: Control | undefined
  for (const statement of statements) {
    const isInside =
      own !== undefined || (wraps && !statement.autocommit) || (transaction === 'query' && statements.length > 1)
    for (const op of controls(statement)) {
      if (op.inside === 'do-block') {
        if (isInside) yield inBlock(op)
      } else if (op.inside === undefined && op.action === 'begin') {
        if (own) yield nested(op)
        own ??= op
      } else if (op.inside === undefined && (op.action === 'commit' || op.action === 'rollback')) {
        if (wraps && !statement.autocommit && !own) yield theTools(op)
        own = undefined
      }
    }
  }
  // The tool's own COMMIT ends what the file began.
  if (own && !wraps) yield leftOpen(own)
}

function controls({ operations }: Statement): Control[] {
  return operations.filter((op) => op.kind === 'transaction-control')
}

function inBlock(op: Control): Fault {
  return {
    op,
    message: `${op.action.toUpperCase()} in this block fails, because the block runs inside of a transaction.`,
    help: 'Run the block outside of a transaction, in a migration of its own, or take it out.',
  }
}

function nested(op: Control): Fault {
  return {
    op,
    message: 'This BEGIN stands inside of a transaction: PostgreSQL only warns, and the first COMMIT ends both.',
    help: 'Use SAVEPOINT for a transaction within a transaction, or leave this BEGIN and its COMMIT out.',
  }
}

function theTools(op: Control): Fault {
  return {
    op,
    message: `${op.action.toUpperCase()} here ends the transaction that the tool began: what follows is not undone when it fails, and may be recorded wrongly.`,
    help: 'Leave it out, or have the tool run this migration outside of a transaction.',
  }
}

function leftOpen(op: Control): Fault {
  return {
    op,
    message: 'The transaction that begins here is never committed: all of it is rolled back when the connection ends.',
    help: 'End it with COMMIT.',
  }
}
