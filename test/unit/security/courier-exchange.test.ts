import { existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompactEncrypt, FlattenedEncrypt, importJWK } from 'jose'
import { afterAll, describe, expect, test } from 'vitest'
import { courierDelivery } from '../../../src-main/adapters/carriers/courier-delivery.ts'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { revokeCourierKey } from '../../../src-main/application/revoke-courier-key.ts'
import { importStatus } from '../../../src-main/application/import-status.ts'
import { syncStorefronts } from '../../../src-main/application/sync-storefront.ts'
import { makeKeys } from '../../../src-courier/core/courier-keys.ts'
import { openKeys } from '../../../src-courier/core/passphrase.ts'
import { storefrontOrder } from '../application/fake-storefront.ts'
import { courierSays, packed, takeOrders } from '../application/line-of-work.ts'
import { giveKey, openTestShop, removeTestShops } from '../application/test-shop.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-exchange-'))
afterAll(() => {
  removeTestShops()
  rmSync(folder, { recursive: true, force: true })
})

const file = { fileName: 'VAN-1.manifest.jwe', content: 'ciphertext', idempotencyKey: 'key', writtenAt: 0 }
const channel = { kind: 'folder', path: folder } as const

describe('a folder that a courier can write to', () => {
  test('does not lead our writing elsewhere by a link', async () => {
    const victim = join(folder, 'victim.txt')
    writeFileSync(victim, 'precious')
    symlinkSync(victim, join(folder, `.${file.fileName}.part`))
    expect(await courierDelivery().send(channel, file)).toEqual({ outcome: 'sent' })
    expect(readFileSync(victim, 'utf8')).toBe('precious')
    expect(lstatSync(join(folder, file.fileName)).isFile()).toBe(true)
    expect(await courierDelivery().send(channel, file)).toEqual({ outcome: 'sent' })
  })

  test('does not make us read what is no file', async () => {
    symlinkSync('/dev/zero', join(folder, 'VAN-2.receipt.jws'))
    expect(await courierDelivery().findReceipt(channel, 'VAN-2.manifest.jwe')).toBe('')
    expect(await courierDelivery().findReceipt(channel, '../VAN-2.manifest.jwe')).toBeUndefined()
    await expect(courierDelivery().send(channel, { ...file, fileName: '../up.jwe' })).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
    })
    expect(existsSync(join(folder, '..', 'up.jwe'))).toBe(false)
  })
})

test('a courier’s server that answers without end is not read to the end', async () => {
  let written = 0
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/jose' })
    const more = (): void => {
      while (written < 400_000_000 && !response.destroyed) {
        written += 65_536
        if (!response.write('x'.repeat(65_536))) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server on a port has an AddressInfo
  const answer = await courierDelivery().send({ kind: 'https', url: `http://127.0.0.1:${port}/`, token: 'token' }, file)
  expect(answer).toEqual({ outcome: 'sent', receipt: undefined })
  expect(written).toBeLessThan(50_000_000)
  server.closeAllConnections()
  server.close()
})

describe('a sealed file made by somebody who means harm', () => {
  const about = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'backroom-label', pid: 'C1', exp: 4_000_000_000 } as const
  const plain = JSON.stringify({ n: 'Zoe', a: [], z: '1', t: 'B', k: 'DE' })
  const open = async (block: string, key: object) =>
    labelSealing().open(block, { privateKeys: [{ kty: 'EC', ...key }], parcelNumber: 'C1', now: 0 })
  const sealed = async (header: object, text = plain) => {
    const { enc } = await makeKeys()
    const { d: _private, ...publicKey } = enc
    const block = await new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ ...about, kid: enc.kid, ...header })
      .encrypt(await importJWK(publicKey, 'ECDH-ES'))
    return { block, enc }
  }

  test('opens as it is, so that what follows is refused for its own sake', async () => {
    const { block, enc } = await sealed({})
    expect((await open(block, enc)).recipient.name).toBe('Zoe')
  })

  test('opens with no other algorithm and no critical header that we do not know', async () => {
    for (const header of [{ alg: 'ECDH-ES+A256KW' }, { enc: 'A128GCM' }, { enc: 'A256CBC-HS512' }]) {
      const { block, enc } = await sealed(header)
      await expect(open(block, enc)).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID' })
    }
    const { enc } = await makeKeys()
    const { d: _private, ...publicKey } = enc
    const critical = await new FlattenedEncrypt(new TextEncoder().encode(plain))
      .setProtectedHeader({ ...about, kid: enc.kid, crit: ['x-ours'], 'x-ours': 1 })
      .encrypt(await importJWK(publicKey, 'ECDH-ES'), { crit: { 'x-ours': true } })
    const block = [critical.protected, '', critical.iv, critical.ciphertext, critical.tag].join('.')
    await expect(open(block, enc)).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID' })
  })

  test('cannot unpack into more than there is room for', async () => {
    const { block, enc } = await sealed({ zip: 'DEF' }, `${plain}${' '.repeat(64 * 1024 * 1024)}`)
    expect(block.length).toBeLessThan(200_000)
    await expect(open(block, enc)).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID' })
  })

  test('is not opened with a key for signing', async () => {
    const { enc, sig } = await makeKeys()
    const { d: _private, ...publicKey } = sig
    const block = await new CompactEncrypt(new TextEncoder().encode(plain))
      .setProtectedHeader({ ...about, kid: sig.kid })
      .encrypt(await importJWK({ ...publicKey, alg: 'ECDH-ES' }, 'ECDH-ES'))
    await expect(open(block, sig)).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_FOREIGN' })
    const manifest = await new CompactEncrypt(new TextEncoder().encode(plain))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: sig.kid, typ: 'backroom-manifest' })
      .encrypt(await importJWK({ ...publicKey, alg: 'ECDH-ES' }, 'ECDH-ES'))
    const opened = manifestSealing().open(manifest, { privateKeys: [{ ...enc }, { ...sig }] })
    await expect(opened).rejects.toMatchObject({ code: 'ERR_SEALED_BLOCK_FOREIGN' })
  })

  test('costs no more rounds of a passphrase than we would ask ourselves', async () => {
    const header = { alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', p2c: 2_000_000_000, p2s: 'c2FsdHNhbHRzYWx0c2FsdA' }
    const bomb = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA.AA.AAAAAAAAAAAAAAAAAAAAAA` // prettier-ignore
    await expect(openKeys(bomb, 'passphrase')).rejects.toMatchObject({ code: 'ERR_COURIER_KEY_INVALID' })
  })
})

describe('a courier', () => {
  test('whose key was revoked does not get it back by an old file', async () => {
    const shop = await openTestShop()
    const { VAN } = shop.keys
    await revokeCourierKey(shop.workshop, shop.caller, { carrier: 'VAN', encKid: VAN.enc.kid })
    const again = { code: 'ERR_COURIER_KEY_INVALID', details: { reason: 'revoked' } }
    await expect(giveKey(shop.workshop, shop.caller, 'VAN', VAN)).rejects.toMatchObject(again)
    const mixed = { enc: (await makeKeys()).enc, sig: VAN.sig }
    await expect(giveKey(shop.workshop, shop.caller, 'VAN', mixed)).rejects.toMatchObject(again)
    await expect(giveKey(shop.workshop, shop.caller, 'VAN', await makeKeys())).resolves.toMatchObject({
      carrier: 'VAN',
    })
  })

  test('cannot move the time from which the keeping of an address is counted', async () => {
    const shop = await openTestShop()
    const [order] = await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const { number: manifest } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const closedAt = shop.clock.now()
    const pid = (await shop.store.loadManifest(manifest)).parcels[0]?.number ?? ''
    shop.clock.forward(3_600_000)
    const events = [
      { pid, status: 'out-for-delivery' as const, at: 0 },
      { pid, status: 'delivered' as const, at: 9_000_000_000_000 },
    ]
    await importStatus(shop.workshop, shop.caller, await courierSays(shop, 'VAN', { manifest, sequence: 1, events }))
    const { events: kept = [] } = (await shop.store.findOrder(order?.id ?? '')) ?? {}
    expect(kept.filter((one) => one.source === 'courier').map((one) => one.at)).toEqual([closedAt, shop.clock.now()])
  })

  test('cannot speak for the parcels of another', async () => {
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    const { number: manifest } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const pid = (await shop.store.loadManifest(manifest)).parcels[0]?.number ?? ''
    const events = [{ pid, status: 'delivered' as const, at: shop.clock.now() }]
    const foreign = await courierSays(shop, 'POST', { manifest, sequence: 1, events })
    const refused = { code: 'ERR_STATUS_FILE_INVALID', details: { reason: 'foreign-manifest' } }
    await expect(importStatus(shop.workshop, shop.caller, foreign)).rejects.toMatchObject(refused)
  })
})

test('a storefront whose feed leads in a circle is left after one round', async () => {
  const shop = await openTestShop()
  let asked = 0
  shop.storefront.pullOrders = async (cursor) => {
    asked += 1
    if (asked > 50) throw new Error('still going round')
    return { kind: 'page', entries: [], refused: [], cursor: cursor === 'a' ? 'b' : 'a', hasMore: true }
  }
  await expect(syncStorefronts(shop.workshop, shop.caller)).rejects.toMatchObject({ code: 'ERR_STOREFRONT_ANSWER' })
  expect(asked).toBeLessThan(5)
})

test('an address with an accent mended is taken as a change', async () => {
  const shop = await openTestShop()
  const order = storefrontOrder({ TEA: 1 }, { address: { name: 'Jorg Muller' } })
  await takeOrders(shop, [order])
  const [mended] = await takeOrders(shop, [{ ...order, deliveryAddress: { ...order.deliveryAddress, name: 'Jörg Müller' } } as typeof order]) // prettier-ignore
  const personal = mended?.personal && JSON.stringify(shop.workshop.vault.open(mended.id, mended.personal))
  expect(personal).toContain('Jörg Müller')
})
