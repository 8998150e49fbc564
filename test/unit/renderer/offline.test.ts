import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { floorLine, type FloorLineOptions } from '../../../src-renderer/offline/floor-line.ts'
import type { KeptHere, Refused } from '../../../src-renderer/offline/kept-here.ts'
import { openKept } from '../../../src-renderer/offline/kept-here.ts'
import {
  conflictOf,
  openOf,
  toldOf,
  withAnswer,
  withoutPeople,
  withWaiting,
  type Confirmation,
  type PickList,
} from '../../../src-renderer/offline/waiting.ts'
import { makeStop, makeTour } from './floor-records.ts'

const confirmation = (id: string, more: Partial<Confirmation> = {}): Confirmation => ({
  id,
  wave: 'W1',
  tour: 1,
  seq: 1,
  kind: 'pick',
  code: 'TEA',
  quantity: 1,
  name: 'Tea',
  location: 'A-1',
  at: Number(id),
  ...more,
})

/** A shop that counts each id once, as the real one does; its line can be cut before it hears, or before it answers. */
function fakeShop() {
  const counted: string[] = []
  const heard: string[] = []
  return {
    counted,
    heard,
    line: 'up' as 'up' | 'cut' | 'answers-lost',
    refusing: new Map<string, 'ERR_PICK_TOO_MANY' | 'ERR_NOT_PAIRED'>(),
    async send(one: Confirmation) {
      if (this.line === 'cut') throw new AppError('ERR_SERVER_UNREACHABLE')
      heard.push(one.id)
      const refusal = this.refusing.get(one.id)
      if (refusal) throw new AppError(refusal)
      if (!counted.includes(one.id)) counted.push(one.id)
      if (this.line === 'answers-lost') throw new AppError('ERR_SERVER_UNREACHABLE')
      return one.id
    },
  }
}

async function openLine(more: Partial<FloorLineOptions<string>> = {}, kept?: KeptHere) {
  const shop = fakeShop()
  const seen: { waiting: readonly Confirmation[]; refused: readonly Refused[]; reached: boolean; left: number } = {
    waiting: [],
    refused: [],
    reached: true,
    left: 0,
  }
  const here = kept ?? (await openKept(() => 1))
  const line = floorLine<string>({
    kept: here,
    send: (one) => shop.send(one),
    onChange: (waiting, refused) => Object.assign(seen, { waiting, refused }),
    onCounted: () => undefined,
    onReach: (reached) => Object.assign(seen, { reached }),
    onLeft: () => void seen.left++,
    alone: (work) => work(),
    ...more,
  })
  return { shop, seen, line, kept: here }
}

describe('confirmations of a station', () => {
  test('are counted and forgotten while the shop answers', async () => {
    const { shop, seen, line } = await openLine()
    expect(await line.confirm(confirmation('1'))).toEqual({ state: 'counted', answer: '1' })
    expect(shop.counted).toEqual(['1'])
    expect(seen).toMatchObject({ waiting: [], refused: [], reached: true })
  })

  test('wait while it does not, and are told in their order once it does', async () => {
    const { shop, seen, line } = await openLine()
    shop.line = 'cut'
    for (const id of ['1', '2', '3']) expect(await line.confirm(confirmation(id))).toEqual({ state: 'kept' })
    expect(seen.waiting.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(seen.reached).toBe(false)
    shop.line = 'up'
    expect(await line.catchUp()).toBe(true)
    expect(shop.counted).toEqual(['1', '2', '3'])
    expect(seen).toMatchObject({ waiting: [], refused: [], reached: true })
  })

  test('are told again when only the answer was lost, under the same id', async () => {
    const { shop, line } = await openLine()
    shop.line = 'answers-lost'
    expect(await line.confirm(confirmation('1'))).toEqual({ state: 'kept' })
    shop.line = 'up'
    await line.catchUp()
    expect(shop.heard).toEqual(['1', '1'])
    expect(shop.counted).toEqual(['1'])
  })

  test('that the shop refuses at once are for the picker who waits; after a while offline they become conflicts', async () => {
    const { shop, seen, line } = await openLine()
    shop.refusing.set('1', 'ERR_PICK_TOO_MANY').set('2', 'ERR_PICK_TOO_MANY')
    expect(await line.confirm(confirmation('1'))).toMatchObject({ state: 'refused' })
    expect(seen.refused).toEqual([])
    shop.line = 'cut'
    for (const id of ['2', '3']) await line.confirm(confirmation(id))
    shop.line = 'up'
    await line.catchUp()
    expect(seen.refused).toEqual([{ id: '2', confirmation: confirmation('2'), code: 'ERR_PICK_TOO_MANY' }])
    expect(shop.counted).toEqual(['3'])
  })

  test('are never lost to a station that has to be paired anew', async () => {
    const { shop, seen, line } = await openLine()
    shop.refusing.set('1', 'ERR_NOT_PAIRED')
    expect(await line.confirm(confirmation('1'))).toEqual({ state: 'kept' })
    // The shop does answer; but what it left has to be told again, without anybody pressing anything.
    expect(seen).toMatchObject({ reached: true, left: 1 })
    shop.refusing.clear()
    await line.catchUp()
    expect([shop.counted, seen.waiting]).toEqual([['1'], []])
  })

  test('say how long ago they were made and by whom, never a time yet to come', () => {
    const made = confirmation('1', { at: 1_000, by: 'ida' })
    expect(toldOf(made, 61_000.4)).toMatchObject({ id: '1', by: 'ida', agoMs: 60_000 })
    expect(toldOf(made, 400)).toMatchObject({ agoMs: 0 })
  })

  test('survive the page being closed in the middle', async () => {
    const kept = await openKept(() => 1)
    const before = await openLine({}, kept)
    before.shop.line = 'answers-lost'
    await before.line.confirm(confirmation('1'))
    const after = await openLine({ send: (one) => before.shop.send(one) }, kept)
    before.shop.line = 'up'
    await after.line.catchUp()
    expect(before.shop.counted).toEqual(['1'])
    expect(await kept.waiting()).toEqual([])
  })
})

describe('what is shown meanwhile', () => {
  const tours = [makeTour({ seq: 1, stops: [makeStop({ seq: 1, quantity: 3 }), makeStop({ seq: 2, quantity: 1 })] })]
  const stops = (waiting: readonly Confirmation[]) =>
    withWaiting(tours, 'W1', waiting)[0]?.stops.map(({ picked, short }) => [picked, short])

  test('is the list with everything that waits already counted, never more than a stop wants', () => {
    expect(stops([])).toEqual([[0, 0], [0, 0]]) // prettier-ignore
    expect(stops([confirmation('1'), confirmation('2', { kind: 'short', quantity: 2 })])).toEqual([[1, 2], [0, 0]]) // prettier-ignore
    expect(stops([confirmation('1', { quantity: 3 }), confirmation('2')])).toEqual([[3, 0], [0, 0]]) // prettier-ignore
    expect(stops([confirmation('1', { wave: 'W2' })])).toEqual([[0, 0], [0, 0]]) // prettier-ignore
    expect(openOf({ quantity: 2, picked: 1, short: 2 })).toBe(0)
  })

  const list = {
    selection: { wave: 'W1', orders: [{ code: '1-01', userId: 'someone', recipient: 'sealed', packages: [] }] },
    tours,
    parcels: [],
    products: [],
  } as unknown as PickList // as much of a list as these functions look at

  test('takes the answer for a stop until the list is read again', () => {
    const after = withAnswer(list, { tour: 1, seq: 2, picked: 1, short: 0 })
    expect(after.tours[0]?.stops.map(({ picked }) => picked)).toEqual([0, 1])
  })

  test('lies on the disk without anybody in it, not even sealed', async () => {
    expect(JSON.stringify(withoutPeople(list))).not.toMatch(/someone|sealed|recipient/)
    let now = 0
    const kept = await openKept(() => ++now)
    for (const wave of ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'])
      await kept.keepList({ ...list, selection: { ...list.selection, wave } })
    expect(await kept.findList('W1')).toBeUndefined()
    expect((await kept.lists()).map(({ selection }) => selection.wave)).toEqual(['W6', 'W5', 'W4', 'W3', 'W2'])
  })
})

test('each refusal after a while offline has a sentence of its own', () => {
  expect(conflictOf('ERR_PICK_TOO_MANY')).toBe('taken')
  expect(conflictOf('ERR_STATUS_NOT_ALLOWED')).toBe('cancelled')
  expect(conflictOf('ERR_WAVE_STAGE')).toBe('over')
  expect(conflictOf('ERR_INPUT_INVALID')).toBe('planned-anew')
  expect(conflictOf('ERR_STOCK_SHORT')).toBe('other')
})
