import type { Direction, Tool } from '../model/migration.ts'
import type { NotChecked } from '../model/result.ts'
import { baseName, type Files, folderOf } from './files.ts'
import { history, passedOver, type Scripts, type Step, textOf } from './history.ts'
import { type Fit, type Layout, mostly, textOrNothing } from './layout.ts'
import { statements } from './statements.ts'
import { type Line, lines, placeOf } from './text.ts'

/** How one tool marks the upgrade and the downgrade inside of one file. */
export interface Dialect {
  readonly tool: Tool
  readonly expected: string
  /** The names of the files that the tool takes; the first group is the number. */
  readonly name: RegExp
  /** A text in which this is found was written for the tool. */
  readonly marker: RegExp
  /** What a file whose name is not taken should have been called. */
  readonly nameExpected: string
  /** The tool's name for the file, and what two files may not have in common. */
  id(name: string, number: string): string
  /** The tool's order of two file names. */
  order(a: string, b: string): number
  /** The two sections, or why the tool would refuse the file. */
  read(file: string, text: string): Scripts | NotChecked
  /** Besides markers: whether something about the folder names the tool. */
  isNamed?(files: Files, folder: string): Promise<boolean>
  /** Migrations in the tool's other language: why they are not read. */
  readonly program?: { readonly name: RegExp; readonly why: string }
  /** Told about a history as a whole. */
  gaps?(numbers: readonly string[], directory: string): NotChecked[]
}

/** A stretch of a file behind a marker line. */
export interface Section {
  readonly direction: Direction
  readonly marker: Line
  readonly start: number
  readonly end: number
}

/** Divides a text at its marker lines. What stands before the first ends at `head`. */
export function sections(
  text: string,
  directionOf: (line: string) => Direction | undefined,
): { head: number; sections: Section[] } {
  const markers = [...lines(text)].flatMap((marker) => {
    const direction = directionOf(marker.text)
    return direction ? [{ direction, marker }] : []
  })
  return {
    head: markers[0]?.marker.start ?? text.length,
    sections: markers.map(({ direction, marker }, i) => ({
      direction,
      marker,
      start: marker.next,
      end: markers[i + 1]?.marker.start ?? text.length,
    })),
  }
}

/** A file that the tool would refuse. */
export function refused(file: string, text: string, offset: number, why: string): NotChecked {
  return { what: file, why, at: placeOf(file, text, offset) }
}

/**
 * goose and sql-migrate cut a section into statements at each line that ends with a semicolon, wherever that stands, unless a block
 * of StatementBegin and StatementEnd holds it. The first statement that this leaves without its end.
 * @param blockOf whether a line begins or ends such a block
 */
export function unfinished(
  text: string,
  section: Pick<Section, 'start' | 'end'>,
  blockOf: (line: string) => 'begin' | 'end' | undefined,
): { at: number; why: string } | undefined {
  let begun: number | undefined
  let isBlock = false
  for (const line of lines(text, section.start, section.end)) {
    const block = blockOf(line.text)
    if (block === 'begin') isBlock = true
    if (block === 'end') {
      isBlock = false
      begun = undefined
    }
    if (block) continue
    if (begun === undefined && /^\s*(?:--.*)?$/.test(line.text)) continue
    begun ??= line.start
    if (isBlock || !/;\s*(?:\s--.*)?$/.test(line.text)) continue
    if (statements(text, begun, line.next).at(-1)?.isOpen)
      return {
        at: begun,
        why: 'it ends a statement at each line that ends with a semicolon, so this one is cut in the middle; put “StatementBegin” and “StatementEnd” around it',
      }
    begun = undefined
  }
  if (isBlock) return { at: begun ?? section.start, why: '“StatementBegin” has no “StatementEnd”' }
  if (begun !== undefined && /\S/.test(text.slice(begun, section.end)))
    return { at: begun, why: 'this statement has no semicolon at the end of its last line' }
  return undefined
}

/** The layout of a tool that keeps both directions in one file. */
export function sectioned(dialect: Dialect): Layout {
  const { tool, name, program, marker } = dialect
  const isMigration = (path: string) => name.test(baseName(path)) || (program?.name.test(baseName(path)) ?? false)
  return {
    tool,
    expected: dialect.expected,

    async find(files, isAsked) {
      const fits: Fit[] = []
      for (const directory of files.folders) {
        const inFolder = files.inFolder(directory)
        if (!inFolder.some(isMigration)) continue
        const fit: Fit = { directory, folders: [directory], certainty: 'sure' }
        const migrations = inFolder.filter((path) => name.test(baseName(path)))
        const isMarked = isAsked || (await mostly(files, migrations, (text) => marker.test(text)))
        if (isMarked || (await dialect.isNamed?.(files, directory))) fits.push(fit)
      }
      return fits
    },

    owns: (path, directory) => folderOf(path) === directory && (/\.sql$/i.test(path) || isMigration(path)),

    nearly: async (path, files) =>
      /\.sql$/i.test(path) && !isMigration(path) && marker.test(await textOrNothing(files, path))
        ? dialect.nameExpected
        : undefined,

    async read(directory, files) {
      const inFolder = files.inFolder(directory)
      const steps = inFolder
        .filter(isMigration)
        .sort((a, b) => dialect.order(baseName(a), baseName(b)))
        .map((path): Step => step(dialect, files, path))
      const others = inFolder.filter((path) => /\.sql$/i.test(path) && !isMigration(path))
      const gaps =
        dialect.gaps?.(
          steps.map(({ file }) => /^\d+/.exec(baseName(file))?.[0] ?? ''),
          directory,
        ) ?? []
      const notChecked = [
        ...gaps,
        ...passedOver(
          files,
          others,
          () => `${tool} does not run it, because of its name: expected ${dialect.nameExpected}.`,
        ),
      ]
      return await history({
        tool,
        directory,
        folders: [directory],
        hasDowngrades: true,
        hasGaps: gaps.length > 0,
        steps,
        notChecked,
        files,
      })
    },
  }
}

function step(dialect: Dialect, files: Files, path: string): Step {
  const file = baseName(path)
  const number = dialect.name.exec(file)?.[1] ?? /^\d+/.exec(file)?.[0] ?? ''
  const id = dialect.id(file, number)
  return {
    id,
    name: file.replace(/\.[^.]+$/, ''),
    file: path,
    async read() {
      if (dialect.program?.name.test(file)) return [{ what: path, why: dialect.program.why }]
      const text = await textOf(files, path)
      if (typeof text !== 'string') return [text]
      const scripts = dialect.read(path, text)
      return 'up' in scripts ? scripts : [scripts]
    },
  }
}
