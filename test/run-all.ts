import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * Runs every test and holds docs/mission.md against them (`check`, what `npm test` does), or runs the end-to-end tests
 * and writes that page (`write`, what `npm run mission` does).
 */
const mode = process.argv[2] === 'write' ? 'write' : 'check'
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const reporters = ['--reporter=default', '--reporter=./test/mission-reporter.ts']
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...(mode === 'write' ? ['test/e2e'] : []), ...reporters],
  {
    stdio: 'inherit',
    env: { ...process.env, BACKROOM_MISSION: mode },
  },
)
process.exitCode = status ?? 1
