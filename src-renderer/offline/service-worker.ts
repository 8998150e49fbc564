/**
 * Keeps the screens on a station: the page, its scripts and styles, and who this station is. Never an answer of the
 * shop: those may name people. Built as a file of its own (electron.vite.config.ts), without imports.
 */

/** As much of a service worker's scope as this uses; TypeScript's own would be told to every screen as well. */
interface Scope {
  readonly location: Location
  readonly clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(name: 'install' | 'activate', listener: (event: Lasting) => void): void
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void
}
interface Lasting {
  waitUntil(work: Promise<void>): void
}
interface Fetching {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}

// In a worker the global is the worker itself.
const worker = globalThis as unknown as Scope
const cacheName = 'backroom-screens'
/** Written by the build: every file of the screens. */
const listAddress = './files.json'

interface Built {
  readonly [source: string]: { readonly file: string; readonly css?: readonly string[]; readonly assets?: readonly string[] } // prettier-ignore
}

worker.addEventListener('install', (event) => event.waitUntil(keepScreens().then(() => worker.skipWaiting())))
worker.addEventListener('activate', (event) => event.waitUntil(worker.clients.claim()))
worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { pathname, origin } = new URL(request.url)
  if (request.method !== 'GET' || origin !== worker.location.origin) return
  if (pathname.includes('/assets/')) event.respondWith(keptFirst(request))
  else if (request.mode === 'navigate' && (pathname === '/' || pathname.endsWith('/index.html')))
    event.respondWith(newestFirst(request, './'))
  else if (pathname.endsWith('/me')) event.respondWith(newestFirst(request, './me'))
})

async function keepScreens(): Promise<void> {
  const cache = await caches.open(cacheName)
  const built = (await (await fetch(listAddress)).json()) as Built // the build writes it in this shape
  const files = Object.values(built).flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets])
  const wanted = new Set(files.filter((file) => file.startsWith('assets/')).map((file) => `./${file}`))
  const missing: string[] = []
  for (const address of wanted) if (!(await cache.match(address))) missing.push(address)
  await cache.addAll([...missing, './', './me'])
  await forgetOthers(cache, wanted)
}

/** Files of former versions, once the new one is complete. */
async function forgetOthers(cache: Cache, wanted: ReadonlySet<string>): Promise<void> {
  const addresses = new Set([...wanted].map((address) => new URL(address, worker.location.href).href))
  for (const request of await cache.keys())
    if (request.url.includes('/assets/') && !addresses.has(request.url)) await cache.delete(request)
}

/** Their names change with their content. */
const keptFirst = async (request: Request): Promise<Response> =>
  (await caches.match(request, { cacheName })) ?? fetch(request)

async function newestFirst(request: Request, keptAs: string): Promise<Response> {
  const cache = await caches.open(cacheName)
  try {
    const answer = await fetch(request)
    // A redirected answer must not be given to a navigation later on.
    if (answer.ok && !answer.redirected && answer.type === 'basic') await cache.put(keptAs, answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match(keptAs)
    if (!kept) throw error
    return kept
  }
}
