import type { ParsedMigration, Statement } from '../model/migration.ts'
import type { Operation } from '../model/operation.ts'
import type { Tables } from '../model/tables.ts'
import { Replay } from './replay/replay.ts'
import { tablesAt } from './replay/tables-at.ts'

/** The tables before each statement of a history: its upgrades in order, and each downgrade after the upgrade that it undoes. */
export interface Timeline {
  /** Just before the statement that the operation is part of. Nothing is known for an operation of another history. */
  before(op: Operation): Tables
  /** After the upgrade of a migration; -1: before the first one. */
  after(index: number): Tables
}

/** Nothing is replayed before somebody asks. */
export function timeline(migrations: readonly ParsedMigration[]): Timeline {
  let made: Timeline | undefined
  const get = () => {
    made ??= replayed(migrations)
    return made
  }
  return {
    before: (op) => get().before(op),
    after: (index) => get().after(index),
  }
}

function replayed(migrations: readonly ParsedMigration[]): Timeline {
  const ups = new Replay()
  const places = new Map<Operation, () => Tables>()
  const ends: number[] = []
  const known: boolean[] = [true]
  const note = (replay: Replay, { operations }: Statement) => {
    const moment = replay.catalog.moment
    const { isComplete } = replay
    for (const op of operations) places.set(op, () => tablesAt(replay.catalog, moment, isComplete))
  }
  for (const { up } of migrations) {
    for (const statement of up.statements) {
      note(ups, statement)
      ups.run(statement)
    }
    if (up.unreadable.length > 0) ups.lose()
    ends.push(ups.catalog.moment)
    known.push(ups.isComplete)
  }
  for (const [index, { down }] of migrations.entries()) {
    if (!down) continue
    const statements = down.statements
    let branch: Replay | undefined
    const run = () => {
      branch = new Replay({ replay: ups, moment: ends[index] ?? 0, isComplete: known[index + 1] ?? false })
      for (const statement of statements) {
        note(branch, statement)
        branch.run(statement)
      }
    }
    for (const { operations } of statements) {
      for (const op of operations) {
        places.set(op, () => {
          if (!branch) run()
          return places.get(op)?.() ?? tablesAt(ups.catalog, 0, false)
        })
      }
    }
  }
  return {
    before: (op) => places.get(op)?.() ?? tablesAt(ups.catalog, 0, false),
    after: (index) => tablesAt(ups.catalog, ends[index] ?? 0, known[index + 1] ?? false),
  }
}
