import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The first browser there is: BACKROOM_BROWSER, playwright's own, the usual places, the one from the registry. */
export async function launchBrowser(): Promise<Browser> {
  const given = process.env['BACKROOM_BROWSER']
  const installed = [given, chromium.executablePath(), ...usual].find((path) => path !== undefined && existsSync(path))
  if (installed !== undefined) return chromium.launch({ executablePath: installed, args: ['--no-sandbox'] })
  const executablePath = await unpacked()
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
}

/** Unpacks into the cache of node_modules and not into the system's temporary folder. */
async function unpacked(): Promise<string> {
  const cache = join(import.meta.dirname, '../../../node_modules/.cache/chromium')
  mkdirSync(cache, { recursive: true })
  const script = "import('@sparticuz/chromium').then(async (m) => console.log(await m.default.executablePath()))"
  const env = { ...process.env, TMPDIR: cache }
  return execFileSync(process.execPath, ['-e', script], { env, encoding: 'utf8' }).trim()
}
