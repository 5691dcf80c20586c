import type { CreateTable, OutputColumn, Outputs } from '../../model/operation.ts'
import { unknownValue } from '../../model/schema.ts'
import type { Entry } from './catalog.ts'
import { withoutNothing } from './columns.ts'
import { identityOf, quoted, unquoted } from './quoting.ts'
import { appendColumn, columnKey, columnOrder, relationOf, type State } from './state.ts'

/** LIKE in a table's definition. */
export function likeTable(state: State, table: Entry, { table: name, including }: CreateTable['like'][number]): void {
  const { catalog } = state
  const source = relationOf(catalog, name)
  const order = source && columnOrder(catalog, source)
  if (!source || !order) {
    state.lost()
    return
  }
  for (const column of order) {
    const of = catalog.get(columnKey(source, column))
    if (!of) continue
    const { type, notNull, collation, generated } = of.attributes
    const isCopied = generated === undefined ? including.includes('defaults') : including.includes('generated')
    const hasOption = including.some((each) => each === 'identity' || each === 'storage' || each === 'compression')
    catalog.set({
      kind: 'column',
      identity: columnKey(table, column).slice('column '.length),
      belongsTo: [`${table.kind} ${table.identity}`],
      attributes: withoutNothing({
        type,
        notNull,
        collation,
        default: isCopied ? of.attributes.default : undefined,
        generated: isCopied ? generated : undefined,
        ...(hasOption ? { [unknownValue]: unknownValue } : {}),
      }),
    })
    appendColumn(catalog, table, column)
  }
  // Their names are made up anew; which there are is not followed.
  const some = (kind: string): Entry => ({
    kind,
    identity:
      kind === 'constraint'
        ? `${table.identity}.${unknownValue}`
        : identityOf(`${unquoted(table.identity)[0]}.x`).replace(/x$/, unknownValue),
    belongsTo: [`${table.kind} ${table.identity}`],
    attributes: { [unknownValue]: unknownValue },
  })
  const wants = including.filter((each) =>
    ['constraints', 'indexes', 'statistics', 'comments', 'identity'].includes(each),
  )
  const has = catalog
    .members(`${source.kind} ${source.identity}`)
    .filter(({ kind }) => !['column', 'column order', 'dropped columns'].includes(kind))
  if (wants.length === 0 || has.length === 0) return
  for (const kind of ['constraint', 'index', 'sequence', 'statistics', 'comment']) catalog.set(some(kind))
}

/** The columns of a query: their names where the text tells them, their types where they are handed on unchanged. */
export function queryColumns({ catalog }: State, table: Entry, outputs: Outputs): void {
  const columns = outputs && expanded(catalog, outputs)
  for (const column of columns ?? [{ name: unknownValue, source: undefined }]) {
    const from = column.source && relationOf(catalog, column.source.table)
    const of = from && column.source && catalog.get(columnKey(from, column.source.column))?.attributes
    catalog.set({
      kind: 'column',
      identity: `${table.identity}.${column.name === unknownValue ? unknownValue : quoted(column.name)}`,
      belongsTo: [`${table.kind} ${table.identity}`],
      attributes: withoutNothing({
        type: of?.type ?? unknownValue,
        notNull: table.attributes.ofType === undefined ? false : unknownValue,
        collation: of ? of.collation : unknownValue,
      }),
    })
  }
  if (!catalog.has('column order', table.identity)) return
  catalog.change(`column order ${table.identity}`, {
    columns: columns ? columns.map(({ name }) => quoted(name)) : unknownValue,
  })
}

/** With the columns of the table in place of `*`. */
function expanded(catalog: State['catalog'], outputs: readonly OutputColumn[]): readonly OutputColumn[] | undefined {
  const all: OutputColumn[] = []
  for (const output of outputs) {
    const { source } = output
    if (output.name !== '*' || !source) {
      all.push(output)
      continue
    }
    const from = relationOf(catalog, source.table)
    const order = from && columnOrder(catalog, from)
    if (!order) return undefined
    all.push(...order.map((name) => ({ name, source: { table: source.table, column: name } })))
  }
  return all
}
