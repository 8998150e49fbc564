import {
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto'
import { readFileSync } from 'node:fs'
import jose from 'node-jose'
import { describe, expect, test } from 'vitest'
import { parsePrivateSet, type PublicKey } from '../../../src-courier/core/courier-keys.ts'
import { openLabel } from '../../../src-courier/core/label.ts'
import { openManifest } from '../../../src-courier/core/manifest.ts'
import { openKeys } from '../../../src-courier/core/passphrase.ts'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import { fingerprintWords } from '../../../src-main/kernel/fingerprint.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'
import { codeOf } from '../labels/keys.ts'

/** docs/protocol/vectors: what docs/sealing.md describes, byte by byte. */
// Files of our own; a member that is not there fails the test that reads it.
const read = (name: string) => JSON.parse(readFileSync(`docs/protocol/vectors/${name}.json`, 'utf8'))
type PrivateKey = PublicKey & { readonly d: string }
interface LabelVector {
  readonly parcelNumber: string
  readonly exp: number
  readonly payload: { readonly n: string; readonly a: readonly string[]; readonly z: string; readonly t: string }
  readonly plaintext: string
  readonly ephemeralKey: Jwk
  readonly nonce: string
  readonly block: string
}

const published = read('keys') as { courier: { keys: readonly [PrivateKey, PrivateKey] }; shop: PrivateKey; counter: PrivateKey; words: Record<string, string> } // prettier-ignore
const [enc, sig] = published.courier.keys
const { d: _shopSecret, ...shopKey } = published.shop
const keys = await parsePrivateSet(JSON.stringify(published.courier))
const privateKeys: readonly Jwk[] = [{ ...enc }]
const { labels, now } = read('label') as { labels: readonly LabelVector[]; now: number }
const manifest = read('manifest') as { file: string; jws: string; payload: object; number: string; shopKid: string }
const receipt = read('receipt') as { receipt: string; payload: { manifest: string; sha256: string } }
const status = read('status') as { file: string; payload: object }
const courierSide = async () => {
  const { d: _1, ...open } = enc
  const { d: _2, ...verify } = sig
  return manifestSealing().readKeySet(JSON.stringify({ keys: [open, verify] }), 0)
}

const decrypted = async (jwe: string, key: object): Promise<string> =>
  (await jose.JWE.createDecrypt(await jose.JWK.asKey(key)).decrypt(jwe)).payload.toString('utf8')
const verified = async (jws: string, key: object): Promise<string> =>
  (await jose.JWS.createVerify(await jose.JWK.asKey(key)).verify(jws)).payload.toString('utf8')
const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest()

/** RFC 7518 4.6 and 5.3 with nothing but Node's own cryptography, as somebody without a JOSE library would write it. */
function openByHand(block: string, secret: KeyObject): string {
  const [head = '', , nonce = '', ciphertext = '', tag = ''] = block.split('.')
  // The header of a vector is of our own making.
  const { epk } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { epk: Jwk }
  const shared = diffieHellman({ privateKey: secret, publicKey: createPublicKey({ key: { ...epk }, format: 'jwk' }) })
  const counted = (bytes: Buffer): Buffer => Buffer.concat([lengthOf(bytes.length), bytes])
  const info = [counted(Buffer.from('A256GCM')), counted(Buffer.alloc(0)), counted(Buffer.alloc(0)), lengthOf(256)]
  const key = sha256(Buffer.concat([lengthOf(1), shared, ...info]))
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'))
  decipher.setAAD(Buffer.from(head)).setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]).toString()
}
function lengthOf(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

describe('the published keys', () => {
  test('are named by their thumbprints, and their words are the words of these', async () => {
    for (const key of [enc, sig, published.shop, published.counter]) {
      const thumbprint = sha256(JSON.stringify({ crv: key.crv, kty: key.kty, x: key.x, y: key.y }))
      expect(thumbprint.toString('base64url')).toBe(key.kid)
    }
    for (const [kid, words] of Object.entries(published.words)) expect(fingerprintWords(kid).join(' ')).toBe(words)
  })
})

describe('the published label blocks', () => {
  test.each(labels)('$parcelNumber opens here, at the courier, by node-jose and by hand', async (vector) => {
    const { parcelNumber, block, payload, plaintext } = vector
    const opened = await labelSealing().open(block, { privateKeys, parcelNumber, now })
    expect(opened).toMatchObject({ parcelNumber, expiresAt: vector.exp * 1000, recipient: { name: payload.n, lines: payload.a, postcode: payload.z, city: payload.t } }) // prettier-ignore
    expect((await openLabel(block, { keys, parcelNumber, now })).recipient.name).toBe(payload.n)
    expect(await decrypted(block, enc)).toBe(plaintext)
    expect(openByHand(block, createPrivateKey({ key: { ...enc }, format: 'jwk' }))).toBe(plaintext)
    expect(Buffer.byteLength(plaintext) % 64).toBe(0)
    expect(JSON.parse(plaintext)).toEqual(payload)
  })

  test('come out of their ephemeral keys and nonces', () => {
    for (const { block, ephemeralKey, nonce } of labels) {
      const [head = '', key, written] = block.split('.')
      expect([key, written]).toEqual(['', nonce])
      const { epk } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { epk: Jwk } // made by us
      expect(epk).toEqual({ kty: 'EC', crv: 'P-256', x: ephemeralKey['x'], y: ephemeralKey['y'] })
    }
  })

  test('for the counter open with the counter key for their order alone', async () => {
    const vector = read('counter') as { block: string; orderCode: string; plaintext: string }
    const options = { privateKeys: [{ ...published.counter }], now, kind: 'counter' as const }
    const opened = await labelSealing().open(vector.block, { ...options, parcelNumber: vector.orderCode })
    expect(opened.recipient.name).toBe('Anna Müller')
    expect(await decrypted(vector.block, published.counter)).toBe(vector.plaintext)
  })
})

describe('the published files', () => {
  test('manifest: opens here, at the courier and by node-jose', async () => {
    const opened = await manifestSealing().open(manifest.file, { privateKeys, shopKey })
    expect(opened).toEqual(manifest.payload)
    const atCourier = await openManifest(manifest.file, { keys, pinnedShopKid: manifest.shopKid, now })
    expect(atCourier).toMatchObject({ number: manifest.number, shopKid: manifest.shopKid })
    expect(await decrypted(manifest.file, enc)).toBe(manifest.jws)
    expect(JSON.parse(await verified(manifest.jws, shopKey))).toEqual(manifest.payload)
  })

  test('receipt and status file: verify here and by node-jose', async () => {
    const key = await courierSide()
    const taken = await manifestSealing().readReceipt(receipt.receipt, { key, manifest: manifest.number, content: manifest.file }) // prettier-ignore
    expect(taken).toEqual(receipt.payload)
    expect(sha256(manifest.file).toString('hex')).toBe(receipt.payload.sha256)
    expect(await manifestSealing().readStatusFile(status.file, { key })).toEqual(status.payload)
    const { d: _secret, ...verify } = sig
    expect(JSON.parse(await verified(receipt.receipt, verify))).toEqual(receipt.payload)
    expect(JSON.parse(await verified(status.file, verify))).toEqual(status.payload)
  })

  test('key file: opens with its passphrase here and by node-jose', async () => {
    const { passphrase, file } = read('key-file') as { passphrase: string; file: string }
    expect((await openKeys(file, passphrase)).enc.kid).toBe(enc.kid)
    const secret = await jose.JWK.asKey({ kty: 'oct', k: Buffer.from(passphrase).toString('base64url') })
    const { payload } = await jose.JWE.createDecrypt(secret, { algorithms: ['PBES2-*', 'A256GCM'] }).decrypt(file)
    expect(JSON.parse(payload.toString('utf8'))).toMatchObject({ keys: [{ kid: enc.kid }, { kid: sig.kid }] })
  })
})

interface Bad {
  readonly name: string
  readonly error: string
}
const bad = read('bad') as {
  labels: readonly (Bad & { block: string; parcelNumber: string; now: number; isSealWhole?: boolean })[]
  manifests: readonly (Bad & { file: string })[]
  keySets: readonly (Bad & { jwks: object })[]
  receipts: readonly (Bad & { receipt: string })[]
  statusFiles: readonly (Bad & { file: string })[]
}

describe('what is bad is refused with the published error', () => {
  test.each(bad.labels)('a label: $name', async ({ block, parcelNumber, now: at, error, isSealWhole }) => {
    expect((await codeOf(labelSealing().open(block, { privateKeys, parcelNumber, now: at }))).code).toBe(error)
    expect((await codeOf(openLabel(block, { keys, parcelNumber, now: at }))).code).toBe(error)
    // What an opener must look at itself: any JOSE program opens these.
    if (isSealWhole) await expect(decrypted(block, enc)).resolves.toBeTypeOf('string')
    else await expect(decrypted(block, enc)).rejects.toThrow()
  })

  test.each(bad.manifests)('a manifest: $name', async ({ file, error }) => {
    const isOtherShop = error === 'not the pinned shop'
    const atShop = await codeOf(manifestSealing().open(file, { privateKeys, shopKey }))
    expect(atShop.code).toBe(isOtherShop ? 'ERR_SEALED_BLOCK_INVALID' : error)
    const atCourier = await codeOf(openManifest(file, { keys, pinnedShopKid: manifest.shopKid, now }))
    expect(atCourier.code).toBe(isOtherShop ? 'ERR_NOT_ALLOWED' : error)
  })

  test.each(bad.keySets)('a key set: $name', async ({ jwks, error }) => {
    expect((await codeOf(manifestSealing().readKeySet(JSON.stringify(jwks), 0))).code).toBe(error)
  })

  test.each(bad.receipts)('a receipt: $name', async ({ receipt: text, error }) => {
    const options = { key: await courierSide(), manifest: manifest.number, content: manifest.file }
    expect((await codeOf(manifestSealing().readReceipt(text, options))).code).toBe(error)
  })

  test.each(bad.statusFiles)('a status file: $name', async ({ file, error }) => {
    expect((await codeOf(manifestSealing().readStatusFile(file, { key: await courierSide() }))).code).toBe(error)
  })
})

describe('node-jose makes what is opened here', () => {
  test('a label', async () => {
    const fields = { alg: 'ECDH-ES', enc: 'A256GCM', kid: enc.kid, typ: 'backroom-label', pid: '1', exp: 4e9 }
    const { d: _secret, ...open } = enc
    const block: unknown = await jose.JWE.createEncrypt({ format: 'compact', fields }, await jose.JWK.asKey(open)).update(Buffer.from(labels[0]?.plaintext ?? '')).final() // prettier-ignore
    expect((await openLabel(String(block), { keys, now })).recipient.name).toBe('Anna Müller')
    expect((await labelSealing().open(String(block), { privateKeys, now })).recipient.name).toBe('Anna Müller')
  })

  test('a manifest, a receipt and a status file', async () => {
    const signed = async (payload: object, key: object, typ: string): Promise<string> =>
      String(await jose.JWS.createSign({ format: 'compact', fields: { typ } }, await jose.JWK.asKey(key)).update(Buffer.from(JSON.stringify(payload))).final()) // prettier-ignore
    const jws = await signed(manifest.payload, published.shop, 'backroom-manifest')
    const fields = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'backroom-manifest', cty: 'JOSE' }
    const { d: _secret, ...open } = enc
    const file = String(await jose.JWE.createEncrypt({ format: 'compact', fields }, await jose.JWK.asKey(open)).update(Buffer.from(jws)).final()) // prettier-ignore
    expect((await openManifest(file, { keys, pinnedShopKid: manifest.shopKid, now })).number).toBe(manifest.number)
    expect(await manifestSealing().open(file, { privateKeys, shopKey })).toEqual(manifest.payload)
    const key = await courierSide()
    const newReceipt = await signed(
      { ...receipt.payload, sha256: sha256(file).toString('hex') },
      sig,
      'backroom-receipt',
    )
    expect(await manifestSealing().readReceipt(newReceipt, { key, manifest: manifest.number, content: file })).toMatchObject({ manifest: manifest.number }) // prettier-ignore
    expect(await manifestSealing().readStatusFile(await signed(status.payload, sig, 'backroom-status'), { key })).toEqual(status.payload) // prettier-ignore
  })
})
