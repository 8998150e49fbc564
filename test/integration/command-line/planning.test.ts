import { describe, expect, test } from 'vitest'
import { backroom } from './backroom.ts'

const problems = {
  pack: {
    format: 'backroom-pack-1',
    cartons: [{ code: 'S', innerMm: [200, 150, 100], maxGrossG: 5000 }],
    orders: [{ id: 'o-1', items: [{ sku: 'A', quantity: 2, sizeMm: [100, 100, 50], weightG: 100 }, { sku: 'HUGE', quantity: 1, sizeMm: [900, 900, 900], weightG: 5 }] }], // prettier-ignore
  },
  tour: {
    format: 'backroom-tour-1',
    problems: [{ id: 't', floor: { kind: 'aisles', aisleX: [0, 10], crossY: [0, 20] }, start: [0, 0], end: [0, 0], picks: [[1, 5], [0, 9]] }], // prettier-ignore
  },
  batch: {
    format: 'backroom-batch-1',
    problems: [{ id: 'b', floor: { kind: 'aisles', aisleX: [0, 10], crossY: [0, 20] }, start: [0, 0], end: [0, 0], capacity: 2, orders: [[[0, 5]], [[1, 5]], [[0, 7]]] }], // prettier-ignore
  },
  deliver: {
    format: 'backroom-deliver-1',
    problems: [{ id: 'd', metric: 'euclidean', depot: { at: [0, 0] }, vehicles: [{ id: 'v', count: 1, returns: true }], stops: [{ id: 's-1', at: [3, 4] }, { id: 's-2', at: [6, 8] }] }], // prettier-ignore
  },
} as const

describe('planning from a file', () => {
  test('pipes each format in and its result out, the same bytes for the same seed', async () => {
    for (const command of ['pack', 'tour', 'batch', 'deliver'] as const) {
      const input = JSON.stringify(problems[command])
      const ended = await backroom([command, '-', '--seed', '3', ...(command === 'pack' ? ['--progress'] : [])], {
        input,
      })
      expect([command, ended.code]).toEqual([command, 0])
      expect(ended.json()).toMatchObject({ format: `backroom-${command}-result-1` })
      if (command !== 'pack') continue
      expect(ended.json()).toMatchObject({ orders: [{ unpacked: [{ sku: 'HUGE', quantity: 1, reason: 'too-long' }] }] })
      expect(ended.words).toMatch(/pack 1\/1/)
      const again = await backroom(['pack', '--seed', '3'], { input })
      const withoutTimes = (text: string): string => text.replaceAll(/"ms":[\d.]+/g, '')
      expect(withoutTimes(again.out)).toBe(withoutTimes(ended.out))
    }
  })

  test('refuses what it would not obey: one line with the path, nothing on standard output', async () => {
    const ended = await backroom(['pack'], { input: JSON.stringify({ ...problems.pack, colour: 'blue' }) })
    expect([ended.code, ended.out]).toEqual([2, ''])
    expect(ended.words).toContain('colour')
    const broken = await backroom(['tour', '--json'], { input: '{"format": "backroom-tour-1",\n "problems": [' })
    expect([broken.code, broken.out]).toEqual([2, ''])
    expect(broken.failure()).toMatchObject({ code: 'ERR_INPUT_NOT_JSON', details: { line: 2 } })
  })
})
