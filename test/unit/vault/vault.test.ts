import { randomBytes } from 'node:crypto'
import { chmod, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { normalise } from '../../../src-main/adapters/vault/normalise.ts'
import { formatRecoveryKey, parseRecoveryKey } from '../../../src-main/adapters/vault/recovery-key.ts'
import { addWayIn, createShopKey, hasShopKey } from '../../../src-main/adapters/vault/shop-key.ts'
import { openVault } from '../../../src-main/adapters/vault/vault.ts'
import type { Vault } from '../../../src-main/ports/vault.ts'
import { codeOf } from '../labels/keys.ts'

const random = { bytes: (count: number) => new Uint8Array(randomBytes(count)) }
const personal = { name: 'Zoë Ångström', lines: ['Straße 1'], at: { lat: 52.5, lon: 13.4 } }
let parent: string
let folder: string
let recoveryKey: string
let vault: Vault

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'backroom-keys-'))
  folder = join(parent, 'keys')
  recoveryKey = (await createShopKey({ folder, random, passphrase: 'correct horse' })).recoveryKey
  vault = await openVault({ folder, random })
})
afterAll(() => rm(parent, { recursive: true, force: true }))

describe('a sealed record', () => {
  test('opens for its owner and shows nothing of itself', () => {
    const record = vault.seal('order-1', personal)
    expect(vault.open('order-1', record)).toEqual(personal)
    for (const text of Object.values(record))
      expect(Buffer.from(text, 'base64url').toString('utf8')).not.toMatch(/Zo|ngstr|Stra/)
  })

  test('is another one every time', () => {
    expect(vault.seal('order-1', personal).ciphertext).not.toBe(vault.seal('order-1', personal).ciphertext)
  })

  test("is refused for another owner, with another record's key, cut short and changed", async () => {
    const record = vault.seal('order-1', personal)
    const other = vault.seal('order-1', 'x')
    const bad: [string, typeof record][] = [
      ['order-2', record],
      ['order-1', { ...record, wrappedKey: other.wrappedKey }],
      ['order-1', { ...record, wrappedKey: '' }],
      ['order-1', { ...record, ciphertext: record.ciphertext.slice(0, -4) }],
      ['order-1', { ...record, ciphertext: 'A' + record.ciphertext.slice(1) + 'A' }],
    ]
    for (const [owner, text] of bad) {
      const found = await codeOf(Promise.resolve().then(() => vault.open(owner, text)))
      expect(found.code).toBe('ERR_STORE_DAMAGED')
      expect(found.text).not.toMatch(/Zo|ngstr|Stra/)
    }
  })

  test('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as string // any JSON; string stands in for Json
        expect(vault.open('o', vault.seal('o', plain))).toEqual(plain)
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })
})

describe('what lies beside a record', () => {
  const ownerNow = () => ({ id: 'order-1', record: vault.seal('order-1', { name: 'Ada' }) })
  const bytes = new TextEncoder().encode('a label with an address')

  test('opens under the key of the record, as what it is, and as nothing else', () => {
    const owner = ownerNow()
    const sealed = vault.sealBeside(owner, 'paper 7', bytes)
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('address')
    expect([...vault.openBeside(owner, 'paper 7', sealed)]).toEqual([...bytes])
    const other = ownerNow()
    const wrong = [
      () => vault.openBeside(owner, 'paper 8', sealed),
      () => vault.openBeside(other, 'paper 7', sealed),
      () => vault.openBeside({ ...owner, id: 'order-2' }, 'paper 7', sealed),
      () => vault.openBeside(owner, 'paper 7', sealed.slice(0, -2)),
      () => vault.open('order-1', { ...owner.record, ciphertext: sealed }),
    ]
    for (const open of wrong) expect(open).toThrow(expect.objectContaining({ code: 'ERR_STORE_DAMAGED' }))
  })

  test('still opens when the record is sealed anew in its place', () => {
    const owner = ownerNow()
    const { record } = owner
    const sealed = vault.sealBeside(owner, 'paper 7', bytes)
    const moved = vault.seal('order-1', { name: 'Ada', city: 'Bath' }, record)
    expect(moved.ciphertext).not.toBe(record.ciphertext)
    expect(vault.open('order-1', moved)).toEqual({ name: 'Ada', city: 'Bath' })
    expect([...vault.openBeside({ id: 'order-1', record: moved }, 'paper 7', sealed)]).toEqual([...bytes])
    expect(() => vault.seal('order-2', {}, record)).toThrow(expect.objectContaining({ code: 'ERR_STORE_DAMAGED' }))
  })
})

describe('the ways to the shop key', () => {
  test('all lead to the same one', async () => {
    const record = vault.seal('order-1', personal)
    for (const way of [
      { kind: 'passphrase', passphrase: 'correct horse' },
      { kind: 'recovery-key', recoveryKey: recoveryKey.toLowerCase().replaceAll('-', ' ') },
      { kind: 'key-file' },
    ] as const) {
      const again = await openVault({ folder, random, way })
      expect(again.open('order-1', record)).toEqual(personal)
      expect(again.token('email', 'a@b.c')).toBe(vault.token('email', 'a@b.c'))
    }
  })

  test('are files that only the owner reads, and none holds the key in clear', async () => {
    expect((await readdir(folder)).sort()).toEqual(expect.arrayContaining(['shop-key.slots.json', 'shop.key']))
    if (process.platform !== 'win32') {
      await chmod(join(folder, 'shop.key'), 0o644)
      await openVault({ folder, random })
      expect((await stat(join(folder, 'shop.key'))).mode & 0o777).toBe(0o600)
    }
    expect(await readFile(join(folder, 'shop-key.slots.json'), 'utf8')).not.toContain(recoveryKey)
  })

  test('name the missing file and the other ways, never the path', async () => {
    const found = await codeOf(
      openVault({ folder, random, way: { kind: 'key-file', keyFile: join(parent, 'usb', 'my.key') } }),
    )
    expect(found).toMatchObject({
      code: 'ERR_SHOP_KEY_MISSING',
      details: { file: 'my.key', reason: 'file-missing', otherWays: ['recovery-key', 'passphrase'] },
    })
    expect(JSON.stringify(found.details)).not.toContain('usb')
    const none = await codeOf(openVault({ folder: join(parent, 'empty'), random }))
    expect(none).toMatchObject({ code: 'ERR_SHOP_KEY_MISSING', details: { reason: 'no-shop-key' } })
    expect(hasShopKey(join(parent, 'empty'))).toBe(false)
  })

  test("are closed to a wrong passphrase, a wrong recovery key and another shop's key file", async () => {
    const stranger = join(parent, 'stranger')
    await createShopKey({ folder: stranger, random })
    for (const way of [
      { kind: 'passphrase', passphrase: 'wrong horse' },
      { kind: 'recovery-key', recoveryKey: formatRecoveryKey(random.bytes(20)) },
      { kind: 'recovery-key', recoveryKey: 'nonsense' },
      { kind: 'key-file', keyFile: join(stranger, 'shop.key') },
    ] as const) {
      const found = await codeOf(openVault({ folder, random, way }))
      expect(found).toMatchObject({ code: 'ERR_SHOP_KEY_MISSING', details: { reason: 'wrong' } })
      expect(found.text).not.toContain('wrong horse')
    }
    const damagedFile = join(parent, 'damaged.key')
    await writeFile(damagedFile, 'not a key')
    const damaged = openVault({ folder, random, way: { kind: 'key-file', keyFile: damagedFile } })
    expect((await codeOf(damaged)).details).toMatchObject({ reason: 'wrong', file: 'damaged.key' })
    const unset = openVault({ folder: stranger, random, way: { kind: 'passphrase', passphrase: 'x' } })
    expect((await codeOf(unset)).details).toMatchObject({ reason: 'way-not-set-up' })
  })

  test('can be added on a new machine with the recovery key', async () => {
    const restored = join(parent, 'restored')
    await cp(folder, restored, { recursive: true })
    await rm(join(restored, 'shop.key'))
    expect((await codeOf(openVault({ folder: restored, random }))).code).toBe('ERR_SHOP_KEY_MISSING')
    await addWayIn({ folder: restored, random, way: { kind: 'recovery-key', recoveryKey }, add: { kind: 'key-file' } })
    const record = vault.seal('order-1', personal)
    expect((await openVault({ folder: restored, random })).open('order-1', record)).toEqual(personal)
  })

  test('are never overwritten by making a shop key again', async () => {
    const found = await codeOf(createShopKey({ folder, random }))
    expect(found).toMatchObject({ code: 'ERR_INPUT_INVALID', details: { reason: 'shop-key-exists' } })
    expect((await openVault({ folder, random })).token('word', 'a')).toBe(vault.token('word', 'a'))
  })

  test('say so when the slots file is damaged', async () => {
    const damaged = join(parent, 'damaged')
    await cp(folder, damaged, { recursive: true })
    await writeFile(join(damaged, 'shop-key.slots.json'), '{"format"')
    expect((await codeOf(openVault({ folder: damaged, random }))).details).toMatchObject({ reason: 'damaged' })
  })

  test('as a recovery key can be typed with the usual slips of the hand', () => {
    const bytes = random.bytes(20)
    const text = formatRecoveryKey(bytes)
    expect(text).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(parseRecoveryKey(text.replaceAll('0', 'o').replaceAll('1', 'l'))).toEqual(bytes)
    for (const wrong of ['', text.slice(1), text + 'A', text.replace(/^./, 'U')])
      expect(parseRecoveryKey(wrong)).toBeUndefined()
  })
})

describe('tokens', () => {
  test('are equal for what people take to be the same, and only for that', () => {
    const same: [Parameters<Vault['token']>[0], string, string][] = [
      ['email', ' Anna@Example.ORG ', 'anna@example.org'],
      ['phone', '+49 (30) 123-45', '00493012345'],
      ['phone', '٠١٢٣', '0123'],
      ['word', 'Größe', 'GROSSE'],
      ['address', 'Gartenweg 5,\nBerlin', 'gartenweg  5 berlin'],
      ['word', 'ｶﾞ', 'ガ'],
    ]
    for (const [kind, one, two] of same) expect(vault.token(kind, one)).toBe(vault.token(kind, two))
    expect(vault.token('word', 'か')).not.toBe(vault.token('word', 'が'))
    expect(vault.token('phone', '+4930')).not.toBe(vault.token('phone', '4930'))
    expect(vault.token('word', 'a')).not.toBe(vault.token('email', 'a'))
  })

  test("are useless without the shop's key", async () => {
    const stranger = await openVault({ folder: join(parent, 'stranger'), random })
    expect(stranger.token('email', 'a@b.c')).not.toBe(vault.token('email', 'a@b.c'))
  })

  test('do not change by normalising twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('email', 'phone', 'address', 'word'),
        fc.string({ unit: 'grapheme' }),
        (kind, text) => {
          expect(normalise(kind, normalise(kind, text))).toBe(normalise(kind, text))
        },
      ),
      { seed: 20261122, numRuns: 2000 },
    )
  })
})

describe('a PIN', () => {
  test('is checked against its hash, which is another one every time', async () => {
    const hash = await vault.hashPin('4711')
    expect(await vault.checkPin('4711', hash)).toBe(true)
    expect(await vault.checkPin('4712', hash)).toBe(false)
    expect(await vault.hashPin('4711')).not.toBe(hash)
    expect(hash).not.toContain('4711')
  })

  test("cannot be tried out without the shop's key", async () => {
    const stranger = await openVault({ folder: join(parent, 'stranger'), random })
    expect(await stranger.checkPin('4711', await vault.hashPin('4711'))).toBe(false)
  })

  test('never matches a damaged or greedy hash', async () => {
    const hash = await vault.hashPin('4711')
    for (const bad of ['', 'x', hash.replace('$15$', '$30$'), hash.slice(0, -1)])
      expect(await vault.checkPin('4711', bad)).toBe(false)
  })
})

describe("the shop's own keys", () => {
  test('are made once, are the same after every start and differ from one another', async () => {
    const signing = await vault.shopKeys.signingKey()
    const counter = await vault.shopKeys.counterKey()
    const again = (await openVault({ folder, random })).shopKeys
    expect(await again.signingKey()).toEqual(signing)
    expect(await again.counterKey()).toEqual(counter)
    expect(signing['kid']).not.toBe(counter['kid'])
  })

  test('are handed out by their public halves only, and lie sealed', async () => {
    const { keys } = await vault.shopKeys.publicJwks()
    expect(keys.map((key) => key['use'])).toEqual(['sig', 'enc'])
    expect(keys.some((key) => 'd' in key)).toBe(false)
    const file = await readFile(join(folder, 'shop-keys.sealed.json'), 'utf8')
    expect(Buffer.from(file, 'base64url').toString()).not.toContain(String((await vault.shopKeys.signingKey())['d']))
  })

  test('are refused when their file was changed', async () => {
    const damaged = join(parent, 'damaged-keys')
    await cp(folder, damaged, { recursive: true })
    await writeFile(join(damaged, 'shop-keys.sealed.json'), 'AAAA')
    const found = await codeOf((await openVault({ folder: damaged, random })).shopKeys.signingKey())
    expect(found).toMatchObject({ code: 'ERR_STORE_DAMAGED', details: { file: 'shop-keys.sealed.json' } })
  })
})
