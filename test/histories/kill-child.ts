import process from 'node:process'
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts'
import { openVault } from '../../src-main/adapters/vault/vault.ts'
import { AppError } from '../../src-main/kernel/errors.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import { ourDeeds } from './deeds.ts'
import { ourWorkshop, seededSystem } from './our-side.ts'
import { isPlatform, platforms } from './platforms.ts'

// Works like a shop in a hurry, over a real file and a real network, until it is killed. Says when it begins.
const [, , platform = 'open', path = '', keys = '', url = '', token = '', seed = '1'] = process.argv
if (!isPlatform(platform)) throw new Error(platform)
const real = { now: () => performance.timeOrigin + performance.now() }
const clock = { now: () => Math.floor(real.now()), forward: () => undefined }
const system = seededSystem(clock, Number(seed))
const store = await openSqliteStore({ path, clock, backupFolder: `${path}.backups` })
const vault = await openVault({ folder: keys, random: system.random })
const storefrontFor = () => platforms[platform].connector({ url, token }, clock)
const workshop = ourWorkshop({ secrets: { vault }, store, system, storefrontFor })
const random = seededRandom(Number(seed))
// Nobody decides against the storefront here: nobody outside would know of it.
const names = Object.entries(ourDeeds)
  .filter(([name]) => name !== 'keep' && name !== 'release')
  .flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))
process.stdout.write('working\n')
for (;;) {
  const name = names[random.below(names.length)]
  // The names come from the table itself.
  const deed = ourDeeds[name as keyof typeof ourDeeds]
  await deed.run({ clock, store, workshop, random }).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
  })
}
