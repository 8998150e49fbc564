import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** `npm run bench`: speed of the engines, printed with what they ran on and never asserted. Parts can be named. */
const folder = fileURLToPath(new URL('.', import.meta.url))
const parts = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'run.ts')
const words = process.argv.slice(2)
for (const part of parts.filter((name) => words.length === 0 || words.includes(name.slice(0, -3)))) {
  const { status } = spawnSync(process.execPath, [folder + part], { stdio: 'inherit' })
  process.exitCode = Math.max(Number(process.exitCode ?? 0), status ?? 1)
}
