import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * `npm run quality`: plan quality on the published sets, part by part. Reads `BACKROOM_DATA` (default `../shared/data`
 * beside the checkout). Exit 1 when a number got worse than its committed CSV, 2 when the sets are not there. `--write` updates the
 * CSVs. Parts can be named: `npm run quality -- packing`.
 */
const parts = ['packing', 'picking', 'delivery', 'search'] as const
/** These need no published sets: theirs are in the checkout. */
const ownSets: readonly string[] = ['search']
const root = fileURLToPath(new URL('../../', import.meta.url))
const data = process.env['BACKROOM_DATA'] ?? resolve(root, '../shared/data')

const words = process.argv.slice(2)
const named = parts.filter((part) => words.includes(part))
const options = words.filter((word) => word.startsWith('--'))
const asked = named.length > 0 ? named : parts
if (!existsSync(data) && asked.some((part) => !ownSets.includes(part))) {
  process.stderr.write(
    `The published sets are not at ${data}. Put them there, or say where they are with BACKROOM_DATA.\n`,
  )
  process.exit(2)
}
let worst = 0
for (const part of asked) {
  const script = fileURLToPath(new URL(`./${part}/run.ts`, import.meta.url))
  process.stdout.write(`\n== ${part}\n`)
  const { status } = spawnSync(process.execPath, [script, ...options], {
    stdio: 'inherit',
    env: { ...process.env, BACKROOM_DATA: data },
  })
  worst = Math.max(worst, status ?? 1)
}
process.exitCode = worst
