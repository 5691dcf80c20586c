import type { Surroundings } from './modules.ts'
import { type Named, type Naming, plainNaming } from './naming.ts'
import { type ReadText, type RepositoryModules, readable } from './repository.ts'

/** What the version files of a project are read with, and a way to read more of the repository when they ask for it. */
export interface ProjectSurroundings extends Surroundings {
  /** Reads what was asked for and not there. False: nothing was. */
  readonly load: () => Promise<boolean>
}

/**
 * @param patterns the naming convention that `env.py` leads to; undefined: none was found there
 * @param others the Python files that could set one all the same
 */
export function projectSurroundings(
  modules: RepositoryModules,
  patterns: ReadonlyMap<string, string> | undefined,
  others: readonly string[],
  readText: ReadText,
): ProjectSurroundings {
  let naming: Naming | undefined = patterns && { ...plainNaming, patterns }
  let asked = false
  return {
    modules,
    naming: () => {
      asked ||= naming === undefined
      return naming ?? plainNaming
    },
    load: async () => {
      const more = await modules.load()
      if (!asked) return more
      naming = await conventionElsewhere(others, readText)
      asked = false
      return more || naming !== plainNaming
    },
  }
}

/** As an argument of MetaData, an attribute, or a key; what `batch_alter_table` is given is another thing. */
const setsConvention = /MetaData|\.naming_convention|["']naming_convention["']/

/** Where no file so much as mentions a convention, there is none. Where one does, what it means for a name is not known. */
async function conventionElsewhere(files: readonly string[], readText: ReadText): Promise<Naming> {
  for (const file of files) {
    const text = await readable(readText(file))
    if (!text?.includes('naming_convention') || !setsConvention.test(text)) continue
    const reason = `a \`naming_convention\` is set in ${file}, where it is not followed, so the name here is not known`
    return { patterns: new Map(), unknown: reason, mayChange: renamed(text) }
  }
  return plainNaming
}

const kinds: readonly Named[] = ['ix', 'uq', 'ck', 'fk', 'pk']

/** The kinds of constraint whose given names are put into a pattern: those with `%(constraint_name)s`; all, where that is not clear. */
function renamed(text: string): ReadonlySet<Named> {
  const mentions = text.split('%(constraint_name)s').length - 1
  const clear = [...text.matchAll(/["'](ix|uq|ck|fk|pk)["']\s*:\s*f?["'][^"'\n]*%\(constraint_name\)s/g)]
  if (clear.length < mentions || (mentions === 0 && !/["']uq["']\s*:/.test(text))) return new Set(kinds)
  return new Set(kinds.filter((kind) => clear.some((match) => match[1] === kind)))
}
