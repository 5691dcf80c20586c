import { compileOnce } from './compile-once.ts'

/** What dist/ offers to its two entries. Each loads only what it needs: a bundle that is parsed and not used costs as much as the reading. */
export async function action(): Promise<void> {
  compileOnce()
  await (await import('./action.ts')).action()
}

/** @param argv as `process.argv` */
export async function cli(argv: readonly string[]): Promise<void> {
  compileOnce()
  await (await import('./cli.ts')).cli(argv)
}
