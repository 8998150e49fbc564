import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importOrders } from '../../../src-main/application/import-orders.ts'
import type { WaveView } from '../../../src-main/contract/views.ts'
import { operations, type OperationName } from '../../../src-main/contract/operations.ts'
import { announceServer } from '../../../src-main/hosts/server-file.ts'
import { signStatusFile } from '../../../src-courier/core/signed-answers.ts'
import { makeKeys, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { makeSettings } from '../../fixtures/builders.ts'
import { storefrontOrder } from '../../unit/application/fake-storefront.ts'
import { localTokens, openStation, tester } from '../station/sample-room.ts'
import { readableIn, tellingFiles } from './every-byte.ts'

/** Of the customer of fake-storefront.ts, and of the place where she lives. */
const personal = [
  'Quirrenbach',
  'Xylophonallee',
  '9988776',
  'quirrenbach@example.org',
  'azalea',
  '52.53197',
  '13.41728',
]
const words = 'Mrs Quirrenbach was ill'

/** Everything that was answered, by whom it was read. */
interface Heard {
  readonly station: string[]
  readonly refused: string[]
}

async function openShop(sealing: 'delivery' | 'off') {
  const shop = await openStation()
  const heard: Heard = { station: [], refused: [] }
  const ask = async <Value>(operation: string, input: unknown, token: string = localTokens.desktop): Promise<Value> => {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${shop.station.address}/call/${operation}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers,
    })
    const text = await answer.text()
    const told = `${JSON.stringify([...answer.headers])}\n${text}`
    if (token !== localTokens.desktop) heard.station.push(told)
    if (!answer.ok) heard.refused.push(told)
    return (JSON.parse(text) as { value: Value }).value
  }
  const settings = makeSettings({ undoMs: 0 })
  await ask('settings.save', { settings: { ...settings, privacy: { ...settings.privacy, sealing } }, confirmed: true })
  const connection = (await shop.workshop.store.loadConnections())[0]
  if (!connection) throw new Error('the sample room has a storefront')
  const located = storefrontOrder({ TEA: 1 }, { address: { coordinates: { lat: 52.531973, lon: 13.417284 } } })
  const entries = [{ ...located, user: { ...located.user, userId: 'user-located' } }]
  await importOrders(shop.workshop, tester, { connection, settings, cursor: '4', entries, refused: [] })
  const { token } = await ask<{ token: string }>('terminals.pair', { name: 'Tablet' })
  const keys: Record<string, CourierKeys> = { VAN: await makeKeys(), POST: await makeKeys() }
  for (const [carrier, own] of Object.entries(keys))
    await ask('couriers.add-key', { carrier, jwks: JSON.stringify(publicSet(own)) })
  const stick = join(shop.folder, 'stick')
  mkdirSync(stick)
  await ask('couriers.set-channel', { carrier: 'POST', channel: { kind: 'folder', path: stick } })
  return { shop, heard, ask, token, keys }
}
type Opened = Awaited<ReturnType<typeof openShop>>

/** From planning to the door, with a second thought in between, through the doors a shop uses. */
async function workTheLine({ ask, token, keys }: Opened): Promise<WaveView> {
  // Elsewhere, back, and elsewhere after all: the former recipient is kept for a while.
  const { rows } = await ask<{ rows: { order: { code: string; country: string; postcodeArea: string } }[] }>('orders.list', { limit: 1 }) // prettier-ignore
  const { code: order, country, postcodeArea } = rows[0]?.order ?? { code: '', country: '', postcodeArea: '' }
  const recipient = { name: 'Quirrenbach', lines: ['Xylophonallee 77'], postcode: `${postcodeArea}999`, city: 'Berlin', country } // prettier-ignore
  await ask('orders.change-address', { order, recipient })
  expect(await ask('orders.undo', { order })).toMatchObject({ deed: 'change-address', orders: [order] })
  await ask('orders.change-address', { order, recipient })
  const first = await ask<WaveView>('waves.plan', {})
  const { code } = first.wave
  await ask('waves.issue-documents', { wave: code })
  await ask('waves.issue-labels', { wave: code })
  // An order leaves the wave: parcels are planned anew, and the labels printed so far are void.
  await ask('orders.cancel', { order: first.orders[0]?.code, reason: words })
  const settings = makeSettings({ undoMs: 0 })
  const before = await ask<{ privacy: object; packing: object }>('settings.get', {})
  await ask('settings.save', { settings: { ...settings, ...before, packing: { ...before.packing, minSupport: 0.8 } }, confirmed: true }) // prettier-ignore
  await ask('waves.replan', { wave: code })
  await ask('waves.issue-documents', { wave: code })
  await ask('waves.issue-labels', { wave: code })
  const list = await ask<{ tours: { seq: number; stops: { seq: number; sku: string; quantity: number }[] }[] }>('pick.list', { wave: code }, token) // prettier-ignore
  await ask('pick.confirm', { wave: code, tour: 1, seq: 1, quantity: 1, code: 'Quirrenbach?' }, token)
  for (const tour of list.tours)
    for (const stop of tour.stops)
      await ask('pick.confirm', { wave: code, tour: tour.seq, seq: stop.seq, code: stop.sku, quantity: stop.quantity }, token) // prettier-ignore
  const wave = await ask<WaveView>('waves.get', { wave: code }, token)
  for (const parcel of wave.parcels) await ask('pack.confirm', { parcelId: parcel.id }, token)
  const invoicing = await ask<object>('invoices.settings', {})
  await ask('invoices.configure', { ...invoicing, vatId: 'DE123456789' })
  const { issued } = await ask<{ issued: { number: string }[] }>('invoices.issue', { wave: code })
  await ask('invoices.cancel', { invoice: issued[0]?.number, reason: words, reissue: true })
  const { closed } = await ask<{ closed: { number: string; carrier: string }[] }>('manifests.close', {})
  await ask('reports.deliver', {})
  for (const { number: manifest, carrier } of closed) {
    const events = wave.parcels
      .filter((parcel) => parcel.carrierCode === carrier)
      .map((parcel) => ({ pid: parcel.number ?? '', status: 'delivered' as const, at: 4_000_000_000_000 }))
    const own = keys[carrier]
    if (own) await ask('status.import', { file: await signStatusFile(own, { manifest, sequence: 1, events }) })
  }
  return ask<WaveView>('waves.get', { wave: code })
}

/** Asks every question that a station may ask, and fetches every paper that it is given. */
async function lookEverywhere({ ask, token, shop, heard }: Opened, { wave, orders, documents, parcels }: WaveView) {
  const input: { readonly [name: string]: unknown } = {
    'orders.get': { order: orders[0]?.code },
    'orders.explain': { order: orders[0]?.code },
    'orders.list': { search: 'Quirrenbach' },
    'documents.list': { subjectIds: [wave.id, ...orders.map(({ id }) => id), ...parcels.map(({ id }) => id)] },
    'pack.check': { parcelId: parcels[0]?.id, code: 'TEA' },
  }
  for (const name of Object.keys(operations) as OperationName[])
    await ask(name, input[name] ?? { wave: wave.code }, token)
  const papers = await ask<{ id: string }[]>('documents.list', input['documents.list'])
  for (const { id } of [...papers, ...documents]) {
    const answer = await fetch(`${shop.station.address}/documents/${id}`, { headers: { authorization: `Bearer ${token}` } }) // prettier-ignore
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (answer.ok) expect(await readableIn(bytes, personal), id).toEqual([])
    heard.station.push(JSON.stringify([...answer.headers]))
  }
}

describe('with recipients sealed for the courier', () => {
  let opened: Opened
  let wave: WaveView
  beforeAll(async () => {
    opened = await openShop('delivery')
    wave = await workTheLine(opened)
    await opened.ask('backup.create', {})
    announceServer(opened.shop.folder, { address: opened.shop.station.address, cliToken: 'cli', pid: 1 })
  }, 60_000)
  afterAll(() => opened.shop.close())

  test('the line was worked to its end', async () => {
    const { rows } = await opened.ask<{ rows: { kind: string }[] }>('invoices.list', {})
    expect(rows.map((row) => row.kind)).toEqual(expect.arrayContaining(['invoice', 'cancellation']))
    expect(wave.parcels.filter((parcel) => parcel.status === 'delivered').length).toBeGreaterThan(1)
    expect(new Set(wave.parcels.map((parcel) => parcel.carrierCode))).toEqual(new Set(['VAN', 'POST']))
  })

  test('nothing personal can be read in any file the shop has written, but the words a manager gave as a reason', async () => {
    const telling = await tellingFiles(opened.shop.folder, personal)
    // The reason of the cancelled order is told to its customer; it goes with the purge, see below.
    const isReason = (line: string): boolean => /^(backroom\.sqlite(-wal)?|backups\/[^:]*): Quirrenbach$/.test(line)
    expect(telling.filter((line) => !isReason(line))).toEqual([])
  })

  test('nothing personal is told to a station, whatever it asks', async () => {
    await lookEverywhere(opened, wave)
    expect(opened.heard.station.length).toBeGreaterThan(60)
    const told = opened.heard.station.filter((text) => !text.includes('Quirrenbach?'))
    expect(await readableIn(Buffer.from(told.join('\n')), personal)).toEqual([])
  }, 120_000)

  test('no refusal repeats what somebody typed into a field of another person', async () => {
    const refusedBefore = opened.heard.refused.length
    await opened.ask('orders.get', { order: 12, name: 'Quirrenbach' })
    await opened.ask('settings.save', { settings: { shop: { name: 'Quirrenbach' } } })
    await opened.ask('status.import', { file: 'Quirrenbach.Quirrenbach.Quirrenbach' })
    await opened.ask('couriers.add-key', { carrier: 'VAN', jwks: '{"keys":["Quirrenbach"' })
    await opened.ask('staff.sign-in', { name: 'Quirrenbach', pin: '1234' })
    const refused = opened.heard.refused.slice(refusedBefore)
    expect(refused).toHaveLength(5)
    expect(await readableIn(Buffer.from(refused.join('\n')), personal)).toEqual([])
  })
})

test('where the shop does not seal, a purge takes every paper that was ever printed, and what people typed', async () => {
  const opened = await openShop('off')
  const { shop } = opened
  try {
    const wave = await workTheLine(opened)
    // What is printed in clear lies sealed all the same; only words that a person typed into a report are read.
    const told = await tellingFiles(shop.folder, personal)
    expect(told.filter((line) => !line.startsWith('backroom.sqlite'))).toEqual([])
    await lookEverywhere(opened, wave)
    for (const order of await shop.workshop.store.findImported(
      'main',
      wave.orders.map((one) => one.externalId),
    ))
      await opened.ask('privacy.erase', { userId: order.userId })
    // The courier's clock was years ahead: what it signed counts as now, and the order can be purged in its time.
    expect(await shop.workshop.store.findPurgeable(Number.MAX_SAFE_INTEGER)).toEqual([])
    expect(await tellingFiles(shop.folder, personal)).toEqual([])
  } finally {
    await shop.close()
  }
}, 120_000)
