import * as nodeModule from 'node:module'

/** What `import { defineRule } from 'migration-gate'` gives where the package itself is not installed: the action, for one. */
const code = 'export const defineRule = (rule) => rule'
const url = `data:text/javascript,${encodeURIComponent(code)}`

const offered = new Set<string>()

/** From here on, modules below `folder` (a file URL that ends in `/`) can import `migration-gate`. */
export function offerDefineRule(folder: string): void {
  if (offered.has(folder)) return
  offered.add(folder)
  // Node 20 has only the older of the two, which Node 26 warns of.
  if (typeof nodeModule.registerHooks === 'function') {
    nodeModule.registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'migration-gate' && context.parentURL?.startsWith(folder)
          ? { url, format: 'module', shortCircuit: true }
          : next(specifier, context),
    })
    return
  }
  const hook = `export const resolve = async (specifier, context, next) =>
  specifier === 'migration-gate' && context.parentURL?.startsWith(${JSON.stringify(folder)})
    ? { url: ${JSON.stringify(url)}, format: 'module', shortCircuit: true }
    : next(specifier, context)`
  nodeModule.register(`data:text/javascript,${encodeURIComponent(hook)}`)
}
