import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Settings } from '../../domain/settings.ts'
import { runToEnd, start, type Running } from './processes.ts'
import type { Sealing } from './options.ts'
import type { Recording } from './recording.ts'

const cli = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

/** The shop: its server as one process, and its command line as the IT friend would type it. */
export interface Shop {
  readonly address: string
  readonly desktopToken: string
  /** Runs one command and answers its JSON. */
  command<Answer>(...words: readonly string[]): Promise<Answer>
  stop(): Promise<void>
}

export async function openShop(options: {
  readonly dataFolder: string
  readonly sealing: Sealing
  readonly recording?: Recording | undefined
}): Promise<Shop> {
  const { recording } = options
  const data = ['--data', options.dataFolder, '--json']
  const command = async <Answer>(...words: readonly string[]): Promise<Answer> =>
    // Each caller names what the command prints; the contract's types stand behind it.
    (await runToEnd({ name: `backroom ${words[0] ?? ''}`, args: [cli, ...words, ...data], recording })) as Answer
  await command('init', '--sample')
  const settings = await command<Settings>('call', 'settings.get')
  const changed: Settings = { ...settings, undoMs: 0, privacy: { ...settings.privacy, sealing: options.sealing } }
  await command('call', 'settings.save', JSON.stringify({ settings: changed, confirmed: true }))
  const server: Running = await start({
    name: 'backroom serve',
    args: [cli, 'serve', '--sync-every', '0', ...data],
    recording,
  })
  return {
    address: String(server.ready['address']),
    desktopToken: String(server.ready['desktopToken']),
    command,
    stop: server.stop,
  }
}

/** The bundled storefront with the sample shop's catalogue. */
export async function openStorefront(
  folder: string,
  resources: string,
  recording?: Recording,
): Promise<{ address: string; token: string; stop(): Promise<void> }> {
  const path = fileURLToPath(new URL('../../../src-storefront/main.ts', import.meta.url))
  const running = await start({
    name: 'storefront',
    args: [path, '--data', folder, '--catalogue', join(resources, 'catalogue.csv')],
    recording,
  })
  return {
    address: String(running.ready['address']),
    token: String(running.ready['backOfficeToken']),
    stop: running.stop,
  }
}
