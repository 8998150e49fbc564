import { parseArgs } from 'node:util'
import { resolve } from 'node:path'
import { AppError, exitCodeOf } from '../src-main/kernel/errors.ts'
import { logFailure } from './protocol/problem.ts'

/**
 * The bundled storefront as a program. Prints one JSON line on standard output when it is ready:
 * `{ address, protocolVersion, backOfficeToken? }`; the token only when it was made just now.
 */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) return void process.stdout.write(usage)
  const { words, scopes, testMail, asksMailStatus, ...options } = readFlags()
  // Everything this program writes is its own user's alone.
  process.umask(0o077)
  // Imported late: the version guard has to speak before better-sqlite3 is loaded.
  const { startStorefront } = await import('./server.ts')
  const { readConfiguration } = await import('./configuration.ts')
  const { protocolVersion } = await import('../src-protocol/index.ts')
  // The one place where the storefront reads the real clock; everything else is handed this one.
  const now = Date.now
  if (words[0] === 'token') {
    const { runTokenCommand } = await import('./protocol/token-command.ts')
    const answer = runTokenCommand({ folder: options.folder, words, scopes, nowMs: now() })
    return void process.stdout.write(JSON.stringify(answer) + '\n')
  }
  const configuration = readConfiguration(options.configurationFile)
  if (testMail !== undefined || asksMailStatus) {
    const { runMailCommand } = await import('./mail/mail-command.ts')
    const answer = await runMailCommand({ folder: options.folder, configuration, testMail, nowMs: now() })
    return void process.stdout.write(JSON.stringify(answer) + '\n')
  }
  const storefront = await startStorefront({
    ...options,
    configuration,
    clock: { now: () => now() },
  })
  const token = storefront.newBackOfficeToken
  const ready = { address: storefront.address, protocolVersion, ...(token !== undefined && { backOfficeToken: token }) }
  if (configuration.mail === undefined) process.stderr.write(mailIsOff)
  process.stdout.write(JSON.stringify(ready) + '\n')
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    storefront.stop().then(() => process.exit(0), fail)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

const mailIsOff =
  'Mail is off: customers get no e-mails and cannot replace a forgotten password. ' +
  'Name a mail server in the configuration file (mail; see src-storefront/README.md).\n'

const usage = `npm run storefront -- --data DIR [options]

  --data DIR           where the storefront keeps its database and keys
  --catalogue FILE     products to begin with (CSV, the same file the back office imports)
  --seed-config FILE   name, currency, services, windows and shipping to begin with (JSON)
  --host HOST          127.0.0.1 by default
  --port N             0 by default: any free port
  --shop-token T       the back office's token; STOREFRONT_SHOP_TOKEN, or made and printed once
  --secure             cookies for HTTPS only: behind a proxy that speaks it
  --test-mail ADDRESS  sends one mail through the configured mail server, says how it went, and ends
  --mail-status        prints which mails wait, were refused or given up, and ends

npm run storefront -- token <make|list|revoke> --data DIR    tokens for back offices: see docs/protocol/README.md

Prints one JSON line when it is ready and stops on SIGTERM.
`

function readFlags() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 22 || (major === 22 && minor < 18) || major === 23 || (major === 24 && minor < 11)) {
    throw new AppError('ERR_INPUT_INVALID', { node: process.versions.node, expected: '^22.18 || >=24.11' })
  }
  const { values, positionals: words } = parse()
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new AppError('ERR_INPUT_INVALID', { flag: '--port', expected: '0 to 65535' })
  }
  if (values.data === undefined) throw new AppError('ERR_INPUT_INVALID', { flag: '--data', expected: 'a folder' })
  const fromHere = (path: string): string => resolve(process.env['INIT_CWD'] ?? process.cwd(), path)
  // A word that nobody knows was meant for something: it must not start a server without it.
  if (words.length > 0 && words[0] !== 'token')
    throw new AppError('ERR_INPUT_INVALID', { command: words[0] ?? '', expected: 'token, or options only' })
  return {
    words,
    scopes: values.scopes,
    testMail: values['test-mail'],
    asksMailStatus: values['mail-status'],
    folder: fromHere(values.data),
    host: values.host,
    port,
    isSecure: values.secure,
    catalogueFile: values.catalogue && fromHere(values.catalogue),
    configurationFile: values['seed-config'] && fromHere(values['seed-config']),
    shopToken: values['shop-token'] ?? process.env['STOREFRONT_SHOP_TOKEN'],
  }
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: '0' },
        host: { type: 'string', default: '127.0.0.1' },
        catalogue: { type: 'string' },
        'seed-config': { type: 'string' },
        'shop-token': { type: 'string' },
        secure: { type: 'boolean', default: false },
        scopes: { type: 'string' },
        'test-mail': { type: 'string' },
        'mail-status': { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new AppError(
      'ERR_INPUT_INVALID',
      { flags: 'data port host catalogue seed-config shop-token secure test-mail mail-status' },
      { cause: error },
    )
  }
}

function fail(error: unknown): void {
  const known = error instanceof AppError ? error : new AppError('ERR_INTERNAL', {}, { cause: error })
  process.stderr.write(JSON.stringify({ error: { code: known.code, details: known.details } }) + '\n')
  if (known.code === 'ERR_INTERNAL') logFailure(error)
  process.exit(exitCodeOf(known.code))
}

process.once('uncaughtException', fail)
main().catch(fail)
