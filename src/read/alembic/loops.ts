import type { SyntaxNode } from '@lezer/common'
import { unpack } from './assign.ts'
import { mayReach } from './effects.ts'
import { evaluate, evaluateList } from './evaluate.ts'
import { forget } from './forget.ts'
import type { Flow, Run } from './run.ts'
import { childrenOf, excerpt } from './source.ts'
import { lose, undecided } from './statements.ts'
import { iterated, type Scope, truth } from './values.ts'

const next: Flow = { kind: 'next' }

/** `for`: over a list that is known, its body is executed for each item; over anything else it is not read. */
export function loop(node: SyntaxNode, scope: Scope, run: Run): Flow {
  const parts = childrenOf(node).filter((part) => part.name !== 'async')
  const isIn = parts.findIndex((part) => part.name === 'in')
  const bodyAt = parts.findIndex((part) => part.name === 'Body')
  const body = parts[bodyAt]
  const otherwise = parts[bodyAt + 2]
  if (isIn < 0 || !body) return next
  const over = parts.slice(isIn + 1, bodyAt)
  const list = iterated(evaluateList(over, scope, run))
  if (!list) {
    const [first] = over
    undecided(
      node,
      `what this loop goes through (\`${first ? excerpt(run.source, first) : ''}\`) is known only when the migration runs`,
      scope,
      run,
    )
    return next
  }
  for (const item of [...list]) {
    unpack(parts.slice(1, isIn), item, scope, run)
    const flow = run.execute(body, scope, run)
    if (flow.kind === 'break') return next
    if (flow.kind === 'lost' && flow.of === 'loop') {
      if (mayReach(body, scope, run)) lose(flow, run)
      forget(node, scope, run)
      return next
    }
    if (flow.kind !== 'next' && flow.kind !== 'continue') return flow
  }
  return otherwise?.name === 'Body' ? run.execute(otherwise, scope, run) : next
}

/**
 * `while`: with counters that are known it is executed round by round. One whose end depends on data (`while True:` with a `break`,
 * `while result.rowcount:`) is read once, and what it sends stands for every round.
 */
export function whileLoop(node: SyntaxNode, scope: Scope, run: Run): Flow {
  const [, test, body] = childrenOf(node)
  if (!test || !body) return next
  const { length } = run.sink
  const saved = new Map(scope.names)
  for (let round = 0; round < 1000; round++) {
    const decision = truth(evaluate(test, scope, run))
    if (decision === false) return next
    if (decision === undefined && round === 0) {
      undecided(
        node,
        `how often this loop runs depends on \`${excerpt(run.source, test)}\`, which is known only when the migration runs`,
        scope,
        run,
      )
      return next
    }
    // Back to before the first round, for one round that stands for all.
    const restart = (): Flow => {
      run.sink.length = length
      for (const [name, value] of saved) scope.names.set(name, value)
      return everyRound(body, scope, run)
    }
    if (decision === undefined || endsByData(test, body)) return restart()
    const flow = run.execute(body, scope, run)
    if (flow.kind === 'lost' && flow.of === 'loop') return restart()
    if (flow.kind === 'break') return next
    if (flow.kind !== 'next' && flow.kind !== 'continue') return flow
  }
  return next
}

/** `while True:` and `while 1:` end by what is found inside. */
function endsByData(test: SyntaxNode, body: SyntaxNode): boolean {
  const last = childrenOf(body).at(-1)
  return (test.name === 'Boolean' || test.name === 'Number') && last?.name !== 'BreakStatement'
}

function everyRound(body: SyntaxNode, scope: Scope, run: Run): Flow {
  forget(body, scope, run)
  const { repeated } = run
  run.repeated = true
  const flow = run.execute(body, scope, run)
  run.repeated = repeated
  forget(body, scope, run)
  return flow.kind === 'raise' || flow.kind === 'return' || flow.kind === 'lost' ? flow : next
}
