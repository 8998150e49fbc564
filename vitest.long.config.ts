import { availableParallelism } from 'node:os'
import { defineConfig, mergeConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** What takes minutes and changes seldom: a thousand histories, killed processes. CI runs it after the everyday tests. */
export default mergeConfig(
  // These wait for nothing but the processor.
  { ...everyday, test: { ...everyday.test, include: [], maxWorkers: Math.min(availableParallelism(), 8) } },
  defineConfig({ test: { include: ['test/long/**/*.test.ts'] } }),
)
