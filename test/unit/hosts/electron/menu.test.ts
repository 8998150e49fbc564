import type { MenuItemConstructorOptions } from 'electron'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { DesktopCommand } from '../../../../src-main/contract/desktop.ts'
import { menuTemplate } from '../../../../src-main/hosts/electron/menu.ts'
import { wordsIn } from '../../../../src-main/hosts/electron/words.ts'
import { Menu, type ItemOptions } from '../../../stand-in/menus.ts'

const program = fileURLToPath(new URL('../../../../', import.meta.url))

function templateIn(language: 'en' | 'de' | 'ja', platform: NodeJS.Platform, isPackaged = true) {
  const asked: DesktopCommand[] = []
  const template = menuTemplate({
    words: wordsIn(program, language),
    platform,
    isPackaged,
    ask: (command) => asked.push(command),
    openPackingWindow: () => undefined,
    print: () => undefined,
    about: () => undefined,
  })
  return { template, asked }
}

function everyItem(items: readonly MenuItemConstructorOptions[]): readonly MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? everyItem(item.submenu) : [])])
}

describe('the application menu', () => {
  test.each(['en', 'de', 'ja'] as const)('has a word of %s for every item on every system', (language) => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      const items = everyItem(templateIn(language, platform).template).filter(({ type }) => type !== 'separator')
      const unnamed = items.filter(({ label = '' }) => label === '' || /^[a-z]+[.]\w/i.test(label))
      expect(unnamed).toEqual([])
      const keys = items.flatMap(({ accelerator }) => accelerator ?? [])
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('is one that Electron would take: its roles and keys are documented ones', () => {
    for (const platform of ['linux', 'darwin'] as const) {
      // The stand-in reads the same members that Electron's type names.
      const menu = Menu.buildFromTemplate(templateIn('en', platform).template as readonly ItemOptions[])
      expect(menu.getMenuItemById('settings')?.accelerator).toBe('CmdOrCtrl+,')
    }
  })

  test('puts settings and the end of the program where each system has them', () => {
    const [mac] = templateIn('en', 'darwin').template
    expect(mac?.label).toBe('Backroom')
    const [file] = templateIn('en', 'linux').template
    expect(everyItem([file ?? {}]).some(({ role }) => role === 'quit')).toBe(true)
  })

  test('shows screens, and keeps developer tools out of a shop', () => {
    const { template, asked } = templateIn('en', 'linux')
    // The stand-in reads the same members that Electron's type names.
    Menu.buildFromTemplate(template as readonly ItemOptions[])
      .getMenuItemById('go-dispatch')
      ?.click()
    expect(asked).toEqual([{ kind: 'go', path: '/dispatch' }])
    const hasTools = (isPackaged: boolean): boolean =>
      everyItem(templateIn('en', 'linux', isPackaged).template).some(({ role }) => role === 'toggleDevTools')
    expect([hasTools(true), hasTools(false)]).toEqual([false, true])
  })
})
