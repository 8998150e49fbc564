import { createHash } from 'node:crypto'
import { CompactSign, importJWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'
import { codeOf, makeCourier, type TestCourier } from '../labels/keys.ts'

const sealing = manifestSealing()
let courier: TestCourier
let other: TestCourier

beforeAll(async () => {
  courier = await makeCourier()
  other = await makeCourier()
})

async function sign(content: unknown, typ: string, key: Jwk = courier.sigPrivate): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', kid: String(key['kid']), typ })
    .sign(await importJWK(key as { kty: string }, 'ES256')) // test keys have kty
}

describe('a status file', () => {
  const file = {
    manifest: 'M-231-1',
    sequence: 2,
    events: [
      { pid: '395212340000000175', status: 'delivered', at: 1_795_000_000_000 },
      { pid: '395212340000000182', status: 'failed', at: 1_795_000_100_000, reason: 'nobody-home' },
    ],
  }
  const read = (text: string) => sealing.readStatusFile(text, { key: courier.key })

  test('is read when the courier signed it', async () => {
    expect(await read(`${await sign(file, 'backroom-status')}\n`)).toEqual(file)
  })

  test('tells whose it says it is before it is checked', async () => {
    expect(sealing.peekSigner(await sign(file, 'backroom-status'))).toEqual({ kid: courier.key.sigKid })
    for (const text of ['', 'a.b.c', 'not a file']) expect(sealing.peekSigner(text)).toBeUndefined()
  })

  test('is refused with the reason when it is changed, foreign, of another kind or of another shape', async () => {
    const good = await sign(file, 'backroom-status')
    const [head, body = '', signature] = good.split('.')
    const changed = Buffer.from(body, 'base64url').toString().replace('nobody-home', 'nobody-hOme')
    const cases: [string, string][] = [
      [[head, Buffer.from(changed).toString('base64url'), signature].join('.'), 'signature'],
      [await sign(file, 'backroom-status', other.sigPrivate), 'foreign'],
      [await sign(file, 'backroom-receipt'), 'type'],
      [good.slice(0, 50), 'not-a-jws'],
      [await sign({ ...file, sequence: 0 }, 'backroom-status'), 'shape'],
      [await sign({ ...file, events: [{ pid: 'x', status: 'planned', at: 1 }] }, 'backroom-status'), 'shape'],
    ]
    for (const [text, reason] of cases)
      expect(await codeOf(read(text))).toMatchObject({ code: 'ERR_STATUS_FILE_INVALID', details: { reason } })
  })

  test('signed with the key that opens labels is foreign: one key never does both', async () => {
    const found = await codeOf(read(await sign(file, 'backroom-status', courier.privateKeys[0])))
    expect(found.details).toMatchObject({ reason: 'foreign' })
  })
})

describe('a receipt', () => {
  const content = 'eyJ..sealed'
  const sha256 = createHash('sha256').update(content).digest('hex')
  const receipt = { manifest: 'M-231-1', receivedAt: 1_795_000_000_000, sha256 }
  const read = (text: string) => sealing.readReceipt(text, { key: courier.key, manifest: 'M-231-1', content })

  test('counts for the very file that was sent', async () => {
    expect(await read(await sign(receipt, 'backroom-receipt'))).toEqual(receipt)
  })

  test('is refused for another manifest, another content or another signer', async () => {
    const cases: [string, string][] = [
      [await sign({ ...receipt, manifest: 'M-231-2' }, 'backroom-receipt'), 'other-manifest'],
      [await sign({ ...receipt, sha256: '0'.repeat(64) }, 'backroom-receipt'), 'other-content'],
      [await sign(receipt, 'backroom-receipt', other.sigPrivate), 'foreign'],
      [await sign({ manifest: 'M-231-1' }, 'backroom-receipt'), 'shape'],
      [await sign(receipt, 'backroom-status'), 'type'],
    ]
    for (const [text, reason] of cases)
      expect(await codeOf(read(text))).toMatchObject({ code: 'ERR_RECEIPT_INVALID', details: { reason } })
  })
})

describe("a courier's key set", () => {
  const setOf = (...keys: unknown[]): string => JSON.stringify({ keys })
  const refused = async (text: string) => {
    const { code, details } = await codeOf(sealing.readKeySet(text, 1))
    return { code, ...(details as object) } // details are always an object
  }

  test('is taken with two public keys, whatever they carry besides', async () => {
    const { enc, sig } = courier.key
    const read = await sealing.readKeySet(setOf({ ...sig, note: 'x' }, { ...enc, ext: true, key_ops: [] }), 7)
    expect(read).toEqual({ ...courier.key, addedAt: 7 })
  })

  test('is refused with what is wrong with it', async () => {
    const { enc, sig } = courier.key
    const [secretEnc] = courier.privateKeys
    const wrongPoint = { ...enc, y: String(enc['x']) }
    const cases: [string, string][] = [
      ['', 'not-json'],
      ['{"keys":', 'not-json'],
      ['[]', 'not-a-key-set'],
      ['{"keys":[]}', 'not-a-key-set'],
      [JSON.stringify(enc), 'not-a-key-set'],
      [JSON.stringify(secretEnc), 'private-key'],
      [setOf(secretEnc, sig), 'private-key'],
      [setOf(enc, courier.sigPrivate), 'private-key'],
      [setOf({ kty: 'oct', k: 'AAAA', use: 'enc' }, sig), 'private-key'],
      [`{"keys":[],"note":"${'x'.repeat(20_000)}"}`, 'too-large'],
      [setOf({ ...enc, crv: 'P-384' }, sig), 'wrong-curve'],
      [setOf({ ...enc, crv: undefined }, sig), 'wrong-curve'],
      [setOf({ kty: 'OKP', crv: 'X25519', x: enc['x'], use: 'enc' }, sig), 'wrong-kty'],
      [setOf({ kty: 'RSA', n: 'AQAB', e: 'AQAB', use: 'enc' }, sig), 'wrong-kty'],
      [setOf({ ...enc, use: undefined }, sig), 'no-use'],
      [setOf(enc), 'missing-use'],
      [setOf(sig), 'missing-use'],
      [setOf(enc, enc, sig), 'several'],
      [setOf(enc, sig, other.key.sig), 'several'],
      [setOf({ ...enc, kid: sig['kid'] }, sig), 'kid-mismatch'],
      [setOf(enc, { ...sig, kid: 'my-key-2026' }), 'kid-mismatch'],
      [setOf(wrongPoint, sig), 'off-curve'],
      [setOf({ ...enc, x: 'A'.repeat(43), y: 'A'.repeat(43) }, sig), 'off-curve'],
      [setOf({ ...enc, x: 'AA' }, sig), 'off-curve'],
      [setOf(enc, { ...enc, use: 'sig' }), 'same-key'],
    ]
    for (const [text, reason] of cases)
      expect(await refused(text)).toMatchObject({ code: 'ERR_COURIER_KEY_INVALID', reason })
  })

  test('handed in with its private half never has that half repeated in the error', async () => {
    const { text } = await codeOf(sealing.readKeySet(setOf(...courier.privateKeys), 1))
    for (const key of courier.privateKeys) expect(text).not.toContain(key['d'])
  })
})

describe('a fingerprint in words', () => {
  test('is eight words for the first eight bytes, the same ones every time', () => {
    const kid = Buffer.from([0, 1, 127, 128, 254, 255, 16, 32, 99]).toString('base64url')
    expect(sealing.fingerprintWords(kid)).toEqual([
      'acorn',
      'actor',
      'igloo',
      'indigo',
      'wagon',
      'walnut',
      'bagel',
      'bottle',
    ])
  })

  test('has a word of its own for every byte', () => {
    const words = Array.from(
      { length: 256 },
      (_, byte) => sealing.fingerprintWords(Buffer.from([byte, 0]).toString('base64url'))[0],
    )
    expect(new Set(words).size).toBe(256)
  })

  test('differs between couriers', () => {
    expect(sealing.fingerprintWords(courier.key.encKid)).not.toEqual(sealing.fingerprintWords(other.key.encKid))
  })
})
