import type { CDPSession, Locator, Page } from 'playwright'

/** What a German keyboard makes of the keys of an American one, and the key each sign lies on there. */
const german: Readonly<Record<string, string>> = { y: 'z', z: 'y', '-': 'ß', ']': '+', '/': '-' }
const codes: Readonly<Record<string, string>> = { '-': 'Minus', ']': 'BracketRight', '/': 'Slash' }

/** Between two keys of a scanner, seconds. */
const betweenKeysS = 0.004

/** The screens of the floor: pick and pack, worked with a scanner that types. */
export class FloorModel {
  readonly page: Page
  readonly right: Locator
  readonly wrong: Locator
  readonly wait: Locator
  #keys: CDPSession | undefined

  constructor(page: Page) {
    this.page = page
    this.right = page.locator('[data-test=right]')
    this.wrong = page.locator('[data-test=wrong]')
    this.wait = page.locator('[data-wait]')
  }

  async chooseWave(code: string): Promise<void> {
    await this.page.locator('main').getByRole('link', { name: code }).click()
  }

  get location(): Locator {
    return this.page.locator('[data-test=location]')
  }

  /** `Offline since 14:05`, while it is. */
  get offline(): Locator {
    return this.page.locator('[data-test=offline]')
  }

  get waiting(): Locator {
    return this.page.locator('[data-test=waiting]')
  }

  /** As a scanner does it: fast keys and Enter, wherever the focus is. */
  async scan(code: string): Promise<void> {
    await this.page.locator('main').click({ position: { x: 4, y: 4 } })
    await this.page.keyboard.type(code)
    await this.page.keyboard.press('Enter')
  }

  /**
   * A scanner that speaks American on a machine set to German, faster than any person; touches nothing but keys. The
   * keys carry the times at which they were struck, as those of a real one do, however late a busy machine comes to them.
   */
  async burst(code: string): Promise<void> {
    this.#keys ??= await this.page.context().newCDPSession(this.page)
    const session = this.#keys
    const signs = [...code, '\n']
    const from = Date.now() / 1000
    await Promise.all(
      signs.map((sign, place) =>
        session.send('Input.dispatchKeyEvent', { ...keyOf(sign), timestamp: from + place * betweenKeysS }),
      ),
    )
  }
}

function keyOf(sign: string) {
  const type = 'keyDown' as const
  if (sign === '\n') return { type, key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' }
  const isCapital = /[A-Z]/.test(sign)
  const lower = sign.toLowerCase()
  const typed = german[lower] ?? lower
  const shown = isCapital ? typed.toUpperCase() : typed
  const code = /[a-z]/.test(lower) ? `Key${lower.toUpperCase()}` : (codes[lower] ?? `Digit${sign}`)
  return { type, key: shown, text: shown, code, modifiers: isCapital ? 8 : 0 }
}
