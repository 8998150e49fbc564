import { hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-main/kernel/errors.ts'

/** Keys for separate uses, all derived from the one secret in the key file. */
export interface StorefrontKeys {
  /** Wraps the data keys of orders and customers. */
  readonly wrapping: Buffer
  /** Makes the e-mail index. */
  readonly emailIndex: Buffer
  /** Makes fingerprints of requests, which may hold personal data. */
  readonly requests: Buffer
  /** Makes the keys in the links to orders. */
  readonly orderLinks: Buffer
  /** Makes the tokens of links that work once. */
  readonly onceLinks: Buffer
}

/**
 * Reads `storefront.key` from the data folder, or makes it (mode 0600) when the folder is new.
 * A database without its key file is refused: a new key would leave every sealed field unreadable.
 */
export function loadKeys(folder: string, isNewShop: boolean): StorefrontKeys {
  const file = join(folder, 'storefront.key')
  if (isNewShop) createKeyFile(file)
  const secret = readSecret(file)
  const derive = (use: string): Buffer => Buffer.from(hkdfSync('sha256', secret, 'backroom-storefront-1', use, 32))
  return {
    wrapping: derive('wrapping'),
    emailIndex: derive('email-index'),
    requests: derive('requests'),
    orderLinks: derive('order-links'),
    onceLinks: derive('once-links'),
  }
}

function createKeyFile(file: string): void {
  let handle: number
  try {
    handle = openSync(file, 'wx', 0o600)
  } catch (error) {
    // A key that is already there is kept: the shop's database was removed, or the first start was cut short.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return
    throw new AppError('ERR_DISK', { file: 'storefront.key' }, { cause: error })
  }
  writeSync(handle, randomBytes(32).toString('base64url') + '\n')
  fsyncSync(handle)
  closeSync(handle)
}

function readSecret(file: string): Buffer {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError('ERR_SHOP_KEY_MISSING', { file: 'storefront.key' }, { cause: error })
  }
  const secret = Buffer.from(text.trim(), 'base64url')
  if (secret.length !== 32) throw new AppError('ERR_SHOP_KEY_MISSING', { file: 'storefront.key', found: 'not a key' })
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    throw new AppError('ERR_SHOP_KEY_MISSING', { file: 'storefront.key', found: 'readable by others' })
  }
  return secret
}
