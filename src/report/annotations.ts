import type { Finding } from '../model/finding.ts'
import type { Location } from '../model/location.ts'
import type { Result } from '../model/result.ts'
import { count } from './headline.ts'
import { block, line } from './inert.ts'

/** One mark beside a line of the pull request's diff. */
interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly at: Location | undefined
}

/** What is shown, worst first, and how many of each level are not: GitHub drops what is over its limits without a word. */
export interface Annotations {
  readonly shown: readonly Annotation[]
  readonly heldBack: { readonly error: number; readonly warning: number; readonly notice: number }
}

const levels = { error: 'error', warning: 'warning', info: 'notice' } as const

/**
 * @param limit how many of each level may be shown. GitHub takes 10 errors and 10 warnings from one step:
 * https://docs.github.com/en/rest/checks/runs
 */
export function annotations(result: Result, limit: number): Annotations {
  const all: Annotation[] = [
    ...result.findings.map(annotation),
    ...result.notChecked.map(({ what, why, at }) => ({
      level: 'error' as const,
      title: 'not checked',
      message: `${line(what)}: ${line(why)}`,
      at,
    })),
  ]
  const of = (level: Annotation['level']) => all.filter((one) => one.level === level)
  const over = (level: Annotation['level']) => Math.max(0, of(level).length - limit)
  return {
    shown: (['error', 'warning', 'notice'] as const).flatMap((level) => of(level).slice(0, limit)),
    heldBack: { error: over('error'), warning: over('warning'), notice: over('notice') },
  }
}

function annotation(found: Finding): Annotation {
  return {
    level: levels[found.severity],
    title: found.rule,
    message: [block(found.message), block(found.help), ...found.evidence.map((seen) => `Seen: ${line(seen)}`)].join(
      '\n',
    ),
    at: found.at,
  }
}

/** Says that some are held back, in one sentence; '' where none are. */
export function heldBackWords({ heldBack }: Annotations): string {
  const parts = (['error', 'warning', 'notice'] as const)
    .filter((level) => heldBack[level] > 0)
    .map((level) => count(heldBack[level], level))
  return parts.length
    ? `GitHub shows only so many annotations: ${parts.join(', ')} more are in this report and not beside the code.`
    : ''
}
