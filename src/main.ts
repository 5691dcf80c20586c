/** What dist/ offers to its two entries: the action and the command. */
export { action } from './action.ts'
export { cli } from './cli.ts'
