import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InvoiceSettingsView, IssuedView } from '../../../src-main/contract/operations/invoices.ts'
import type { OrderFileView, WaveView } from '../../../src-main/contract/views.ts'
import { localTokens, openStation } from './sample-room.ts'

const screens = mkdtempSync(join(tmpdir(), 'backroom-screens-'))
let shop: Awaited<ReturnType<typeof openStation>>
let tablet = ''

async function ask<Value>(operation: string, input: unknown, token: string): Promise<Value> {
  const answer = await fetch(`${shop.station.address}/call/${operation}`, {
    method: 'POST',
    body: JSON.stringify(input),
    headers: { authorization: `Bearer ${token}` },
  })
  // Every answer of this route is a reply.
  const reply = (await answer.json()) as { ok: boolean; value: Value; error: unknown }
  if (!reply.ok) throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
  return reply.value
}
const manager = <Value>(operation: string, input: unknown) => ask<Value>(operation, input, localTokens.desktop)

beforeAll(async () => {
  writeFileSync(join(screens, 'index.html'), '<!doctype html><title>Backroom</title>')
  shop = await openStation(screens)
  tablet = (await manager<{ token: string }>('terminals.pair', { name: 'Counter' })).token
})
afterAll(async () => {
  await shop.close()
  rmSync(screens, { recursive: true, force: true })
})

test('a walk-in order is placed, packed, invoiced and handed over; no station reads the invoice', async () => {
  const settings = await manager<InvoiceSettingsView>('invoices.settings', {})
  await manager('invoices.configure', { ...settings, vatId: 'DE123456789' })
  const { orderId } = await manager<{ orderId: string }>('orders.place', {
    key: 'walk-in-1',
    lines: [{ code: 'TEA', quantity: 1 }],
    service: 'collect',
  })
  const { wave, tours, parcels } = await manager<WaveView>('waves.plan', { orderIds: [orderId] })
  await manager('waves.issue-documents', { wave: wave.code })
  for (const tour of tours)
    for (const { seq, sku: code, quantity } of tour.stops)
      await ask('pick.confirm', { wave: wave.code, tour: tour.seq, seq, code, quantity }, tablet)
  for (const parcel of parcels) await ask('pack.confirm', { parcelId: parcel.id }, tablet)

  const { issued } = await manager<IssuedView>('invoices.issue', { order: orderId })
  const get = (token: string) =>
    fetch(`${shop.station.address}/documents/${issued[0]?.id}`, { headers: { authorization: `Bearer ${token}` } })
  const paper = await get(localTokens.desktop)
  expect(paper.headers.get('content-disposition')).toBe('inline; filename="2026-00001.pdf"')
  expect((await paper.arrayBuffer()).byteLength).toBeGreaterThan(0)
  expect((await get(tablet)).status).toBe(404)

  await ask('counter.hand-over', { code: parcels[0]?.orderCode ?? '' }, tablet)
  const { events } = await manager<OrderFileView>('orders.get', { order: orderId })
  expect(events.at(-1)).toMatchObject({ status: 'delivered', source: 'counter' })
})
