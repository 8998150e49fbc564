import { defineConfig, mergeConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** What takes minutes and changes seldom: a thousand histories, killed processes. CI runs it after the everyday tests. */
export default mergeConfig(
  { ...everyday, test: { ...everyday.test, include: [] } },
  defineConfig({ test: { include: ['test/long/**/*.test.ts'] } }),
)
