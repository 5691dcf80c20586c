import type { Rule } from '../model/rule.ts'

/** The part of `picocolors` that is used here. */
interface Colors {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly cyan: (text: string) => string
}

/** How a rule finds what it reports. */
function ways({ check, review, history, observe }: Rule): string[] {
  return [...(check || review || history ? ['read in the file'] : []), ...(observe ? ['seen on the server'] : [])]
}

/** `off` also for a policy that nobody asked for. */
function state({ severity, isOff, isPolicy }: Rule): string {
  return isOff || isPolicy ? 'off' : severity
}

/** The rules as a table for people: name, severity as it is configured, summary. */
export function listInTerminal(rules: readonly Rule[], colors: Colors): string {
  const width = Math.max(...rules.map(({ name }) => name.length))
  const paint: Readonly<Record<string, (text: string) => string>> = {
    error: colors.red,
    warning: colors.yellow,
    info: colors.cyan,
  }
  const lines = rules.map((rule) => {
    const shown = state(rule)
    return `${colors.bold(rule.name.padEnd(width))}  ${(paint[shown] ?? colors.dim)(shown.padEnd(7))}  ${rule.summary}`
  })
  const policies = rules.filter(({ isPolicy }) => isPolicy).length
  return [
    ...lines,
    '',
    `${rules.length} rules. ${policies > 0 ? `${policies} are policies, off until the configuration names them. ` : ''}"migration-gate explain RULE" shows the page of one.`,
    '',
  ].join('\n')
}

/** The same as a table in Markdown. */
export function listInMarkdown(rules: readonly Rule[]): string {
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = rules.map(
    (rule) => `| ${rule.name} | ${cell(rule.summary)} | ${state(rule)} | ${ways(rule).join(', ')} |`,
  )
  return ['| rule | what | severity | how |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

/** The same as JSON, an array, with what the configuration can set of each. */
export function listInJson(rules: readonly Rule[]): string {
  const entries = rules.map((rule) => ({
    name: rule.name,
    summary: rule.summary,
    severity: state(rule),
    isPolicy: rule.isPolicy ?? false,
    reads: Boolean(rule.check ?? rule.review),
    observes: Boolean(rule.observe),
    aliases: rule.aliases ?? [],
    options: Object.fromEntries(
      Object.entries(rule.options ?? {}).map(([name, option]) => [
        name,
        { ...option, value: rule.values?.[name] ?? option.default },
      ]),
    ),
  }))
  return `${JSON.stringify(entries, null, 2)}\n`
}
