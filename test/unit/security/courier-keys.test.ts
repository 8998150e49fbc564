import { afterAll, describe, expect, test } from 'vitest'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { issueLabels } from '../../../src-main/application/issue-labels.ts'
import { createRoom, type Visitor } from '../../../src-main/hosts/handlers.ts'
import type { InputOf, OperationName, OutputOf } from '../../../src-main/contract/operations.ts'
import { makeKeys, publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { storefrontOrder } from '../application/fake-storefront.ts'
import { courierSays, issued, load, packed, takeOrders } from '../application/line-of-work.ts'
import { giveKey, openTestShop, removeTestShops, type ShopOptions } from '../application/test-shop.ts'

afterAll(removeTestShops)
const manager: Visitor = { door: 'desktop', actor: 'desktop' }
const dayMs = 86_400_000

async function openRoom(options: ShopOptions = {}) {
  const shop = await openTestShop(options)
  const room = createRoom(shop.workshop)
  async function ask<Name extends OperationName>(operation: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
    const reply = await room.call(operation, input, manager, operation)
    if (!reply.ok) throw Object.assign(new Error(reply.error.code), reply.error)
    return reply.value as OutputOf<Name> // the handler of this very operation made it
  }
  const van = async () => (await ask('couriers.list', {})).find(({ code }) => code === 'VAN')
  return { shop, ask, van }
}

const setOf = (...keys: readonly unknown[]): string => JSON.stringify({ keys })
const setText = (keys: CourierKeys): string => JSON.stringify(publicSet(keys))
const refusalOf = (reason: string) => ({ code: 'ERR_COURIER_KEY_INVALID', details: { reason } })

describe('a courier’s key set, before it is saved', () => {
  test('shows the words of both keys and changes nothing', async () => {
    const { ask, van } = await openRoom()
    const before = await van()
    const keys = await makeKeys()
    const preview = await ask('couriers.preview-key', { carrier: 'VAN', jwks: setText(keys) })
    expect(preview).toMatchObject({ encKid: keys.enc.kid, sigKid: keys.sig.kid, isKnown: false })
    expect([preview.words.length, preview.sigWords.length]).toEqual([8, 8])
    expect(preview.words).not.toEqual(preview.sigWords)
    expect(preview.sealsNow).toBe(before?.keys[0]?.encKid)
    expect(await van()).toEqual(before)
  })

  test('is refused when another courier, the shop or this courier’s other use has one of its keys already', async () => {
    const { shop, ask } = await openRoom()
    const { VAN, POST } = shop.keys
    const fresh = await makeKeys()
    const [vanEnc, vanSig] = publicSet(VAN).keys
    const [freshEnc, freshSig] = publicSet(fresh).keys
    const own = await shop.workshop.vault.shopKeys.publicJwks()
    const cases: readonly [string, string][] = [
      [setText(POST), 'of-another-courier'],
      [setOf(publicSet(POST).keys[0], freshSig), 'of-another-courier'],
      [setOf(freshEnc, { ...publicSet(POST).keys[0], use: 'sig' }), 'of-another-courier'],
      [setOf(vanEnc, freshSig), 'half-known'],
      [setOf({ ...vanSig, use: 'enc' }, freshSig), 'half-known'],
      [JSON.stringify(own), 'shop-key'],
    ]
    for (const [jwks, reason] of cases) {
      await expect(ask('couriers.preview-key', { carrier: 'VAN', jwks })).rejects.toMatchObject(refusalOf(reason))
      await expect(ask('couriers.add-key', { carrier: 'VAN', jwks })).rejects.toMatchObject(refusalOf(reason))
    }
    const absurd = { carrier: 'VAN', jwks: '['.repeat(1_000_001) }
    await expect(ask('couriers.preview-key', absurd)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })

  test('is kept with whoever has compared its words, and can be compared later', async () => {
    const { shop, ask, van } = await openRoom()
    const keys = await makeKeys()
    await ask('couriers.add-key', { carrier: 'VAN', jwks: setText(keys), comparedBy: 'Ada' })
    const [first, second] = (await van())?.keys ?? []
    expect(first?.compared).toBeUndefined()
    expect(second?.compared).toEqual({ by: 'Ada', at: shop.clock.now() })
    await ask('couriers.compare-key', { carrier: 'VAN', encKid: first?.encKid ?? '', by: 'Ben' })
    expect((await van())?.keys[0]?.compared?.by).toBe('Ben')
    const audit = await shop.store.listAudit({ search: 'compare-courier-key', offset: 0, limit: 9 })
    expect(audit.rows).toMatchObject([{ actor: 'desktop', facts: { comparedBy: 'Ben' } }])
  })

  test('that is here already stays as it is', async () => {
    const { shop, ask, van } = await openRoom()
    const before = await van()
    shop.clock.forward(dayMs)
    await ask('couriers.add-key', { carrier: 'VAN', jwks: setText(shop.keys.VAN) })
    expect(await van()).toEqual(before)
  })
})

describe('a new key beside the old one', () => {
  test('seals from now on, while the old one is still trusted to answer', async () => {
    const { shop, ask, van } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const { number: manifest } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const pid = (await shop.store.loadManifest(manifest)).parcels[0]?.number ?? ''
    const next = await makeKeys()
    await giveKey(shop.workshop, shop.caller, 'VAN', next)
    expect((await van())?.keys.map(({ seals, answers }) => [seals, answers])).toEqual([[false, true], [true, true]]) // prettier-ignore

    const delivered = { pid, status: 'delivered' as const, at: shop.clock.now() }
    const answer = await courierSays(shop, 'VAN', { manifest, sequence: 1, events: [delivered] })
    expect(await importStatus(shop.workshop, shop.caller, answer)).toMatchObject({ taken: 1 })

    await ask('couriers.revoke-key', { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid })
    const late = await courierSays(shop, 'VAN', { manifest, sequence: 2, events: [{ ...delivered, status: 'returned' }] }) // prettier-ignore
    await expect(importStatus(shop.workshop, shop.caller, late)).rejects.toMatchObject({
      code: 'ERR_STATUS_FILE_INVALID',
      details: { reason: 'revoked-key' },
    })
  })

  test('names the labels that were sealed for the old one, and makes them anew at a word', async () => {
    const { shop, ask } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })])
    const waveId = await issued(shop)
    expect(await ask('couriers.labels-to-renew', {})).toEqual([])
    const next = await makeKeys()
    await giveKey(shop.workshop, shop.caller, 'VAN', next)
    const [stale, ...others] = await ask('couriers.labels-to-renew', {})
    expect(others).toEqual([])
    expect(stale).toMatchObject({ carrier: 'VAN', parcel: '326-01A', why: 'old-key', kid: shop.keys.VAN.enc.kid })
    expect(await ask('couriers.labels-to-renew', { carrier: 'POST' })).toEqual([])

    const before = (await load(shop, waveId)).documents.filter(({ kind }) => kind === 'label')
    expect(await ask('couriers.renew-labels', { carrier: 'VAN' })).toEqual({ renewed: 1, left: [] })
    const after = (await load(shop, waveId)).documents
    const block = after.find(({ kind, fileName }) => kind === 'sealed-block' && fileName === `${stale?.number}.jwe`)
    const opened = await shop.workshop.labels.open(block?.text ?? '', {
      privateKeys: [{ ...next.enc }],
      parcelNumber: stale?.number,
      now: shop.clock.now(),
    })
    expect(opened.recipient.city).toBe('Berlin')
    const kept = after.filter(({ kind, id }) => kind === 'label' && before.some((one) => one.id === id))
    expect(kept).toHaveLength(1)
  })

  test('waits for its day, and ends on its last', async () => {
    const { shop, ask, van } = await openRoom()
    const now = shop.clock.now()
    const next = await makeKeys()
    const span = { validFrom: now + 2 * dayMs, validUntil: now + 40 * dayMs }
    await ask('couriers.add-key', { carrier: 'VAN', jwks: setText(next), ...span })
    const states = async () => (await van())?.keys.map(({ state, seals }) => (seals ? `${state} seals` : state))
    expect(await states()).toEqual(['valid seals', 'waiting'])
    shop.clock.forward(2 * dayMs)
    expect(await states()).toEqual(['valid', 'valid seals'])
    await ask('couriers.set-validity', { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid, validUntil: now + 5 * dayMs })
    expect((await van())?.outlook).toEqual({ state: 'good', endsAt: span.validUntil })
    shop.clock.forward(10 * dayMs)
    expect(await states()).toEqual(['expired', 'valid seals'])
    expect((await van())?.outlook).toEqual({ state: 'ends-soon', endsAt: span.validUntil })
    expect(await ask('couriers.warnings', {})).toMatchObject([{ code: 'VAN', state: 'ends-soon', at: span.validUntil }])
    shop.clock.forward(29 * dayMs)
    expect((await van())?.outlook.state).toBe('none')
    expect(await ask('couriers.warnings', {})).toMatchObject([{ code: 'VAN', state: 'expired', at: span.validUntil }])
    expect((await van())?.keys.map(({ answers }) => answers)).toEqual([true, true])
    const wrongWay = { carrier: 'VAN', encKid: next.enc.kid, validFrom: 2, validUntil: 1 }
    await expect(ask('couriers.set-validity', wrongWay)).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID' })
  })
})

describe('a revoked key', () => {
  async function revoked(withNext: boolean) {
    const { shop, ask } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })])
    const waveId = await packed(shop)
    const next = await makeKeys()
    if (withNext) await giveKey(shop.workshop, shop.caller, 'VAN', next)
    const answer = await ask('couriers.revoke-key', { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid })
    return { shop, ask, waveId, next, answer }
  }

  test('voids what was sealed for it and is still here, at once, and names it', async () => {
    const { shop, ask, waveId, answer } = await revoked(false)
    expect(answer).toEqual({ voided: ['326-01A'], hasKey: false, manifests: [] })
    const { documents, parcels } = await load(shop, waveId)
    const own = parcels.find(({ orderCode }) => orderCode === '326-01')
    expect(documents.filter(({ subjectId }) => subjectId === own?.id)).toEqual([])
    expect(JSON.stringify(documents.filter(({ kind }) => kind === 'delivery'))).not.toContain(shop.keys.VAN.enc.kid)
    expect(await ask('couriers.labels-to-renew', {})).toMatchObject([{ parcel: '326-01A', why: 'no-label', status: 'packed' }]) // prettier-ignore
    // Nothing leaves under it, and nothing new is sealed, until there is another key.
    const missing = { code: 'ERR_COURIER_KEY_MISSING', details: { carriers: ['VAN'], revoked: ['VAN'] } }
    await expect(exportManifest(shop.workshop, shop.caller, 'VAN')).rejects.toMatchObject(missing)
    await expect(issueLabels(shop.workshop, shop.caller, waveId)).rejects.toMatchObject(missing)
    await expect(ask('couriers.renew-labels', { carrier: 'VAN' })).rejects.toMatchObject(missing)
    expect(await exportManifest(shop.workshop, shop.caller, 'POST')).toMatchObject({ parcels: 1 })
  })

  test('lets nothing leave whose label was voided, and lets it leave once it has a new one', async () => {
    const { shop, ask, next, answer } = await revoked(true)
    expect(answer).toEqual({ voided: ['326-01A'], hasKey: true, manifests: [] })
    await expect(exportManifest(shop.workshop, shop.caller, 'VAN')).rejects.toMatchObject({
      code: 'ERR_WAVE_STAGE',
      details: { parcel: '326-01A', missingStep: 'issue-labels' },
    })
    expect(await ask('couriers.renew-labels', { carrier: 'VAN' })).toEqual({ renewed: 1, left: [] })
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const sealed = (await shop.store.loadManifest(number)).documents.find(({ kind }) => kind === 'manifest')?.text ?? ''
    const opened = await shop.workshop.manifests.open(sealed, { privateKeys: [{ ...next.enc }], number })
    expect(opened.parcels).toHaveLength(1)
  })

  test('holds back what was closed under it and has not left yet', async () => {
    const { shop, ask } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const { manifests, voided } = await ask('couriers.revoke-key', { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid })
    expect([manifests, voided]).toEqual([[number], []])
    const { manifest } = await shop.store.loadManifest(number)
    const messages = await shop.store.listManifestMessages([manifest.id])
    expect(messages.map(({ state }) => state)).toEqual(['withdrawn'])
    // Asked again it says the same.
    expect(await ask('couriers.revoke-key', { carrier: 'VAN', encKid: shop.keys.VAN.enc.kid })).toMatchObject({ manifests: [number] }) // prettier-ignore
  })

  test('of one courier keeps no labels of another waiting', async () => {
    const { shop, ask } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 }), storefrontOrder({ MUG: 1 }, { address: { country: 'NZ' } })])
    await issued(shop)
    await ask('couriers.revoke-key', { carrier: 'POST', encKid: shop.keys.POST.enc.kid })
    await giveKey(shop.workshop, shop.caller, 'VAN', await makeKeys())
    expect(await ask('couriers.renew-labels', { carrier: 'VAN' })).toEqual({ renewed: 1, left: [] })
    await expect(ask('couriers.renew-labels', { carrier: 'POST' })).rejects.toMatchObject({ code: 'ERR_COURIER_KEY_MISSING' }) // prettier-ignore
  })

  test('does not come back by an old file, alone or beside a new key', async () => {
    const { shop, ask, next } = await revoked(true)
    const [enc, sig] = publicSet(shop.keys.VAN).keys
    const [freshEnc, freshSig] = publicSet(await makeKeys()).keys
    for (const jwks of [setOf(enc, sig), setOf(enc, freshSig), setOf(freshEnc, sig)])
      await expect(ask('couriers.add-key', { carrier: 'VAN', jwks })).rejects.toMatchObject(refusalOf('revoked'))
    expect(next.enc.kid).toBeDefined()
    const unknown = { carrier: 'VAN', encKid: 'nobody' }
    await expect(ask('couriers.revoke-key', unknown)).rejects.toMatchObject({ code: 'ERR_COURIER_KEY_MISSING' })
  })
})

describe('a label to try the courier’s scanner with', () => {
  test('opens with the courier’s key, says TEST everywhere and has a number that no parcel can have', async () => {
    const { shop, ask } = await openRoom()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    const { documentId, number, block } = await ask('couriers.test-label', { carrier: 'VAN' })
    expect(number).toMatch(/^TEST\d{6}$/)
    const { recipient } = await shop.workshop.labels.open(block, {
      privateKeys: [{ ...shop.keys.VAN.enc }],
      parcelNumber: number,
      now: shop.clock.now(),
    })
    expect(recipient).toMatchObject({ name: 'TEST Recipient', city: 'TEST Town' })
    expect(await shop.store.getDocument(documentId)).toMatchObject({ kind: 'label', fileName: `${number}.pdf` })
    const [, told] = JSON.parse(new TextDecoder().decode(shop.files.get(documentId))) as [string, [{ carrier: { name: string }; shop: { name: string; addressLines: string[] } }]] // prettier-ignore
    for (const text of [told[0].carrier.name, told[0].shop.name, ...told[0].shop.addressLines])
      expect(text).toMatch(/^TEST/)
    expect(await shop.store.findParcel(number)).toBeUndefined()
  })

  test('is refused for a courier without a key', async () => {
    const { ask } = await openRoom({ withoutKeys: true })
    const missing = { code: 'ERR_COURIER_KEY_MISSING', details: { carriers: ['POST'] } }
    expect((await ask('couriers.warnings', {})).map(({ state }) => state)).toEqual(['no-key', 'no-key'])
    await expect(ask('couriers.test-label', { carrier: 'POST' })).rejects.toMatchObject(missing)
  })
})

test('the shop’s own keys are handed out as they are and as words', async () => {
  const { ask } = await openRoom()
  const { keys } = await ask('shop.public-keys', {})
  const words = await ask('shop.public-key-words', {})
  expect(words.map(({ kid, use }) => [kid, use])).toEqual(keys.map((key) => [key['kid'], key['use']]))
  expect(words.every((one) => one.words.length === 8)).toBe(true)
  expect(JSON.stringify(keys)).not.toContain('"d"')
})
