import { parse, TomlError } from 'smol-toml'

/** The settings of one file for Alembic, by name. In an `.ini` all are text; in `pyproject.toml` there are lists and booleans too. */
export type Settings = ReadonlyMap<string, unknown>

/** The options of the `[alembic]` section of an `alembic.ini` as written. Undefined: the text has no such section. */
export function iniSettings(text: string): ReadonlyMap<string, string> | undefined {
  // The rules of Python's configparser (https://docs.python.org/3/library/configparser.html#supported-ini-file-structure): a line that
  // is indented goes on with the value before it, and a comment has a line of its own.
  const options = new Map<string, string>()
  let found = false
  let inside = false
  let key: string | undefined
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    if (key !== undefined && /^\s/.test(line)) {
      if (inside) options.set(key, `${options.get(key) ?? ''}\n${trimmed}`)
      continue
    }
    if (trimmed.startsWith('[')) {
      inside = trimmed === '[alembic]'
      found ||= inside
      key = undefined
      continue
    }
    const at = trimmed.search(/[=:]/)
    if (at < 0) continue
    key = trimmed.slice(0, at).trim().toLowerCase()
    if (inside) options.set(key, trimmed.slice(at + 1).trim())
  }
  return found ? options : undefined
}

/**
 * The options of `[tool.alembic]` in a `pyproject.toml`, which Alembic reads from 1.16 on
 * (https://alembic.sqlalchemy.org/en/latest/tutorial.html#using-pyproject-toml-for-configuration). Undefined: it has no such table.
 * @throws TomlError for a text that is not TOML
 */
export function tomlSettings(text: string): Settings | undefined {
  // Most files of that name say nothing of Alembic, and need not be parsed.
  if (!text.includes('alembic')) return undefined
  const tool = tableOf(parse(text.replace(/^\uFEFF/, '')), 'tool')
  const section = tool && tableOf(tool, 'alembic')
  return section && new Map(Object.entries(section))
}

function tableOf(value: object, name: string): object | undefined {
  const found: unknown = Object.entries(value).find(([key]) => key === name)?.[1]
  return typeof found === 'object' && found !== null && !Array.isArray(found) && !(found instanceof Date)
    ? found
    : undefined
}

/** Whether a `pyproject.toml` is, or was meant to be, Alembic's. */
export function speaksOfAlembic(text: string): boolean {
  try {
    return tomlSettings(text) !== undefined
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    return /^\s*\[\s*tool\s*\.\s*alembic\s*\]/m.test(text)
  }
}
