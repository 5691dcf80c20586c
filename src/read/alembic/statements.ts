import type { SyntaxNode } from '@lezer/common'
import { unpack } from './assign.ts'
import { classDefinition, decorated, functionDefinition, imports } from './definitions.ts'
import { mayReach } from './effects.ts'
import { evaluate, evaluateList } from './evaluate.ts'
import { forget } from './forget.ts'
import { loop, whileLoop } from './loops.ts'
import { arithmetic } from './operators.ts'
import { begin, emit, type Flow, type Run, step, unreadable } from './run.ts'
import { childrenOf, excerpt, groupsOf, textOf } from './source.ts'
import { none, type Scope, truth, unknown, type Value, whyNot } from './values.ts'

const next: Flow = { kind: 'next' }

/** Executes the statements of a body or of a whole file, one after the other. */
export function execute(body: SyntaxNode, scope: Scope, run: Run): Flow {
  const statements = childrenOf(body).filter((statement) => statement.name !== ':')
  for (const [index, statement] of statements.entries()) {
    const flow = executeOne(statement, scope, run)
    if (flow.kind === 'lost') {
      const rest = statements.slice(index + 1)
      if (rest.some((other) => mayReach(other, scope, run))) lose(flow, run)
      for (const other of rest) forget(other, scope, run)
    }
    if (flow.kind !== 'next') return flow
  }
  return next
}

/** Tells once, at the place where it was lost, that what follows is not read. */
export function lose(flow: Extract<Flow, { kind: 'lost' }>, run: Run): void {
  begin(run, flow.node)
  unreadable(run, flow.reason, flow.node)
}

function executeOne(node: SyntaxNode, scope: Scope, run: Run): Flow {
  step(run)
  begin(run, node)
  switch (node.name) {
    case 'StatementGroup':
      return execute(node, scope, run)
    case 'ExpressionStatement':
      for (const group of groupsOf(childrenOf(node))) if (group[0]) evaluate(group[0], scope, run)
      return next
    case 'AssignStatement':
      assignment(node, scope, run)
      return next
    case 'UpdateStatement': {
      const [target, operator, right] = childrenOf(node)
      if (!target || !operator || !right) return next
      const symbol = textOf(run.source, operator).slice(0, -1)
      const [left, value] = [evaluate(target, scope, run), evaluate(right, scope, run)]
      unpack(
        [target],
        arithmetic(symbol, [left, value]) ??
          unknown(`\`${excerpt(run.source, node)}\` is known only when the migration runs`),
        scope,
        run,
      )
      return next
    }
    case 'ReturnStatement': {
      const values = childrenOf(node).slice(1)
      return { kind: 'return', value: values.length > 0 ? evaluateList(values, scope, run) : none }
    }
    case 'RaiseStatement':
      return { kind: 'raise', node }
    case 'BreakStatement':
      return { kind: 'break' }
    case 'ContinueStatement':
      return { kind: 'continue' }
    case 'ImportStatement':
      imports(node, scope, run)
      return next
    case 'ScopeStatement':
      for (const name of childrenOf(node).slice(1))
        if (node.firstChild?.name === 'global') scope.globals.add(textOf(run.source, name))
      return next
    case 'DeleteStatement':
      for (const name of childrenOf(node).slice(1))
        if (name.name === 'VariableName') scope.names.delete(textOf(run.source, name))
      return next
    case 'FunctionDefinition':
      functionDefinition(node, scope, run)
      return next
    case 'ClassDefinition':
      classDefinition(node, scope, run)
      return next
    case 'DecoratedStatement':
      decorated(node, scope, run)
      return next
    case 'IfStatement':
      return conditional(node, scope, run)
    case 'ForStatement':
      return loop(node, scope, run)
    case 'WhileStatement':
      return whileLoop(node, scope, run)
    case 'TryStatement':
      return attempt(node, scope, run)
    case 'WithStatement':
      return withBlock(node, scope, run)
    case 'AssertStatement':
      for (const [test] of groupsOf(childrenOf(node).slice(1))) if (test) evaluate(test, scope, run)
      return next
    case 'PassStatement':
    case 'PrintStatement':
    case 'TypeDefinition':
      return next
    default:
      undecided(node, `\`${excerpt(run.source, node)}\` is not read`, scope, run)
      return next
  }
}

/** Tells that a statement is not followed, if it could send anything, and forgets what it assigns. */
export function undecided(node: SyntaxNode, reason: string, scope: Scope, run: Run): void {
  begin(run, node)
  if (mayReach(node, scope, run)) unreadable(run, reason, node)
  forget(node, scope, run)
}

function assignment(node: SyntaxNode, scope: Scope, run: Run): void {
  const parts = childrenOf(node).filter((part) => part.name !== 'TypeDef')
  const groups: SyntaxNode[][] = [[]]
  for (const part of parts) {
    if (part.name === 'AssignOp') groups.push([])
    else groups[groups.length - 1]?.push(part)
  }
  const right = groups.pop()
  if (!right || groups.length === 0) return
  const value = evaluateList(right, scope, run)
  for (const targets of groups) unpack(targets, value, scope, run)
}

function conditional(node: SyntaxNode, scope: Scope, run: Run): Flow {
  const parts = childrenOf(node)
  for (let at = 0; at < parts.length; at++) {
    const word = parts[at]
    if (word?.name === 'else') return parts[at + 1] ? execute(parts[at + 1] as SyntaxNode, scope, run) : next
    if (word?.name !== 'if' && word?.name !== 'elif') continue
    const test = parts[at + 1]
    const body = parts[at + 2]
    if (!test || !body || body.name !== 'Body') return next
    begin(run, node)
    const value = evaluate(test, scope, run)
    const decision = truth(value)
    if (decision === true) return execute(body, scope, run)
    if (decision === undefined) return openConditional(node, parts.slice(at), excerpt(run.source, test), scope, run)
    at += 2
  }
  return next
}

/** An `if` that only the running migration decides: what is in it is not read. */
function openConditional(node: SyntaxNode, rest: readonly SyntaxNode[], test: string, scope: Scope, run: Run): Flow {
  const depends = `depends on \`${test}\`, which is known only when the migration runs`
  const bodies = rest.filter((part) => part.name === 'Body')
  begin(run, node)
  if (bodies.some((body) => mayReach(body, scope, run))) unreadable(run, `what is done here ${depends}`, node)
  for (const body of bodies) forget(body, scope, run)
  // A branch that raises ends the migration: what follows is what runs otherwise.
  if (bodies.some((body) => leaves(body, ['ReturnStatement']))) {
    return { kind: 'lost', of: 'function', reason: `what follows here ${depends}`, node }
  }
  if (!run.repeated && bodies.some((body) => leaves(body, ['BreakStatement', 'ContinueStatement']))) {
    return { kind: 'lost', of: 'loop', reason: `how this loop goes on ${depends}`, node }
  }
  return next
}

/** Whether a body holds one of these statements for the block around it. */
function leaves(body: SyntaxNode, names: readonly string[]): boolean {
  let found = false
  body.cursor().iterate((at) => {
    if (at.name === 'FunctionDefinition' || at.name === 'LambdaExpression') return false
    if ((at.name === 'ForStatement' || at.name === 'WhileStatement') && !names.includes('ReturnStatement')) return false
    if (names.includes(at.name)) found = true
    return !found
  })
  return found
}

/**
 * The `try` part, `else` and `finally` run when nothing fails; a handler that sends something runs only when it does. After a part that
 * could not be read it is not known which of the two happens.
 */
function attempt(node: SyntaxNode, scope: Scope, run: Run): Flow {
  const parts = childrenOf(node)
  const handlers = parts.filter((part, index) => part.name === 'Body' && sectionOf(parts, index) === 'except')
  let flow: Flow = next
  let handled: Flow | undefined
  for (const [index, part] of parts.entries()) {
    if (part.name !== 'Body') continue
    const section = sectionOf(parts, index)
    if (section === 'except') {
      begin(run, part)
      if (mayReach(part, scope, run)) unreadable(run, 'this runs only when the statements before it fail', part)
      if (flow.kind === 'raise') handled = next
      forget(part, scope, run)
    } else if (section === 'finally' || flow.kind === 'next') {
      const ended = section === 'try' && handlers.length > 0 ? guarded(part, scope, run) : execute(part, scope, run)
      if (flow.kind === 'next' || ended.kind !== 'next') flow = ended
    }
  }
  return handled ?? flow
}

/** Which part of a `try` statement a body belongs to. */
function sectionOf(parts: readonly SyntaxNode[], index: number): string {
  const words = parts.slice(0, index).filter((part) => ['try', 'except', 'else', 'finally'].includes(part.name))
  return words.at(-1)?.name ?? ''
}

/** Executes a body whose errors are caught: where a part of it is not read, it may have failed, and the rest may not run. */
function guarded(body: SyntaxNode, scope: Scope, run: Run): Flow {
  const statements = childrenOf(body).filter((statement) => statement.name !== ':')
  for (const [index, statement] of statements.entries()) {
    const known = run.unreadableCount
    const flow = executeOne(statement, scope, run)
    if (flow.kind !== 'next') return flow
    const rest = statements.slice(index + 1)
    if (run.unreadableCount === known) continue
    for (const other of rest)
      undecided(other, 'whether this runs depends on whether what stands before it fails', scope, run)
    return next
  }
  return next
}

function withBlock(node: SyntaxNode, scope: Scope, run: Run): Flow {
  const parts = childrenOf(node)
  const body = parts.find((part) => part.name === 'Body')
  const ends: (() => void)[] = []
  for (const group of groupsOf(
    withoutParentheses(parts.filter((part) => part !== body && part.name !== 'with' && part.name !== 'async')),
  )) {
    const [expression, , name] = group
    if (!expression) continue
    const value = evaluate(expression, scope, run)
    if (name) unpack([name], value.kind === 'unknown' ? value : entered(value), scope, run)
    if (value.kind === 'batch') {
      ends.push(() => {
        run.sink.push(
          ...value.batch.held
            .splice(0)
            .map((part) => (part.kind === 'sql' ? { ...part, inBatch: true as const } : part)),
        )
      })
    } else if (value.kind === 'live' && value.what === 'autocommit block') {
      const before = run.autocommit
      run.autocommit = true
      ends.push(() => {
        run.autocommit = before
      })
    } else if (value.kind === 'live' && value.what === 'savepoint') {
      emit(run, 'SAVEPOINT sa_savepoint_1', expression)
      ends.push(() => emit(run, 'RELEASE SAVEPOINT sa_savepoint_1', expression))
    }
  }
  const flow = body ? execute(body, scope, run) : next
  for (const end of ends.reverse()) end()
  return flow
}

/** `with (a, b):` enters both: what looks like a tuple is not one. */
function withoutParentheses(parts: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const [only] = parts
  return parts.length === 1 && only?.name === 'TupleExpression' ? childrenOf(only).slice(1, -1) : parts
}

/** What `with … as name` gives: mostly the object itself. */
function entered(value: Value): Value {
  return value.kind === 'live' || value.kind === 'batch'
    ? value
    : unknown(whyNot(value, 'what a `with` statement gives'))
}
