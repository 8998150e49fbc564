import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { CompactEncrypt, CompactSign, importJWK, UnsecuredJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import type { ManifestContent, ManifestLine } from '../../../src-main/ports/carriers.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'
import { codeOf, makeCourier, makeShopKey, type TestCourier } from '../labels/keys.ts'

const sealing = manifestSealing()
const closedAt = Date.UTC(2026, 10, 22, 16, 30)
let courier: TestCourier
let shop: { secret: Jwk; open: Jwk }
let content: ManifestContent
let file: string

async function line(pid: string, stop: number): Promise<ManifestLine> {
  const label = await labelSealing().seal(
    { name: 'Anna Müller', lines: ['Gartenweg 5'], postcode: '10623', city: 'Berlin', country: 'DE' },
    { key: courier.key, parcelNumber: pid, expiresAt: closedAt + 86_400_000 },
  )
  const labelSha256 = createHash('sha256').update(label).digest('hex')
  return { pid, seq: String(stop), stop, routing: 'DE-10', n: 1, of: 1, grossG: 900, handling: [], labelSha256, label }
}

beforeAll(async () => {
  courier = await makeCourier()
  shop = await makeShopKey()
  content = {
    number: 'VAN-20261122-1',
    closedAt,
    carrier: { code: 'VAN', name: 'Nordvan' },
    shop: { name: 'Emporium', at: [52.5, 13.4] },
    shopKey: shop.open,
    parcels: [await line('395212340000000175', 1), await line('395212340000000182', 2)],
  }
  file = await sealing.seal(content, { signingKey: shop.secret, key: courier.key })
})

const open = (text: string, more: { number?: string } = {}) =>
  sealing.open(text, { privateKeys: courier.privateKeys, shopKey: shop.open, ...more })
const reasonOf = async (text: string, more: { number?: string } = {}) => (await codeOf(open(text, more))).details

/** Sealed for the courier by somebody who has only the public key; the header may say more than it should. */
async function sealText(text: string, change: object = {}): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(text))
    .setProtectedHeader({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: courier.key.encKid,
      typ: 'backroom-manifest',
      ...change,
    })
    .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
}

const signed = async (payload: unknown, change: object = {}): Promise<string> =>
  new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: String(shop.open['kid']), typ: 'backroom-manifest', ...change })
    .sign(await importJWK(shop.secret as { kty: string }, 'ES256')) // test keys have kty

describe('a manifest file that was changed on its way', () => {
  test('is refused whatever sign of it was replaced', async () => {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.constantFrom(...signs), async (at, sign) => {
        fc.pre(file[at] !== sign && file[at] !== '.')
        const found = await codeOf(open(file.slice(0, at) + sign + file.slice(at + 1)))
        expect(['ERR_SEALED_BLOCK_INVALID', 'ERR_SEALED_BLOCK_FOREIGN']).toContain(found.code)
      }),
      { seed: 20261122, numRuns: 100 },
    )
    for (let length = 0; length < file.length; length += 97)
      expect((await codeOf(open(file.slice(0, length)))).code).toBe('ERR_SEALED_BLOCK_INVALID')
  })

  test.each([
    ['another algorithm', { alg: 'dir' }, 'algorithm'],
    ['the address of a key', { jku: 'https://example.org' }, 'header'],
    ['a critical member', { crit: ['b64'], b64: false }, 'header'],
    ['another type', { typ: 'backroom-label' }, 'type'],
    ['a point off the curve', { epk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } }, 'ephemeral-key'],
    ['another curve', { epk: { kty: 'EC', crv: 'P-521', x: 'AA', y: 'AA' } }, 'ephemeral-key'],
  ])('is refused with %s in its header', async (_what, change, reason) => {
    const [head = '', ...rest] = file.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
    const forged = Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')
    expect(await reasonOf([forged, ...rest].join('.'))).toEqual({ reason })
  }) // prettier-ignore
})

describe('a manifest made by somebody else', () => {
  test('is refused unsigned, whatever it calls that', async () => {
    const payload = { ...content, csv: '' }
    const none = new UnsecuredJWT(payload).encode()
    const [, body] = none.split('.')
    const header = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    const cases = [
      JSON.stringify(payload),
      none,
      `${none}AAAA`,
      `${header({ alg: 'none', kid: shop.open['kid'], typ: 'backroom-manifest' })}.${body}.AAAA`,
      `${header({ alg: 'ES256', kid: shop.open['kid'], typ: 'backroom-manifest' })}.${body}.`,
      `${header({ alg: 'ES256', kid: shop.open['kid'], typ: 'backroom-manifest' })}.${body}.${'A'.repeat(86)}`,
      `${header({ alg: 'HS256', kid: shop.open['kid'], typ: 'backroom-manifest' })}.${body}.${'A'.repeat(43)}`,
    ]
    for (const text of cases) {
      const sealed = await sealText(text)
      expect((await codeOf(open(sealed))).code).toBe('ERR_SEALED_BLOCK_INVALID')
      const unpinned = sealing.open(sealed, { privateKeys: courier.privateKeys })
      expect((await codeOf(unpinned)).code).toBe('ERR_SEALED_BLOCK_INVALID')
    }
  })

  test('is refused with a critical member or an address of a key beside a good signature', async () => {
    const payload = { ...content, csv: '' }
    expect((await open(await sealText(await signed(payload)))).number).toBe(content.number)
    for (const change of [{ jku: 'https://example.org' }, { jwk: shop.open }])
      expect(await reasonOf(await sealText(await signed(payload, change)))).toEqual({ reason: 'not-a-jws' })
  })

  test('is refused under the signature of another key of the same courier’s set, or of another shop', async () => {
    const stranger = await makeShopKey()
    const forged = await sealing.seal(
      { ...content, shopKey: stranger.open },
      { signingKey: stranger.secret, key: courier.key },
    )
    expect(await reasonOf(forged)).toEqual({ reason: 'foreign' })
    const own = await sealing.seal(content, { signingKey: courier.sigPrivate, key: courier.key })
    expect(await reasonOf(own)).toEqual({ reason: 'foreign' })
  })

  test('is refused when an old one is passed off under a new number', async () => {
    expect((await open(file, { number: 'VAN-20261122-1' })).number).toBe('VAN-20261122-1')
    expect(await reasonOf(file, { number: 'VAN-20261123-1' })).toEqual({ reason: 'other-manifest' })
  })

  test('is refused when its lines are not what the labels say', async () => {
    const [first, second] = content.parcels
    if (!first || !second) throw new Error('two parcels')
    const cases: readonly [readonly object[], object][] = [
      [[first, first], { reason: 'repeated-parcel', parcelNumber: first.pid }],
      [[{ ...first, labelSha256: second.labelSha256 }], { reason: 'label-hash', parcelNumber: first.pid }],
      [[{ ...first, pid: 'C00000000019' }], { reason: 'label-moved', parcelNumber: 'C00000000019' }],
      [[{ ...first, label: second.label, labelSha256: second.labelSha256 }], { reason: 'label-moved', parcelNumber: first.pid }],
      [[{ ...first, grossG: -1 }], { reason: 'payload' }],
    ] // prettier-ignore
    for (const [parcels, details] of cases)
      expect(await reasonOf(await sealText(await signed({ ...content, csv: '', parcels })))).toEqual(details)
  })
})
