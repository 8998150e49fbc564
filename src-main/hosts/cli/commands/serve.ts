import { spawn } from 'node:child_process'
import process from 'node:process'
import { traceOf } from '../../../contract/failure.ts'
import { AppError } from '../../../kernel/errors.ts'
import { givenPassphrase, programFolder } from '../../compose-tools.ts'
import { wholeNumber, type Args, type Command } from '../arguments.ts'
import { announceServer, forgetServer } from '../../server-file.ts'

/** The system's own way of opening an address; where there is none, the printed line says where to go. */
function openBrowser(address: string): void {
  const [command, ...before] = { darwin: ['open'], win32: ['explorer.exe'] }[process.platform as string] ?? ['xdg-open']
  const child = spawn(command ?? 'xdg-open', [...before, address], { stdio: 'ignore', detached: true })
  child.once('error', () => undefined)
  child.unref()
}

function portFrom(args: Args): number {
  const port = wholeNumber(args, 'port') ?? 0
  if (port < 0 || port > 65_535) throw new AppError('ERR_INPUT_INVALID', { path: '--port', expected: '0 to 65535' })
  return port
}

/** The station, until Ctrl C. */
export const serveCommands: readonly Command[] = [
  {
    name: 'serve',
    words: '',
    help: 'opens the shop to stations and browsers on this machine; prints one JSON line when ready',
    fewest: 0,
    most: 0,
    options: {
      port: { type: 'string', help: 'port (default: any free one)' },
      host: { type: 'string', help: 'loopback address (default: 127.0.0.1)' },
      open: { type: 'boolean', help: 'also opens the screens in the browser' },
      'sync-every': {
        type: 'string',
        help: 'seconds between rounds with the storefronts (default: 20; 0 = only when asked)',
      },
    },
    async run(context, args) {
      // The web server is for this one command.
      const { serveShop } = await import('../../serve.ts')
      const serving = await serveShop({
        dataFolder: context.dataFolder,
        programFolder,
        passphrase: await givenPassphrase(args.text('passphrase-file'), context.path),
        host: args.text('host') ?? '127.0.0.1',
        port: portFrom(args),
        syncSeconds: wholeNumber(args, 'sync-every') ?? 20,
        logBug: (operation, error) => context.progress(`${operation}: ${traceOf(error)}`),
      })
      announceServer(context.dataFolder, { address: serving.address, cliToken: serving.cliToken, pid: process.pid })
      const { address, desktopToken, openOnce } = serving
      process.stdout.write(JSON.stringify({ address, desktopToken, open: openOnce }) + '\n')
      if (args.flag('open')) openBrowser(openOnce)
      await Promise.race([
        serving.stopped,
        new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve)),
      ])
      forgetServer(context.dataFolder)
      await serving.close()
      // Everything is saved. A storefront may still hold its answer to a long poll for half a minute: nobody waits for it.
      process.exit(0)
    },
  },
]
