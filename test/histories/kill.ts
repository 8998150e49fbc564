import { serve } from '@hono/node-server'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { openSqliteStore } from '../../src-main/adapters/sqlite/open-store.ts'
import { seededRandom } from '../../src-main/kernel/random.ts'
import { hostDeeds, quiet } from './deeds.ts'
import { complaints } from './oracle.ts'
import { openOurs, ourWorkshop, seededSystem, type Secrets } from './our-side.ts'
import { platforms } from './platforms.ts'
import type { World } from './world.ts'

const child = new URL('./kill-child.ts', import.meta.url).pathname

export interface Killing {
  readonly seed: number
  /** How often the process is killed and begins anew before the evening comes. */
  readonly kills: number
  readonly platform: keyof typeof platforms
  readonly secrets: Secrets
}

/** A real process over a real file, killed again and again while it talks with a real server; answers what is wrong in the evening. */
export async function playKilled(killing: Killing): Promise<readonly string[]> {
  const { seed, secrets, platform } = killing
  const folder = mkdtempSync(join(tmpdir(), 'backroom-killed-'))
  const path = join(folder, 'backroom.sqlite')
  let ahead = 0
  const clock = {
    now: () => Math.floor(performance.timeOrigin + performance.now()) + ahead,
    forward: (ms: number) => void (ahead += ms),
  }
  const world = await platforms[platform].makeWorld(clock, seed)
  const server = serve({ fetch: (request: Request) => world.answer(request), hostname: '127.0.0.1', port: 0 })
  if (!server.listening) await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server's address is no string
  const system = seededSystem(clock, seed)
  const open = () => openSqliteStore({ path, clock, backupFolder: `${path}.backups` })
  const storefrontFor = () => platforms[platform].connector({ url, token: world.token }, clock)
  try {
    const first = await open()
    await openOurs(ourWorkshop({ secrets, store: first, system, storefrontFor }), secrets, { id: 'main', platform: world.platform, url, token: world.token, undoMs: 0 }) // prettier-ignore
    await first.close()
    const random = seededRandom(seed)
    for (let time = 0; time < killing.kills; time++) {
      const args = [child, platform, path, secrets.folder, url, world.token, String(seed * 1000 + time)]
      const program = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
      await customersCome(world, clock, random.next())
      await begun(program)
      const endsAt = performance.now() + random.below(400)
      while (performance.now() < endsAt) {
        await customersCome(world, clock, random.next())
        await new Promise((resolve) => setTimeout(resolve, random.below(30)))
      }
      if (program.exitCode !== null) return [`the program ended by itself with ${program.exitCode}`]
      program.kill('SIGKILL')
      await once(program, 'exit')
    }
    const store = await open()
    const workshop = ourWorkshop({ secrets, store, system, storefrontFor })
    await quiet({ clock, store, workshop, random })
    const found = await complaints({ world, store, vault: secrets.vault })
    await store.close()
    return found
  } finally {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    world.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function begun(program: ChildProcess): Promise<void> {
  await Promise.race([once(program.stdout ?? program, 'data'), once(program, 'exit')])
}

async function customersCome(
  world: World,
  clock: { now(): number; forward(ms: number): void },
  seed: number,
): Promise<void> {
  // prettier-ignore
  const random = seededRandom(seed)
  const names = Object.entries(hostDeeds).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name))
  for (let deeds = 1 + random.below(3); deeds > 0; deeds--) {
    // The names come from the table itself.
    const name = names[random.below(names.length)] as keyof typeof hostDeeds
    await hostDeeds[name].run({ world, random } as Parameters<(typeof hostDeeds)['place']['run']>[0]) // deeds at the host reach for nothing else
  }
}
