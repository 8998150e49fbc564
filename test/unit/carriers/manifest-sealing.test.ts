import { createHash } from 'node:crypto'
import { CompactSign, CompactEncrypt, importJWK } from 'jose'
import nodeJose from 'node-jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import type { ManifestContent, ManifestLine } from '../../../src-main/ports/carriers.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'
import { codeOf, makeCourier, makeShopKey, type TestCourier } from '../labels/keys.ts'

const closedAt = Date.UTC(2026, 10, 22, 16, 30)
const sealing = manifestSealing()
let courier: TestCourier
let other: TestCourier
let shop: { secret: Jwk; open: Jwk }
let content: ManifestContent

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

async function line(pid: string, seq: string): Promise<ManifestLine> {
  const label = await labelSealing().seal(
    { name: 'Anna Müller', lines: ['Gartenweg 5'], postcode: '10623', city: 'Berlin', country: 'DE' },
    { key: courier.key, parcelNumber: pid, expiresAt: closedAt + 60 * 86_400_000 },
  )
  return {
    pid, seq, stop: Number.parseInt(seq, 10), routing: 'DE-10', n: 1, of: 1, grossG: 1200, handling: ['fragile'],
    window: { from: closedAt, to: closedAt + 3_600_000 }, labelSha256: sha256(label), label, at: [52.5, -13.3],
  } // prettier-ignore
}

const seal = (from: ManifestContent = content): Promise<string> =>
  sealing.seal(from, { signingKey: shop.secret, key: courier.key })

/** What a dishonest shop could do with the courier's public key: sign and seal anything. */
async function sealAnything(payload: unknown, key: Jwk = shop.secret, typ = 'backroom-manifest'): Promise<string> {
  const signed = await new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ alg: 'ES256', kid: String(key['kid']), typ })
    .sign(await importJWK(key as { kty: string }, 'ES256')) // test keys have kty
  return new CompactEncrypt(new TextEncoder().encode(signed))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: courier.key.encKid, typ: 'backroom-manifest' })
    .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
}

const open = (file: string, more: { privateKeys?: readonly Jwk[]; shopKey?: Jwk } = {}) =>
  sealing.open(file, { privateKeys: courier.privateKeys, shopKey: shop.open, ...more })

beforeAll(async () => {
  courier = await makeCourier()
  other = await makeCourier()
  shop = await makeShopKey()
  content = {
    number: 'M-231-1',
    closedAt,
    carrier: { code: 'VAN', name: 'Nordvan' },
    shop: { name: 'Emporium', at: [52.5, 13.4] },
    shopKey: shop.open,
    parcels: [await line('395212340000000175', '1'), await line('395212340000000182', '2')],
  }
})

describe('a sealed manifest', () => {
  test("opens with the courier's key and the shop's pinned key, every line as it was", async () => {
    const payload = await open(await seal())
    expect(payload).toMatchObject(content)
    expect(payload.csv.split('\r\n')).toHaveLength(4)
  })

  test('opens and verifies in another JOSE program', async () => {
    const key = await nodeJose.JWK.asKey(courier.privateKeys[0] as object, 'json') // node-jose types keys as plain objects
    const signed = await nodeJose.JWE.createDecrypt(key).decrypt(await seal())
    const verifier = nodeJose.JWS.createVerify(await nodeJose.JWK.asKey(shop.open as object, 'json'))
    const { header, payload } = await verifier.verify(signed.payload.toString('utf8'))
    expect(header).toEqual({ alg: 'ES256', kid: shop.open['kid'], typ: 'backroom-manifest' })
    expect(JSON.parse(payload.toString('utf8'))).toMatchObject({ number: 'M-231-1', shopKey: shop.open })
  })

  test('never carries the private half of the key it was signed with', async () => {
    const payload = await open(await seal({ ...content, shopKey: shop.secret }))
    expect(JSON.stringify(payload)).not.toContain(String(shop.secret['d']))
  })
})

describe('a manifest that is no good', () => {
  test("is refused when a line was changed without the shop's signature", async () => {
    const key = await nodeJose.JWK.asKey(courier.privateKeys[0] as object, 'json') // node-jose types keys as plain objects
    const signed = (await nodeJose.JWE.createDecrypt(key).decrypt(await seal())).payload.toString('utf8')
    const [head = '', body = '', signature = ''] = signed.split('.')
    const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as ManifestContent
    const changed = { ...payload, parcels: payload.parcels.map((parcel) => ({ ...parcel, seq: '9' })) }
    const forged = [head, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.')
    const file = await new CompactEncrypt(new TextEncoder().encode(forged))
      .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: courier.key.encKid, typ: 'backroom-manifest' })
      .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
    const reason = { code: 'ERR_SEALED_BLOCK_INVALID', details: { reason: 'signature' } }
    expect(await codeOf(open(file))).toMatchObject(reason)
    expect(await codeOf(sealing.open(file, { privateKeys: courier.privateKeys }))).toMatchObject(reason)
  })

  test('is refused when another shop signed it', async () => {
    const stranger = await makeShopKey()
    const whole = { ...content, csv: '' }
    const honest = await sealAnything({ ...whole, shopKey: stranger.open }, stranger.secret)
    const posing = await sealAnything(whole, stranger.secret)
    for (const file of [honest, posing]) expect((await codeOf(open(file))).details).toEqual({ reason: 'foreign' })
    expect((await codeOf(sealing.open(posing, { privateKeys: courier.privateKeys }))).details).toEqual({
      reason: 'foreign',
    })
  })

  test('is refused when a parcel is in it twice, with its number, while sealing and while opening', async () => {
    const parcels = [...content.parcels, ...content.parcels.slice(0, 1)]
    const details = { reason: 'repeated-parcel', parcelNumber: '395212340000000175' }
    expect(await codeOf(seal({ ...content, parcels }))).toMatchObject({ code: 'ERR_INPUT_INVALID', details })
    const file = await sealAnything({ ...content, csv: '', parcels })
    expect(await codeOf(open(file))).toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID', details })
  })

  test('is refused when a label block is not the one its hash stands for, or was sealed for another parcel', async () => {
    const [first, second] = content.parcels
    const wrongHash = [{ ...first!, labelSha256: '0'.repeat(64) }]
    const moved = [{ ...first!, label: second!.label, labelSha256: second!.labelSha256 }]
    for (const [parcels, reason] of [
      [wrongHash, 'label-hash'],
      [moved, 'label-moved'],
    ] as const)
      expect((await codeOf(open(await sealAnything({ ...content, csv: '', parcels })))).details).toMatchObject({
        reason,
      })
  })

  test('is refused when cut short, changed, of another type, of another shape, or no manifest at all', async () => {
    const file = await seal()
    const [head, , iv, text = '', tag] = file.split('.')
    const changed = [head, '', iv, (text.startsWith('A') ? 'B' : 'A') + text.slice(1), tag].join('.')
    const bad = [
      changed,
      file.slice(0, -1),
      file.slice(0, file.length / 2),
      'hello',
      content.parcels[0]!.label,
      await sealAnything({ ...content, csv: '' }, shop.secret, 'backroom-status'),
      await sealAnything({ ...content }),
      await sealAnything('x'),
    ]
    for (const text of bad) expect((await codeOf(open(text))).code).toBe('ERR_SEALED_BLOCK_INVALID')
  })

  test('is named foreign when it was sealed for another courier', async () => {
    const found = await codeOf(open(await seal(), { privateKeys: other.privateKeys }))
    expect(found).toMatchObject({ code: 'ERR_SEALED_BLOCK_FOREIGN', details: { sealedFor: courier.key.encKid } })
  })
})

describe('the CSV inside', () => {
  test('quotes what needs it, keeps numbers as numbers and takes the sting out of formulas', async () => {
    const nasty = { ...content.parcels[0]!, routing: '=HYPERLINK("http://x","y")', handling: ['@cmd', 'a,b'] }
    const { csv } = await open(await seal({ ...content, parcels: [nasty] }))
    const row = csv.split('\r\n')[1]
    expect(row).toContain(`"'=HYPERLINK(""http://x"",""y"")"`)
    expect(row).toContain(`"'@cmd a,b"`)
    expect(row).toContain(',52.5,-13.3,')
    expect(row).toContain('2026-11-22T16:30:00.000Z')
    expect(csv).not.toContain(nasty.label)
    expect(csv.split('\r\n')[0]?.split(',')).toHaveLength(13)
  })
})
