import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { Browser } from './cdp.ts'
import { app } from './electron.ts'
import { startSchemes, stopSchemes } from './schemes.ts'
import { desk } from './windows.ts'

const appPath = resolve(process.argv.slice(2).find((argument) => !argument.startsWith('-')) ?? '.')
const profile = mkdtempSync(join(tmpdir(), 'stand-in-'))
const browserPath = process.env['BACKROOM_BROWSER']
if (!browserPath) throw new Error('BACKROOM_BROWSER names no browser')

const browser = spawn(
  browserPath,
  [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--no-startup-window'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...['--remote-debugging-port=0', `--user-data-dir=${profile}`],
  ],
  { stdio: ['ignore', 'ignore', 'pipe'] },
)
const address = await new Promise<string>((found, failed) => {
  createInterface({ input: browser.stderr }).on('line', (line) => {
    const match = /^DevTools listening on (ws:.*)$/.exec(line)
    if (match?.[1]) found(match[1])
  })
  browser.once('exit', (code) => failed(new Error(`The browser ended with ${code ?? 'a signal'}`)))
})

function stop(exitCode: number): void {
  stopSchemes()
  browser.removeAllListeners('exit')
  browser.once('exit', () => {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    process.exit(exitCode)
  })
  browser.kill()
}

desk.browser = await Browser.connect(address)
await startSchemes()
app.standInBegin(appPath, stop)
// The line that Playwright waits for; it attaches before the first window opens.
console.error(`DevTools listening on ${address}`)
await new Promise((done) => setTimeout(done, 300))
// package.json is our own; `main` is what electron-vite builds.
const { main } = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { main: string }
await import(pathToFileURL(join(appPath, main)).href)
app.standInReady()
