import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { AppError } from '../../src-main/kernel/errors.ts'
import { makeKeys, parsePrivateSet, privateSet, type CourierKeys } from '../core/courier-keys.ts'
import { openKeys } from '../core/passphrase.ts'

/**
 * The courier's private keys from their file, plain JWK set or under a passphrase. Makes the file (mode 0600) when
 * there is none and `makesKeys` says so; never overwrites one. Throws ERR_COURIER_KEY_MISSING, ERR_COURIER_KEY_INVALID.
 */
export async function loadKeys(
  path: string,
  options: { makesKeys: boolean; note?: string | undefined; passphrase?: string | undefined },
): Promise<CourierKeys> {
  if (!existsSync(path)) {
    if (!options.makesKeys) throw new AppError('ERR_COURIER_KEY_MISSING', { file: basename(path) })
    return createKeyFile(path, options.note)
  }
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  const text = readFileSync(path, 'utf8')
  if (text.trimStart().startsWith('{')) return parsePrivateSet(text)
  if (options.passphrase === undefined)
    throw new AppError('ERR_COURIER_KEY_MISSING', { file: basename(path), reason: 'passphrase-needed' })
  return openKeys(text, options.passphrase)
}

async function createKeyFile(path: string, note: string | undefined): Promise<CourierKeys> {
  const keys = await makeKeys()
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, JSON.stringify(privateSet(keys, note), null, 2) + '\n', { mode: 0o600, flag: 'wx' })
  return keys
}
