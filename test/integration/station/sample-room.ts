import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importOrders } from '../../../src-main/application/import-orders.ts'
import type { Caller } from '../../../src-main/application/workshop.ts'
import { inProcessPlanners } from '../../../src-main/adapters/planners/in-process-planners.ts'
import { compose, type ComposeOptions, type Composed } from '../../../src-main/hosts/compose.ts'
import { startStation, type Station } from '../../../src-main/hosts/station/server.ts'
import { makeConnection, makeFloor, makeSettings } from '../../fixtures/builders.ts'
import { storefrontOrder } from '../../unit/application/fake-storefront.ts'

export const tester: Caller = {
  actor: 'cli:test',
  source: 'cli',
  watch: { report: () => undefined, isCancelled: () => false },
}

const catalogue = `sku,gtin,name,price_minor,length_mm,width_mm,height_mm,weight_g,class,locations
TEA,2000000000015,Breakfast tea,499,160,90,70,320,food,A-1:10;A-2:4
MUG,2000000000022,Mug,899,100,90,95,410,,B-1:8
PAINT,2000000000039,Paint,1299,120,120,130,900,chemicals,C-1:6
`
const cartons = `code,inner_l_mm,inner_w_mm,inner_h_mm,tare_g,max_gross_g,stock
S,200,150,100,120,5000,30
L,400,300,250,400,15000,30
`
const couriers = [
  { code: 'VAN', name: 'Valley Van', kind: 'van', service: ['standard'], collection: '16:30', countries: ['DE'] },
  { code: 'POST', name: 'Post', kind: 'parcel-carrier', service: ['standard'], collection: '17:00', priority: 2 },
]
const locations = [
  { code: 'A-1', place: [0, 1_500] },
  { code: 'A-2', place: [0, 9_000] },
  { code: 'B-1', place: [1, 4_000] },
  { code: 'C-1', place: [2, 6_000] },
]

export interface SampleRoom extends Composed {
  readonly folder: string
}

/** A small shop on real adapters in a folder of its own: set up, stocked, with three orders waiting. */
export async function openSampleRoom(options: Pick<ComposeOptions, 'network'> = {}): Promise<SampleRoom> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-room-'))
  const composed = await compose({ ...options, dataFolder: folder, planners: inProcessPlanners() })
  const manager = { door: 'cli', actor: 'cli:test' } as const
  const ask = async (operation: string, input: unknown): Promise<void> => {
    const reply = await composed.room.call(operation, input, manager, 'set-up')
    if (!reply.ok) throw new Error(`${operation}: ${JSON.stringify(reply.error)}`)
  }
  const settings = makeSettings({ undoMs: 0 })
  await ask('shop.init', { shop: settings.shop })
  await ask('settings.save', { settings })
  await ask('floor.import', { json: JSON.stringify({ ...makeFloor(), locations }) })
  await ask('cartons.import', { csv: cartons })
  await ask('catalogue.import', { csv: catalogue })
  await ask('couriers.import', { json: JSON.stringify(couriers) })
  await takeSampleOrders(composed)
  return {
    ...composed,
    folder,
    async close() {
      await composed.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function takeSampleOrders({ workshop }: Composed): Promise<void> {
  const sealedToken = workshop.vault.seal('main', { token: 'none' })
  const connection = makeConnection({ id: 'main', sealedToken })
  await workshop.store.saveConnection(connection, { id: 'audit', at: 1, actor: 'cli:test', action: 'connect', entity: 'storefront', entityId: 'main' }) // prettier-ignore
  const entries = [
    storefrontOrder({ TEA: 2, PAINT: 1 }, { id: 'shop-order-1' }),
    storefrontOrder({ MUG: 1 }, { id: 'shop-order-2' }),
    storefrontOrder({ TEA: 1, MUG: 2 }, { id: 'shop-order-3', address: { country: 'NZ', city: 'Wellington' } }),
  ].map((order, index) => ({ ...order, user: { ...order.user, userId: `user-${index + 1}` } }))
  const settings = makeSettings({ undoMs: 0 })
  await importOrders(workshop, tester, { connection, settings, cursor: '3', entries, refused: [] })
}

export const localTokens = { desktop: 'desktop-token-of-this-test', cli: 'cli-token-of-this-test' }

/** The same shop, served on a free port of this machine. */
export async function openStation(rendererFolder = '/nowhere'): Promise<SampleRoom & { readonly station: Station }> {
  const room = await openSampleRoom()
  const codes = new Set(['once-only-code'])
  const station = await startStation({
    workshop: room.workshop,
    room: room.room,
    tokens: localTokens,
    redeem: (code) => (codes.delete(code) ? localTokens.desktop : undefined),
    port: 0,
    host: '127.0.0.1',
    rendererFolder,
  })
  return {
    ...room,
    station,
    async close() {
      await station.close()
      await room.close()
    },
  }
}
