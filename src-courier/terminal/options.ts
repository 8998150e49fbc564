import { parseArgs } from 'node:util'
import { AppError } from '../../src-main/kernel/errors.ts'

export interface TerminalOptions {
  readonly keys: string
  readonly inbox: string
  readonly host: string
  readonly port: number
  /** What shops show to hand in manifests; opens nothing else. */
  readonly token?: string | undefined
  /** What the courier's own people show. */
  readonly ownToken?: string | undefined
  /** Make the key file when there is none; `note` is written into it. */
  readonly makesKeys: boolean
  readonly note?: string | undefined
  /** The shop's public key, to be pinned before the first manifest arrives. */
  readonly shopKey?: string | undefined
  readonly cert?: string | undefined
  readonly certKey?: string | undefined
}

export const usage = `Usage: node src-courier/terminal/main.ts --keys FILE --inbox DIR [options]

  --keys FILE      private JWK set of the courier, or that set under a passphrase (COURIER_PASSPHRASE)
  --new-keys       make FILE when there is none; --note TEXT is written into it
  --inbox DIR      where sealed manifests are kept; files put there by hand are taken in too
  --shop-key FILE  the shop's public key, pinned; without it the first manifest's key is
  --host HOST      127.0.0.1 by default; another one needs --cert FILE and --cert-key FILE (HTTPS)
  --port N         0 by default: any free port
  --token T        what shops must show to hand in manifests; COURIER_TOKEN, or made and printed
  --own-token T    what opens everything else; COURIER_OWN_TOKEN, or made and printed
`

/** Flags of the command line. Throws ERR_INPUT_INVALID naming the flag. */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): TerminalOptions {
  const { values } = parseFlags(args)
  const { keys, inbox, host = '127.0.0.1', cert } = values
  if (keys === undefined) throw invalidFlag('keys')
  if (inbox === undefined) throw invalidFlag('inbox')
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw invalidFlag('port')
  if (!isLoopback(host) && (cert === undefined || values['cert-key'] === undefined)) throw invalidFlag('cert')
  return {
    keys,
    inbox,
    host,
    port,
    token: values.token ?? env['COURIER_TOKEN'],
    ownToken: values['own-token'] ?? env['COURIER_OWN_TOKEN'],
    makesKeys: values['new-keys'] === true,
    note: values.note,
    shopKey: values['shop-key'],
    cert,
    certKey: values['cert-key'],
  }
}

function parseFlags(args: readonly string[]) {
  const text = { type: 'string' } as const
  const options = {
    keys: text,
    inbox: text,
    host: text,
    port: text,
    token: text,
    'own-token': text,
    note: text,
    'shop-key': text,
    cert: text,
    'cert-key': text,
    'new-keys': { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...args], options, strict: true })
  } catch {
    throw new AppError('ERR_INPUT_INVALID', { reason: 'unknown-flag' })
  }
}

const invalidFlag = (flag: string): AppError => new AppError('ERR_INPUT_INVALID', { reason: 'flag', flag })

const isLoopback = (host: string): boolean => /^127(\.\d{1,3}){3}$/.test(host) || host === '::1' || host === 'localhost'
