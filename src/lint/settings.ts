import { UserError } from '../model/errors.ts'
import type { Severity } from '../model/finding.ts'
import type { OptionValue, OptionValues, Rule, RuleOption } from '../model/rule.ts'
import { nearest } from './nearest.ts'

/** What the configuration says of one rule. */
export interface RuleSetting {
  /** `on`: with the severity that the rule has by itself. */
  readonly severity: Severity | 'on' | 'off'
  readonly options: Readonly<Record<string, unknown>>
  /** Where it says so, for messages: `.migration-gate.yml:3`. */
  readonly place: string
}

/**
 * The rules with the severities and options of the configuration. A policy that is named is switched on. A rule's own name wins over
 * the name that another linter has for it.
 * @throws UserError for names and options that do not exist, and for values of another type than the option's default
 */
export function configured(rules: readonly Rule[], settings: Readonly<Record<string, RuleSetting>>): Rule[] {
  const own = new Set(rules.map(({ name }) => name))
  const entries = Object.entries(settings).sort(([a], [b]) => Number(own.has(a)) - Number(own.has(b)))
  const problems: string[] = []
  let result = [...rules]
  for (const [name, setting] of entries) {
    const meant = rulesNamed(name, rules)
    if (meant.length === 0) problems.push(`${setting.place}: rules.${name}: ${unknownRule(name, rules)}`)
    for (const problem of new Set(meant.flatMap((rule) => wrongOptions(rule, setting.options))))
      problems.push(`${setting.place}: rules.${name}.${problem}`)
    result = result.map((rule) => (meant.some((each) => each.name === rule.name) ? set(rule, setting) : rule))
  }
  if (problems.length > 0) throw new UserError(problems.join('\n'))
  return result
}

function set(rule: Rule, { severity, options }: RuleSetting): Rule {
  return {
    ...rule,
    severity: severity === 'on' || severity === 'off' ? rule.severity : severity,
    isSeveritySet: severity !== 'on' && severity !== 'off',
    isOff: severity === 'off',
    isPolicy: false,
    values: { ...rule.values, ...(options as OptionValues) },
  }
}

function wrongOptions({ name, options = {} }: Rule, given: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(given).flatMap(([key, value]) => {
    const option = options[key]
    if (!option) {
      const known = Object.keys(options).sort()
      const near = nearest(key, known)
      return `${key}: ${name} has no such option${near ? `; did you mean ${near}?` : known.length ? `; it has ${known.join(', ')}` : ', and none at all'}`
    }
    return fits(option, value) ? [] : `${key}: ${typeOf(option.default)} is needed, not ${JSON.stringify(value)}`
  })
}

function fits(option: RuleOption, value: unknown): boolean {
  if (Array.isArray(option.default)) return Array.isArray(value) && value.every((each) => typeof each === 'string')
  return typeof value === typeof option.default && (typeof value !== 'number' || value >= 0)
}

function typeOf(value: OptionValue): string {
  if (typeof value === 'number') return 'a number that is 0 or more'
  if (typeof value === 'boolean') return 'true or false'
  return typeof value === 'string' ? 'a text' : 'a list of texts'
}

/** Those that look: neither switched off, nor a policy that nobody asked for. */
export function active(rules: readonly Rule[]): Rule[] {
  return rules.filter(({ isOff, isPolicy }) => !isOff && !isPolicy)
}

/** What a rule is given as its options. */
export function valuesOf({ options = {}, values }: Rule): OptionValues {
  return { ...Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])), ...values }
}

/** The rules that a name means: our own name, or what another linter calls the hazard, with or without that linter's name. */
export function rulesNamed(name: string, rules: readonly Rule[]): Rule[] {
  const own = rules.filter((rule) => rule.name === name)
  return own.length > 0 ? own : rules.filter((rule) => rule.aliases?.some((each) => isAlias(name, each)))
}

function isAlias(name: string, alias: string): boolean {
  return alias === name || alias.slice(alias.indexOf(':') + 1) === name
}

/** What to say of a name that means no rule. */
export function unknownRule(name: string, rules: readonly Rule[]): string {
  const near = nearestRule(name, rules)
  return near === undefined
    ? 'there is no such rule; "migration-gate rules" lists them'
    : `there is no such rule; did you mean ${near}?`
}

/** Also among the names of other linters. */
export function nearestRule(name: string, rules: readonly Rule[]): string | undefined {
  const names = rules.map((rule) => rule.name)
  const others = rules.flatMap(({ aliases = [] }) => aliases.map((alias) => alias.slice(alias.indexOf(':') + 1)))
  return nearest(name, names) ?? nearest(name, others)
}
