import { afterAll, beforeAll } from 'vitest'
import { nothingReadable } from '../e2e/mission/nothing-readable.ts'
import { playDemo, type PlayedDemo } from '../e2e/stage/played-demo.ts'
import { openFolder } from '../e2e/stage/programs.ts'

/** The whole demo, all sixty customers, in both positions of sealing; the everyday tests play and read a small one. */
const folder = openFolder('every-byte')
const played = new Map<string, PlayedDemo>()

beforeAll(async () => {
  for (const sealing of ['delivery', 'selection'] as const)
    played.set(sealing, await playDemo(folder.path, { sealing, orders: 60, looksAround: true }))
}, 1_800_000)
afterAll(folder.close)

const demoOf = (sealing: string): PlayedDemo => {
  const demo = played.get(sealing)
  if (!demo) throw new Error(`no demo with sealing on the ${sealing} side`)
  return demo
}

nothingReadable('delivery', () => demoOf('delivery'))
nothingReadable('selection', () => demoOf('selection'))
