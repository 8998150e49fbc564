import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openStorefront } from '../../../src-main/hosts/demo/shop.ts'
import { callerOf, type Caller } from '../../../src-main/hosts/demo/http.ts'
import { runToEnd, start } from '../../../src-main/hosts/demo/processes.ts'
import { AppError } from '../../../src-main/kernel/errors.ts'

export const resources = resolve('resources/sample-shop')
export const commandLine = resolve('src-main/hosts/cli/main.ts')
const courierTerminal = resolve('src-courier/terminal/main.ts')

/** A folder of its own for one test file; `close` removes it with everything in it. */
export function openFolder(name: string): { readonly path: string; close(): void } {
  const path = mkdtempSync(join(tmpdir(), `backroom-${name}-`))
  return { path, close: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Storefront {
  readonly address: string
  /** The back office's token: what the open protocol asks for. */
  readonly token: string
  stop(): Promise<void>
}

/** The bundled storefront as a process of its own, with the sample shop's catalogue. */
export const startStorefront = (folder: string): Promise<Storefront> =>
  openStorefront(join(folder, 'storefront'), resources)

/** The shop as the IT friend sees it: a data folder and a command line. */
export interface Shop {
  readonly folder: string
  readonly data: string
  /** Runs one command as a process of its own and answers its JSON. */
  command<Answer>(...words: readonly string[]): Promise<Answer>
  /** Writes a file beside the data, as something to hand to a command. */
  put(name: string, content: string): string
}

export async function initShop(folder: string): Promise<Shop> {
  const data = join(folder, 'shop')
  const command = async <Answer>(...words: readonly string[]): Promise<Answer> =>
    // Each test names what the command prints; the contract's types stand behind it.
    (await finished(words, [commandLine, ...words, '--data', data, '--json'])) as Answer
  await command('init', '--sample')
  return {
    folder,
    data,
    command,
    put(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
  }
}

/** A command that ended with another exit code than 0, and what it said. */
export class CommandFailed extends Error {
  readonly exitCode: number

  constructor(words: readonly string[], details: AppError['details'], cause: AppError) {
    super(`backroom ${words.join(' ')} ended with ${details['exitCode']}: ${details['said']}`, { cause })
    this.exitCode = Number(details['exitCode'])
  }
}

async function finished(words: readonly string[], args: readonly string[]): Promise<unknown> {
  try {
    return await runToEnd({ name: words.join(' '), args })
  } catch (error) {
    if (error instanceof AppError && 'exitCode' in error.details) throw new CommandFailed(words, error.details, error)
    throw error
  }
}

/** The running shop: the station's server. */
export interface Served {
  readonly address: string
  /** One operation as the manager's desktop calls it. */
  call<Answer>(operation: string, input?: object): Promise<Answer>
  /** A terminal of the floor, paired just now. */
  pair(name: string): Promise<Terminal>
  stop(): Promise<void>
}

export interface Terminal {
  readonly name: string
  readonly token: string
  readonly http: Caller
  call<Answer>(operation: string, input?: object): Promise<Answer>
}

export async function serveShop(shop: Shop): Promise<Served> {
  const args = [commandLine, 'serve', '--sync-every', '0', '--data', shop.data, '--json']
  const running = await start({ name: 'serve', args })
  const address = String(running.ready['address'])
  const manager = terminalOf(address, 'desktop', String(running.ready['desktopToken']))
  return {
    address,
    call: manager.call,
    async pair(name) {
      const { token } = await manager.call<{ token: string }>('terminals.pair', { name })
      return terminalOf(address, name, token)
    },
    stop: running.stop,
  }
}

function terminalOf(address: string, name: string, token: string): Terminal {
  const http = callerOf(address, token)
  return {
    name,
    token,
    http,
    call: async <Answer>(operation: string, input: object = {}) =>
      (await http.send<{ value: Answer }>('POST', `/call/${operation}`, input)).value,
  }
}

/** A courier's terminal: a process with keys and an inbox of its own. */
export interface Courier {
  readonly code: string
  readonly keyFile: string
  readonly inbox: string
  /** As the courier's own people talk to it. */
  readonly own: Caller
  stop(): Promise<void>
}

/** Starts a terminal, hands public keys over both ways, and says where manifests go: by HTTPS or into its folder. */
export async function startCourier(
  shop: Shop & Pick<Served, 'call'>,
  code: string,
  channel: 'https' | 'folder',
): Promise<Courier> {
  const folder = join(shop.folder, 'couriers')
  mkdirSync(folder, { recursive: true })
  const shopKey = join(folder, `${code}.shop.jwks.json`)
  writeFileSync(shopKey, JSON.stringify(await shop.call('shop.public-keys')))
  const keyFile = join(folder, `${code}.private.jwks.json`)
  const inbox = join(folder, code)
  const { ready, stop } = await start({
    name: `courier ${code}`,
    args: [courierTerminal, '--keys', keyFile, '--new-keys', '--inbox', inbox, '--shop-key', shopKey],
  })
  const address = String(ready['url'])
  await shop.call('couriers.add-key', { carrier: code, jwks: JSON.stringify(ready['publicKeys']) })
  await shop.call('couriers.set-channel', {
    carrier: code,
    channel:
      channel === 'folder'
        ? { kind: 'folder', path: inbox }
        : { kind: 'https', url: `${address}/manifests`, token: String(ready['token']) },
  })
  return { code, keyFile, inbox, own: callerOf(address, String(ready['ownToken'])), stop }
}
