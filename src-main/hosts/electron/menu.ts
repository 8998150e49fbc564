import type { MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand } from '../../contract/desktop.ts'
import type { Words } from './words.ts'

export interface MenuOptions {
  readonly words: Words
  readonly platform: NodeJS.Platform
  /** Developer tools stay away from a shop. */
  readonly isPackaged: boolean
  readonly ask: (command: DesktopCommand) => void
  readonly openPackingWindow: () => void
  readonly print: () => void
  readonly about: () => void
}

type Items = MenuItemConstructorOptions[]

/** The screens of a day's work; each has a number with the command key. */
const screens = [
  ['today', '/'],
  ['orders', '/orders'],
  ['waves', '/waves'],
  ['pick', '/pick'],
  ['pack', '/pack'],
  ['dispatch', '/dispatch'],
  ['catalogue', '/catalogue'],
] as const

const line = { type: 'separator' } as const

/** The application menu as each system expects it, in the language of the screens. */
export function menuTemplate(options: MenuOptions): Items {
  const isMac = options.platform === 'darwin'
  return [
    ...(isMac ? [macMenu(options)] : []),
    fileMenu(options, isMac),
    editMenu(options, isMac),
    viewMenu(options),
    goMenu(options),
    windowMenu(options, isMac),
    helpMenu(options, isMac),
  ]
}

function macMenu({ words, ask }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: 'Backroom',
    submenu: [
      { role: 'about', label: words('desktop.menu.about') },
      line,
      settingsItem(words, ask),
      line,
      { role: 'services', label: words('desktop.menu.services') },
      line,
      { role: 'hide', label: words('desktop.menu.hide') },
      { role: 'hideOthers', label: words('desktop.menu.hideOthers') },
      { role: 'unhide', label: words('desktop.menu.showAll') },
      line,
      { role: 'quit', label: words('desktop.menu.quit') },
    ],
  }
}

const settingsItem = (words: Words, ask: MenuOptions['ask']): MenuItemConstructorOptions => ({
  id: 'settings',
  label: words('places.settings'),
  accelerator: 'CmdOrCtrl+,',
  click: () => ask({ kind: 'go', path: '/settings' }),
})

function fileMenu({ words, ask, openPackingWindow, print }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  const go = (path: string) => (): void => ask({ kind: 'go', path })
  return {
    label: words('desktop.menu.file'),
    submenu: [
      { id: 'new-order', label: words('newOrder.title'), accelerator: 'CmdOrCtrl+N', click: go('/new-order') },
      { id: 'import', label: words('imports.title'), accelerator: 'CmdOrCtrl+O', click: go('/catalogue?import=1') },
      line,
      {
        id: 'packing-window',
        label: words('desktop.menu.packingWindow'),
        accelerator: 'CmdOrCtrl+Shift+P',
        click: openPackingWindow,
      },
      { id: 'print', label: words('desktop.menu.print'), accelerator: 'CmdOrCtrl+P', click: print },
      line,
      ...(isMac ? [] : [settingsItem(words, ask), line]),
      { role: 'close', label: words('desktop.menu.closeWindow'), accelerator: 'CmdOrCtrl+W' },
      ...(isMac ? [] : [{ role: 'quit', label: words('desktop.menu.quit'), accelerator: 'CmdOrCtrl+Q' } as const]),
    ],
  }
}

function editMenu({ words }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: words('desktop.menu.edit'),
    submenu: [
      { role: 'undo', label: words('desktop.menu.undo') },
      { role: 'redo', label: words('desktop.menu.redo') },
      line,
      { role: 'cut', label: words('desktop.menu.cut') },
      { role: 'copy', label: words('desktop.menu.copy') },
      { role: 'paste', label: words('desktop.menu.paste') },
      ...(isMac ? [{ role: 'pasteAndMatchStyle', label: words('desktop.menu.pastePlain') } as const] : []),
      { role: 'selectAll', label: words('desktop.menu.selectAll') },
    ],
  }
}

function viewMenu({ words, isPackaged }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: words('desktop.menu.view'),
    submenu: [
      { role: 'reload', label: words('desktop.menu.reload') },
      line,
      { role: 'resetZoom', label: words('desktop.menu.actualSize') },
      { role: 'zoomIn', label: words('desktop.menu.larger') },
      { role: 'zoomOut', label: words('desktop.menu.smaller') },
      line,
      { role: 'togglefullscreen', label: words('desktop.menu.fullScreen') },
      ...(isPackaged ? [] : [line, { role: 'toggleDevTools' } as const]),
    ],
  }
}

function goMenu({ words, ask }: MenuOptions): MenuItemConstructorOptions {
  return {
    label: words('shell.goTo'),
    submenu: [
      {
        id: 'commands',
        label: words('shell.commands'),
        // The page hears the keys itself, also outside Electron; here they are only shown.
        accelerator: 'CmdOrCtrl+K',
        registerAccelerator: false,
        click: () => ask({ kind: 'commands' }),
      },
      line,
      ...screens.map(([name, path], index) => ({
        id: `go-${name}`,
        label: words(`places.${name}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => ask({ kind: 'go', path }),
      })),
    ],
  }
}

function windowMenu({ words }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  return {
    role: 'window',
    label: words('desktop.menu.window'),
    submenu: [
      { role: 'minimize', label: words('desktop.menu.minimise') },
      ...(isMac ? [{ role: 'zoom', label: words('desktop.menu.zoom') } as const, line] : []),
      ...(isMac ? [{ role: 'front', label: words('desktop.menu.front') } as const] : []),
    ],
  }
}

function helpMenu({ words, ask, about }: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  return {
    role: 'help',
    label: words('desktop.menu.help'),
    submenu: [
      { id: 'shortcuts', label: words('shell.shortcuts'), click: () => ask({ kind: 'shortcuts' }) },
      ...(isMac ? [] : [{ id: 'about', label: words('desktop.menu.about'), click: about }]),
    ],
  }
}
