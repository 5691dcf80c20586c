// The parts of our pages that are made from the code: the tables of rules, inputs, outputs and settings, and the schema.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { configurationTables, editorSchema, facts, resultSchema } from './configuration.mjs'

/** The pages with generated parts, as they should read: path from the root and text. */
export async function generatedPages(root) {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8'))
  const parts = { inputs: inputs(action), outputs: outputs(action) }
  const known = await facts(root)
  return [
    ['schema/configuration.json', editorSchema(known)],
    ['schema/result.json', resultSchema(known)],
    [
      'docs/configuration.md',
      fill(await readFile(join(root, 'docs/configuration.md'), 'utf8'), configurationTables(known)),
    ],
    [
      'CONTRIBUTING.md',
      fill(await readFile(join(root, 'CONTRIBUTING.md'), 'utf8'), {
        rule: fenced(await readFile(join(root, 'rules/explicit-lock/rule.ts'), 'utf8'), 'ts'),
        lines: fenced(
          (await readFile(join(root, 'rules/index.ts'), 'utf8')).match(/^.*\bexplicitLock\b.*\n/gm)?.join('') ?? '',
          'ts',
        ),
      }),
    ],
    [
      'docs/custom-rules.md',
      fill(await readFile(join(root, 'docs/custom-rules.md'), 'utf8'), {
        example: fenced(
          await readFile(join(root, 'examples/custom-rules/table-without-comment/rule.js'), 'utf8'),
          'js',
        ),
      }),
    ],
    [
      'README.md',
      fill(await readFile(join(root, 'README.md'), 'utf8'), {
        ...parts,
        rules: await ruleTable(root, 'rules/', known.rules),
      }),
    ],
    [
      'rules/README.md',
      fill(await readFile(join(root, 'rules/README.md'), 'utf8'), { rules: await ruleTable(root, '', known.rules) }),
    ],
  ]
}

function inputs(action) {
  const rows = Object.entries(action.inputs).map(
    ([name, { description, default: value }]) =>
      `| \`${name}\` | ${cell(description)} | ${value ? `\`${value}\`` : ''} |`,
  )
  return ['| input | what it does | default |', '| --- | --- | --- |', ...rows].join('\n')
}

function outputs(action) {
  const rows = Object.entries(action.outputs).map(([name, { description }]) => `| \`${name}\` | ${cell(description)} |`)
  return ['| output | what it holds |', '| --- | --- |', ...rows].join('\n')
}

/** One row for each room: the first sentence of its page, which unlike the rule's summary is Markdown, and what its code says. */
async function ruleTable(root, prefix, rules) {
  const rows = await Promise.all(
    rules.map(async ({ name, severity, isPolicy, check, review, history, observe }) => {
      const page = await readFile(join(root, 'rules', name, 'README.md'), 'utf8')
      const ways = [(check ?? review ?? history) && 'read in the file', observe && 'seen on the server'].filter(Boolean)
      return `| [${name}](${prefix}${name}/README.md) | ${page.split('\n')[2]} | ${severity}${isPolicy ? ', if asked for' : ''} | ${ways.join(', ')} |`
    }),
  )
  return ['| rule | what | severity | how |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

function fenced(code, language) {
  return `\n\`\`\`${language}\n${code}\`\`\`\n`
}

function cell(text) {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|')
}

/** Puts each part between its markers, `<!-- name -->` and `<!-- /name -->`. */
function fill(page, parts) {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)
    if (!marked.test(text)) throw new Error(`A page has no markers for its generated part "${name}".`)
    return text.replace(marked, (_, open, close) => `${open}${part}\n${close}`)
  }, page)
}
