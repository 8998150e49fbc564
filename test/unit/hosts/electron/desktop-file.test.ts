import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readDesktopFile, settingsFrom, writeDesktopFile } from '../../../../src-main/hosts/electron/desktop-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'backroom-desktop-file-'))
const path = join(folder, 'made', 'desktop.json')
const usual = { keepsInTray: false, updatesFrom: '', notices: { orders: true, courierFiles: true, backups: true } }
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('what a machine remembers of its window', () => {
  test('is the usual at first, in the language of the system', () => {
    expect(readDesktopFile(path, 'de-CH').settings).toEqual({ language: 'de', ...usual })
    expect(readDesktopFile(path, 'fr').settings.language).toBe('en')
  })

  test('is read back as it was written, and leaves no file beside it', () => {
    const place = { box: { x: -8, y: 4, width: 1200, height: 700 }, isMaximised: true }
    const file = {
      settings: {
        language: 'ja',
        keepsInTray: true,
        updatesFrom: '/srv/updates',
        notices: { ...usual.notices, orders: false },
      },
      windows: { main: place, packing: undefined },
    } as const
    writeDesktopFile(path, file)
    expect(readDesktopFile(path, 'en')).toEqual(file)
    expect(readdirSync(join(folder, 'made'))).toEqual(['desktop.json'])
  })

  test.each(['', '[]', '{"settings": 7, "windows": {"main": {"box": {"x": "left"}}}}', '{"windows": {"main": 3}}'])(
    'is the usual again when the file is damaged: %j',
    (text) => {
      writeFileSync(path, text)
      expect(readDesktopFile(path, 'en')).toEqual({
        settings: { language: 'en', ...usual },
        windows: { main: undefined, packing: undefined },
      })
    },
  )

  test('takes settings from a page only when they are settings', () => {
    const good = { language: 'en', ...usual }
    expect(settingsFrom({ ...good, more: 'things' })).toEqual(good)
    expect(settingsFrom({ ...good, language: 'xx' })).toBeUndefined()
    expect(settingsFrom({ ...good, notices: { orders: 'yes' } })).toBeUndefined()
    expect(settingsFrom(null)).toBeUndefined()
  })
})
