import { afterAll, expect, test } from 'vitest'
import {
  buyersOf,
  expectPlainLabels,
  expectSealedManifests,
  floorTexts,
  selectionOf,
} from '../e2e/mission/positions-of-sealing.ts'
import { personalIn } from '../e2e/stage/personal.ts'
import { playDemo } from '../e2e/stage/played-demo.ts'
import { openFolder } from '../e2e/stage/programs.ts'

const folder = openFolder('sealing-off')
afterAll(folder.close)

test('with sealing off the floor still sees no recipient, labels show the address, the manifest travels encrypted', async () => {
  const demo = await playDemo(folder.path, { sealing: 'off', orders: 2 })
  expect(selectionOf(demo).orders.filter((order) => order.recipient !== undefined)).toEqual([])
  expect((await floorTexts(demo)).flatMap((text) => personalIn(text, buyersOf(demo)))).toEqual([])
  await expectPlainLabels(demo)
  await expectSealedManifests(demo)
}, 600_000)
