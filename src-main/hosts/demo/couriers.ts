import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { callerOf, type Caller } from './http.ts'
import { start, type Running } from './processes.ts'
import type { Recording } from './recording.ts'
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
 * because it is this machine) to all but the last, by folder to the last. When one fails the others are stopped again.
 */
export async function openTerminals(
  shop: Shop,
  codes: readonly string[],
  folders: Folders,
): Promise<readonly CourierTerminal[]> {
  await mkdir(folders.data, { recursive: true })
  await mkdir(folders.keys, { recursive: true })
  await writeFile(join(folders.data, shopKeysFile), JSON.stringify(await shop.command('shop-keys')))
  const terminals: CourierTerminal[] = []
  try {
    for (const code of codes) {
      const started = await startTerminal(code, folders)
      terminals.push(started.terminal)
      await introduce(shop, started, { ...folders, isByFolder: code === codes.at(-1) })
    }
    return terminals
  } catch (error) {
    // A process that nobody stops would keep the demo from ending.
    for (const terminal of terminals) await terminal.running.stop()
    throw error
  }
}

interface Folders {
  readonly data: string
  readonly keys: string
  readonly recording: Recording
}

const shopKeysFile = 'shop-public.jwks.json'

interface StartedTerminal {
  readonly terminal: CourierTerminal
  readonly inbox: string
  /** With this the shop hands manifests in. */
  readonly token: string
  readonly publicKeys: unknown
}

async function startTerminal(code: string, folders: Folders): Promise<StartedTerminal> {
  const keyFile = join(folders.keys, `${code}.private.jwks.json`)
  const inbox = join(folders.data, code)
  const shopKey = join(folders.data, shopKeysFile)
  const running = await start({
    name: `courier ${code}`,
    args: [terminal, '--keys', keyFile, '--new-keys', '--note', note, '--inbox', inbox, '--shop-key', shopKey],
    recording: folders.recording,
  })
  const [address, ownToken] = [String(running.ready['url']), String(running.ready['ownToken'])]
  // The courier's own people look at it from here; shops hand in somewhere else.
  const screen = await folders.recording.through(`courier-screen-${code}`, address, 'client')
  return {
    terminal: { code, address, ownToken, keyFile, own: callerOf(screen, ownToken), running },
    inbox,
    token: String(running.ready['token']),
    publicKeys: running.ready['publicKeys'],
  }
}

async function introduce(
  shop: Shop,
  { terminal: { code, address }, inbox, token, publicKeys }: StartedTerminal,
  how: Folders & { readonly isByFolder: boolean },
): Promise<void> {
  const publicFile = join(how.data, `${code}.public.jwks.json`)
  await writeFile(publicFile, JSON.stringify(publicKeys))
  await shop.command('courier', 'add-key', code, publicFile)
  const handIn = await how.recording.through(`courier-${code}`, address, 'server')
  if (how.isByFolder) await shop.command('courier', 'channel', code, 'folder', inbox)
  else await shop.command('courier', 'channel', code, 'https', `${handIn}/manifests`, '--token', token)
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
