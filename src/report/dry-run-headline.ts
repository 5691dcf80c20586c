import { type DryRun, isUndone } from '../model/dry-run.ts'
import { count, type Headline } from './headline.ts'

/** The verdict of a dry run in words. Plain text, to be escaped where names stand in it. */
export function dryRunHeadline(run: DryRun): Headline {
  const { verdict, pending, checklist, notChecked, versionDrift, schemaDrift = [] } = run
  const waiting = pending.length === 0 ? 'nothing is pending' : `${count(pending.length, 'migration')} pending`
  const open = checklist.filter(({ state }) => state === 'do').length
  if (!run.server)
    return { icon: '⛔', title: 'staging was not asked', consequence: notChecked.map(({ why }) => why).join(' ') }
  switch (verdict) {
    case 'block':
      return {
        icon: '❌',
        title: `${waiting}, not to be applied as it is${isUndone(run) ? `; ${run.mode} was not done` : ''}`,
        consequence: reason(run),
      }
    case 'error':
      return {
        icon: '⛔',
        title: `${waiting}, could not decide (${count(notChecked.length, 'thing')} not checked)`,
        consequence: 'This is not a pass: what was not checked may fail.',
      }
    case 'warn':
      return {
        icon: '⚠️',
        title: `${waiting}, ${open > 0 ? `${count(open, 'thing')} to do before` : 'something to know before'}`,
        consequence:
          versionDrift[0]?.message ??
          (schemaDrift.length > 0
            ? `Staging is not what its migrations build: ${count(schemaDrift.length, 'difference')}.`
            : (checklist.find(({ state }) => state === 'do')?.text ?? '')),
      }
    case 'pass':
      return {
        icon: '✅',
        title: waiting,
        consequence:
          pending.length > 0
            ? 'Nothing on staging stands in its way.'
            : run.target
              ? `Staging has ${run.target.name} already.`
              : 'Staging is where the repository is.',
      }
  }
}

/** Where it stops, and what that leaves out. Plain text; undefined: it goes to the end. */
export function targetWords({ target }: DryRun): string | undefined {
  if (!target) return undefined
  const { name, leftOut } = target
  if (leftOut.length === 0) return `Up to ${name}. Nothing more is pending behind it.`
  const names = leftOut.slice(0, 5).map((each) => each.name)
  const more = leftOut.length > names.length ? `, and ${leftOut.length - names.length} more` : ''
  return `Up to ${name}. Not looked at: ${names.join(', ')}${more}.`
}

function reason({ versionDrift, checklist, findings, tried }: DryRun): string {
  if (tried?.error) return `Tried on staging, it fails: ${tried.error.message}.`
  const off = versionDrift.find(({ kind }) => kind !== 'out-of-order')
  const stop = checklist.find(({ state }) => state === 'stop')
  return off?.message ?? stop?.text ?? findings.find(({ severity }) => severity === 'error')?.message ?? ''
}

export const listed = { ok: '✅', do: '⚠️', stop: '❌', ask: '❔' } as const

export const points = {
  backup: 'Backup',
  duration: 'Duration',
  'lock-window': 'Locks',
  rollback: 'Way back',
  preconditions: 'Data',
  blockers: 'Blockers',
  settings: 'Settings',
  review: 'Review',
  notify: 'Notice',
} as const
