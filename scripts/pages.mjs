// The parts of our pages that are made from the code: the tables of rules, inputs and outputs.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The pages with generated parts, as they should read: path from the root and text. */
export async function generatedPages(root) {
  const action = parse(await readFile(join(root, 'action.yml'), 'utf8'))
  const parts = { inputs: inputs(action), outputs: outputs(action) }
  return [
    [
      'README.md',
      fill(await readFile(join(root, 'README.md'), 'utf8'), { ...parts, rules: await ruleTable(root, 'rules/') }),
    ],
    [
      'rules/README.md',
      fill(await readFile(join(root, 'rules/README.md'), 'utf8'), { rules: await ruleTable(root, '') }),
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

/** One row for each room, from the title and the first sentence of its page, and the severity in its code. */
async function ruleTable(root, prefix) {
  const entries = await readdir(join(root, 'rules'), { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const rows = await Promise.all(
    names.sort().map(async (name) => {
      const page = await readFile(join(root, 'rules', name, 'README.md'), 'utf8')
      const code = await readFile(join(root, 'rules', name, 'rule.ts'), 'utf8')
      const severity = code.match(/severity: '(\w+)'/)?.[1]
      const ways = [/\bcheck[:(]/.test(code) && 'read in the file', /\bobserve[:(]/.test(code) && 'seen on the server']
      return `| [${name}](${prefix}${name}/README.md) | ${page.split('\n')[2]} | ${severity} | ${ways.filter(Boolean).join(', ')} |`
    }),
  )
  return ['| rule | what | severity | how |', '| --- | --- | --- | --- |', ...rows].join('\n')
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
