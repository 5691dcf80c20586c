// What `import { defineRule } from 'migration-gate'` gives a repository with rules of its own: one function, and the types.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ts from 'typescript'

/** Writes `index.js`, `index.d.ts` and the declarations of the model into `folder`. */
export async function writePackage(root, folder) {
  const model = join(root, 'src/model')
  const program = ts.createProgram([join(model, 'rule.ts')], {
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: model,
    outDir: join(folder, 'types'),
    newLine: ts.NewLineKind.LineFeed,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    strict: true,
    types: [],
  })
  const wrong = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics]
  if (wrong.length > 0) throw new Error(ts.formatDiagnostics(wrong, ts.createCompilerHost({})))
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'index.js'), 'export const defineRule = (rule) => rule\n')
  await writeFile(
    join(folder, 'index.d.ts'),
    `export { type Context, defineRule, type Observed, type Rule } from './types/rule.ts'\n`,
  )
}
