import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Browser } from './cdp.ts'
import { pageSide } from './page-side.ts'
import { fromServed, toServed } from './schemes.ts'
import { strict } from './strict.ts'
import { toWire } from './wire.ts'

/** How often a page is asked for, and how long one may take on a busy machine. */
const mostAttempts = 6
const attemptMs = 5_000

type Handler = (event: object, ...args: readonly unknown[]) => unknown
type OpenHandler = (details: { readonly url: string }) => { readonly action: 'allow' | 'deny' }

export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Asked {
  readonly call: string
  readonly channel: string
  readonly args: readonly unknown[]
}

interface WindowOptions extends Partial<Bounds> {
  readonly show?: boolean
  readonly webPreferences?: { readonly preload?: string }
}

/** What the windows share: the browser, who answers their calls, and which of them is in front. */
export const desk = {
  browser: undefined as Browser | undefined,
  handlers: new Map<string, Handler>(),
  windows: new Set<Window>(),
  focused: undefined as Window | undefined,
  onContents: (_contents: Contents): void => undefined,
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
  #mayOpen: OpenHandler = () => ({ action: 'allow' })
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
    await this.#send('Inspector.enable')
    await this.#send('Fetch.enable', { patterns: [{ resourceType: 'Document' }] })
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
    if (method === 'Page.navigatedWithinDocument') this.#address = String(params['url'])
    if (method === 'Fetch.requestPaused') this.#decide(params)
    if (method === 'Inspector.targetCrashed') this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 })
    if (method === 'Runtime.bindingCalled' && params.name === 'standIn') {
      // The text was made by page-side.ts.
      const asked = JSON.parse(String(params.payload)) as Asked | { readonly open: string }
      if ('open' in asked) this.#askToOpen(asked.open)
      else void this.#answer(asked)
    }
  }

  /** `will-navigate` is emitted for what the page wants, never for what the program loads, or loads again. */
  #decide(params: { readonly [key: string]: unknown }): void {
    const { requestId } = params
    // As the protocol describes the event.
    const { url } = params['request'] as { readonly url: string }
    let isHeld = false
    if (withoutHash(url) !== withoutHash(this.#address))
      this.emit('will-navigate', strict('event', { url: fromServed(url), preventDefault: () => (isHeld = true) }))
    const done = isHeld
      ? this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : this.#send('Fetch.continueRequest', { requestId })
    done.catch(() => undefined)
  }

  /** A refused `window.open` answers null, as in Electron; one that is allowed nobody here needs. */
  #askToOpen(url: string): void {
    if (this.#mayOpen({ url }).action !== 'deny') throw new Error(`The stand-in opens no window for ${url}`)
  }

  async #answer({ call, channel, args }: Asked): Promise<void> {
    try {
      const handler = desk.handlers.get(channel)
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      const senderFrame = strict('senderFrame', { url: this.getURL(), parent: null })
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
    // The debugging protocol may lose a page that is asked for while the one before falls over; Electron does not.
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      const loaded = new Promise<true>((resolve) => this.once('did-finish-load', () => resolve(true)))
      const { errorText } = await this.#send('Page.navigate', { url: this.#address })
      if (errorText === undefined && (await Promise.race([loaded, pause(attemptMs, false)]))) return
      if (this.#isDead) return
    }
    throw new Error(`Nothing was loaded from ${address}`)
  }

  getURL(): string {
    return fromServed(this.#address)
  }

  async executeJavaScript(code: string): Promise<unknown> {
    const answer = await this.#send('Runtime.evaluate', { expression: code, awaitPromise: true, returnByValue: true })
    // As the protocol describes the answer.
    return (answer['result'] as { readonly value?: unknown }).value
  }

  forcefullyCrashRenderer(): void {
    // A page that fell over answers no more.
    this.#send('Page.crash').catch(() => undefined)
  }

  /** Nothing is printed here; a listener may look at what would be. */
  print(options: object): void {
    this.emit('stand-in-print', options)
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler
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

const withoutHash = (address: string): string => address.replace(/#.*$/, '')

export class Window extends EventEmitter {
  readonly webContents: Contents
  #bounds: Bounds
  #isVisible: boolean
  #isMaximised = false
  #isMinimised = false

  constructor(options: WindowOptions = {}) {
    super()
    const { x = 0, y = 0, width = 800, height = 600 } = options
    this.#bounds = { x, y, width, height }
    this.#isVisible = options.show !== false
    this.webContents = strict('webContents', new Contents(this, options))
    desk.windows.add(this)
    if (this.#isVisible) desk.focused = this
    desk.onContents(this.webContents)
    return strict('BrowserWindow', this)
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address)
  }

  show(): void {
    this.#isVisible = true
    this.focus()
  }

  hide(): void {
    this.#isVisible = false
    this.blur()
  }

  focus(): void {
    desk.focused = this
  }

  blur(): void {
    if (desk.focused === this) desk.focused = undefined
  }

  minimize(): void {
    this.#isMinimised = true
    this.blur()
  }

  restore(): void {
    this.#isMinimised = false
  }

  maximize(): void {
    this.#isMaximised = true
  }

  isVisible(): boolean {
    return this.#isVisible
  }

  isFocused(): boolean {
    return desk.focused === this
  }

  isMinimized(): boolean {
    return this.#isMinimised
  }

  isMaximized(): boolean {
    return this.#isMaximised
  }

  getNormalBounds(): Bounds {
    return { ...this.#bounds }
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.#bounds = { ...this.#bounds, ...bounds }
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed()
  }

  close(): void {
    if (this.isDestroyed()) return
    let isHeld = false
    this.emit('close', { preventDefault: () => (isHeld = true) })
    if (isHeld) return
    this.blur()
    this.webContents.end()
    desk.windows.delete(this)
    this.emit('closed')
  }
}
