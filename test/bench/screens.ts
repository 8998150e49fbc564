import { execSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { chromium, type Browser, type Page } from 'playwright'
import { start, type Running } from '../../src-main/hosts/demo/processes.ts'
import { browserArgs, findBrowser } from '../e2e/browser.ts'
import { ensureBuilt, programFolder } from '../e2e/built.ts'
import { largeShop, someNames } from './screens/large-shop.ts'
import { rowOf, type Times } from './screens/times.ts'
import { countCalls, goTo, isAtRest, walkList } from './screens/walk.ts'

/**
 * The screens over a shop after a year, printed with what they ran on, never asserted: from the start of the station to
 * the first screen, every way to use a list, the memory of the page. The goals: 1.5 s, 100 ms, 350 MB.
 * `npm run bench -- screens`, or `node test/bench/screens.ts [orders, 100000] [products, 50000]`
 */
const orders = Number(process.argv[2] ?? 100_000)
const products = Number(process.argv[3] ?? 50_000)
const starts = 4

ensureBuilt()
const making = performance.now()
const shop = await largeShop(orders, products)
const madeS = Math.round((performance.now() - making) / 1000)
const browser = await chromium.launch({ executablePath: await findBrowser(), args: [...browserArgs, '--enable-precise-memory-info'] }) // prettier-ignore
const firstScreens: Times[] = ['station ready (process from nothing)', 'first screen, new browser', 'both together'].map((what) => ({ what, ms: [] })) // prettier-ignore
const again: Times = { what: 'first screen, opened again', ms: [] }

for (let round = 0; round < starts; round++) {
  const { running, page, startMs, screenMs } = await startOnce(browser)
  for (const [index, ms] of [startMs, screenMs, startMs + screenMs].entries()) firstScreens[index]?.ms.push(ms)
  const from = performance.now()
  await page.reload()
  await firstScreen(page)
  again.ms.push(performance.now() - from)
  await page.context().close()
  await running.stop()
}

const { running, page } = await startOnce(browser)
const lists: Times[] = []
const places: Times[] = []
try {
  for (const address of [
    '/',
    '/orders',
    '/waves',
    '/catalogue',
    '/dispatch',
    '/couriers',
    '/',
    '/orders',
    '/catalogue',
  ])
    places.push({ what: `go to ${address}`, ms: [await goTo(page, address)] })
  await goTo(page, '/orders')
  lists.push(...(await walkList(page, 'orders', [...someNames(4), '100-1', 'L-0123', '10115', '+49 30 1000'])))
  await goTo(page, '/catalogue')
  lists.push(...(await walkList(page, 'catalogue', ['kettle', 'L-012345', 'kaffeefilter', '水筒', 'Category 12'])))
  await goTo(page, '/waves')
  lists.push(...(await walkList(page, 'waves', ['W101', 'W2'])))
  print(await memoryOf(page))
} finally {
  await browser.close()
  await running.stop()
}

async function startOnce(from: Browser): Promise<{ running: Running; page: Page; startMs: number; screenMs: number }> {
  const began = performance.now()
  const running = await start({
    name: 'serve',
    args: [join(programFolder, 'src-main/hosts/cli/main.ts'), 'serve', '--sync-every', '0', '--data', shop.dataFolder, '--json'],
  }) // prettier-ignore
  const ready = performance.now()
  const context = await from.newContext({ viewport: { width: 1366, height: 768 } })
  await context.addInitScript(countCalls)
  const page = await context.newPage()
  await page.goto(`${String(running.ready['address'])}/?token=${String(running.ready['desktopToken'])}`)
  await firstScreen(page)
  return { running, page, startMs: ready - began, screenMs: performance.now() - ready }
}

/** The head stands, and everything below it has been answered. */
async function firstScreen(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor()
  while (!(await page.evaluate<boolean>(isAtRest))) await page.waitForTimeout(5)
}

/** What scripts hold after a collection, and what the system says of the page's process. */
async function memoryOf(page: Page): Promise<Readonly<Record<string, number | string>>> {
  const own = await page.context().newCDPSession(page)
  await own.send('HeapProfiler.collectGarbage')
  await own.send('Performance.enable')
  const { metrics } = await own.send('Performance.getMetrics')
  const metric = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0
  const all = await browser.newBrowserCDPSession()
  const { processInfo } = await all.send('SystemInfo.getProcessInfo')
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6)
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateBytes(id))
  return {
    'JS heap MB': megabytes(metric('JSHeapUsedSize')),
    'DOM nodes': metric('Nodes'),
    'renderer process MB (own share)': renderers.map(megabytes).join(', '),
  }
}

/** Proportional share of a process's memory, where the system tells it. */
function privateBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}

function print(memory: object): void {
  const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
  console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, Node ${process.version}, commit ${commit}, load ${loadavg()[0]?.toFixed(1)}`) // prettier-ignore
  console.log(`${orders} orders, ${products} products (made in ${madeS} s, or found)`)
  console.table([...firstScreens, again].map(rowOf))
  console.table(places.map(rowOf))
  console.table(lists.filter(({ ms }) => ms.length > 0).map(rowOf))
  console.table([memory])
}
