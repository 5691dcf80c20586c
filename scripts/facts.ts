/** What the generated pages are made from. */
export { rules } from '../rules/index.ts'
export { configurationSchema } from '../src/config.ts'
export { jsonResultSchema } from '../src/report/result-schema.ts'
