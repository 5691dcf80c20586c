// The least that a reader in JavaScript can take: Node, the bytes of the files, PostgreSQL's grammar in WebAssembly, JSON.parse of its
// trees. Nothing is made of them.
//   node bench/grammar.mjs FILE …
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'

// As src/compile-once.ts does for every Node that it knows.
for (const flag of ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']) setFlagsFromString(flag)

const { loadModule, parseSync } = createRequire(import.meta.url)('libpg-query')
await loadModule()
const files = process.argv.slice(2)
let statements = 0
for (const file of files) statements += parseSync(readFileSync(file, 'utf8')).stmts.length
console.log(`${files.length} files, ${statements} statements`)
