import { beforeAll, describe, expect, test } from 'vitest'
import {
  makeKeys,
  parsePrivateSet,
  parseShopKey,
  privateSet,
  publicSet,
  type CourierKeys,
} from '../../../src-courier/core/courier-keys.ts'
import { openLabel } from '../../../src-courier/core/label.ts'
import { openManifest } from '../../../src-courier/core/manifest.ts'
import { openKeys, sealKeys } from '../../../src-courier/core/passphrase.ts'
import { lastEvent, mark, nextReport, startRun, takeBack, type DeliveryEvent } from '../../../src-courier/core/run.ts'
import { signReceipt, signStatusFile } from '../../../src-courier/core/signed-answers.ts'
import { drawSketchMap } from '../../../src-courier/core/sketch-map.ts'
import { openStops } from '../../../src-courier/core/stops.ts'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import type { CourierKeySet } from '../../../src-main/domain/carrier.ts'
import { codeOf, makeShopKey } from '../labels/keys.ts'
import { closedAt as now, handOver, parcelNumbers, recipients, sealRun } from './shop-side.ts'

let keys: CourierKeys
let strangers: CourierKeys
let shop: Awaited<ReturnType<typeof makeShopKey>>
let key: CourierKeySet
let run: Awaited<ReturnType<typeof sealRun>>

beforeAll(async () => {
  keys = await makeKeys()
  strangers = await makeKeys()
  shop = await makeShopKey()
  key = await handOver(keys)
  run = await sealRun({ key, shop })
})

describe("a courier's keys", () => {
  test('are handed over by their public halves only', async () => {
    expect(JSON.stringify(publicSet(keys))).not.toContain('"d"')
    expect(key).toMatchObject({ encKid: keys.enc.kid, sigKid: keys.sig.kid })
  })

  test('come back from their file and from a file under a passphrase', async () => {
    expect(await parsePrivateSet(JSON.stringify(privateSet(keys, 'made for a test')))).toEqual(keys)
    const sealed = await sealKeys(keys, 'Ångström im Garten')
    expect(sealed).not.toContain(keys.enc.d)
    expect(await openKeys(`${sealed}\n`, 'Ångström im Garten')).toEqual(keys)
    expect((await codeOf(openKeys(sealed, 'wrong'))).details).toEqual({ reason: 'passphrase-wrong' })
  })

  test('are refused when the set is public, broken, or one key for both uses', async () => {
    const same = { keys: [keys.enc, { ...keys.enc, use: 'sig' }] }
    for (const text of [
      JSON.stringify(publicSet(keys)),
      '{',
      '[]',
      JSON.stringify(same),
      JSON.stringify({ keys: [keys.enc] }),
    ]) {
      const found = await codeOf(parsePrivateSet(text))
      expect(found.code).toBe('ERR_COURIER_KEY_INVALID')
      expect(found.text).not.toContain(keys.enc.d)
    }
  })

  test('know the shop by its key alone or by its key set', async () => {
    expect(await parseShopKey(JSON.stringify(shop.open))).toEqual({ kid: shop.open['kid'] })
    expect(await parseShopKey(JSON.stringify({ keys: [keys.enc, shop.open] }))).toEqual({ kid: shop.open['kid'] })
    for (const text of ['', '{}', '{"keys":[]}']) expect(await parseShopKey(text)).toBeUndefined()
  })
})

describe('what a shop sealed', () => {
  test('opens for the courier: the labels one by one, the manifest as stops in order', async () => {
    const manifest = await openManifest(run.file, { keys, now })
    const stops = await openStops(manifest, { keys, now })
    expect(stops.map((stop) => stop.recipient)).toEqual(recipients)
    expect(stops.map((stop) => stop.parcels.length)).toEqual([1, 1, 2])
    const label = await openLabel(run.labels[1] ?? '', { keys, now, parcelNumber: parcelNumbers[1] })
    expect(label.recipient).toEqual(recipients[1])
  })

  test('is refused for another courier, for another shop than the pinned one, on another parcel and after its time', async () => {
    const label = run.labels[0] ?? ''
    const pinnedShopKid = 'x'.repeat(43)
    const cases: [() => Promise<unknown>, string][] = [
      [() => openManifest(run.file, { keys: strangers, now }), 'ERR_SEALED_BLOCK_FOREIGN'],
      [() => openManifest(run.file, { keys, now, pinnedShopKid }), 'ERR_NOT_ALLOWED'],
      [() => openManifest(label, { keys, now }), 'ERR_SEALED_BLOCK_INVALID'],
      [() => openManifest('nonsense', { keys, now }), 'ERR_SEALED_BLOCK_INVALID'],
      [() => openManifest(run.file.slice(0, -2), { keys, now }), 'ERR_SEALED_BLOCK_INVALID'],
      [() => openLabel(label, { keys: strangers, now }), 'ERR_SEALED_BLOCK_FOREIGN'],
      [() => openLabel(label, { keys, now, parcelNumber: parcelNumbers[1] }), 'ERR_SEALED_BLOCK_MOVED'],
      [() => openLabel(label, { keys, now: now + 61 * 86_400_000 }), 'ERR_SEALED_BLOCK_EXPIRED'],
      [() => openLabel(label.slice(0, -2), { keys, now }), 'ERR_SEALED_BLOCK_INVALID'],
      [() => openLabel(run.file, { keys, now }), 'ERR_SEALED_BLOCK_INVALID'],
    ]
    for (const [work, code] of cases) {
      const found = await codeOf(work())
      expect(found.code).toBe(code)
      expect(found.text).not.toMatch(/Anna|Gartenweg/)
    }
  })

  test('shows a stop without a name, and why, when its labels are past their time', async () => {
    const old = await sealRun({ key, shop, labelDays: 1 })
    const later = now + 2 * 86_400_000
    const stops = await openStops(await openManifest(old.file, { keys, now: later }), { keys, now: later })
    expect(stops.map((stop) => stop.problem)).toEqual(Array(3).fill('ERR_SEALED_BLOCK_EXPIRED'))
    expect(stops.every((stop) => stop.recipient === undefined)).toBe(true)
  })
})

describe('what the courier signs', () => {
  test('is taken in by the shop: receipt and status file', async () => {
    const receipt = await signReceipt(keys, { manifest: 'M', receivedAt: now, file: run.file })
    const sealing = manifestSealing()
    expect(await sealing.readReceipt(receipt, { key, manifest: 'M', content: run.file })).toMatchObject({
      receivedAt: now,
    })
    const events: DeliveryEvent[] = [{ pid: 'p', status: 'failed', at: now, reason: 'nobody-home' }]
    const file = await signStatusFile(keys, { manifest: 'M', sequence: 1, events })
    expect(sealing.peekSigner(file)).toEqual({ kid: key.sigKid })
    expect(await sealing.readStatusFile(file, { key })).toEqual({ manifest: 'M', sequence: 1, events })
  })
})

describe('a run', () => {
  const fresh = startRun('M', ['a', 'b'])
  const event = (pid: string, status: DeliveryEvent['status'], more: Partial<DeliveryEvent> = {}): DeliveryEvent => ({
    pid,
    status,
    at: 1000,
    ...more,
  })

  test('tells only what is new, under a sequence that rises, or everything again when asked', () => {
    const first = nextReport(mark(fresh, event('a', 'out-for-delivery')))!
    expect(first.content).toMatchObject({ sequence: 1, events: [{ pid: 'a' }] })
    expect(nextReport(first.run)).toBeUndefined()
    const second = nextReport(mark(first.run, event('a', 'delivered')))!
    expect(second.content).toMatchObject({ sequence: 2, events: [{ status: 'delivered' }] })
    const all = nextReport(second.run, { all: true })!
    expect(all.content).toMatchObject({
      sequence: 3,
      events: [{ status: 'out-for-delivery' }, { status: 'delivered' }],
    })
    expect(nextReport(fresh)).toBeUndefined()
  })

  test('refuses unknown parcels, a status after the end and a failure without a reason', async () => {
    const done = mark(fresh, event('a', 'delivered'))
    const refused = async (work: () => unknown) => (await codeOf(Promise.resolve().then(work))).code
    expect(await refused(() => mark(fresh, event('z', 'delivered')))).toBe('ERR_PARCEL_NOT_FOUND')
    expect(await refused(() => mark(done, event('a', 'failed', { reason: 'lost' })))).toBe('ERR_STATUS_NOT_ALLOWED')
    expect(await refused(() => mark(fresh, event('a', 'failed')))).toBe('ERR_STATUS_NOT_ALLOWED')
    expect(await refused(() => mark(fresh, event('a', 'delivered', { reason: 'lost' })))).toBe('ERR_STATUS_NOT_ALLOWED')
  })

  test('tries a failed parcel again and never runs backwards in time', () => {
    const failed = mark(fresh, event('a', 'failed', { reason: 'nobody-home', at: 5000 }))
    const again = mark(failed, event('a', 'delivered', { at: 4000 }))
    expect(lastEvent(again, 'a')).toMatchObject({ status: 'delivered', at: 5000 })
  })

  test('takes the last event of a parcel back until the shop was told', async () => {
    const done = mark(mark(fresh, event('a', 'delivered')), event('b', 'delivered'))
    expect(lastEvent(takeBack(done, 'a'), 'a')).toBeUndefined()
    expect(lastEvent(takeBack(done, 'a'), 'b')).toBeDefined()
    const told = nextReport(done)!.run
    expect((await codeOf(Promise.resolve().then(() => takeBack(told, 'a')))).code).toBe('ERR_STATUS_NOT_ALLOWED')
    expect((await codeOf(Promise.resolve().then(() => takeBack(fresh, 'a')))).code).toBe('ERR_STATUS_NOT_ALLOWED')
  })
})

describe('a sketch map', () => {
  test('has every stop with coordinates inside its frame, and is left out when none has any', () => {
    const stops = [[52.5, 13.3], [52.6, 13.4], undefined].map((at, i) => ({
      seq: String(i),
      at: at as [number, number] | undefined,
      isDone: i === 0,
    })) // pairs as written
    const map = drawSketchMap([52.5, 13.4], stops)!
    const circles = map.shapes.flatMap((shape) => (shape.kind === 'circle' ? [shape.centre] : []))
    expect(circles).toHaveLength(2)
    for (const [x, y] of circles) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(map.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(map.height)
    }
    expect(circles[1]![1]).toBeLessThan(circles[0]![1])
    expect(drawSketchMap([52.5, 13.4], [{ seq: '1', isDone: false }])).toBeUndefined()
    expect(JSON.stringify(drawSketchMap([1, 1], [{ seq: '1', at: [1, 1], isDone: false }]))).not.toContain('null')
  })
})
