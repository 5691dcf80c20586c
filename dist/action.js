import { action } from './gate/index.js'

await action()
