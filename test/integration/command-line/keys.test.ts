import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serve, shopFolder } from './backroom.ts'

const folder = shopFolder()
const out = mkdtempSync(join(tmpdir(), 'backroom-keys-'))
const passphraseFile = join(out, 'passphrase')
let recoveryKey = ''

const ok = async <Value = Record<string, unknown>>(...args: readonly string[]): Promise<Value> => {
  const ended = await folder.run(...args, '--json')
  if (ended.code !== 0) throw new Error(`${args.join(' ')}: ${ended.words}`)
  return ended.json<Value>()
}

beforeAll(async () => {
  recoveryKey = (await ok<{ recoveryKey: string }>('init', '--sample')).recoveryKey
  writeFileSync(passphraseFile, 'correct horse battery\n')
})
afterAll(() => {
  folder.remove()
  rmSync(out, { recursive: true, force: true })
})

describe('the shop key on the command line', () => {
  test('is opened by the key file by itself, and the ways in are listed', async () => {
    expect(await ok('keys', 'list')).toMatchObject({
      openedBy: 'key-file',
      keychain: { isAvailable: false, lack: 'none' },
    })
  })

  test('takes a passphrase from a file, and refuses to lose its last way in', async () => {
    const refused = await folder.run('keys', 'remove', 'key-file', '--json')
    expect([refused.code, refused.failure().code]).toEqual([2, 'ERR_LAST_WAY_IN'])
    await ok('keys', 'add-passphrase', '--new-passphrase-file', passphraseFile)
    await ok('keys', 'remove', 'key-file')
    expect(existsSync(join(folder.path, 'keys', 'shop.key'))).toBe(false)
  })

  test('without any way in here, ends with 3 and the sentence how to add one', async () => {
    expect((await folder.run('orders')).code).toBe(0)
    const closed = await folder.run('find-person', 'Quirrenbach')
    expect(closed.code).toBe(3)
    expect(closed.words).toContain('--passphrase-file')
  })

  test('opens by the passphrase from a file or the environment, and says when it is wrong', async () => {
    expect(await ok('find-person', 'Quirrenbach', '--passphrase-file', passphraseFile)).toEqual([])
    const env = { BACKROOM_PASSPHRASE: 'correct horse battery' }
    expect((await folder.runWith(env, 'find-person', 'Quirrenbach', '--data', folder.path, '--json')).json()).toEqual(
      [],
    )
    const wrong = await folder.runWith(
      { BACKROOM_PASSPHRASE: 'wrong horse battery' },
      'find-person',
      'Abc',
      '--data',
      folder.path,
      '--json',
    )
    expect(wrong.failure()).toMatchObject({
      code: 'ERR_SHOP_KEY_MISSING',
      details: { way: 'passphrase', reason: 'wrong' },
    })
    expect(wrong.words).not.toContain('wrong horse')
  })

  test('that a running program has opened is used by every command beside it', async () => {
    const server = await serve(folder.path)
    try {
      expect((await folder.run('find-person', 'Quirrenbach')).code).toBe(3)
      await ok('call', 'keys.unlock', JSON.stringify({ passphrase: 'correct horse battery' }))
      expect(await ok('find-person', 'Quirrenbach')).toEqual([])
    } finally {
      await server.stop()
    }
  })

  test('comes back with the recovery key, and is changed for a new one with new words', async () => {
    await ok('keys', 'add-key-file', '--recovery-key', recoveryKey)
    const refused = await folder.run('keys', 'rotate', '--json')
    expect(refused.failure()).toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path: 'passphrase' } })
    const rotated = await ok<{ recoveryKey: string }>('keys', 'rotate', '--new-passphrase-file', passphraseFile)
    expect(rotated.recoveryKey).not.toBe(recoveryKey)
    expect(await ok('keys', 'list')).toMatchObject({ isOpen: true })
    const old = await folder.run('keys', 'add-key-file', '--recovery-key', recoveryKey, '--json')
    expect(old.failure()).toMatchObject({ code: 'ERR_SHOP_KEY_MISSING', details: { reason: 'wrong' } })
  })
})

describe('what keeps a shop safe', () => {
  test('is planned, made, listed and read back again', async () => {
    expect(await ok('backup-plan', '--keep-daily', '3', '--second', join(out, 'stick'))).toMatchObject({ plan: { keepDaily: 3 }, second: 'missing' }) // prettier-ignore
    const { name } = await ok<{ name: string }>('backup')
    expect(await ok('backup', '--if-due')).toEqual({ made: null })
    expect(await ok('verify-backup', name)).toMatchObject({ name, verifiedAt: expect.any(Number) })
    const { kept } = await ok<{ kept: { name: string }[] }>('backups')
    expect(kept[0]?.name).toBe(name)
    // The program that was running above made the backup of the day when it ended.
    expect(kept).toHaveLength(2)
  })

  test('tells how long data are kept, and purges once a day, as a program that ran today has done', async () => {
    await ok('privacy-days', '7', '30')
    expect(await ok('privacy')).toMatchObject({ purgeDaysAfterDelivery: 7, unreportedDays: 30, unreported: [] })
    expect(await ok('purge')).toMatchObject({ orders: 0 })
    expect(await ok('purge', '--if-due')).toEqual({ orders: null })
    const nobody = await folder.run('purge-unreported', '231-07', '--json')
    expect([nobody.code, nobody.failure().code]).toEqual([2, 'ERR_STATUS_NOT_ALLOWED'])
  })

  test('writes the log of who looked to a file that was not there', async () => {
    const csv = join(out, 'looks.csv')
    expect(await ok('audit', '--looks', '--csv', csv)).toMatchObject({ file: csv })
    expect((await folder.run('audit', '--csv', csv)).code).toBe(3)
    const nobody = await folder.run('export-person', 'nobody', join(out, 'nobody.json'), '--json')
    expect(nobody.failure().code).toBe('ERR_USER_NOT_FOUND')
  })
})
