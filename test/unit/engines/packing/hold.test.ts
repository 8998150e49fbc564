import { describe, expect, test } from 'vitest'
import { boxesOf } from '../../../../src-main/engines/packing/model/box.ts'
import { kindsOf } from '../../../../src-main/engines/packing/model/kind.ts'
import { sceneOf } from '../../../../src-main/engines/packing/model/scene.ts'
import { contentsOf, holdOf, open, putIn } from '../../../../src-main/engines/packing/one-carton/hold.ts'
import { openStowage, put } from '../../../../src-main/engines/packing/one-carton/stowage.ts'
import { isSupported, loadsHold } from '../../../../src-main/engines/packing/one-carton/physics.ts'
import { spotRules } from '../../../../src-main/engines/packing/one-carton/portfolio.ts'
import { bestSpot, spotSearchOf } from '../../../../src-main/engines/packing/one-carton/spots.ts'
import { plainRules } from '../../../../src-main/engines/packing/problem.ts'
import { seededRandom } from '../../../../src-main/kernel/random.ts'
import { carton, item } from './problems.ts'

const random = seededRandom(7)
const side = (): number => 3 + random.below(14)

describe('a hold that is written over from filling to filling', () => {
  const items = Array.from({ length: 8 }, (_piece, at) =>
    item(`s-${at}`, [side(), side(), side()], at % 4 === 0 ? { handling: { maxLoadG: 150 } } : {}),
  )
  const rules = { ...plainRules, minSupport: 0.75 }
  const scene = sceneOf(kindsOf(items), boxesOf([carton('C', [30, 28, 33]), carton('D', [24, 40, 20])], rules), rules)
  const hold = holdOf(scene)
  const search = spotSearchOf(hold)

  test('has the same spaces in the same order as a fresh carton, and every spot is free, supported and bears', () => {
    let pieces = 0
    for (let round = 0; round < 60; round++) {
      const box = scene.boxes[round % 2]!
      open(hold, box)
      const fresh = openStowage(box, scene)
      for (let at = 0; at < 12; at++) {
        const kind = scene.kinds[random.below(scene.kinds.length)]!
        const found = bestSpot(search, kind, spotRules[round % spotRules.length]!)
        if (found === undefined) continue
        const spot = { ...found }
        expect(isSupported(spot, fresh.placed, rules.minSupport)).toBe(true)
        putIn(hold, found)
        put(fresh, spot)
        expect(loadsHold(fresh.placed)).toBe(true)
        expect(hold.spaces.slice(0, hold.spaceCount)).toEqual(fresh.spaces)
        pieces++
      }
      expect(contentsOf(hold)).toEqual(fresh.placed)
    }
    expect(pieces).toBeGreaterThan(300)
  })
})
