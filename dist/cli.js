#!/usr/bin/env node
import { cli } from './gate/index.js'

await cli(process.argv)
