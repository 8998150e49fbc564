import { describe, expect, test } from 'vitest'
import { makeKeys, parsePrivateSet, privateSet, renewKeys, withoutKey } from '../../../src-courier/core/courier-keys.ts'
import { kindOfText, parcelNumberOf } from '../../../src-courier/core/kind-of-text.ts'
import { openLabel } from '../../../src-courier/core/label.ts'
import { load, missing } from '../../../src-courier/core/loading.ts'
import { openManifest } from '../../../src-courier/core/manifest.ts'
import { openNote, sealNote } from '../../../src-courier/core/notes.ts'
import { openKeys, sealKeys } from '../../../src-courier/core/passphrase.ts'
import { noTries, waitMs } from '../../../src-courier/core/tries.ts'
import { ownParcelNumber, sscc } from '../../../src-main/kernel/ids.ts'
import { codeOf, makeShopKey } from '../labels/keys.ts'
import { closedAt as now, handOver, sealRun } from './shop-side.ts'

describe('what a courier hands in', () => {
  test('is told apart by its form', async () => {
    const keys = await makeKeys()
    const shop = await makeShopKey()
    const { file, labels } = await sealRun({ key: await handOver(keys), shop })
    expect(kindOfText(`\n${file} `)).toBe('manifest')
    expect(kindOfText(labels[0] ?? '')).toBe('label')
    expect(kindOfText(await sealKeys(keys, 'a long passphrase'))).toBe('key-file')
    expect(kindOfText(JSON.stringify(privateSet(keys)))).toBe('private-keys')
    expect(kindOfText(JSON.stringify({ keys: [shop.open] }))).toBe('shop-key')
    for (const text of ['', 'hello', '{}', 'a.b.c', '123', file.slice(0, -300), 'https://example.org/?q=1'])
      expect(kindOfText(text)).toBe('unknown')
  })

  test('is a parcel number with or without what a scanner puts before it, when its check digit fits', () => {
    const number = sscc('9521234', 3, 17)
    for (const text of [number, `(00)${number}`, `00${number}`, `(00) 3 9521234 000000017 5`, `]C100${number}`])
      expect(parcelNumberOf(text)).toBe(number)
    const own = ownParcelNumber('C', 24)
    expect(parcelNumberOf(` ${own}\n`)).toBe(own)
    expect(kindOfText(own)).toBe('parcel-number')
    for (const text of ['395212340000000176', 'C00000000025', 'DHL', '']) expect(parcelNumberOf(text)).toBeUndefined()
  })
})

describe('new keys beside old ones', () => {
  test('open what was sealed for either, and answer for the one it was sealed for', async () => {
    const first = await makeKeys()
    const run = await sealRun({ key: await handOver(first), shop: await makeShopKey() })
    const second = await renewKeys(first)
    expect(second.enc.kid).not.toBe(first.enc.kid)
    const manifest = await openManifest(run.file, { keys: second, now })
    expect(manifest.sealedFor).toBe(first.enc.kid)
    expect((await openLabel(run.labels[0] ?? '', { keys: second, now })).recipient.name).toBe('Anna Müller')
    const dropped = withoutKey(second, first.enc.kid)
    expect((await codeOf(openManifest(run.file, { keys: dropped, now }))).code).toBe('ERR_SEALED_BLOCK_FOREIGN')
  })

  test('come back together, newest first, from their file; five older ones are kept', async () => {
    let keys = await makeKeys()
    for (let i = 0; i < 7; i++) keys = await renewKeys(keys)
    expect(keys.older).toHaveLength(5)
    expect(await openKeys(await sealKeys(keys, 'a long passphrase'), 'a long passphrase')).toEqual(keys)
    const { keys: flat } = privateSet(keys)
    const cases = [
      flat.slice(1),
      [...flat.slice(2), flat[1], flat[0]].slice(0, 3),
      [flat[0], { ...flat[0], use: 'sig' }],
    ]
    for (const wrong of cases)
      expect((await codeOf(parsePrivateSet(JSON.stringify({ keys: wrong })))).code).toBe('ERR_COURIER_KEY_INVALID')
  })
})

describe('loading', () => {
  test('takes each parcel of the manifest once and names what is missing', () => {
    const pids = ['a', 'b', 'c']
    const one = load([], pids, 'b')
    expect(one).toEqual({ outcome: 'taken', loaded: ['b'] })
    expect(load(one.loaded, pids, 'b')).toEqual({ outcome: 'again', loaded: ['b'] })
    expect(load(one.loaded, pids, 'z')).toEqual({ outcome: 'not-here', loaded: ['b'] })
    expect(missing([{ pid: 'a' }, { pid: 'b' }, { pid: 'c' }], one.loaded)).toEqual([{ pid: 'a' }, { pid: 'c' }])
  })
})

describe('a note', () => {
  test('is sealed for the courier’s own key and opens for no one else', async () => {
    const keys = await makeKeys()
    const sealed = await sealNote(keys, 'key at Frau Nachtigall')
    expect(sealed).not.toContain('Nachtigall')
    expect(await openNote(keys, sealed)).toBe('key at Frau Nachtigall')
    expect(await openNote(await renewKeys(keys), sealed)).toBe('key at Frau Nachtigall')
    expect((await codeOf(openNote(await makeKeys(), sealed))).code).toBe('ERR_SEALED_BLOCK_FOREIGN')
  })
})

describe('wrong passphrases', () => {
  test('cost nothing twice, then twice as long each time, at most a minute', () => {
    const at = 1_000_000
    expect([0, 1, 2, 3, 4, 5, 20].map((wrong) => waitMs({ wrong, lastAt: at }, at))).toEqual([0, 0, 0, 2000, 4000, 8000, 60_000]) // prettier-ignore
    expect(waitMs({ wrong: 4, lastAt: at }, at + 3000)).toBe(1000)
    expect(waitMs({ wrong: 4, lastAt: at }, at + 9000)).toBe(0)
    expect(waitMs({ wrong: 4, lastAt: at }, at - 9_000_000)).toBe(4000)
    expect(waitMs(noTries, at)).toBe(0)
  })
})
