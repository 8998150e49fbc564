import { CompactEncrypt, importJWK } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { makeKeys, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'
import { openLabel } from '../../../src-courier/core/label.ts'
import { isCanonical } from '../../../src-courier/core/sealed-text.ts'
import { codeOf, makeShopKey } from '../labels/keys.ts'
import { closedAt as now, handOver, parcelNumbers, sealRun } from './shop-side.ts'

let keys: CourierKeys
const pid = parcelNumbers[0] ?? ''

beforeAll(async () => {
  keys = await makeKeys()
})

async function sealed(payload: object, header: object = {}): Promise<string> {
  const { kty, crv, x, y, kid } = keys.enc
  const about = { alg: 'ECDH-ES', enc: 'A256GCM', kid, typ: 'backroom-label', pid, exp: now / 1000 + 60 }
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payload)))
    .setProtectedHeader({ ...about, ...header })
    .encrypt(await importJWK({ kty, crv, x, y }, 'ECDH-ES'))
}

const someone = { n: 'Anna', a: ['Gartenweg 5'], z: '10623', t: 'Berlin', k: 'DE' }
const reasonOf = async (block: string): Promise<unknown> => (await codeOf(openLabel(block, { keys, now }))).details

describe('a block that is not as the format says', () => {
  test('is refused for every member too many, of another kind, and with the counter’s type', async () => {
    expect((await openLabel(await sealed(someone), { keys, now })).recipient.name).toBe('Anna')
    for (const more of [{ jku: 'https://example.org' }, { jwk: {} }, { x5u: 'a' }, { apu: 'QQ' }, { cty: 'JOSE' }])
      expect([more, await reasonOf(await sealed(someone, more))]).toEqual([more, { reason: 'header' }])
    expect(await reasonOf(await sealed(someone, { typ: 'backroom-counter' }))).toEqual({ reason: 'type' })
  })

  test('is refused with its point off the curve, and with another text for the same bytes', async () => {
    const block = await sealed(someone)
    const [head = '', ...rest] = block.split('.')
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as { epk: { y: string } } // what was just sealed
    const y = `${header.epk.y.startsWith('A') ? 'B' : 'A'}${header.epk.y.slice(1)}`
    const off = Buffer.from(JSON.stringify({ ...header, epk: { ...header.epk, y } })).toString('base64url')
    expect(await reasonOf([off, ...rest].join('.'))).toEqual({ reason: 'tampered' })
    const tag = rest.at(-1) ?? ''
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const spare = alphabet[alphabet.indexOf(tag.at(-1) ?? '') + 1] ?? ''
    const other = `${block.slice(0, -1)}${spare}`
    expect(Buffer.from(other.split('.')[4] ?? '', 'base64url')).toEqual(Buffer.from(tag, 'base64url'))
    expect(await reasonOf(other)).toEqual({ reason: 'tampered' })
    expect([isCanonical(block), isCanonical(other), isCanonical('A')]).toEqual([true, false, false])
  })

  test('has its control signs and turns of direction taken out before anybody sees it', async () => {
    const trick = {
      ...someone,
      n: 'Anna\u202e relluM\u0007',
      a: ['Garten\u2066weg\u2069 5\nHaus 2'],
      i: 'a\u0000b\r\nc',
    }
    const { recipient } = await openLabel(await sealed(trick), { keys, now })
    expect(recipient).toMatchObject({ name: 'Anna relluM', lines: ['Gartenweg 5 Haus 2'], instructions: 'ab c' })
  })

  test('is opened as shops seal it', async () => {
    const { labels } = await sealRun({ key: await handOver(keys), shop: await makeShopKey() })
    for (const label of labels) expect((await openLabel(label, { keys, now })).recipient.name).not.toBe('')
  })
})
