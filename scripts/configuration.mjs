// The schema of the configuration file for editors, and the tables of docs/configuration.md.
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** The rules and the schema of the settings, from the source. It lies in node_modules for a moment, where imports find the packages. */
export async function facts(root) {
  const folder = await mkdtemp(join(root, 'node_modules', '.migration-gate-'))
  try {
    const outfile = join(folder, 'facts.mjs')
    const options = { bundle: true, format: 'esm', platform: 'node', packages: 'external', logLevel: 'warning' }
    await build({ ...options, entryPoints: [join(root, 'scripts/facts.ts')], outfile })
    const { rules, configurationSchema, jsonResultSchema } = await import(pathToFileURL(outfile).href)
    return { rules, schema: configurationSchema(), result: jsonResultSchema() }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The JSON schema as it ships: with each of our rules by name, so that editors offer them. */
export function editorSchema({ rules, schema }) {
  const severities = ['error', 'warning', 'info', 'on', 'off']
  const properties = Object.fromEntries(
    rules.map((rule) => [
      rule.name,
      {
        description: `${rule.summary}. ${rule.isPolicy ? 'A policy: off until it is named.' : `By itself: ${rule.severity}.`}`,
        anyOf: [
          { enum: severities },
          {
            type: 'object',
            properties: {
              severity: { enum: severities },
              ...Object.fromEntries(
                Object.entries(rule.options ?? {}).map(([name, { default: value, description }]) => [
                  name,
                  { ...typeOf(value), description: `${description}.`, default: value },
                ]),
              ),
            },
            additionalProperties: false,
          },
        ],
      },
    ]),
  )
  const { $schema, ...rest } = schema
  const whole = {
    $schema,
    $id: 'https://raw.githubusercontent.com/migration-gate/migration-gate/main/schema/configuration.json',
    title: 'migration-gate: .migration-gate.yml',
    ...rest,
    properties: { ...schema.properties, rules: { ...schema.properties.rules, properties } },
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** The JSON schema of `--format json`, as it ships. */
export function resultSchema({ result }) {
  const { $schema, ...rest } = result
  const whole = {
    $schema,
    $id: 'https://raw.githubusercontent.com/migration-gate/migration-gate/main/schema/result.json',
    title: 'migration-gate: the result as JSON',
    ...rest,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

function typeOf(value) {
  if (Array.isArray(value)) return { type: 'array', items: { type: 'string' } }
  return typeof value === 'number' ? { type: 'number', minimum: 0 } : { type: typeof value }
}

/** The generated parts of docs/configuration.md, by the names of their markers. */
export function configurationTables({ rules, schema }) {
  const settings = Object.entries(schema.properties).map(
    ([name, property]) =>
      `| \`${name}\` | ${form(property)} | ${property.default === undefined || property.default.length === 0 ? '' : `\`${property.default}\``} | ${cell(property.description)} |`,
  )
  const options = rules.flatMap(({ name, options = {} }) =>
    Object.entries(options).map(
      ([option, { default: value, description }]) =>
        `| ${page(name)} | \`${option}\` | \`${JSON.stringify(value)}\` | ${cell(description)}. |`,
    ),
  )
  const policies = rules
    .filter(({ isPolicy }) => isPolicy)
    .map(({ name, summary, severity }) => `| ${page(name)} | ${cell(summary)}. | ${severity} |`)
  return {
    settings: table(['setting', 'value', 'default', 'what it does'], settings),
    options: table(['rule', 'option', 'default', 'what it sets'], options),
    policies: policies.length > 0 ? table(['policy', 'what', 'severity'], policies) : 'There is none yet.',
    linters: table(['there', 'here'], others(rules)),
  }
}

/** One row for each name that another linter has for one of our hazards. */
function others(rules) {
  const names = [...new Set(rules.flatMap(({ aliases = [] }) => aliases))]
  const key = (alias) => alias.replace(/\d+$/, (digits) => digits.padStart(3, '0'))
  return names
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    .map((alias) => {
      const [linter, name] = alias.split(':')
      const ours = rules.filter(({ aliases = [] }) => aliases.includes(alias)).map((rule) => page(rule.name))
      return `| ${linter} \`${name}\` | ${ours.join(', ')} |`
    })
}

function page(rule) {
  return `[${rule}](../rules/${rule}/README.md)`
}

/** What may stand there, in a word or two. */
function form({ enum: values, type, anyOf, items }) {
  if (values) return values.map((value) => `\`${value}\``).join(', ')
  if (type === 'array') return items?.type === 'object' ? 'list of entries' : 'list of texts'
  if (Array.isArray(type)) return type.map((each) => form({ type: each })).join(' or ')
  if (type === 'string') return 'text'
  if (type === 'object') return 'entries'
  if (type === 'integer' || type === 'number') return 'number'
  return anyOf ? [...new Set(anyOf.map(form))].join(' or ') : ''
}

function table(titles, rows) {
  return [`| ${titles.join(' | ')} |`, `| ${titles.map(() => '---').join(' | ')} |`, ...rows].join('\n')
}

function cell(text = '') {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}
