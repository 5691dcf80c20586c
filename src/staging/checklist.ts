import type { Range } from '../model/cost.ts'
import type { ChecklistItem, CountedPrecondition, DryRun } from '../model/dry-run.ts'
import { bytes, countedWords, number, range, replicaWords } from '../model/figures.ts'
import type { ParsedMigration } from '../model/migration.ts'
import { total } from './statements.ts'

type Facts = Omit<DryRun, 'checklist' | 'verdict' | 'phases'> & { readonly lockTimeoutMs: number }

/** The list that a team goes through before a deployment, with what is known of each point. */
export function checklistOf(facts: Facts, pending: readonly ParsedMigration[]): ChecklistItem[] {
  if (pending.length === 0) return []
  return [
    preconditions(facts),
    backup(facts, pending),
    duration(facts),
    lockWindow(facts),
    blockers(facts),
    settings(facts),
    rollback(facts, pending),
    review(facts),
    {
      what: 'notify',
      state: 'ask',
      text: 'Say when it runs, and to whom it matters: only the team knows.',
      details: facts.lockWindows.map(({ table, shutsOut }) => `${table}: ${shutsOut} wait`).filter(isFirst),
    },
  ]
}

function isFirst<T>(value: T, index: number, all: readonly T[]): boolean {
  return all.indexOf(value) === index
}

/** Whether the rows that were counted make the upgrade fail. */
export function isBroken({ counted, outcome, changedBefore }: CountedPrecondition): boolean {
  return outcome === 'fails' && changedBefore === undefined && counted.how !== 'not-counted' && counted.found > 0
}

function preconditions({ preconditions: all }: Facts): ChecklistItem {
  const broken = all.filter(isBroken)
  const changed = all.filter(
    ({ outcome, counted }) => outcome === 'changes' && counted.how !== 'not-counted' && counted.found > 0,
  )
  const open = all.filter(
    (each) => !isBroken(each) && !changed.includes(each) && (each.counted.how !== 'exact' || each.counted.found > 0),
  )
  if (all.length === 0)
    return {
      what: 'preconditions',
      state: 'ok',
      text: 'Nothing in it depends on the rows that are there, as far as its text tells.',
      details: [],
    }
  if (broken.length > 0) {
    const [first] = broken
    return {
      what: 'preconditions',
      state: 'stop',
      text: `It fails on the data of staging: it needs that ${first?.needs}, but it has ${first && countedWords(first.counted)}${broken.length > 1 ? ` (and ${broken.length - 1} more)` : ''}.`,
      details: broken.map(({ needs, counted }) => `${needs}: ${countedWords(counted)}`),
    }
  }
  const details = [...changed, ...open].map(
    ({ needs, counted, changedBefore }) =>
      `${needs}: ${countedWords(counted)}${changedBefore ? `; ${changedBefore.file}:${changedBefore.line} changes rows of the table before, which may put it right` : ''}`,
  )
  return details.length === 0
    ? {
        what: 'preconditions',
        state: 'ok',
        text: `The data of staging fits: ${all.map(({ needs }) => needs).join('; ')}.`,
        details: [],
      }
    : {
        what: 'preconditions',
        state: 'do',
        text: 'Look at the data before: see below what was found, sampled or not counted.',
        details,
      }
}

/** What an upgrade destroys, which no downgrade brings back. */
function losses(pending: readonly ParsedMigration[], { tables, preconditions: asked }: Facts): string[] {
  const added = new Set<string>()
  const told = pending.flatMap(({ name, up }) =>
    up.statements.flatMap(({ operations }) =>
      operations.flatMap((op) => {
        if (op.inside === 'function' || !('table' in op)) return []
        if (op.kind === 'add-column') added.add(`${op.table}.${op.column.name}`)
        const table = tables.find((each) => each.name === op.table && each.why === 'touched')
        if (!table) return []
        const rows = `${number(table.rows)} rows`
        const isOld = (column: string) => !added.has(`${op.table}.${column}`)
        switch (op.kind) {
          case 'drop-table':
            return [`${name} drops ${op.table} with about ${rows} (${bytes(table.heapBytes + table.toastBytes)})`]
          case 'drop-column':
            return isOld(op.column) ? [`${name} drops ${op.table}.${op.column} in about ${rows}`] : []
          case 'truncate':
            return [`${name} empties ${op.table} of about ${rows}`]
          case 'delete':
            return [`${name} deletes rows of ${op.table} (about ${rows} in all)`]
          case 'update': {
            const columns = op.columns.filter(isOld).join(', ')
            return columns === '' ? [] : [`${name} overwrites ${columns} in ${op.table} (about ${rows} in all)`]
          }
          default:
            return []
        }
      }),
    ),
  )
  const lossy = asked.filter(
    ({ outcome, counted }) => outcome === 'changes' && (counted.how !== 'exact' || counted.found > 0),
  )
  return [...told, ...lossy.map(({ needs, counted }) => `${needs}: ${countedWords(counted)}`)]
}

function backup(facts: Facts, pending: readonly ParsedMigration[]): ChecklistItem {
  const lost = losses(pending, facts)
  if (lost.length > 0)
    return {
      what: 'backup',
      state: 'do',
      text: 'A backup is needed, because the upgrade destroys or overwrites values that no downgrade brings back.',
      details: lost,
    }
  const oneWay = facts.pending.filter(({ hasDowngrade }) => !hasDowngrade)
  if (oneWay.length > 0)
    return {
      what: 'backup',
      state: 'do',
      text: 'A backup is needed, because a migration has no way back of its own.',
      details: oneWay.map(({ name }) => name),
    }
  return {
    what: 'backup',
    state: 'ok',
    text: 'The upgrade itself destroys nothing. The usual backup is enough; see that one is there.',
    details: [],
  }
}

function duration({ pending }: Facts): ChecklistItem {
  const statements = pending.flatMap((migration) => migration.statements)
  const unknown = statements.filter(({ estimate }) => !estimate)
  const known = total(statements.flatMap(({ estimate }) => estimate ?? []))
  const heavy = statements
    .filter(({ estimate }) => (estimate?.highMs ?? 0) > 1000)
    .map(({ at, class: kind, estimate }) => `${at.file}:${at.line}: ${kind}, ${range(estimate)} (${estimate?.restsOn})`)
  const rest = unknown.map(({ at }) => `${at.file}:${at.line}: cannot be told from its text`)
  return {
    what: 'duration',
    state: unknown.length > 0 || (known?.highMs ?? 0) > 60_000 ? 'do' : 'ok',
    text: `It takes ${range(known)} on data of this size, besides waiting for locks${unknown.length > 0 ? `; ${unknown.length} ${unknown.length === 1 ? 'statement is' : 'statements are'} not in that` : ''}.`,
    details: [...heavy, ...rest],
  }
}

function lockWindow({ lockWindows: windows }: Facts): ChecklistItem {
  if (windows.length === 0)
    return { what: 'lock-window', state: 'ok', text: 'No table of staging is shut for reads or writes.', details: [] }
  const long = windows.some(
    ({ estimate }) => (estimate as Range | undefined)?.highMs === undefined || (estimate?.highMs ?? 0) > 2000,
  )
  return {
    what: 'lock-window',
    state: long ? 'do' : 'ok',
    text: long
      ? 'Tables are shut for longer than users wait: choose a quiet time, or take the phases below.'
      : 'Tables are shut for moments only.',
    details: windows.map(
      ({ table, mode, shutsOut, at, statements, estimate }) =>
        `${table}: ${shutsOut} wait (${mode}) from ${at.file}:${at.line}, for ${statements === 1 ? 'that statement' : `${statements} statements`} to the end of its transaction: ${range(estimate)}`,
    ),
  }
}

function blockers({ blockers: all, tables, lockTimeoutMs }: Facts): ChecklistItem {
  const invalid = tables.flatMap(({ name, indexes }) =>
    indexes
      .filter(({ isValid }) => !isValid)
      .map((index) => `${index.name} on ${name} is invalid: drop it, or see what is building it`),
  )
  const lines = all.map(({ kind, pid, table, mode, application, state, seconds }) => {
    const who = pid === undefined ? 'A prepared transaction' : `Process ${pid}${application ? ` (${application})` : ''}`
    const what = table ? `holds ${mode} on ${table}` : `has a transaction open`
    return `${who} ${what} for ${seconds} s${state ? `, ${state}` : ''}${kind === 'autovacuum' ? '; it gives way unless it prevents wraparound' : ''}`
  })
  const long = all.filter(({ seconds }) => seconds * 1000 >= lockTimeoutMs)
  const details = [...lines, ...invalid]
  if (long.length > 0 || invalid.length > 0)
    return { what: 'blockers', state: 'do', text: 'At this moment something stands in the way.', details }
  return { what: 'blockers', state: 'ok', text: 'At this moment nobody stands in the way for long.', details }
}

function settings({ server, pending }: Facts): ChecklistItem {
  const value = (name: string) => server?.settings.find((each) => each.name === name)?.value
  const details: string[] = []
  const setsOwn = pending.some(({ statements }) => statements.some(({ sql }) => /\block_timeout\b/i.test(sql)))
  if (!setsOwn && /^0/.test(value('lock_timeout') ?? '0'))
    details.push(
      'lock_timeout is 0 for this role, and the migrations set none: a lock that is not granted makes everybody behind it wait. Set it, such as 2s.',
    )
  const slots = server?.replication.slots.filter(({ isActive }) => !isActive) ?? []
  for (const { name, keptBytes } of slots)
    details.push(
      `Replication slot ${name} is not in use, and the server keeps ${keptBytes === undefined ? 'its log' : `${bytes(keptBytes)} of log`} for it: a rewrite adds to that.`,
    )
  for (const { name, lagBytes } of server?.replication.standbys ?? [])
    if ((lagBytes ?? 0) > 100_000_000) details.push(`Standby ${name} is ${bytes(lagBytes ?? 0)} behind.`)
  if ((server?.behind?.bytes ?? 0) > 100_000_000 || (server?.behind?.seconds ?? 0) > 60)
    details.push(`This is ${server && replicaWords(server)}: what is counted here was so then. Ask the primary.`)
  return details.length > 0
    ? { what: 'settings', state: 'do', text: 'Something in the settings or the replication wants a look.', details }
    : { what: 'settings', state: 'ok', text: 'Settings and replication have nothing against it.', details }
}

function rollback(facts: Facts, pending: readonly ParsedMigration[]): ChecklistItem {
  const oneWay = facts.pending.filter(({ hasDowngrade }) => !hasDowngrade)
  const lost = pending.flatMap(({ name, up }) =>
    up.statements.flatMap(({ operations }) =>
      operations.flatMap((op) =>
        op.kind === 'add-column'
          ? [`${name}: what was written to ${op.table}.${op.column.name} since`]
          : op.kind === 'create-table'
            ? [`${name}: the rows of ${op.table}`]
            : [],
      ),
    ),
  )
  if (oneWay.length > 0)
    return {
      what: 'rollback',
      state: 'do',
      text: 'The way back is a restore from the backup, or a new migration forward.',
      details: oneWay.map(({ name }) => `${name} has no downgrade`),
    }
  return {
    what: 'rollback',
    state: losses(pending, facts).length > 0 ? 'do' : 'ok',
    text:
      losses(pending, facts).length > 0
        ? 'The downgrade gives the schema back, not the values that the upgrade destroys: for those, restore the backup.'
        : lost.length > 0
          ? 'The way back is the downgrade. It would lose what is written in between.'
          : 'The way back is the downgrade. It loses nothing that the text of the migrations tells of.',
    details: lost,
  }
}

function review({ findings }: Facts): ChecklistItem {
  const number = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length
  const errors = number('error')
  const warnings = number('warning')
  const many = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`
  if (errors > 0)
    return {
      what: 'review',
      state: 'stop',
      text: `The rules have ${many(errors, 'blocking finding')} and ${many(warnings, 'warning')}.`,
      details: [],
    }
  if (warnings > 0)
    return { what: 'review', state: 'do', text: `The rules have ${many(warnings, 'warning')}.`, details: [] }
  return {
    what: 'review',
    state: 'ok',
    text: 'The rules have nothing against it. A person has still to read it.',
    details: [],
  }
}
