import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBackupFile } from '../../../src-main/adapters/backup/backup-file.ts'
import type { InputOf } from '../../../src-main/contract/operations.ts'
import type { WaveView } from '../../../src-main/contract/views.ts'
import { makeKeys, publicSet } from '../../../src-courier/core/courier-keys.ts'
import { openSampleRoom, type SampleRoom } from '../station/sample-room.ts'
import { tellingFiles } from '../security/every-byte.ts'
import { askRoom, openShop, temporaryFolders, type AskedShop } from './shop.ts'

/** Of the customer of fake-storefront.ts. */
const personal = ['Quirrenbach', 'Xylophonallee', '9988776', 'quirrenbach@example.org', 'azalea']
type SavedSettings = InputOf<'settings.save'>['settings']
const watch = { report: () => undefined, isCancelled: () => false }
const folders = temporaryFolders()
let room: SampleRoom
let shop: AskedShop

/** Everything that happened so far happened this many days ago. */
function daysLater(dataFolder: string, days: number): void {
  const db = new Database(join(dataFolder, 'backroom.sqlite'))
  db.prepare('update fulfilment_events set at = at - ?').run(days * 86_400_000)
  db.close()
}

/** With sealing off there are papers that tell a name: the hardest case. All parcels are handed over, none is reported. */
beforeAll(async () => {
  room = await openSampleRoom()
  const { ask } = askRoom(room)
  const settings = await ask('settings.get', {})
  await ask('settings.save', {
    // What the room answered is what it takes; only the readonly of its type differs.
    settings: { ...(settings as SavedSettings), privacy: { ...settings.privacy, sealing: 'off' } },
    confirmed: true,
  })
  for (const carrier of ['VAN', 'POST'])
    await ask('couriers.add-key', { carrier, jwks: JSON.stringify(publicSet(await makeKeys())) })
  const { wave } = await ask('waves.plan', {})
  await ask('waves.issue-documents', { wave: wave.code })
  await ask('waves.issue-labels', { wave: wave.code })
  const list = await ask('pick.list', { wave: wave.code })
  for (const tour of list.tours)
    for (const stop of tour.stops)
      await ask('pick.confirm', {
        wave: wave.code,
        tour: tour.seq,
        seq: stop.seq,
        code: stop.sku,
        quantity: stop.quantity,
      })
  const view: WaveView = await ask('waves.get', { wave: wave.code })
  for (const parcel of view.parcels) await ask('pack.confirm', { parcelId: parcel.id })
  await ask('manifests.close', {})
  await room.workshop.planners.close()
  await room.workshop.store.close()
  daysLater(room.folder, 100)
}, 60_000)
afterAll(async () => {
  await shop.close()
  await room.close().catch(() => undefined)
  folders.remove()
})

test('of parcels whose courier never reported the manager is asked, and their data end when the manager says so', async () => {
  // The room's own lock is this process's: what it had open is closed above.
  rmSync(join(room.folder, 'backroom.lock'), { force: true })
  shop = await openShop(room.folder)
  const papers = (): readonly string[] =>
    readdirSync(join(room.folder, 'documents'), { recursive: true, encoding: 'utf8' })
  const before = papers().length
  expect(before).toBeGreaterThan(0)
  await shop.ask('privacy.configure', { purgeDaysAfterDelivery: 14, unreportedDays: 120 })
  expect((await shop.ask('privacy.state', {})).unreported).toEqual([])
  await shop.ask('privacy.configure', { purgeDaysAfterDelivery: 14, unreportedDays: 45 })
  const { unreported, purgeable } = await shop.ask('privacy.state', {})
  expect(unreported.length).toBeGreaterThan(1)
  expect(purgeable).toBe(0)
  expect(await shop.ask('privacy.purge', {})).toMatchObject({ orders: 0 })
  const orders = unreported.map((one) => one.order)
  expect(await shop.ask('privacy.purge-unreported', { orders })).toEqual({ orders: orders.length })
  expect((await shop.ask('privacy.state', {})).unreported).toEqual([])
  expect(papers().length).toBeLessThan(before)
})

test('after the last purge no name stands in database, write-ahead log, documents, backups made since, or what is in them', async () => {
  for (const { userId } of await shop.ask('privacy.find', { typed: 'Quirrenbach' }))
    await shop.ask('privacy.erase', { userId })
  const { path } = await shop.ask('backup.create', {})
  expect(await tellingFiles(room.folder, personal)).toEqual([])
  const opened = folders.next()
  mkdirSync(opened, { recursive: true })
  const { identity } = await shop.composed.workshop.keys.backupKeys()
  const manifest = await readBackupFile(path, {
    open: async () => identity,
    into: (name) => join(opened, ...name.split('/')),
    watch,
  })
  expect(manifest.files.length).toBeGreaterThan(3)
  // What was in the backup is byte for byte what lies in the folder, but for the copy of the database.
  const copy = readFileSync(join(opened, 'backroom.sqlite'), 'latin1')
  for (const word of personal) expect(copy.includes(word)).toBe(false)
})

test('a paper whose record went before its bytes did is swept up by the purge of the day', async () => {
  const stray = join(room.folder, 'documents', '01234567-89ab-7cde-8f01-23456789abcd')
  mkdirSync(dirname(stray), { recursive: true })
  writeFileSync(stray, 'Quirrenbach')
  const longAgo = new Date(Date.now() - 3 * 86_400_000)
  utimesSync(stray, longAgo, longAgo)
  expect((await shop.ask('privacy.purge-if-due', {})).orders).toBe(0)
  expect(existsSync(stray)).toBe(false)
})
