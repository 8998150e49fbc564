import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { compose, type ComposeOptions, type Composed } from './compose.ts'
import { invoiceWhenDue } from './invoice-when-due.ts'
import { keepSafe } from './keep-safe.ts'
import { keepInTouch } from './keep-in-touch.ts'
import type { HostNames } from '../ports/certificates.ts'
import { hostNamesNow } from './station/host-names.ts'
import { networkDoor } from './station/network.ts'
import { startStation, type Station } from './station/server.ts'

export interface ServeOptions extends Pick<ComposeOptions, 'keychain' | 'passphrase'> {
  readonly dataFolder: string
  readonly programFolder: string
  readonly host: string
  readonly port: number
  /** Seconds between rounds with the storefronts; 0 = only when asked. */
  readonly syncSeconds: number
  readonly logBug: (operation: string, error: unknown) => void
  /** How this machine is reached on the local network; by default as its interfaces say. */
  readonly hostNames?: (() => HostNames) | undefined
}

export interface Serving extends Pick<Composed, 'room' | 'workshop'> {
  readonly address: string
  readonly desktopToken: string
  readonly cliToken: string
  /** Signs one browser in, once: an address is seen by more eyes than a header. */
  readonly openOnce: string
  /** Ends when somebody asked the room to stop. */
  readonly stopped: Promise<void>
  close(): Promise<void>
}

/** Opens the shop and serves it on loopback, and to terminals on the network where the shop wants that, until closed. Tokens are new at each start. */
export async function serveShop(options: ServeOptions): Promise<Serving> {
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = resolve
  })
  const network = networkDoor(options.hostNames ?? hostNamesNow)
  const composed = await compose({
    network,
    dataFolder: options.dataFolder,
    programFolder: options.programFolder,
    keychain: options.keychain,
    passphrase: options.passphrase,
    logBug: options.logBug,
    stop: () => stop(),
  })
  const tokens = { desktop: newToken(), cli: newToken() }
  const codes = new Set([newToken()])
  const redeem = (code: string): string | undefined => (codes.delete(code) ? tokens.desktop : undefined)
  const [openCode = ''] = codes
  const rendererFolder = join(options.programFolder, 'out/renderer')
  let station: Station
  try {
    station = await startStation({
      ...composed,
      tokens,
      redeem,
      port: options.port,
      host: options.host,
      rendererFolder,
    })
    await network.attach({ ...composed, rendererFolder })
  } catch (error) {
    await composed.close()
    throw error
  }
  const invoices = invoiceWhenDue(composed.room)
  const safe = keepSafe(composed.room)
  const touch = keepInTouch(composed.room, { syncSeconds: options.syncSeconds })
  return {
    room: composed.room,
    workshop: composed.workshop,
    address: station.address,
    desktopToken: tokens.desktop,
    cliToken: tokens.cli,
    openOnce: `${station.address}/?token=${openCode}`,
    stopped,
    async close() {
      await touch.stop()
      await safe.stop()
      invoices.stop()
      await network.close()
      await station.close()
      await composed.close()
    },
  }
}

/** Begins with a letter: a dash at the beginning would be taken for an option wherever the token is typed. */
const newToken = (): string => `br-${randomBytes(32).toString('base64url')}`
