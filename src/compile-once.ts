import { setFlagsFromString } from 'node:v8'

// V8 compiles twice: at once, and again, optimized, what runs often. For a command that reads one history the second time costs more CPU
// than it saves: of a parser in WebAssembly always, of JavaScript unless it runs very often (bench/lint.mjs). A newer V8 does not turn
// off what --liftoff-only implies, and counts calls where an older one counted bytes. A flag that a V8 does not know is an error on
// standard error, so that one that nobody has tried gets none.
const node = Number(process.versions.node.split('.')[0])
const webAssembly = ['--liftoff-only', '--no-wasm-tier-up', '--no-wasm-dynamic-tiering']
const oneRun: { readonly [major: number]: readonly string[] } = {
  20: [...webAssembly, '--interrupt-budget=1000000'],
  22: [...webAssembly, '--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
  24: [...webAssembly, '--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000'],
}

/** Tells V8 that this process reads one history and ends. To be called first: the compiler has threads of its own, which begin at once. */
export function compileOnce(): void {
  for (const flag of oneRun[node] ?? []) setFlagsFromString(flag)
}
