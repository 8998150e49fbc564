import { join } from 'node:path'
import { Menu, nativeImage, Tray } from 'electron'
import type { Words } from './words.ts'

export interface TrayOptions {
  readonly programFolder: string
  readonly platform: NodeJS.Platform
  readonly words: Words
  readonly show: () => void
  readonly openPackingWindow: () => void
  readonly quit: () => void
}

/** The sign in the tray, with a menu of its own; undefined where the system shows none. */
export function makeTray(options: TrayOptions): Tray | undefined {
  const { words, show, openPackingWindow, quit, platform } = options
  try {
    const name = platform === 'darwin' ? 'trayTemplate.png' : platform === 'win32' ? 'icon.ico' : 'tray.png'
    const tray = new Tray(nativeImage.createFromPath(join(options.programFolder, 'resources/icons', name)))
    tray.setToolTip('Backroom')
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words('desktop.tray.open'), click: show },
        { label: words('desktop.menu.packingWindow'), click: openPackingWindow },
        { type: 'separator' },
        { label: words('desktop.menu.quit'), click: quit },
      ]),
    )
    tray.on('click', show)
    return tray
  } catch {
    // Some Linux desktops have no tray; the window then closes as it always did.
    return undefined
  }
}
