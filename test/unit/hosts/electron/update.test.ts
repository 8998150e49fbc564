import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Room } from '../../../../src-main/hosts/handlers.ts'
import { feedName, isFeedPlace, isNewer, readFeed } from '../../../../src-main/hosts/electron/update-feed.ts'
import { updatesFrom } from '../../../../src-main/hosts/electron/update.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-update-'))
const [place, laid] = [join(folder, 'feed'), join(folder, 'laid')]
const installer = 'Backroom-0.2.0-linux-x64.deb'
const content = 'an installer'
const hashOf = (text: string): string => createHash('sha512').update(text).digest('base64')
const feed = (by: { readonly version?: string; readonly path?: string; readonly sha512?: string } = {}): string =>
  [
    `version: ${by.version ?? '0.2.0'}`,
    'files:',
    `  - url: ${installer}`,
    `    sha512: ${hashOf('another')}`,
    `path: ${by.path ?? installer}`,
    `sha512: ${by.sha512 ?? hashOf(content)}`,
    "releaseDate: '2026-11-22T10:00:00.000Z'",
    '',
  ].join('\n')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function stage({ from = place, backsUp = true } = {}) {
  const opened: string[] = []
  const called: string[] = []
  const room = {
    call: async (operation: string) => {
      called.push(operation)
      return backsUp ? { ok: true, value: null } : { ok: false, error: { code: 'ERR_BACKUP_FAILED', details: {} } }
    },
  } as unknown as Room // only its call is used here
  const updates = updatesFrom({
    place: () => from,
    ownVersion: '0.1.0',
    platform: 'linux',
    folder: laid,
    room,
    open: async (path) => {
      expect(called).toEqual(['backup.create'])
      opened.push(path)
    },
  })
  return { updates, opened, called }
}

describe('a feed of newer versions', () => {
  test('is read for its version, its file and what that must be', () => {
    expect(readFeed(feed())).toEqual({ version: '0.2.0', file: installer, sha512: hashOf(content) })
    expect(readFeed(feed({ path: `'${installer}'` }))?.file).toBe(installer)
    expect(['win32', 'darwin', 'linux'].map((system) => feedName(system as NodeJS.Platform))).toEqual([
      'latest.yml',
      'latest-mac.yml',
      'latest-linux.yml',
    ])
  })

  test.each([
    { path: '../evil.deb' },
    { path: 'https://elsewhere.example/x.deb' },
    { path: 'x.sh' },
    { version: '1' },
    { sha512: 'short' },
  ])('names no other place, kind or version: %j', (by) => {
    expect(readFeed(feed(by))).toBeUndefined()
  })

  test('leads only forward', () => {
    expect(isNewer('0.2.0', '0.1.9')).toBe(true)
    expect(isNewer('0.10.0', '0.9.9')).toBe(true)
    expect(isNewer('0.1.0', '0.1.0')).toBe(false)
    expect(isNewer('0.1.9', '0.2.0')).toBe(false)
  })

  test('lies in a folder or behind https, nowhere else', () => {
    for (const good of ['/srv/updates', 'C:\\Updates', '\\\\nas\\updates', 'https://shop.example/updates'])
      expect([good, isFeedPlace(good)]).toEqual([good, true])
    for (const bad of ['http://shop.example/', 'updates', 'file:///etc', 'https://'])
      expect([bad, isFeedPlace(bad)]).toEqual([bad, false])
  })
})

describe('taking a newer version', () => {
  beforeEach(() => {
    rmSync(place, { recursive: true, force: true })
    rmSync(laid, { recursive: true, force: true })
    mkdirSync(place)
    writeFileSync(join(place, 'latest-linux.yml'), feed())
    writeFileSync(join(place, installer), content)
  })

  test('backs the shop up before the installer is opened', async () => {
    const { updates, opened } = stage()
    expect(await updates.look()).toEqual({ state: 'newer', version: '0.2.0' })
    expect(await updates.take()).toEqual({ state: 'laid', version: '0.2.0', path: join(laid, installer) })
    expect(opened).toEqual([join(laid, installer)])
    expect(readFileSync(join(laid, installer), 'utf8')).toBe(content)
  })

  test('opens nothing that differs from what the feed says, and keeps nothing of it', async () => {
    writeFileSync(join(place, installer), 'something else')
    const { updates, opened, called } = stage()
    expect(await updates.take()).toEqual({ state: 'differs', version: '0.2.0' })
    expect([opened, called, readdirSync(laid)]).toEqual([[], [], []])
  })

  test('opens nothing without a backup', async () => {
    const { updates, opened } = stage({ backsUp: false })
    expect(await updates.take()).toEqual({ state: 'no-backup', version: '0.2.0' })
    expect(opened).toEqual([])
  })

  test('says what is the matter when there is nothing to take', async () => {
    expect(await stage({ from: '' }).updates.take()).toMatchObject({ state: 'no-place' })
    expect(await stage({ from: 'http://x.example' }).updates.look()).toMatchObject({ state: 'place-invalid' })
    expect(await stage({ from: join(folder, 'nowhere') }).updates.look()).toMatchObject({ state: 'unreachable' })
    writeFileSync(join(place, 'latest-linux.yml'), 'not a feed')
    expect(await stage().updates.look()).toMatchObject({ state: 'feed-invalid' })
    writeFileSync(join(place, 'latest-linux.yml'), feed({ version: '0.1.0' }))
    expect(await stage().updates.take()).toMatchObject({ state: 'newest', version: '0.1.0' })
    expect(existsSync(laid)).toBe(false)
  })
})
