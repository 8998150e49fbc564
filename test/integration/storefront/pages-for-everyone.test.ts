import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsByLanguage } from '../../../src-storefront/translations/words.ts'
import { seriousFaults } from '../../e2e/axe.ts'
import { browserArgs, findBrowser } from '../../e2e/browser.ts'
import { CustomerClient } from './customer-client.ts'
import { newFolder, startProcess, type StorefrontProcess } from './running-storefront.ts'

let storefront: StorefrontProcess
let browser: Browser
const open: Page[] = []
beforeAll(async () => {
  storefront = await startProcess(newFolder())
  browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs] })
})
afterAll(async () => {
  await browser.close()
  await storefront.stop()
})

async function pageFor(customer: CustomerClient, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: storefront.address, ...options })
  const [name = '', value = ''] = customer.cookie.split('=')
  if (value !== '') await context.addCookies([{ name, value, url: storefront.address }])
  const page = await context.newPage()
  open.push(page)
  return page
}

// Asked as texts: these files are checked without the names that only a browser knows.
const directionOf = (page: Page, selector: string): Promise<unknown> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).direction`)
const focused = (page: Page, member: 'id' | 'className'): Promise<unknown> =>
  page.evaluate(`document.activeElement?.${member}`)

const lines = [
  { sku: 'TEA-01', quantity: 2 },
  { sku: 'BUTTER-1', quantity: 1 },
  { sku: 'BLEACH-1', quantity: 1 },
  { sku: 'PAINT-25', quantity: 1 },
]
/** Of this there are too few for every customer of these tests. */
const rake = { sku: 'RAKE-L', quantity: 1 }

/** A customer with an account, an order whose name is Arabic, and something in the basket again. */
async function customerIn(locale: string): Promise<{ customer: CustomerClient; orderId: string }> {
  const customer = new CustomerClient(storefront.address)
  const email = `${locale}-${crypto.randomUUID()}@example.org`
  const address = { name: 'عبد الرحمن', lines: ['Weg 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
  const person = { locale, name: 'عبد الرحمن', deliveryAddresses: [address] }
  await customer.send('POST', '/session', { body: { mode: 'sign-up', email, password: 'long enough', ...person } })
  const placed = await customer.order(lines)
  expect(placed.status).toBe(201)
  await customer.send('PUT', '/cart', { body: { lines: [...lines, rake] } })
  return { customer, orderId: placed.json.id }
}

const pathsOf = (orderId: string): readonly string[] => [
  '/',
  '/search?category=Household&sort=price-up',
  '/search?q=hammmer',
  '/search?q=xyzzyq',
  '/products/PAINT-25',
  '/products/BUTTER-1',
  '/cart',
  '/checkout',
  `/orders/${orderId}?thanks`,
  `/orders/${orderId}/events`,
  '/orders',
  '/orders/find',
  '/session',
  '/data',
  '/password/forgotten',
  '/password/reset?token=x',
  '/no-such-page',
]

/** Each scheme and each size once: the colours know nothing of the width. */
const looks = [
  { name: 'dark on a phone', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
  { name: 'light on a desktop', colorScheme: 'light', viewport: { width: 1366, height: 768 } },
] as const

describe('every page', () => {
  test.each(looks)(
    'has no serious fault of accessibility and no sideways scrolling, $name',
    async ({ name: _, ...look }) => {
      const { customer, orderId } = await customerIn('en')
      const page = await pageFor(customer, { ...look, bypassCSP: true })
      const faults: string[] = []
      const check = async (path: string): Promise<void> => {
        faults.push(...(await seriousFaults(page)).map((fault) => `${path}: ${fault}`))
        const isWide = await page.evaluate('document.documentElement.scrollWidth > innerWidth')
        if (isWide === true) faults.push(`${path}: wider than the screen`)
      }
      for (const path of pathsOf(orderId)) {
        await page.goto(path)
        await check(path)
      }
      await page.goto('/checkout')
      await page.locator('#postcode').fill('12')
      await page.locator('#city').fill('')
      await page.locator('aside button').click()
      await check('a refused checkout')
      await page.context().clearCookies()
      await page.goto('/session')
      await check('the sign-in')
      await page.locator('#email').fill('nobody@example.org')
      await page.locator('#password').fill('a wrong one')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await check('a refused sign-in')
      expect(faults).toEqual([])
    },
  )

  const text = (html: string): string =>
    html
      .replaceAll(/<(script|style|title)[\s\S]*?<\/\1>/g, '')
      .replaceAll(/<form[^>]*class="languages"[\s\S]*?<\/form>/g, '')
      .replaceAll(/<(?:input|option)[^>]*value="([^"]*)"[^>]*>/g, ' ')
      .replaceAll(/aria-label="([^"]*)"|placeholder="([^"]*)"/g, '>$1$2<')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')

  const data =
    /Corner Shop|[\w.-]+@example\.org|https?:\S+|Assam.*?250 g|Farm butter 250 g|Bleach cleaner 1 l|Leaf rake with long handle|Wall paint white 2\.5 l|Claw hammer 300 g, ash handle|Basmati rice 5 kg|Tumbler set of six|Wool blanket \(Größe 150x200\)|Last lantern|Always sent by itself|Salted and kept cool|Travels in its own box\b(?!\.)|Groceries|Chilled\b|Glassware|Tools|Household|Garden|Home|PAINT-25|BUTTER-1|hammmer|hammer|xyzzyq|Weg 1|Berlin|JSON|\b(?:k?g|cm|l)\b/g

  test.each(['de', 'ja'] as const)('speaks %s, and no English', async (language) => {
    const { customer, orderId } = await customerIn(language)
    const english = Object.entries(textsByLanguage.en)
      .filter(([key, sentence]) => sentence !== textsByLanguage[language][key as keyof typeof textsByLanguage.en]) // the same keys
      .map(([, sentence]) => sentence)
      .filter((sentence) => !sentence.includes('{') && sentence.length > 6)
    const wrong: string[] = []
    for (const path of pathsOf(orderId)) {
      const { text: html } = await customer.page(path)
      expect(html, path).toContain(`<html lang="${language}">`)
      const words = text(html)
      for (const sentence of english) if (words.includes(sentence)) wrong.push(`${path}: ${sentence}`)
      const latin = words.replaceAll(data, ' ').match(/[A-Za-z]{3,}/g) ?? []
      if (language === 'ja' && latin.length > 0) wrong.push(`${path}: ${latin.join(' ')}`)
    }
    expect(wrong).toEqual([])
  })

  test('is in the language that the browser asks for, and stays in the one that was chosen at its foot', async () => {
    const page = await pageFor(new CustomerClient(storefront.address), { locale: 'de-DE', javaScriptEnabled: false })
    await page.goto('/search?q=tee')
    expect(await page.locator('html').getAttribute('lang')).toBe('de')
    await page.getByRole('button', { name: '日本語' }).click()
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/search?q=tee')
    expect(await page.locator('html').getAttribute('lang')).toBe('ja')
    await page.goto('/cart')
    expect(await page.locator('h1').textContent()).toBe('カート')
  })

  test('shows a name from right to left in its own direction, and the rest of the page in its own', async () => {
    const { customer, orderId } = await customerIn('de')
    const page = await pageFor(customer)
    await page.goto(`/orders/${orderId}`)
    const name = page.locator('address span').first()
    expect(await name.textContent()).toBe('عبد الرحمن')
    expect(await directionOf(page, 'address span')).toBe('rtl')
    expect(await directionOf(page, 'main')).toBe('ltr')
  })
})

describe('with the keys alone and without scripts', () => {
  /** Tabs on until the focus is where it is wanted; fails when it never comes there or cannot be seen. */
  async function tabTo(page: Page, selector: string): Promise<void> {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(
        `document.activeElement?.matches(${JSON.stringify(selector)}) && getComputedStyle(document.activeElement).outlineStyle !== 'none'`,
      )
      if (found === true) return
    }
    throw new Error(`never reached: ${selector}`)
  }
  const type = (page: Page, words: string): Promise<void> => page.keyboard.type(words)

  test('a customer searches, fills the basket, mends a mistake, orders, and reads the parcels', async () => {
    const page = await pageFor(new CustomerClient(storefront.address))
    await page.goto('/')
    await page.keyboard.press('Tab')
    expect(await focused(page, 'className')).toBe('skip')
    await tabTo(page, 'input[type=search]')
    await type(page, 'tumbler')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/search?q=tumbler')
    await tabTo(page, '.card a')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/products/GLASS-6')
    await tabTo(page, '.add button')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/cart')
    await tabTo(page, 'a[href="/checkout"]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/checkout')
    for (const [selector, words] of [
      ['#recipient', 'Ada Test'],
      ['#street', 'Weg 1'],
      ['#postcode', '1011'],
      ['#city', 'Berlin'],
      ['#email', 'keys@example.org'],
    ] as const) {
      await tabTo(page, selector)
      await type(page, words)
    }
    await tabTo(page, 'aside button')
    await page.keyboard.press('Enter')
    await page.waitForSelector('#problems')
    expect(await page.locator('#problems').textContent()).toContain('A postcode in Germany looks like 10115.')
    expect(await page.locator('#postcode').getAttribute('aria-describedby')).toBe('postcode-problem')
    expect(await page.locator('#city').inputValue()).toBe('Berlin')
    await tabTo(page, '#problems a')
    await page.keyboard.press('Enter')
    expect(await focused(page, 'id'), 'the link leads to the field').toBe('postcode')
    await page.keyboard.press('End')
    await type(page, '5')
    await tabTo(page, 'aside button')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/orders/*?thanks')
    expect(await page.locator('h1').textContent()).toMatch(/^Order \d+$/)
    expect(await page.locator('.parcel').textContent()).toContain('1 × Tumbler set of six')
  })
})

describe('an order page that stays open', () => {
  test('shows what the shop reports, by itself', async () => {
    const { customer, orderId } = await customerIn('en')
    const page = await pageFor(customer)
    await page.clock.install()
    await page.goto(`/orders/${orderId}`)
    await page.waitForLoadState('networkidle')
    await customer.send('POST', `/orders/${orderId}/cancel`, { body: {} })
    await page.clock.runFor(11_000)
    await page.waitForSelector('.box.status.cancelled')
    expect(await page.locator('.box.status').textContent()).toContain('Cancelled')
    expect(await page.locator('#news').textContent(), 'and says it to who does not see it').toBe('Cancelled')
  })
})
