import type { CreateFunction } from '../../src/model/definition-operation.ts'
import type { Operation } from '../../src/model/operation.ts'
import { defineRule } from '../../src/model/rule.ts'

export default defineRule({
  name: 'ambiguous-overload',
  summary: 'CREATE OR REPLACE FUNCTION with other arguments makes a second function and replaces none',
  severity: 'warning',

  *check({ migration, tablesBefore }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const op of operations) {
      if (op.kind !== 'create-function' || !op.replace) continue
      const others = tablesBefore(op).functionsNamed(op.function)
      const own = inputs(op).map(({ type }) => type)
      if (others.length === 0 || others.some((each) => isSame(each, own))) continue
      const left = others.filter((each) => !operations.some((drop) => isDropOf(drop, op.function, each)))
      const [other] = left
      if (!other) continue
      yield report(op, other)
    }
  },

  *observe({ migration, roundTrip }) {
    const operations = migration.up.statements.flatMap((statement) => statement.operations)
    for (const { because, object, sql, message, sqlstate, source } of roundTrip.oldCode ?? []) {
      if (sqlstate !== '42725' || source.kind === 'file') continue
      const evidence = [`${sql}: ${message} (${sqlstate})`]
      const op = operations.find((each) => each.at === because)
      const old = /\((.*)\)$/.exec(object ?? '')?.[1]
      if (op?.kind === 'create-function')
        yield { ...report(op, old === undefined || old === '' ? [] : [old]), evidence, sqlstate }
      else
        yield {
          ...(because && { at: because }),
          direction: 'up',
          message: `A call of ${object} that the running release may send fits two functions after ${migration.name}, and fails (42725).`,
          help: 'Drop the old function in the same migration, or give the new one another name.',
          evidence,
          sqlstate,
        }
    }
  },
})

function report(op: CreateFunction, old: readonly string[]) {
  const own = inputs(op)
  const required = own.filter(({ hasDefault }) => !hasDefault).length
  const fits = own.length !== old.length && required <= old.length && old.length <= own.length
  return {
    at: op.at,
    direction: 'up' as const,
    message: fits
      ? `This replaces nothing: ${op.function}(${old.join(', ')}) stays beside it, and a call that fits both fails because it is not unique (42725).`
      : `This replaces nothing: ${op.function}(${old.join(', ')}) stays beside it, and calls go on to whichever their arguments fit.`,
    help: `DROP FUNCTION ${op.function}(${old.join(', ')}) first, in the same transaction, and grant again what was granted; or give the new function a name of its own.`,
  }
}

function inputs(op: CreateFunction): CreateFunction['arguments'] {
  return op.arguments.filter(({ mode }) => mode === 'in' || mode === 'inout' || mode === 'variadic')
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((type, index) => type === b[index])
}

function isDropOf(op: Operation, name: string, types: readonly string[]): boolean {
  return op.kind === 'drop-object' && op.name === name && (op.arguments === undefined || isSame(op.arguments, types))
}
