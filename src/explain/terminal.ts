/** The part of `picocolors` that is used here. */
interface Colors {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly green: (text: string) => string
  readonly cyan: (text: string) => string
}

/**
 * A rule's page, which is Markdown, as a person reads it in a terminal: paragraphs broken at `width`, SQL as it is with what is bad and good
 * told apart, links by number with their addresses at the end.
 */
export function pageInTerminal(markdown: string, width: number, colors: Colors): string {
  const links: string[] = []
  const inline = (text: string) =>
    text
      .replace(/!?\[([^\]]*)\]\(([^)\s]+)\)/g, (_, label: string, address: string) => {
        if (!links.includes(address)) links.push(address)
        return `${label} [${links.indexOf(address) + 1}]`
      })
      .replace(/\*\*([^*]+)\*\*/g, '$1')
      .replace(/(?<![\w`])_([^_`]+)_(?![\w`])/g, '$1')
  const parts = blocks(markdown).map((block) => {
    if (block.kind === 'heading') return colors.bold(inline(block.text).replaceAll('`', ''))
    if (block.kind === 'text') return styled(wrapped(inline(block.text), width), colors)
    if (block.kind === 'lines') return block.lines.map((line) => styled(inline(line), colors)).join('\n')
    const paint = block.label.startsWith('bad') ? colors.red : block.label === 'good' ? colors.green : colors.dim
    return [
      ...(block.label ? [`  ${paint(`${block.label}:`)}`] : []),
      ...block.lines.map((line) => `    ${line}`),
    ].join('\n')
  })
  const addresses = links.map((address, index) => colors.dim(`[${index + 1}] ${address}`))
  return `${[...parts, ...(addresses.length > 0 ? [addresses.join('\n')] : [])].join('\n\n')}\n`
}

type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'code'; readonly label: string; readonly lines: readonly string[] }

function blocks(markdown: string): Block[] {
  const found: Block[] = []
  const lines = markdown.replaceAll('\r', '').split('\n')
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (line.trim() === '') continue
    const fence = /^```(.*)$/.exec(line)
    if (fence) {
      const end = lines.indexOf('```', index + 1)
      const inside = lines.slice(index + 1, end < 0 ? lines.length : end)
      found.push({ kind: 'code', label: fence[1]?.replace(/^\w+ ?/, '') ?? '', lines: inside })
      index += inside.length + 1
    } else if (/^#+ /.test(line)) found.push({ kind: 'heading', text: line.replace(/^#+ /, '') })
    else {
      const rest = lines.slice(index)
      const length = rest.findIndex((each) => each.trim() === '' || each.startsWith('```'))
      const together = length < 0 ? rest : rest.slice(0, length)
      const isPlain = /^\s*(?:[-*|]|\d+\.) ?/.test(line)
      found.push(isPlain ? { kind: 'lines', lines: together } : { kind: 'text', text: together.join(' ') })
      index += together.length - 1
    }
  }
  return found
}

function wrapped(text: string, width: number): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}

/** What stands in backticks is painted. A stretch that was broken at the end of a line is painted in both. */
function styled(text: string, { cyan }: Colors): string {
  return text.replace(/`([^`]+)`/g, (_, code: string) => code.split('\n').map(cyan).join('\n'))
}
