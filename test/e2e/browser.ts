import { existsSync, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright'

/** What every Chromium here is started with: no sandbox inside containers, no graphics card. */
export const browserArgs = ['--no-sandbox', '--disable-gpu'] as const

const usualPlaces: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * A Chromium to test with: BACKROOM_BROWSER, playwright's own where it was installed, the usual places, or the one
 * from the npm registry, unpacked into node_modules/.cache. Throws one line that names the choices.
 */
export async function findBrowser(): Promise<string> {
  const named = process.env['BACKROOM_BROWSER']
  if (named) return named
  const own = chromium.executablePath()
  if (existsSync(own)) return own
  const installed = usualPlaces.find((place) => existsSync(place))
  if (installed !== undefined) return installed
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedBrowser()
  throw new Error(
    'No browser for tests: set BACKROOM_BROWSER, run "npx playwright install chromium", or install Chrome.',
  )
}

/** The package unpacks into the temporary folder of the process that first asks it. */
async function unpackedBrowser(): Promise<string> {
  const folder = resolve(import.meta.dirname, '../../node_modules/.cache/chromium')
  const unpacked = join(folder, 'chromium')
  if (existsSync(unpacked)) return unpacked
  mkdirSync(folder, { recursive: true })
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    const { default: packed } = await import('@sparticuz/chromium')
    return await packed.executablePath()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
