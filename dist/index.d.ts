export { type Context, defineRule, type Observed, type Rule } from './types/rule.ts'
