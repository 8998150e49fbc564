import { join } from 'node:path'
import { app, Menu, type Tray } from 'electron'
import type { DesktopSettings } from '../../contract/desktop.ts'
import type { Serving } from '../serve.ts'
import { reviveWhenGone, type Mishaps } from './crash.ts'
import { readDesktopFile, writeDesktopFile, type DesktopFile } from './desktop-file.ts'
import { menuTemplate } from './menu.ts'
import { noticesOf } from './notices.ts'
import { makeTray } from './tray.ts'
import { windowsOf, type Windows } from './windows.ts'
import { wordsIn, type Words } from './words.ts'

export interface Desktop {
  readonly windows: Windows
  settings(): DesktopSettings
  save(settings: DesktopSettings): void
  words(): Words
  /** Everything that lives beside the windows once a shop is open. */
  accompany(serving: Serving): void
}

export interface DesktopOptions {
  readonly folder: string
  readonly programFolder: string
  readonly mishaps: Mishaps
}

/** The manners of a desktop program: what it remembers of this machine, its menu, its tray, what it tells. */
export function desktopOf({ folder, programFolder, mishaps }: DesktopOptions): Desktop {
  const path = join(folder, 'desktop.json')
  let file: DesktopFile = readDesktopFile(path, app.getLocale())
  let words = wordsIn(programFolder, file.settings.language)
  let tray: Tray | undefined
  let isQuitting = false
  app.on('before-quit', () => (isQuitting = true))

  const keep = (by: Partial<DesktopFile>): void => {
    file = { ...file, ...by }
    writeDesktopFile(path, file)
  }
  const windows = windowsOf({
    placeOf: (name) => file.windows[name],
    keepPlace: (name, place) => keep({ windows: { ...file.windows, [name]: place } }),
    onOpened: (window) => reviveWhenGone(window, { mishaps, words: () => words }),
    hidesOnClose: () => tray !== undefined && !isQuitting,
    onMainClosed: () => app.quit(),
  })
  const furnish = (): void => {
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          words,
          platform: process.platform,
          isPackaged: app.isPackaged,
          ask: windows.ask,
          openPackingWindow: () => void windows.showPacking(),
          print: windows.print,
          about: () => app.showAboutPanel(),
        }),
      ),
    )
    tray?.destroy()
    tray = !file.settings.keepsInTray
      ? undefined
      : makeTray({
          programFolder,
          platform: process.platform,
          words,
          show: () => void windows.showMain(),
          openPackingWindow: () => void windows.showPacking(),
          quit: () => app.quit(),
        })
  }
  furnish()
  return {
    windows,
    settings: () => file.settings,
    words: () => words,
    save(settings) {
      keep({ settings })
      words = wordsIn(programFolder, settings.language)
      furnish()
    },
    accompany({ room }) {
      room.subscribe(windows.tellAll)
      const notices = noticesOf({
        room,
        settings: () => file.settings,
        words: () => words,
        isLookedAt: windows.isLookedAt,
        show: (screen) => void windows.showMain(screen),
      })
      app.on('before-quit', notices.stop)
    },
  }
}
