import { byText } from './history.ts'

/** What a numbered file begins with, as far as its own name tells. */
interface Start {
  /**
   * `date`: a whole one, perhaps with a time or a counter. `year`: `2024-03`, a year with a month or a counter. `open`: digits that
   * people mean in more than one way.
   */
  readonly kind: 'number' | 'version' | 'date' | 'year' | 'open'
  /** As it is written, without a `v`: `001`, `1.2.3`, `2024-01-31_0900`. */
  readonly written: string
  /** What files are ordered by, the first part before the second; a part that is not there comes first. */
  readonly parts: readonly bigint[]
  /** What tells the files of one day apart. */
  readonly within: 'nothing' | 'time' | 'counter'
  /** What stands behind it, the separator included. */
  readonly rest: string
}

/** A file that has a place in the order of its folder. */
interface Named {
  readonly path: string
  readonly start: Start
}

interface Placed<T> {
  readonly file: T
  /** The number or the version as it is written. Of a date undefined: several migrations have the same day. */
  readonly number: string | undefined
  /** What no two may have in common. */
  readonly key: string
  /** That key, where it is a date, as it is written. */
  readonly date: string | undefined
}

const wholeDate = /^(\d{4})(?:([-_.])(\d\d)\2(\d\d)|(\d\d)(\d\d))(?!\d)/
const year = /^((?:19|20|21)\d\d)[-_.](\d+)(?=[-_.])/
/** `31-01-2024`, `01-02-24`: the day or the month first, or a year of two digits. */
const openDate = /^(?:\d{1,2}([-_.])\d{1,2}\1(?:19|20|21)\d\d|\d\d([-_.])\d\d\2\d\d)(?=[-_.])/
const version = /^v?(\d+(?:\.\d+)+|(?<=v)\d+)(?=[-_])/
/** Also a number alone: `001.sql`, and `001.down.sql` for the way back. */
const number = /^(\d+)(?=[-_]|$|\.(?:rollback|down|undo|revert)$)/i
/** `T09-00-00`, `_0900`, `-09:00`, `T0900Z`. */
const time = /^[-_. T](\d\d)([-_.:]?)(\d\d)(?:\2(\d\d))?(?:[.,]\d+)?Z?(?=[-_. ]|$)/i
const counter = /^(?:[-_.](\d+)(?=[-_. ]|$)|([a-z])(?=[-_. ]))/i

/** Reads what the name of a SQL file, without its extension, begins with. Undefined: no number and no date. */
export function startOf(stem: string): Start | undefined {
  const dated = dateAt(stem)
  if (dated) return dated
  const at = (kind: Start['kind'], found: RegExpExecArray, parts: readonly string[]): Start => ({
    kind,
    written: found[0].replace(/^v/, ''),
    parts: parts.map(BigInt),
    within: 'nothing',
    rest: stem.slice(found[0].length),
  })
  const open = openDate.exec(stem)
  if (open) return at('open', open, [])
  const ofYear = year.exec(stem)
  if (ofYear) return at('year', ofYear, ofYear.slice(1))
  const versioned = version.exec(stem)
  if (versioned) return at('version', versioned, versioned[1]?.split('.') ?? [])
  const numbered = number.exec(stem)
  return numbered ? at('number', numbered, [numbered[0]]) : undefined
}

/** Digits alone, `20240131` or `20240131120000`, stay a plain number. */
function dateAt(stem: string): Start | undefined {
  const date = wholeDate.exec(stem)
  const [, years, separator, month, day, compactMonth, compactDay] = date ?? []
  const parsed = dayOf(years, month ?? compactMonth, day ?? compactDay)
  if (!date || parsed === undefined) return undefined
  let rest = stem.slice(date[0].length)
  const parts = [parsed]

  const clock = time.exec(rest)
  const seconds = clock ? secondsOf(clock[1], clock[3], clock[4]) : undefined
  if (clock && seconds !== undefined) {
    parts.push(seconds)
    rest = rest.slice(clock[0].length)
  }
  const [counted, digits, letter] = counter.exec(rest) ?? []
  if (counted !== undefined) {
    parts.push(digits === undefined ? BigInt((letter ?? '').toLowerCase().charCodeAt(0) - 96) : BigInt(digits))
    rest = rest.slice(counted.length)
  }
  if (rest !== '' && !/^[-_. ]/.test(rest)) return undefined
  if (separator === undefined && parts.length === 1) return undefined
  return {
    kind: 'date',
    written: stem.slice(0, stem.length - rest.length),
    parts,
    within: seconds !== undefined ? 'time' : counted !== undefined ? 'counter' : 'nothing',
    rest,
  }
}

/** `20240131`; undefined where it is no day of the calendar. */
function dayOf(years = '', month = '', day = ''): bigint | undefined {
  const date = new Date(`${years}-${month}-${day}T00:00:00Z`)
  const isDay = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day)
  return isDay && /^(?:19|20|21)/.test(years) ? BigInt(years + month + day) : undefined
}

function secondsOf(hours = '', minutes = '', seconds = '00'): bigint | undefined {
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined
  return BigInt(hours) * 3600n + BigInt(minutes) * 60n + BigInt(seconds)
}

/**
 * Puts the files of a folder in the order that their names mean: numbers by value, versions part by part, dates by day, time and
 * counter. Numbers that were given before a project went over to dates come first. `open`: files whose place among the others is not
 * told by their names, with why.
 */
export function inOrderOfNames<T extends Named>(
  files: readonly T[],
): {
  readonly ordered: readonly Placed<T>[]
  readonly open: readonly { readonly what: string; readonly why: string }[]
} {
  const isDated = files.some(({ start }) => start.kind === 'date')
  const hasLateNumbers = files.some(({ start }) => start.kind === 'number' && !isEarly(start))
  const starts = files.map((file) => ({ file, start: amongOthers(file.start, isDated, hasLateNumbers) }))
  const hasYears = starts.some(({ start }) => start.kind === 'year')
  const why = ({ kind, written, ...start }: Start) => {
    if (kind === 'open') return openReason(written)
    if (isDated && kind !== 'date' && !isEarly({ kind, written, ...start })) return mixedReason(written, 'dates')
    return hasYears && kind === 'version' ? mixedReason(written, 'years') : undefined
  }
  const open = starts.flatMap(({ file, start }) => {
    const reason = why(start)
    return reason === undefined ? [] : [{ what: file.path, why: reason }]
  })

  const undecided = undecidedDays(starts.map(({ start }) => start))
  const ordered = starts
    .filter(({ start }) => why(start) === undefined)
    .sort((a, b) => byParts(a.start.parts, b.start.parts) || byText(a.file.path, b.file.path))
    .map(({ file, start }): Placed<T> => {
      const { kind, written, parts } = start
      const isUndecided = kind === 'date' && undecided.has(parts[0])
      const isName = kind === 'year' || file.start.kind === 'date'
      const date = isUndecided ? wholeDate.exec(written)?.[0] : written
      return {
        file,
        number: isName ? undefined : written,
        key: (isUndecided ? parts.slice(0, 1) : kind === 'version' ? withoutZeros(parts) : parts).join('.'),
        date: isName ? date : undefined,
      }
    })
  return { ordered, open }
}

function amongOthers(start: Start, isDated: boolean, hasLateNumbers: boolean): Start {
  if (start.kind === 'number' && isDated) return stampOf(start) ?? start
  // A running number that has come so far, and a name that begins with digits.
  const isRunning = start.kind === 'year' && hasLateNumbers && !isDated
  return isRunning
    ? { ...start, kind: 'number', written: start.written.slice(0, 4), parts: start.parts.slice(0, 1) }
    : start
}

/** Days on which one file has a time and another has none: which of them is the earlier one is not told. */
function undecidedDays(starts: readonly Start[]): ReadonlySet<bigint | undefined> {
  const days = (isTimed: boolean) =>
    starts.flatMap(({ kind, parts: [day], within }) =>
      kind === 'date' && (within === 'time') === isTimed ? [day] : [],
    )
  const timed = new Set(days(true))
  return new Set(days(false).filter((day) => timed.has(day)))
}

/** 1.2 is 1.2.0. */
function withoutZeros(parts: readonly bigint[]): readonly bigint[] {
  return parts.slice(0, Math.max(1, parts.findLastIndex((part) => part !== 0n) + 1))
}

/** Below any year. */
function isEarly({ kind, parts: [first = 0n] }: Start): boolean {
  return kind === 'number' && first < 1900n
}

/** The date that a plain number is: `20240131`, `202401311200`, `20240131120000`. */
function stampOf(start: Start): Start | undefined {
  const [, years, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?$/.exec(start.written) ?? []
  const date = dayOf(years, month, day)
  if (date === undefined) return undefined
  const within = hours === undefined ? undefined : secondsOf(hours, minutes, seconds)
  if (within === undefined) return hours === undefined ? { ...start, kind: 'date', parts: [date] } : undefined
  return { ...start, kind: 'date', parts: [date, within], within: 'time' }
}

function byParts(a: readonly bigint[], b: readonly bigint[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [left, right] = [a[i] ?? -1n, b[i] ?? -1n]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

function openReason(written: string): string {
  return `Its place in the order is not known: ${written} may be a date with the day, the month or the year first, or a number of several parts. Begin the name with the whole date, year first, such as 2024-01-31-add_email.sql, or with a number, such as 003_add_email.sql.`
}

function mixedReason(written: string, others: string): string {
  return `Its place in the order is not known: its name begins with ${written}, and those of other files beside it with ${others}. Name it as they are, or let a command run them in its own order (tool: command, with upgrade: in the configuration).`
}
