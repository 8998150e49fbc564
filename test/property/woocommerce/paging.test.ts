import { describe, expect, test } from 'vitest'
import type { FakeOptions } from '../../fake-woocommerce/fake-woocommerce.ts'
import { runHistory } from './mirror.ts'

const histories = 12

async function failing(options: FakeOptions, firstSeed: number): Promise<string[]> {
  const found: string[] = []
  for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
    const differences = await runHistory(seed, options)
    if (differences.length > 0) found.push(`seed ${seed}: ${differences.join('; ')}`)
  }
  return found
}

describe('after orders came, changed and vanished while pages were read, and two quiet polls', () => {
  test('nothing is lost, doubled or stale with high-performance order storage', async () => {
    expect(await failing({ version: '9.4', orderStorage: 'tables', zone: 'Asia/Tokyo' }, 1)).toEqual([])
  })

  test('nothing either with 11.0 west of Greenwich over plain HTTP with signatures, clock 20 minutes off', async () => {
    const options = { version: '11.0', zone: 'America/Los_Angeles', address: 'http://shop.test', clockSkewMs: -1_200_000 } as const // prettier-ignore
    expect(await failing(options, 10_000)).toEqual([])
  })

  test('nothing with the older storage, which does not date every change, once open orders are read again', async () => {
    expect(await failing({ version: '7.9', orderStorage: 'posts' }, 20_000)).toEqual([])
  })
})
