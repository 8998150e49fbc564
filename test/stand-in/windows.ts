import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Browser } from './cdp.ts'
import { pageSide } from './page-side.ts'
import { fromServed, toServed } from './schemes.ts'
import { strict } from './strict.ts'
import { toWire } from './wire.ts'

type Handler = (event: object, ...args: readonly unknown[]) => unknown

interface WindowOptions {
  readonly width?: number
  readonly height?: number
  readonly webPreferences?: { readonly preload?: string }
}

/** What the windows share: the browser, who answers their calls, and who is told that the last one is closed. */
export const desk = {
  browser: undefined as Browser | undefined,
  handlers: new Map<string, Handler>(),
  windows: new Set<Window>(),
}

function browser(): Browser {
  if (!desk.browser) throw new Error('The stand-in has no browser yet')
  return desk.browser
}

export class Contents extends EventEmitter {
  targetId = ''
  #session = ''
  #address = 'about:blank'
  #isDead = false
  readonly #attached: Promise<void>
  readonly window: Window

  constructor(window: Window, options: WindowOptions) {
    super()
    this.window = window
    this.#attached = this.#attach(options)
  }

  async #attach({ width = 800, height = 600, webPreferences }: WindowOptions): Promise<void> {
    const target = await browser().send('Target.createTarget', { url: 'about:blank', width, height, newWindow: true })
    this.targetId = String(target.targetId)
    const attached = await browser().send('Target.attachToTarget', { targetId: this.targetId, flatten: true })
    this.#session = String(attached.sessionId)
    browser().listen(this.#session, (method, params) => this.#heard(method, params))
    await this.#send('Page.enable')
    await this.#send('Runtime.enable')
    if (webPreferences?.preload === undefined) return
    await this.#send('Runtime.addBinding', { name: 'standIn' })
    const source = pageSide(readFileSync(webPreferences.preload, 'utf8'))
    await this.#send('Page.addScriptToEvaluateOnNewDocument', { source })
  }

  #send(method: string, params: object = {}): Promise<{ readonly [key: string]: unknown }> {
    return browser().send(method, params, this.#session)
  }

  #heard(method: string, params: { readonly [key: string]: unknown }): void {
    if (method === 'Page.loadEventFired') {
      this.emit('did-finish-load')
      this.window.emit('ready-to-show')
    }
    if (method === 'Runtime.bindingCalled' && params.name === 'standIn') {
      // The text was made by page-side.ts.
      const asked = JSON.parse(String(params.payload)) as { call: string; channel: string; args: unknown[] }
      void this.#answer(asked)
    }
  }

  async #answer({ call, channel, args }: { call: string; channel: string; args: unknown[] }): Promise<void> {
    try {
      const handler = desk.handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      const senderFrame = strict('senderFrame', { url: fromServed(this.#address), parent: null })
      const value = await handler(strict('event', { sender: this, senderFrame }), ...args)
      this.#post({ reply: call, value: value ?? null })
    } catch (error) {
      // As Electron does it: the code of an error is lost on the way.
      this.#post({ reply: call, error: `Error invoking remote method '${channel}': ${String(error)}` })
    }
  }

  #post(message: object): void {
    if (this.#isDead) return
    const expression = `window.standInHears?.(${JSON.stringify(toWire(message))})`
    this.#send('Runtime.evaluate', { expression }).catch(() => undefined)
  }

  send(channel: string, ...args: readonly unknown[]): void {
    this.#post({ channel, args })
  }

  async loadURL(address: string): Promise<void> {
    await this.#attached
    this.#address = toServed(address)
    const loaded = new Promise((resolve) => this.once('did-finish-load', resolve))
    await this.#send('Page.navigate', { url: this.#address })
    await loaded
  }

  setWindowOpenHandler(): void {
    // The browser opens nothing by itself in a page without a user's click; nothing to hold back here.
  }

  isDestroyed(): boolean {
    return this.#isDead
  }

  close(): void {
    this.window.close()
  }

  end(): void {
    this.#isDead = true
    browser()
      .send('Target.closeTarget', { targetId: this.targetId })
      .catch(() => undefined)
  }
}

export class Window extends EventEmitter {
  readonly webContents: Contents

  constructor(options: WindowOptions = {}) {
    super()
    this.webContents = strict('webContents', new Contents(this, options))
    desk.windows.add(this)
    return strict('BrowserWindow', this)
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address)
  }

  show(): void {}
  focus(): void {}
  restore(): void {}

  isMinimized(): boolean {
    return false
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed()
  }

  close(): void {
    if (this.isDestroyed()) return
    this.webContents.end()
    desk.windows.delete(this)
    this.emit('closed')
  }
}
