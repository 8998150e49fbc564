import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type Page } from 'playwright'
import { stopFading } from '../e2e/axe.ts'
import { browserArgs, findBrowser } from '../e2e/browser.ts'
import { ensureBuilt, programFolder } from '../e2e/built.ts'
import { faultsOn } from './faults.ts'
import { indexPage, type Taken } from './index-page.ts'
import { takeGuide } from './guide.ts'
import { openAt, reopen, settled } from './opened.ts'
import { readOptions, sizes, usage, type Filling, type Language, type PictureOptions } from './options.ts'
import { definedEnvironment, withOurFonts } from './fonts.ts'
import { partsOf, routesOf, screensOf, type Screen } from './screens.ts'
import { scenes } from './scenes/index.ts'
import { openPictureShop, type PictureShop } from './shops.ts'

/**
 * `npm run pictures`: every screen of the window's router over two shops, in every language, theme and size, with what is
 * clipped, sticks out or is not translated named for each. Ends with 1 when a page complained on its console.
 */
interface Result {
  readonly pictures: Taken[]
  readonly complaints: string[]
}

async function takeAll(options: PictureOptions): Promise<Result> {
  const result: Result = { pictures: [], complaints: [] }
  for (const filling of options.fillings) {
    const shop = await openPictureShop(filling, options.orders)
    try {
      for (const language of options.languages) {
        const browser = await browserOf(language)
        try {
          await takeLanguage({ browser, shop, filling, language }, options, result)
        } finally {
          await browser.close()
        }
      }
    } finally {
      await shop.close()
    }
  }
  return result
}

const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', ja: 'ja-JP' }

/** In date fields a browser writes in the language of its machine, whatever the page speaks. */
const browserOf = async (language: Language): Promise<Browser> => {
  const spoken = locales[language].replace('-', '_')
  return chromium.launch({
    executablePath: await findBrowser(),
    args: [...browserArgs],
    env: { ...definedEnvironment(), ...withOurFonts(), LANG: `${spoken}.UTF-8`, LANGUAGE: spoken },
  })
}

interface Stage {
  readonly browser: Browser
  readonly shop: PictureShop
  readonly filling: Filling
  readonly language: Language
}

async function takeLanguage(stage: Stage, options: PictureOptions, result: Result): Promise<void> {
  const { browser, shop, filling, language } = stage
  const context = await browser.newContext({
    viewport: sizes['1366x768'],
    reducedMotion: 'reduce',
    locale: locales[language],
  })
  await context.addInitScript(`localStorage.setItem('backroom.language', ${JSON.stringify(language)})`)
  const page = await context.newPage()
  let screen = 'start'
  const complain = (text: string): void => void result.complaints.push(`${filling} ${language} ${screen}: ${text}`)
  page.on('console', (message) => {
    // A refused call has a status of its own, which the browser reports; the page shows the refusal.
    const isRefusal = message.location().url.includes('/call/')
    if (message.type() === 'error' && !isRefusal) complain(message.text())
  })
  page.on('pageerror', (error) => complain(String(error)))
  await page.goto(`${shop.address}/?token=${shop.token}`)
  await page.locator('main h1').first().waitFor()
  const screens = screensOf(await routesOf(page), shop, complain)
  const isWanted = ({ name }: { readonly name: string }): boolean =>
    options.screens.length === 0 || options.screens.some((one) => name === one || name.startsWith(`${one}-`))
  const camera = { page, options, result }
  const take = async (one: Screen): Promise<void> => {
    screen = one.name
    await openAt(page, one.address)
    await takeView({ ...stage, name: one.name }, camera)
    if (filling === 'much') await takeInside({ ...stage, name: one.name }, camera)
    process.stderr.write('.')
  }
  for (const one of screens.filter(isWanted)) {
    await take(one)
    await openAt(page, one.address)
    // The part that stands first is the screen's own address.
    for (const part of (await partsOf(page, one)).slice(1)) await take(part)
  }
  for (const scene of scenes.filter((one) => (one.filling ?? 'much') === filling && isWanted(one))) {
    screen = scene.name
    // A toast of the scene before would stand over this one.
    await reopen(page)
    await openAt(page, scene.address(shop.parameters))
    try {
      await scene.act(page, shop)
      await takeView({ ...stage, name: scene.name }, camera)
    } catch (error) {
      complain(`the scene could not be played: ${String(error).split('\n')[0]}`)
    }
    await scene.after?.(page, shop)
    process.stderr.write('.')
  }
  await context.close()
}

type Camera = { readonly page: Page; readonly options: PictureOptions; readonly result: Result }
type View = Stage & { readonly name: string }

/** Each tab of the screen, and the panel of the first row of its list. */
async function takeInside(view: View, camera: Camera): Promise<void> {
  const { page } = camera
  const tabs = page.locator('main [role=tab]')
  for (let index = 1; index < (await tabs.count()); index++) {
    await tabs.nth(index).click()
    await settled(page)
    await takeView({ ...view, name: `${view.name}-tab-${index + 1}` }, camera)
  }
  const row = page.locator('main .row-table .row').first()
  if ((await row.count()) === 0 || (await page.getByRole('complementary').count()) > 0) return
  await row.click({ timeout: 3_000 }).catch(() => undefined)
  await settled(page)
  if ((await page.getByRole('complementary').count()) > 0)
    await takeView({ ...view, name: `${view.name}-panel` }, camera)
}

async function takeView({ filling, language, name }: View, { page, options, result }: Camera): Promise<void> {
  for (const size of options.sizes) {
    await page.setViewportSize(sizes[size])
    for (const [index, theme] of options.themes.entries()) {
      await page.evaluate(`document.documentElement.classList.toggle('dark', ${theme === 'dark'})`)
      await stopFading(page)
      // Colours clip nothing: each size is looked through once.
      const faults = index === 0 ? await faultsOn(page, language) : []
      const file = `${filling}/${language}/${size}/${theme}/${name}.png`
      mkdirSync(join(options.out, file, '..'), { recursive: true })
      await page.screenshot({ path: join(options.out, file) })
      const words = faults.map(({ kind, where }) => `${kind}: ${where}`)
      result.pictures.push({ file, screen: name, data: filling, language, theme, size, faults: words })
    }
  }
  await page.setViewportSize(sizes['1366x768'])
}

/** Pictures that docs/screens.md names and that this run, which took every screen, did not take. */
function missingPictures({ pictures }: Result): readonly string[] {
  const taken = new Set(pictures.map(({ screen }) => screen))
  const page = readFileSync(join(programFolder, 'docs/screens.md'), 'utf8')
  const named = [...page.matchAll(/\| `([\w-]+)` \|$/gm)].map(([, name = '']) => name)
  return [...new Set(named)].filter((name) => !taken.has(name))
}

function report({ pictures, complaints }: Result, out: string): void {
  for (const { file, faults } of pictures) for (const fault of faults) console.log(`${file}: ${fault}`)
  console.log(`\n${pictures.length} pictures: ${join(out, 'index.html')}`)
  for (const complaint of complaints) console.error(`The page complained: ${complaint}`)
}

async function main(): Promise<number> {
  let options: PictureOptions
  try {
    options = readOptions(process.argv.slice(2))
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
    return 2
  }
  ensureBuilt()
  if (options.isGuide) {
    for (const line of await takeGuide()) console.log(line)
    return 0
  }
  if (options.screens.length === 0) rmSync(options.out, { recursive: true, force: true })
  const result = await takeAll(options)
  if (result.pictures.length === 0) {
    console.error(`No screen is called ${options.screens.join(', ')}.\n${usage}`)
    return 2
  }
  if (options.screens.length === 0 && options.fillings.length === 2)
    for (const name of missingPictures(result))
      result.complaints.push(`docs/screens.md names the picture ${name}, which is not among these`)
  writeFileSync(join(options.out, 'index.html'), indexPage(result.pictures, result.complaints))
  report(result, options.out)
  return result.complaints.length > 0 ? 1 : 0
}

process.exitCode = await main()
