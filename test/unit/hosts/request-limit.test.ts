import { expect, test } from 'vitest'
import { requestLimit } from '../../../src-main/hosts/station/request-limit.ts'

test('one caller too many times in a span waits for its end; others do not wait for them', () => {
  let now = 1000
  const limit = requestLimit({ now: () => now }, { most: 3, spanMs: 60_000 })
  const ask = (who: string): number => limit.waitSeconds(who)
  expect([ask('VAN'), ask('VAN'), ask('VAN')]).toEqual([0, 0, 0])
  now += 20_000
  expect([ask('VAN'), ask('POST')]).toEqual([40, 0])
  now += 40_000
  expect(ask('VAN')).toBe(0)
})

test('whoever makes names up makes nobody remember them all', () => {
  const limit = requestLimit({ now: () => 0 }, { most: 1, spanMs: 60_000 })
  for (let name = 0; name < 5000; name++) limit.waitSeconds(String(name))
  expect(limit.waitSeconds('0')).toBe(0)
  expect(limit.waitSeconds('4999')).toBeGreaterThan(0)
})
