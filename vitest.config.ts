import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/{unit,property,integration,contract,architecture,e2e}/**/*.test.ts'],
    setupFiles: ['test/e2e/tell-failure.ts'],
    testTimeout: 120_000,
    // What a screen comes to by itself is waited for as long as everything else on it; a second is little on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    pool: 'forks',
    // A test at a browser, a printer or a mail server waits half of its time: two of them keep one core busy.
    maxWorkers: Math.min(2 * availableParallelism(), 8),
    // A worker takes one file after the other and loads the program once: a third of the time of the small files went
    // into loading it anew. What a file opens or changes outside of itself it puts back in `afterAll`.
    isolate: false,
    // The programs that tests start by the hundred are compiled once.
    env: { NODE_COMPILE_CACHE: resolve('node_modules/.cache/node-compile') },
  },
})
