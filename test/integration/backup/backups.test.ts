import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Decrypter } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ageIdentity } from '../../../src-main/adapters/backup/age-key.ts'
import { restoreShop } from '../../../src-main/hosts/compose-tools.ts'
import { fillShop, openShop, placeOrder, temporaryFolders, type AskedShop } from './shop.ts'

const folders = temporaryFolders()
const watch = { report: () => undefined, isCancelled: () => false }
const dataFolder = folders.next()
let shop: AskedShop
let recoveryKey: string
let backup: string

beforeAll(async () => {
  shop = await openShop(dataFolder)
  recoveryKey = (await fillShop(shop)).recoveryKey
  await shop.ask('shop.public-keys', {})
  await shop.ask('keys.set-passphrase', { passphrase: 'correct horse battery' })
  backup = (await shop.ask('backup.create', {})).path
})
afterAll(async () => {
  await shop.close()
  folders.remove()
})

const restoreOn = (
  folder: string,
  from = backup,
  words: { recoveryKey: string } | { passphrase: string } = { recoveryKey },
) => restoreShop({ dataFolder: folder, backup: from, words, watch })

/** Whatever lies in a folder, by name and size. */
const everythingIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(
          (entry) => `${join(entry.parentPath, entry.name)} ${readFileSync(join(entry.parentPath, entry.name)).length}`,
        )
        .sort()
    : []

describe('a backup', () => {
  test('was read back before it was named, and the state says so in one look', async () => {
    const state = await shop.ask('backup.state', {})
    expect(state.kept).toMatchObject([{ orders: 2 }])
    expect(state).toMatchObject({ second: 'none', isDue: false })
    expect(state.lastVerifiedAt).toBeGreaterThan(0)
    expect(readdirSync(dirname(backup)).some((name) => name.endsWith('.part'))).toBe(false)
  })

  test('is an age file that any age program opens with the identity, and a tar archive inside', async () => {
    const keys = await shop.composed.workshop.keys.backupKeys()
    const decrypter = new Decrypter()
    decrypter.addIdentity(ageIdentity(keys.identity))
    const archive = Buffer.from(await decrypter.decrypt(new Uint8Array(readFileSync(backup))))
    expect(archive.toString('latin1', 257, 262)).toBe('ustar')
    expect(archive.toString('utf8', 0, 13)).toBe('manifest.json')
    expect(archive.includes('shop-keys.sealed.json')).toBe(true)
    expect(archive.includes('postcodes.csv')).toBe(true)
    expect(archive.includes('backroom-shop-key-file-1')).toBe(false)
  })

  test('shows nothing of what is in it', () => {
    const text = readFileSync(backup, 'latin1')
    for (const word of ['Quirrenbach', 'Xylophonallee', 'SQLite format', 'GR-0101', recoveryKey]) expect(text.includes(word)).toBe(false) // prettier-ignore
  })

  test('that somebody cancels leaves everything as it was', async () => {
    const before = everythingIn(dirname(backup))
    const stop = shop.composed.room.subscribe((topic, event) => {
      if (topic === 'progress' && 'step' in event && event.step === 'backup-read') shop.composed.room.cancel('slow')
    })
    const answer = await shop.reply('backup.create', {}, 'slow')
    stop()
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_CANCELLED' } })
    expect(everythingIn(dirname(backup))).toEqual(before)
  })

  test('whose folder cannot be written to fails in one sentence, and nothing that was kept is lost', async () => {
    const work = join(dirname(backup), 'work.part')
    writeFileSync(work, 'something lies where the work goes')
    const before = (await shop.ask('backup.state', {})).kept
    const made = await shop.reply('backup.create', {})
    expect(made.ok || made.error.code).toBe(true)
    expect((await shop.ask('backup.state', {})).kept.length).toBe(before.length + 1)
    rmSync(work, { recursive: true, force: true })
  })

  test('goes to the second folder too, and a folder that is missing is said and not made', async () => {
    const second = folders.path('stick')
    const { plan } = await shop.ask('backup.state', {})
    expect(await shop.ask('backup.configure', { plan: { ...plan, secondFolder: second } })).toMatchObject({
      second: 'missing',
    })
    expect(await shop.ask('backup.create', {})).toMatchObject({ second: 'missing' })
    expect(existsSync(second)).toBe(false)
    mkdirSync(second)
    const made = await shop.ask('backup.create', {})
    expect(made).toMatchObject({ second: 'present', copiedAt: expect.any(Number) })
    expect(readFileSync(join(second, made.name)).equals(readFileSync(made.path))).toBe(true)
    await shop.ask('backup.configure', { plan })
  })

  test('that is due is made by itself, once a day, and what fails is remembered', async () => {
    expect(await shop.ask('backup.if-due', {})).toEqual({ made: null })
    for (const name of readdirSync(dirname(backup))) if (name.endsWith('.age')) rmSync(join(dirname(backup), name))
    expect(await shop.ask('backup.state', {})).toMatchObject({ isDue: true, kept: [], lastVerifiedAt: undefined })
    const { made } = await shop.ask('backup.if-due', {})
    expect(made).toMatch(/^backroom-[0-9a-f]{6}-.*[.]backup[.]age$/)
    backup = join(dirname(backup), made ?? '')
  })

  test('that went bad on the disk is found, marked, and never the reason to let a good one go', async () => {
    const { path, name } = await shop.ask('backup.create', {})
    const bytes = readFileSync(path)
    bytes[bytes.length - 2000] = (bytes[bytes.length - 2000] ?? 0) ^ 1
    writeFileSync(path, bytes)
    expect(await shop.reply('backup.verify', { name })).toMatchObject({
      ok: false,
      error: { code: 'ERR_BACKUP_INVALID' },
    })
    const { kept } = await shop.ask('backup.state', {})
    expect(kept.find((one) => one.name === name)).toMatchObject({ spoiltAt: expect.any(Number) })
    expect(existsSync(backup)).toBe(true)
    rmSync(path)
  })
})

describe('restored on an empty machine', () => {
  test('with the recovery key the shop is back: orders, names, keys; an erased person stays erased', async () => {
    const gone = (await shop.ask('privacy.find', { typed: 'Xylander' }))[0]
    await shop.ask('privacy.erase', { userId: gone?.userId ?? '' })
    const stick = folders.next()
    mkdirSync(stick, { recursive: true })
    for (const name of readdirSync(dirname(backup)))
      if (!name.endsWith('.part')) writeFileSync(join(stick, name), readFileSync(join(dirname(backup), name)))
    const signing = await shop.ask('shop.public-keys', {})
    const fresh = folders.next()
    const restored = await restoreOn(fresh, join(stick, backup.slice(dirname(backup).length + 1)))
    expect(restored).toMatchObject({ orders: 2, erasedAgain: 1, former: undefined })
    const again = await openShop(fresh)
    expect(await again.ask('privacy.find', { typed: 'Quirrenbach' })).toMatchObject([{ name: 'Zoe Quirrenbach' }])
    expect(await again.ask('privacy.find', { typed: 'Xylander' })).toEqual([])
    expect((await again.ask('orders.list', {})).total).toBe(2)
    expect(await again.ask('shop.public-keys', {})).toEqual(signing)
    expect((await again.ask('audit.list', { search: 'restore' })).rows[0]).toMatchObject({ action: 'restore' })
    expect((await again.ask('keys.state', {})).openedBy).toBe('key-file')
    expect(existsSync(join(fresh, 'restore-ready'))).toBe(false)
    await again.close()
  })

  test('says when the notes of who was erased were changed on the way', async () => {
    const stick = folders.next()
    mkdirSync(stick, { recursive: true })
    const copy = join(stick, 'a.backup.age')
    writeFileSync(copy, readFileSync(backup))
    const notes = readFileSync(join(dirname(backup), 'erasures.json'), 'utf8')
    writeFileSync(join(stick, 'erasures.json'), notes.replace(/"[^"]+"(?=\n ?\])/, '"somebody-else"'))
    expect(await restoreOn(folders.next(), copy)).toMatchObject({ orders: 2, areNotesSpoilt: true, erasedAgain: 0 })
    writeFileSync(join(stick, 'erasures.json'), notes)
    expect(await restoreOn(folders.next(), copy)).toMatchObject({ areNotesSpoilt: false, erasedAgain: 1 })
  })

  test('with the passphrase too', async () => {
    const fresh = folders.next()
    expect(await restoreOn(fresh, backup, { passphrase: 'correct horse battery' })).toMatchObject({ orders: 2 })
  })

  const wrong = async (folder: string, from: string, words?: { recoveryKey: string }): Promise<unknown> =>
    restoreOn(folder, from, words).catch((error: unknown) => error)

  test('a wrong key, a file cut short, one that was changed and one that is no backup are named, and nothing is made', async () => {
    const fresh = folders.next()
    const spoilt = (name: string, spoil: (bytes: Buffer) => Buffer): string => {
      const path = folders.path(name)
      writeFileSync(path, spoil(readFileSync(backup)))
      return path
    }
    const flipped = (at: number) => (bytes: Buffer) => {
      bytes[at] = (bytes[at] ?? 0) ^ 1
      return bytes
    }
    const cases: readonly [string, object, { recoveryKey: string }?][] = [
      [
        backup,
        { code: 'ERR_SHOP_KEY_MISSING', details: { reason: 'wrong' } },
        { recoveryKey: recoveryKey.replaceAll(/\d/g, '1') },
      ],
      [
        spoilt('cut.age', (bytes) => bytes.subarray(0, bytes.length - 70_000)),
        { code: 'ERR_BACKUP_INVALID', details: { what: 'cut-short' } },
      ],
      [spoilt('flip.age', flipped(200_000)), { code: 'ERR_BACKUP_INVALID', details: { what: 'changed' } }],
      [
        spoilt('header.age', (bytes) =>
          Buffer.from(bytes.toString('latin1').replace('slots 1 ', 'slots 1 1'), 'latin1'),
        ),
        { code: 'ERR_BACKUP_INVALID' },
      ],
      [
        spoilt('newer.age', (bytes) => Buffer.from(bytes.toString('latin1').replace('slots 1 ', 'slots 2 '), 'latin1')),
        { code: 'ERR_STORE_NEWER' },
      ],
      [
        spoilt('text.age', () => Buffer.from('hello')),
        { code: 'ERR_BACKUP_INVALID', details: { what: 'not-a-backup' } },
      ],
      [folders.path('nowhere.age'), { code: 'ERR_BACKUP_INVALID', details: { what: 'missing' } }],
    ]
    for (const [path, expected, words] of cases) {
      expect(await wrong(fresh, path, words)).toMatchObject(expected)
      expect(everythingIn(fresh)).toEqual([])
    }
  })

  test('a shop that lies there is set aside whole, and said; a wrong key does not touch it', async () => {
    const other = folders.next()
    const before = await openShop(other)
    await fillShop(before)
    await placeOrder(before, 'Third')
    await before.close()
    const untouched = everythingIn(other)
    expect(await wrong(other, backup, { recoveryKey: 'nonsense' })).toMatchObject({ code: 'ERR_SHOP_KEY_MISSING' })
    expect(everythingIn(other)).toEqual(untouched)
    const { former } = await restoreOn(other)
    expect(former).toMatch(/before-restore-/)
    const set = await openShop(former ?? '')
    expect((await set.ask('orders.list', {})).total).toBe(3)
    await set.close()
  })

  test('a restore that dies between any two steps is ended by the next start', async () => {
    const { applyRestore } = await import('../../../src-main/adapters/backup/restore.ts')
    const { restoreTool } = await import('../../../src-main/hosts/compose-restore.ts')
    const machine = folders.next()
    const first = await openShop(machine)
    await fillShop(first)
    await first.close()
    await restoreTool(machine).layReady(backup, { words: { recoveryKey }, erasures: ['somebody'], watch })
    expect(() =>
      applyRestore(machine, () => {
        throw new Error('killed')
      }),
    ).toThrow('killed')
    applyRestore(machine, () => ['another'])
    const again = await openShop(machine)
    expect(again.composed.restored).toMatchObject({ erasedAgain: 3, journal: { orders: 2 } })
    expect((await again.ask('keys.state', {})).isOpen).toBe(true)
    await again.close()
  })

  test('one laid ready while the shop is open takes its place at the next start', async () => {
    const machine = folders.next()
    const first = await openShop(machine)
    const answer = await first.ask('backup.lay-ready', { path: backup, recoveryKey })
    expect(answer).toMatchObject({ orders: 2 })
    expect((await first.ask('orders.list', {})).total).toBe(0)
    await first.close()
    const second = await openShop(machine)
    expect((await second.ask('orders.list', {})).total).toBe(2)
    await second.close()
  })
})

test('a backup cut in half while it was written has no name, and the next one clears it away', async () => {
  const work = join(dirname(backup), 'work.part')
  mkdirSync(work, { recursive: true })
  writeFileSync(join(work, 'backup.age'), readFileSync(backup))
  truncateSync(join(work, 'backup.age'), 5000)
  await shop.ask('backup.create', {})
  expect(existsSync(work)).toBe(false)
})
