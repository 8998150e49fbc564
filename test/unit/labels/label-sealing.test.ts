import fc from 'fast-check'
import nodeJose from 'node-jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import { shorterInstructions } from '../../../src-main/adapters/labels/label-payload.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import { codeOf, makeCourier, type TestCourier } from './keys.ts'

const now = Date.UTC(2026, 10, 22)
const expiresAt = now + 60 * 86_400_000
const parcelNumber = '395212340000000175'
const recipient: Recipient = {
  name: 'Zoë Ångström-Bäcker',
  company: 'Bäckerei 小林',
  lines: ['Straße des 17. Juni 135', 'Hinterhaus'],
  postcode: '10623',
  city: 'Berlin',
  country: 'DE',
  phone: '+49 30 1234567',
  instructions: 'Ring twice. Leave with the neighbour.',
}
const secrets = ['Zoë', 'ngstr', 'Bäcker', 'Straße', 'Hinterhaus', '10623', 'Berlin', '1234567', 'neighbour']

let courier: TestCourier
let other: TestCourier
const sealing = labelSealing()
const seal = (who: Recipient = recipient): Promise<string> =>
  sealing.seal(who, { key: courier.key, parcelNumber, expiresAt })

beforeAll(async () => {
  courier = await makeCourier()
  other = await makeCourier()
})

const flip = (block: string, part: number): string =>
  block
    .split('.')
    .map((text, index) => (index === part ? (text.startsWith('A') ? 'B' : 'A') + text.slice(1) : text))
    .join('.')

describe('a sealed label', () => {
  test("opens with the courier's key and gives every field back", async () => {
    const opened = await sealing.open(await seal(), { privateKeys: courier.privateKeys, parcelNumber, now })
    expect(opened).toEqual({ parcelNumber, expiresAt, recipient })
  })

  test('carries exactly the header of the published format', async () => {
    const header = JSON.parse(Buffer.from((await seal()).split('.')[0] ?? '', 'base64url').toString()) as object
    expect(header).toMatchObject({
      alg: 'ECDH-ES',
      enc: 'A256GCM',
      kid: courier.key.encKid,
      typ: 'backroom-label',
      pid: parcelNumber,
      exp: expiresAt / 1000,
    })
    expect(Object.keys(header).sort()).toEqual(['alg', 'enc', 'epk', 'exp', 'kid', 'pid', 'typ'])
  })

  test('opens in another JOSE program, which finds the short keys and padding to whole 64 bytes', async () => {
    const key = await nodeJose.JWK.asKey(courier.privateKeys[0] as object, 'json') // node-jose types keys as plain objects
    const { payload } = await nodeJose.JWE.createDecrypt(key).decrypt(await seal())
    expect(payload.length % 64).toBe(0)
    expect(JSON.parse(payload.toString('utf8'))).toEqual({
      n: recipient.name,
      c: recipient.company,
      a: recipient.lines,
      z: '10623',
      t: 'Berlin',
      k: 'DE',
      p: recipient.phone,
      i: recipient.instructions,
    })
  })

  test('is no longer for a long name than for a short one within the same 64 bytes', async () => {
    const plain = { lines: [], postcode: '1', city: 'X', country: 'DE' }
    expect((await seal({ ...plain, name: 'Al' })).length).toBe((await seal({ ...plain, name: 'Alexandrina' })).length)
  })

  test('never shows a word of the recipient, however it is decoded', async () => {
    const block = await seal()
    const views = [
      block,
      ...block
        .split('.')
        .flatMap((part) =>
          ['utf8', 'latin1', 'utf16le'].map((encoding) =>
            Buffer.from(part, 'base64url').toString(encoding as BufferEncoding),
          ),
        ),
    ] // three encodings from the list above
    for (const view of views) for (const secret of secrets) expect(view).not.toContain(secret)
  })

  test('is another text every time', async () => {
    expect(await seal()).not.toBe(await seal())
  })
})

describe('a block that is no good', () => {
  const open = async (block: string, more: object = {}) =>
    codeOf(sealing.open(block, { privateKeys: courier.privateKeys, parcelNumber, now, ...more }))

  test('is refused when any of its parts was changed', async () => {
    const block = await seal()
    for (const part of [2, 3, 4]) expect((await open(flip(block, part))).code).toBe('ERR_SEALED_BLOCK_INVALID')
  })

  test('is refused when its header was rewritten for another parcel or a later time', async () => {
    const [head = '', ...rest] = (await seal()).split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
    for (const change of [{ pid: '395212340000000182' }, { exp: expiresAt }]) {
      const forged = Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')
      const found = await open([forged, ...rest].join('.'), { parcelNumber: undefined })
      expect(found).toMatchObject({ code: 'ERR_SEALED_BLOCK_INVALID', details: { reason: 'tampered' } })
    }
  })

  test('is refused when cut short anywhere, when empty, and when it is some other text', async () => {
    const block = await seal()
    for (const cut of [0, 1, 100, 300, block.length - 30, block.length - 1])
      expect((await open(block.slice(0, cut))).code).toBe('ERR_SEALED_BLOCK_INVALID')
    for (const text of ['....', 'a..b.c.d', 'https://example.org', '{"n":"x"}'])
      expect((await open(text)).code).toBe('ERR_SEALED_BLOCK_INVALID')
  })

  test('is refused when it asks for another algorithm', async () => {
    const [head = '', ...rest] = (await seal()).split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as object
    for (const change of [{ alg: 'dir' }, { alg: 'ECDH-ES+A256KW' }, { enc: 'A128CBC-HS256' }]) {
      const forged = Buffer.from(JSON.stringify({ ...header, ...change })).toString('base64url')
      expect((await open([forged, ...rest].join('.'))).details).toEqual({ reason: 'algorithm' })
    }
  })

  test('is named foreign when it was sealed for another key, and says for which', async () => {
    const found = await open(await seal(), { privateKeys: other.privateKeys })
    expect(found).toMatchObject({ code: 'ERR_SEALED_BLOCK_FOREIGN', details: { sealedFor: courier.key.encKid } })
  })

  test('is named moved when it sticks on another parcel', async () => {
    const found = await open(await seal(), { parcelNumber: '395212340000000182' })
    expect(found).toMatchObject({ code: 'ERR_SEALED_BLOCK_MOVED', details: { sealedFor: parcelNumber } })
  })

  test('is named expired from the second of its expiry on', async () => {
    const block = await seal()
    await expect(sealing.open(block, { privateKeys: courier.privateKeys, now: expiresAt - 1 })).resolves.toBeDefined()
    expect((await open(block, { now: expiresAt })).code).toBe('ERR_SEALED_BLOCK_EXPIRED')
  })

  test('never brings a word of the recipient into an error', async () => {
    const block = await seal()
    const found = await Promise.all([
      open(flip(block, 3)),
      open(block, { privateKeys: other.privateKeys }),
      open(block, { now: expiresAt }),
      open(block, { parcelNumber: 'B00000000017' }),
      codeOf(labelSealing({ maxBlockLength: 100 }).seal(recipient, { key: courier.key, parcelNumber, expiresAt })),
    ])
    for (const { text } of found) for (const secret of secrets) expect(text).not.toContain(secret)
  })
})

describe('a block that would be too long', () => {
  const long = Array.from({ length: 12 }, (_, index) => `Sentence number ${index} about the garden gate.`).join(' ')

  test('loses its last sentences until it fits, and shows that more was said', async () => {
    const block = await seal({ ...recipient, instructions: long })
    expect(block.length).toBeLessThanOrEqual(1000)
    const { recipient: opened } = await sealing.open(block, { privateKeys: courier.privateKeys, now })
    expect(opened.instructions).toMatch(/^Sentence number 0 about the garden gate\..*…$/)
    expect(opened.name).toBe(recipient.name)
  })

  test('is refused with its length and the limit when a name of 500 characters leaves no room', async () => {
    const found = await codeOf(seal({ ...recipient, name: 'N'.repeat(500) }))
    expect(found).toMatchObject({ code: 'ERR_SEALED_TOO_LONG', details: { parcelNumber, limit: 1000 } })
    expect(found.text).not.toContain('NNN')
  })

  test('is sealed whole where the label has room for it', async () => {
    const name = 'ß'.repeat(500)
    const roomy = labelSealing({ maxBlockLength: 3000 })
    const block = await roomy.seal({ ...recipient, name }, { key: courier.key, parcelNumber, expiresAt })
    expect((await roomy.open(block, { privateKeys: courier.privateKeys, now })).recipient.name).toBe(name)
  })

  test('tries the whole text first and nothing last', () => {
    expect(shorterInstructions('A. B. C.')).toEqual(['A. B. C.', 'A. B. …', 'A. …', undefined])
    expect(shorterInstructions(undefined)).toEqual([undefined])
  })
})

describe('a block for the counter', () => {
  test('opens with the counter key for its order and is refused as a label', async () => {
    const counterKey = courier.privateKeys[0] ?? {}
    const block = await sealing.sealForCounter(recipient, { counterKey, orderCode: '231-07', expiresAt })
    const options = { privateKeys: [counterKey], now }
    const opened = await sealing.open(block, { ...options, kind: 'counter', parcelNumber: '231-07' })
    expect(opened.recipient).toEqual(recipient)
    expect((await codeOf(sealing.open(block, options))).details).toEqual({ reason: 'type' })
    expect((await codeOf(sealing.open(block, { ...options, kind: 'counter', parcelNumber: '231-08' }))).code).toBe(
      'ERR_SEALED_BLOCK_MOVED',
    )
  })
})

test('whatever is sealed comes back as it was', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 })
  const optional = fc.option(text, { nil: undefined })
  const recipients = fc
    .record({
      name: text,
      lines: fc.array(text, { maxLength: 4 }),
      postcode: text,
      city: text,
      country: fc.constantFrom('DE', 'JP', 'EG'),
    })
    .chain((base) =>
      fc
        .record({ company: optional, region: optional, phone: optional, instructions: optional })
        .map((more) => ({ ...base, ...(JSON.parse(JSON.stringify(more)) as object) })),
    )
  const roomy = labelSealing({ maxBlockLength: 100_000 })
  await fc.assert(
    fc.asyncProperty(recipients, async (who) => {
      const block = await roomy.seal(who, { key: courier.key, parcelNumber, expiresAt })
      const opened = await roomy.open(block, { privateKeys: courier.privateKeys, parcelNumber, now })
      expect(opened.recipient).toEqual(who)
    }),
    { seed: 20261122, numRuns: 150 },
  )
})
