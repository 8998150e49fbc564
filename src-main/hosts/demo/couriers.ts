import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callerOf, type Caller } from './http.ts'
import { start, type Running } from './processes.ts'
import type { Shop } from './shop.ts'

const terminal = fileURLToPath(new URL('../../../src-courier/terminal/main.ts', import.meta.url))

/** A courier's terminal: a process with its own keys and inbox. */
export interface CourierTerminal {
  readonly code: string
  readonly address: string
  readonly ownToken: string
  readonly keyFile: string
  readonly own: Caller
  readonly running: Running
}

const note = 'Made for the demo. Whoever has this file can open what was sealed in the demo, and nothing else.'

/**
 * Starts one terminal per courier, hands public keys over both ways, and says where manifests go: by HTTPS (plain only
 * because it is this machine) to all but the last, by folder to the last.
 */
export async function openTerminals(
  shop: Shop,
  codes: readonly string[],
  folders: { readonly data: string; readonly keys: string },
): Promise<readonly CourierTerminal[]> {
  const shopKeys = join(folders.data, 'shop-public.jwks.json')
  await mkdir(folders.data, { recursive: true })
  await mkdir(folders.keys, { recursive: true })
  await writeFile(shopKeys, JSON.stringify(await shop.command('shop-keys')))
  const terminals: CourierTerminal[] = []
  for (const [index, code] of codes.entries()) {
    const keyFile = join(folders.keys, `${code}.private.jwks.json`)
    const inbox = join(folders.data, code)
    const running = await start({
      name: `courier ${code}`,
      args: [terminal, '--keys', keyFile, '--new-keys', '--note', note, '--inbox', inbox, '--shop-key', shopKeys],
    })
    const { url, token, ownToken, publicKeys } = running.ready
    const publicFile = join(folders.data, `${code}.public.jwks.json`)
    await writeFile(publicFile, JSON.stringify(publicKeys))
    await shop.command('courier', 'add-key', code, publicFile)
    const isByFolder = index === codes.length - 1
    if (isByFolder) await shop.command('courier', 'channel', code, 'folder', inbox)
    else await shop.command('courier', 'channel', code, 'https', `${String(url)}/manifests`, '--token', String(token))
    terminals.push({
      code,
      address: String(url),
      ownToken: String(ownToken),
      keyFile,
      own: callerOf(String(url), String(ownToken)),
      running,
    })
  }
  return terminals
}

interface StopsAnswer {
  readonly manifests: readonly {
    readonly manifest: string
    readonly stops: readonly {
      readonly recipient?: { readonly name?: string; readonly n?: string } | undefined
      readonly parcels: readonly { readonly pid: string }[]
    }[]
  }[]
}

export interface Delivered {
  readonly manifest: string
  readonly parcels: number
  /** What this courier could read, stop by stop; held in memory for the comparison and never written. */
  readonly opened: readonly { readonly pid: string; readonly name: string | undefined }[]
  /** The signed status file. */
  readonly statusFile: string
}

/**
 * Opens what has arrived with the courier's own key, drives it, and signs what became of every parcel. At the first
 * courier's last stop nobody is at home.
 */
export async function drive(
  terminal: CourierTerminal,
  options: { readonly missesLast: boolean },
): Promise<readonly Delivered[]> {
  const { manifests } = await terminal.own.get<StopsAnswer>('/stops')
  const delivered: Delivered[] = []
  for (const { manifest, stops } of manifests) {
    const mark = (pid: string, status: string, reason?: string): Promise<unknown> =>
      terminal.own.send('POST', '/events', { manifest, pid, status, ...(reason !== undefined && { reason }) })
    const pids = stops.flatMap((stop) => stop.parcels.map((parcel) => parcel.pid))
    const missed = new Set(
      options.missesLast && stops.length > 1 ? stops.at(-1)?.parcels.map((parcel) => parcel.pid) : [],
    )
    for (const pid of pids) await mark(pid, 'out-for-delivery')
    for (const pid of pids) await (missed.has(pid) ? mark(pid, 'failed', 'nobody-home') : mark(pid, 'delivered'))
    const statusFile = await terminal.own.send<string>('POST', '/status-file', { manifest })
    const opened = stops.map((stop) => ({ pid: stop.parcels[0]?.pid ?? '', name: stop.recipient?.name }))
    delivered.push({ manifest, parcels: pids.length, opened, statusFile })
  }
  return delivered
}
