import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { strict } from './strict.ts'

/** What the system shows beside the windows: tray, notifications, displays, power. */
class Picture {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  isEmpty(): boolean {
    return !existsSync(this.#path)
  }
}

export const nativeImage = strict('nativeImage', { createFromPath: (path: string) => new Picture(path) })

class TraySign extends EventEmitter {
  #isGone = false

  constructor(image: Picture) {
    super()
    if (image.isEmpty()) throw new Error('Failed to load image')
  }

  setToolTip(): void {}
  setContextMenu(): void {}

  isDestroyed(): boolean {
    return this.#isGone
  }

  destroy(): void {
    this.#isGone = true
  }
}

export const Tray = strict('Tray', TraySign)

class SystemNotification extends EventEmitter {
  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: { readonly title?: string; readonly body?: string } = {}) {
    super()
    this.title = title
    this.body = body
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    this.emit('show', {})
  }
}

export const Notification = strict('Notification', SystemNotification)

const display = strict('display', {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  scaleFactor: 1,
})

export const screen = strict('screen', { getPrimaryDisplay: () => display, getAllDisplays: () => [display] })

/** Opens nothing; says that it went well, as documented: the empty string. */
export const shell = strict('shell', { openPath: async () => '', showItemInFolder: () => undefined })

export const powerMonitor = strict('powerMonitor', new EventEmitter())
