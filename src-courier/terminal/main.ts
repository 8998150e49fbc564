import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { AppError, exitCodeOf } from '../../src-main/kernel/errors.ts'
import { fingerprintWords } from '../../src-main/kernel/fingerprint.ts'
import { systemClock } from '../core/clock.ts'
import { parseShopKey, publicSet } from '../core/courier-keys.ts'
import { openInbox, type Inbox } from './inbox.ts'
import { loadKeys } from './key-file.ts'
import { readOptions, usage, type TerminalOptions } from './options.ts'
import { serveTerminal } from './server.ts'
import { terminalOver } from './terminal.ts'

/** Starts the courier's terminal and prints one JSON line when it listens. */
async function start(options: TerminalOptions): Promise<void> {
  const { makesKeys, note, host, cert, certKey } = options
  const passphrase = process.env['COURIER_PASSPHRASE']
  const keys = await loadKeys(options.keys, { makesKeys, note, passphrase })
  const inbox = openInbox(options.inbox)
  if (options.shopKey !== undefined) await pinShop(inbox, options.shopKey)
  const { token = makeToken(), ownToken = makeToken() } = options
  const terminal = terminalOver({ inbox, keys, clock: systemClock })
  const problems = await terminal.takeInFolder()

  const tls = cert !== undefined && certKey !== undefined ? { cert, key: certKey } : undefined
  const server = serveTerminal({ terminal, keys, token, ownToken, tls })
  server.listen(options.port, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a server on a port has an AddressInfo
  const url = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`
  const words = fingerprintWords(keys.enc.kid).join(' ')
  const signWords = fingerprintWords(keys.sig.kid).join(' ')
  const publicKeys = publicSet(keys)
  const ready = { ready: true, url, token, ownToken, publicKeys, words, signWords, pid: process.pid, problems }
  process.stdout.write(JSON.stringify(ready) + '\n')
  const stop = (): void => {
    server.close()
    server.closeAllConnections()
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

/** Begins with a letter: a dash at the beginning would be taken for an option wherever the token is typed. */
const makeToken = (): string => `ct-${randomBytes(24).toString('base64url')}`

/** The key handed over beforehand wins over whatever the first manifest claims; a different pin is not replaced. */
async function pinShop(inbox: Inbox, path: string): Promise<void> {
  const key = await parseShopKey(readFileSync(path, 'utf8'))
  if (!key) throw new AppError('ERR_INPUT_INVALID', { reason: 'shop-key' })
  const pinned = inbox.state().shopKid
  if (pinned !== undefined && pinned !== key.kid)
    throw new AppError('ERR_NOT_ALLOWED', { reason: 'other-shop', pinned })
  inbox.save({ ...inbox.state(), shopKid: key.kid })
}

function fail(error: unknown): void {
  const known = error instanceof AppError ? error : new AppError('ERR_INTERNAL', { unexpected: codeOf(error) })
  process.stderr.write(JSON.stringify({ error: { code: known.code, details: known.details } }) + '\n')
  if (known.code === 'ERR_INPUT_INVALID') process.stderr.write(usage)
  process.exitCode = exitCodeOf(known.code)
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'

// Node itself would print the message of whatever nobody caught; that may quote what was opened.
process.once('uncaughtException', (error) => {
  fail(error)
  process.exit()
})

if (process.argv.includes('--help')) process.stdout.write(usage)
else
  await Promise.resolve()
    .then(() => start(readOptions(process.argv.slice(2), process.env)))
    .catch(fail)
