import type { Range } from './cost.ts'
import type { CountedPrecondition, ServerFacts } from './dry-run.ts'

/** `1,234,567` */
export function number(count: number): string {
  return Math.round(count).toLocaleString('en-US')
}

/** `4.1 GB` */
export function bytes(size: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, size)) / 3)))
  return `${Math.round((size / 1000 ** step) * 10) / 10} ${units[step]}`
}

/** `2 to 40 s` */
export function range(span: Range | undefined): string {
  if (!span) return 'a time that cannot be told'
  if (span.highMs < 1000) return 'less than a second'
  return `${time(span.lowMs)} to ${time(span.highMs)}`
}

function time(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 120_000) return `${Math.round(ms / 100) / 10} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return `${Math.round(ms / 360_000) / 10} h`
}

/** `a replica, 1.2 MB and 40 s behind`; undefined for a server that is none. */
export function replicaWords({ isReplica, behind }: ServerFacts): string | undefined {
  if (!isReplica) return undefined
  const { bytes: missing = 0, seconds = 0 } = behind ?? {}
  const parts = [...(missing > 0 ? [bytes(missing)] : []), ...(seconds > 0 ? [`${number(seconds)} s`] : [])]
  return parts.length > 0 ? `a replica, ${parts.join(' and ')} behind` : 'a replica that has replayed what it was sent'
}

/** `3 rows in the way`, with how it was counted. */
export function countedWords(counted: CountedPrecondition['counted']): string {
  switch (counted.how) {
    case 'exact':
      return counted.found === 0
        ? 'no row in the way'
        : `${number(counted.found)} ${counted.found === 1 ? 'row' : 'rows'} in the way`
    case 'sampled':
      return `${number(counted.found)} in the way among ${number(counted.looked)} sampled of about ${number(counted.ofAbout)} rows${counted.found === 0 ? ', which proves nothing about the others' : ''}`
    case 'not-counted':
      return `not counted: ${counted.why}`
  }
}
