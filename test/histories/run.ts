import process from 'node:process'
import { parseArgs } from 'node:util'
import { memoryStore } from '../../src-main/adapters/memory/memory-store.ts'
import { playKilled } from './kill.ts'
import { historyOf, play, shrink, type Surroundings } from './history.ts'
import { makeSecrets } from './our-side.ts'
import { platforms, isPlatform } from './platforms.ts'
import { fileStore } from './stores.ts'

/**
 * `npm run histories -- --count 100000 --seed 1 --platform open|woo`: plays histories until one goes wrong (`--keep`: all
 * of them), and says now and then how far it is; Ctrl C ends it after the present one. `--sqlite` keeps the shop in a file in memory's place; `--kill` kills a real process at random points.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    platform: { type: 'string', default: 'open' },
    keep: { type: 'boolean', default: false },
    kill: { type: 'boolean', default: false },
    sqlite: { type: 'boolean', default: false },
  },
})
const name = values.platform
if (!isPlatform(name)) {
  process.stderr.write(`--platform is one of ${Object.keys(platforms).join(', ')}\n`)
  process.exit(2)
}
const secrets = await makeSecrets()
const makeStore = values.sqlite ? fileStore : async () => memoryStore()
const around: Surroundings = { platform: platforms[name], secrets, makeStore }
const killsEach = 4
const tellEvery = 500
const startedAt = performance.now()
let wrong = 0
let played = 0
const first = Number(values.seed)
const count = Number(values.count)
const secondsSoFar = (): string => ((performance.now() - startedAt) / 1000).toFixed(1)
let isStopped = false
process.once('SIGINT', () => {
  isStopped = true
})
for (let seed = first; seed < first + count && !isStopped; seed++) {
  played += 1
  if (played % tellEvery === 0) process.stderr.write(`${played} of ${count}, ${wrong} wrong, ${secondsSoFar()} s\n`)
  const history = historyOf(seed)
  const found = values.kill
    ? await playKilled({ seed, kills: killsEach, platform: name, secrets })
    : await play(history, around)
  if (found.length === 0) continue
  wrong += 1
  process.stdout.write(`history ${seed} goes wrong:\n  ${found.join('\n  ')}\n`)
  if (values.keep || values.kill) continue
  const short = await shrink(history, around)
  process.stdout.write(`shortest of its kind:\n${short.steps.map((step) => `  ${JSON.stringify(step)}`).join('\n')}\n  ${(await play(short, around)).join('\n  ')}\n`) // prettier-ignore
  break
}
secrets.remove()
process.stdout.write(`${played} histories on ${name}, ${wrong} wrong, ${secondsSoFar()} s\n`)
process.exitCode = wrong > 0 ? 1 : 0
