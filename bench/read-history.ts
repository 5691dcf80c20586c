// Finds and parses the history of a repository, as every command does first, and says how much it was.
import { compileOnce } from '../src/compile-once.ts'
import { parseHistory } from '../src/parse-history.ts'
import { readProject } from '../src/read/read.ts'

compileOnce()
const [repository = '.'] = process.argv.slice(2)
const project = await readProject({ repository, tool: undefined, directory: undefined, changed: undefined })
const migrations = await parseHistory(project, { defaultSchema: 'public' }, repository)
const scripts = migrations.flatMap(({ up, down }) => (down ? [up, down] : [up]))
const statements = scripts.flatMap((script) => script.statements).length
const unread = scripts.flatMap(({ unreadable }) => unreadable).length
console.log(`${migrations.length} migrations, ${statements} statements, ${unread} not readable`)
