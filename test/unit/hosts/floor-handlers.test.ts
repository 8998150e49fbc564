import { afterAll, describe, expect, test } from 'vitest'
import type { DrawnFloorView } from '../../../src-main/contract/floor-views.ts'
import { createRoom } from '../../../src-main/hosts/handlers.ts'
import { openTestShop, removeTestShops } from '../application/test-shop.ts'

afterAll(removeTestShops)

describe('the floor at the door', () => {
  test('a template, its file and what is read from it are the same floor, which may then be saved', async () => {
    const room = createRoom((await openTestShop()).workshop)
    const ask = async <Answer>(operation: string, input: unknown, door: 'desktop' | 'station' = 'desktop') => {
      const reply = await room.call(operation, input, { door, actor: 'test' }, operation)
      if (!reply.ok) throw Object.assign(new Error(reply.error.code), reply.error)
      return reply.value as Answer // the test knows what it asks for
    }
    const drawn = await ask<DrawnFloorView>('floor.template', { template: 'u-shape', numbers: { levels: 2 } })
    expect(drawn.floor.missing).toEqual([{ cross: 0, afterAisle: 0 }])
    const { json } = await ask<{ json: string }>('floor.export', { drawn })
    expect(await ask('floor.read', { json })).toEqual(drawn)
    await expect(ask('floor.import', { json })).rejects.toMatchObject({ code: 'ERR_FLOOR_STOCK_LEFT' })
    expect(await ask('floor.import', { json, confirmed: true })).toEqual({ locations: drawn.locations.length })
    expect(await ask('floor.get', {})).toMatchObject({ floor: drawn.floor })
    expect(await ask('floor.export', {})).toMatchObject({ json: expect.stringContaining('"A-01-1"') })
    const range = { codes: 'Z-1..Z-2', aisle: 1, fromMm: 0, toMm: 10_000, sides: 'left' }
    expect(await ask('floor.range', { range })).toMatchObject({ locations: [{ code: 'Z-1', place: [1, 2500] }, { code: 'Z-2', place: [1, 7500] }] }) // prettier-ignore
    expect(await ask('floor.picks', { days: 7 })).toEqual({ rows: [], picks: 0, pieces: 0 })
  })

  test.each(['floor.save', 'floor.import', 'floor.check', 'floor.picks', 'floor.test-tour'])(
    '%s is not for stations on the floor',
    async (operation) => {
      const room = createRoom((await openTestShop()).workshop)
      const reply = await room.call(operation, {}, { door: 'station', actor: 'tablet' }, 'job')
      expect(reply).toMatchObject({ ok: false, error: { code: 'ERR_NOT_ALLOWED' } })
    },
  )
})
