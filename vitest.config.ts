import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-server.ts'],
    // In CI every test is named, and each that was not run with its reason.
    reporters: process.env.CI ? ['verbose'] : ['default'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
  },
})
