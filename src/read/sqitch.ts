import type { NotChecked } from '../model/result.ts'
import { baseName, type Files, folderOf, inside, isBelow } from './files.ts'
import { history, passedOver, readPair, type Step, textOf } from './history.ts'
import { type Fit, type Layout, textOrNothing } from './layout.ts'
import { lines, placeOf, wholeFile } from './text.ts'

interface Change {
  readonly name: string
  /** It stands in the plan before. */
  readonly isRework: boolean
  /** The tags between this instance of the change and the next one of the same name; undefined: this is the last. */
  readonly reworkedAfter: readonly string[] | undefined
}

/**
 * sqitch, https://sqitch.org/docs/manual/sqitchchanges/: the plan says the order. A change that stands in it twice was reworked: the
 * scripts of the earlier instance are called after one of the tags in between. Scripts are run by psql, with their own BEGIN and COMMIT.
 */
export const sqitch: Layout = {
  tool: 'sqitch',
  expected: 'a sqitch.plan with scripts in deploy/ and revert/',

  async find(files, isAsked) {
    const fits: Fit[] = []
    for (const path of files.paths.filter((each) => baseName(each) === 'sqitch.plan')) {
      const directory = folderOf(path)
      const engine = await engineOf(directory, files)
      if (isAsked || engine === undefined || /^(?:pg|cockroach|yugabyte)$/.test(engine))
        fits.push({
          directory,
          folders: ['deploy', 'revert', 'verify'].map((folder) => inside(directory, folder)),
          certainty: 'sure',
        })
    }
    return fits
  },

  owns: (path, directory) =>
    path === inside(directory, 'sqitch.plan') ||
    ['deploy', 'revert'].some((folder) => isBelow(path, inside(directory, folder)) && path.endsWith('.sql')),

  nearly: (path) =>
    /(?:^|\/)(?:deploy|revert)\/[^/]+\.sql$/.test(path) ? 'a sqitch.plan beside its folder, which names it' : undefined,

  async read(directory, files) {
    const plan = inside(directory, 'sqitch.plan')
    const text = await textOf(files, plan)
    const read = typeof text === 'string' ? readPlan(plan, text) : { changes: [], notChecked: [text] }
    const steps = read.changes.map((change) => step(change, directory, files))
    const listed = new Set(steps.flatMap(({ file, others = [] }) => [file, ...others]))
    const scripts = files.paths.filter(
      (path) =>
        path.endsWith('.sql') && ['deploy', 'revert'].some((folder) => isBelow(path, inside(directory, folder))),
    )
    return await history({
      tool: 'sqitch',
      directory,
      folders: [directory, ...[...listed].map(folderOf)],
      hasDowngrades: true,
      hasGaps: read.notChecked.length > 0,
      steps,
      notChecked: [
        ...read.notChecked,
        ...passedOver(
          files,
          scripts.filter((path) => !listed.has(path)),
          () => 'sqitch does not run it: expected a change of this name in sqitch.plan.',
        ),
      ],
      files,
    })
  },
}

/** The engine in the nearest sqitch.conf, in the folder or above. */
async function engineOf(directory: string, files: Files): Promise<string | undefined> {
  for (let at = directory; ; at = folderOf(at)) {
    const path = inside(at, 'sqitch.conf')
    if (files.has(path)) {
      const core = /^\s*\[core\]([^[]*)/m.exec(await textOrNothing(files, path))?.[1] ?? ''
      return /^[ \t]*engine[ \t]*=[ \t]*(\S+)/m.exec(core)?.[1]
    }
    if (at === '') return undefined
  }
}

function step({ name, isRework, reworkedAfter }: Change, directory: string, files: Files): Step {
  const script = (folder: string, instance: string) => inside(directory, `${folder}/${instance}.sql`)
  const tag = reworkedAfter?.find((each) => files.has(script('deploy', `${name}${each}`))) ?? reworkedAfter?.[0]
  const instance = `${name}${tag ?? ''}`
  const file = script('deploy', instance)
  // Reworking copies the scripts that were there to the names with the tag, and leaves the old names to the new ones.
  const isNewRework =
    (isRework || tag !== undefined) &&
    files.statusOf(script('deploy', name)) === 'edited' &&
    files.paths.some(
      (path) => path.startsWith(script('deploy', `${name}@`).slice(0, -4)) && files.statusOf(path) === 'new',
    )
  const revert = script('revert', instance)
  const down = files.has(revert) ? revert : undefined
  return {
    id: instance,
    name: instance,
    file,
    others: down ? [down] : [],
    ...(isNewRework ? { status: tag === undefined ? ('new' as const) : ('base' as const) } : {}),
    read: async () =>
      files.has(file)
        ? await readPair(files, file, down, (direction, path, text) => wholeFile(direction, path, text, 'none'))
        : [{ what: file, why: `It is in sqitch.plan, and the file is not there.` }],
  }
}

/** https://sqitch.org/docs/manual/sqitchchanges/ and `App::Sqitch::Plan`: pragmas, changes and tags, a line each. */
function readPlan(file: string, text: string): { changes: Change[]; notChecked: NotChecked[] } {
  const found: { name: string; tags: string[] }[] = []
  const notChecked: NotChecked[] = []
  for (const line of lines(text)) {
    const content = line.text.replace(/#.*$/, '').trim()
    if (content === '' || content.startsWith('%')) continue
    const [, sign, name] = /^([-+@]?)\s*([^\s[\]]+)/.exec(content) ?? []
    if (name === undefined || sign === '-')
      notChecked.push({
        what: file,
        why: 'This line of the plan cannot be read. Expected a change or a tag.',
        at: placeOf(file, text, line.start),
      })
    else if (sign === '@') for (const change of found) change.tags.push(`@${name}`)
    else found.push({ name, tags: [] })
  }
  const changes = found.map(({ name, tags }, i): Change => {
    const next = found.slice(i + 1).find((change) => change.name === name)
    const isRework = found.slice(0, i).some((change) => change.name === name)
    return { name, isRework, reworkedAfter: next && tags.slice(0, tags.length - next.tags.length) }
  })
  return { changes, notChecked }
}
