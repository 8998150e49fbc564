import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { CompactEncrypt, importJWK } from 'jose'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import { encodeRecipient } from '../../../src-main/adapters/labels/label-payload.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import { codeOf, makeCourier, type TestCourier } from './keys.ts'

const now = Date.UTC(2026, 10, 22)
const parcelNumber = '395212340000000175'
const about = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'backroom-label', pid: parcelNumber, exp: 4_000_000_000 } as const
const recipient: Recipient = {
  name: 'Zoë Ångström',
  lines: ['Straße des 17. Juni 135'],
  postcode: '10623',
  city: 'Berlin',
  country: 'DE',
}
const sealing = labelSealing({ maxBlockLength: 100_000 })
const seed = 20261122
let courier: TestCourier
let block: string
beforeAll(async () => {
  courier = await makeCourier()
  block = await sealing.seal(recipient, { key: courier.key, parcelNumber, expiresAt: now + 86_400_000 })
})

const open = (text: string) => sealing.open(text, { privateKeys: courier.privateKeys, parcelNumber, now })
const refusal = (text: string) => codeOf(open(text))
const partsOf = (text: string): readonly string[] => text.split('.')

/** The header of the sealed block changed, everything else as it was. */
function withHeader(change: object): string {
  const [head = '', ...rest] = partsOf(block)
  const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
  return [Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url'), ...rest].join('.')
}

/** A block that the courier's public key really opens, made by somebody with other ideas about its header. */
async function madeWith(change: object): Promise<string> {
  return new CompactEncrypt(encodeRecipient(recipient))
    .setProtectedHeader({ ...about, kid: courier.key.encKid, ...change })
    .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
}

describe('a block in which somebody has changed something', () => {
  test.each([
    [0, 'header'],
    [2, 'initialisation vector'],
    [3, 'ciphertext'],
    [4, 'tag'],
  ])('is refused whatever bit of part %i, the %s, was turned', async (part) => {
    const bytes = Buffer.from(partsOf(block)[part] ?? '', 'base64url')
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        const turned = Buffer.from(bytes)
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        const text = partsOf(block).with(part, turned.toString('base64url')).join('.')
        expect(['ERR_SEALED_BLOCK_INVALID', 'ERR_SEALED_BLOCK_FOREIGN']).toContain((await refusal(text)).code)
      }),
      { seed, numRuns: 60 },
    )
  })

  test('is refused whatever sign of it was replaced, even where that changes no byte', async () => {
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    await fc.assert(
      fc.asyncProperty(fc.nat(block.length - 1), fc.constantFrom(...signs), async (at, sign) => {
        fc.pre(block[at] !== sign && block[at] !== '.')
        const found = await refusal(block.slice(0, at) + sign + block.slice(at + 1))
        expect(['ERR_SEALED_BLOCK_INVALID', 'ERR_SEALED_BLOCK_FOREIGN']).toContain(found.code)
      }),
      { seed, numRuns: 150 },
    )
    for (const part of [2, 3, 4]) {
      const text = partsOf(block)[part] ?? ''
      const last = signs.indexOf(text.at(-1) ?? 'A')
      const spare = [0, 0, 4, 2][text.length % 4] ?? 0
      for (let more = 1; more < 1 << spare; more++) {
        const twin = text.slice(0, -1) + (signs[last ^ more] ?? 'A')
        expect((await refusal(partsOf(block).with(part, twin).join('.'))).details).toEqual({ reason: 'not-a-block' })
      }
    }
  })

  test('is refused cut anywhere, with signs added, and with an encrypted key where there is none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(block.length - 1), async (length) => {
        expect((await refusal(block.slice(0, length))).code).toBe('ERR_SEALED_BLOCK_INVALID')
      }),
      { seed, numRuns: 60 },
    )
    for (const text of [`${block}A`, `${block}.`, `${block}=`, partsOf(block).with(1, 'AAAA').join('.')])
      expect((await refusal(text)).code).toBe('ERR_SEALED_BLOCK_INVALID')
  })

  test('is refused unread when it is larger than any recipient', async () => {
    const huge = partsOf(block).with(3, 'A'.repeat(70_000)).join('.')
    expect((await refusal(huge)).details).toEqual({ reason: 'too-large' })
    expect(sealing.peek(huge)).toBeUndefined()
  })
})

describe('a block of somebody who wants it read another way', () => {
  test('opens as it is, so that what follows is refused for its own sake', async () => {
    expect((await open(await madeWith({}))).recipient).toEqual(recipient)
  })

  test.each([
    ['another way to agree on the key', { alg: 'ECDH-ES+A256KW' }, 'algorithm'],
    ['no agreement at all', { alg: 'dir' }, 'algorithm'],
    ['no algorithm', { alg: 'none' }, 'algorithm'],
    ['another cipher', { enc: 'A128CBC-HS256' }, 'algorithm'],
    ['packed content', { zip: 'DEF' }, 'algorithm'],
    ['a critical member', { crit: ['x-ours'], 'x-ours': 1 }, 'header'],
    ['the address of a key', { jku: 'https://example.org/keys' }, 'header'],
    ['a key of its own', { jwk: { kty: 'EC' } }, 'header'],
    ['a certificate', { x5u: 'https://example.org/cert' }, 'header'],
    ['parties to derive for', { apu: 'QWxpY2U' }, 'header'],
    ['no parcel number', { pid: undefined }, 'header'],
    ['an end that is no number', { exp: 'never' }, 'header'],
    ['another curve', { epk: { kty: 'EC', crv: 'P-384', x: 'A'.repeat(64), y: 'A'.repeat(64) } }, 'ephemeral-key'],
    ['a key of another kind', { epk: { kty: 'OKP', crv: 'X25519', x: 'A'.repeat(43) } }, 'ephemeral-key'],
    [
      'a point off the curve',
      { epk: { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) } },
      'ephemeral-key',
    ],
    ['another type', { typ: 'backroom-manifest' }, 'type'],
  ])('is refused with %s in its header', async (_what, change, reason) => {
    expect((await refusal(withHeader(change))).details).toEqual({ reason })
  })

  test.each([[{ jku: 'https://example.org/keys' }], [{ jwk: { kty: 'EC' } }], [{ cty: 'JWT' }]])(
    'is refused although its key opens it, for %j',
    async (change) => {
      expect((await refusal(await madeWith(change))).details).toEqual({ reason: 'header' })
    },
  )

  test('is refused when what it holds is no recipient', async () => {
    const junk = await new CompactEncrypt(new TextEncoder().encode('[1]'))
      .setProtectedHeader({ ...about, kid: courier.key.encKid })
      .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
    expect((await refusal(junk)).details).toEqual({ reason: 'payload' })
  })

  test('opens again and again: a copy of a label is known by its parcel, not by its block', async () => {
    for (let i = 0; i < 3; i++) expect((await open(block)).parcelNumber).toBe(parcelNumber)
    const elsewhere = { privateKeys: courier.privateKeys, parcelNumber: 'C00000000019', now }
    expect((await codeOf(sealing.open(block, elsewhere))).code).toBe('ERR_SEALED_BLOCK_MOVED')
  })
})

const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const optional = fc.option(anyText, { nil: undefined })
const anyRecipient: fc.Arbitrary<Recipient> = fc.record({
  name: fc.oneof(anyText, fc.string({ minLength: 500, maxLength: 500 })),
  company: optional,
  lines: fc.array(anyText, { maxLength: 4 }),
  postcode: anyText,
  city: anyText,
  region: optional,
  country: fc.constantFrom('DE', 'JP'),
  phone: optional,
  instructions: optional,
})

describe('what a block tells without a key', () => {
  test('is how many times 64 bytes it takes, whoever it is for', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecipient, async (who) => {
        expect(encodeRecipient(who).length % 64).toBe(0)
        const sealed = await sealing.seal(who, { key: courier.key, parcelNumber, expiresAt: now + 86_400_000 })
        expect(Buffer.from(partsOf(sealed)[3] ?? '', 'base64url').length % 64).toBe(0)
      }),
      { seed, numRuns: 100 },
    )
    const lengths = ['Bo', 'Bob Li', 'Bobby Lindgren'].map((name) => encodeRecipient({ ...recipient, name }).length)
    expect(new Set(lengths).size).toBe(1)
  })

  test('is whose key, which parcel and until when, and nothing of the recipient', () => {
    const { kid, ...more } = sealing.peek(block) ?? { kid: undefined }
    expect(kid).toBe(courier.key.encKid)
    expect(more).toEqual({ parcelNumber, expiresAt: now + 86_400_000 })
    for (const text of ['', 'a.b.c', '....', '{"n":"x"}']) expect(sealing.peek(text)).toBeUndefined()
  })
})

describe('a name that steers whoever shows it', () => {
  const bend = async (name: string): Promise<string> => {
    const sealed = await sealing.seal({ ...recipient, name }, { key: courier.key, parcelNumber, expiresAt: now + 9e6 })
    return (await open(sealed)).recipient.name
  }

  test('loses overrides of direction, line ends, escapes and broken halves of signs', async () => {
    expect(await bend('Anna \u202Eellim\u202C \u2066x\u2069')).toBe('Anna ellim x')
    expect(await bend('Anna\r\nStraße\u0000\u001B[31m\u2028Ort')).toBe('Anna Straße [31m Ort')
    expect(await bend('Anna \uD83D')).toBe('Anna \uFFFD')
    expect(await bend('^XZ=cmd|"$(x)"')).toBe('^XZ=cmd|"$(x)"')
  })

  test('keeps what its script is written with', async () => {
    for (const name of ['می‌خواهم علی', 'क्‍ष राम', 'משה כהן', '👩‍👧 Ångström', '小林 さくら'])
      expect(await bend(name)).toBe(name)
  })

  test('is cleaned again on opening, whoever has sealed it', async () => {
    const raw = await new CompactEncrypt(
      new TextEncoder().encode(JSON.stringify({ n: 'A\u202EB\u0007', z: '1', t: 'B', k: 'DE', i: 'one\ntwo\u0007' })),
    )
      .setProtectedHeader({ ...about, kid: courier.key.encKid })
      .encrypt(await importJWK(courier.key.enc as { kty: string }, 'ECDH-ES')) // test keys have kty
    expect((await open(raw)).recipient).toMatchObject({ name: 'AB ', instructions: 'one\ntwo ' })
  })
})
