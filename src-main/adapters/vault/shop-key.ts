import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../kernel/errors.ts'
import type { RandomBytes } from '../../kernel/ids.ts'
import { derive } from './pin.ts'
import { readPrivateFile, writePrivateFile } from './private-files.ts'
import { formatRecoveryKey, parseRecoveryKey, recoveryKeyBytes } from './recovery-key.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'

/** How someone gets at the shop key. `keyFile` is a path; without one it is `shop.key` in the keys folder. */
export type WayIn =
  | { readonly kind: 'key-file'; readonly keyFile?: string | undefined }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recovery-key'; readonly recoveryKey: string }

export interface KeysFolder {
  /** The folder `keys/` of the shop's data. */
  readonly folder: string
  readonly random: RandomBytes
}

const slotsFile = 'shop-key.slots.json'
const defaultKeyFile = 'shop.key'
const keyFilePattern = /^backroom-shop-key-file-1 ([\w-]{43})\s*$/

/** 128 MB and about a third of a second: asked once per start, and a passphrase is guessed by machines. */
const passphraseCost = { logN: 17, r: 8, p: 1 }

const slot = z.object({
  kind: z.enum(['key-file', 'passphrase', 'recovery-key']),
  wrapped: z.string(),
  salt: z.string().optional(),
})
const slotsShape = z.object({ format: z.literal('backroom-shop-key-1'), slots: z.array(slot) })
type Slot = z.infer<typeof slot>

/** True when the folder has a shop key, whether or not it can be opened. */
export const hasShopKey = (folder: string): boolean => readPrivateFile(join(folder, slotsFile)) !== undefined

/**
 * Makes a shop key with a key file and a recovery key, and a passphrase if one is given. The recovery key is
 * returned this once and kept nowhere. Throws ERR_INPUT_INVALID when there is a shop key already: overwriting it
 * would make everything sealed so far unreadable.
 */
export async function createShopKey(
  options: KeysFolder & { passphrase?: string | undefined },
): Promise<{ recoveryKey: string }> {
  const { folder, random, passphrase } = options
  if (hasShopKey(folder)) throw new AppError('ERR_INPUT_INVALID', { reason: 'shop-key-exists' })
  const shopKey = Buffer.from(random.bytes(32))
  const recoveryKey = formatRecoveryKey(random.bytes(recoveryKeyBytes))
  const ways: WayIn[] = [{ kind: 'recovery-key', recoveryKey }]
  if (passphrase !== undefined) ways.push({ kind: 'passphrase', passphrase })
  writeKeyFile(join(folder, defaultKeyFile), random)
  ways.push({ kind: 'key-file' })
  writeSlots(folder, await Promise.all(ways.map((way) => wrapFor(way, shopKey, options))))
  return { recoveryKey }
}

/** Adds a way in, or replaces the one of the same kind: a new passphrase, a new key file on a new machine. */
export async function addWayIn(options: KeysFolder & { way: WayIn; add: WayIn }): Promise<void> {
  const { folder, add, random } = options
  const shopKey = await unlockShopKey(options)
  const slots = readSlots(folder)
  if (add.kind === 'key-file') writeKeyFile(add.keyFile ?? join(folder, defaultKeyFile), random)
  const made = await wrapFor(add, shopKey, options)
  writeSlots(folder, [...slots.filter((kept) => kept.kind !== add.kind), made])
}

/**
 * The shop key. Throws ERR_SHOP_KEY_MISSING with the base name of the file that is missing, the reason, and the
 * other ways in that this shop has.
 */
export async function unlockShopKey(options: { folder: string; way: WayIn }): Promise<Buffer> {
  const { folder, way } = options
  const slots = readSlots(folder)
  const otherWays = slots.map((known) => known.kind).filter((kind) => kind !== way.kind)
  const found = slots.find((known) => known.kind === way.kind)
  const refuse = (reason: string): AppError =>
    new AppError('ERR_SHOP_KEY_MISSING', { way: way.kind, reason, file: fileNameOf(way), otherWays })
  if (!found) throw refuse('way-not-set-up')
  const slotKey = await slotKeyFor(way, folder, found.salt)
  if (!slotKey) throw refuse(isFileMissing(way, folder) ? 'file-missing' : 'wrong')
  const shopKey = openBytes(found.wrapped, { key: slotKey, about: `slot ${way.kind}` })
  if (!shopKey) throw refuse('wrong')
  return shopKey
}

const isFileMissing = (way: WayIn, folder: string): boolean =>
  way.kind === 'key-file' && readPrivateFile(way.keyFile ?? join(folder, defaultKeyFile)) === undefined

const fileNameOf = (way: WayIn): string | undefined =>
  way.kind === 'key-file' ? (way.keyFile ?? defaultKeyFile).replace(/^.*[/\\]/, '') : undefined

async function wrapFor(way: WayIn, shopKey: Uint8Array, { folder, random }: KeysFolder): Promise<Slot> {
  const salt = Buffer.from(random.bytes(16)).toString('base64url')
  const key = await slotKeyFor(way, folder, salt)
  if (!key) throw new AppError('ERR_INPUT_INVALID', { reason: `${way.kind}-unusable` })
  return { kind: way.kind, wrapped: sealBytes(shopKey, { key, about: `slot ${way.kind}`, random }), salt }
}

/** The key that opens one slot, undefined when the file is missing or damaged, or the text is no key. */
async function slotKeyFor(way: WayIn, folder: string, salt = ''): Promise<Uint8Array | undefined> {
  const saltBytes = Buffer.from(salt, 'base64url')
  switch (way.kind) {
    case 'key-file': {
      const text = readPrivateFile(way.keyFile ?? join(folder, defaultKeyFile))
      const key = text === undefined ? undefined : keyFilePattern.exec(text)?.[1]
      return key === undefined ? undefined : Buffer.from(key, 'base64url')
    }
    case 'passphrase':
      if (way.passphrase === '') return undefined
      return derive(Buffer.from(way.passphrase.normalize('NFKC'), 'utf8'), saltBytes, passphraseCost)
    case 'recovery-key': {
      const bytes = parseRecoveryKey(way.recoveryKey)
      return bytes && new Uint8Array(hkdfSync('sha256', bytes, saltBytes, 'backroom recovery key', 32))
    }
  }
}

/** Never overwrites: an older key file may be the only way into an older backup. */
function writeKeyFile(path: string, random: RandomBytes): void {
  if (readPrivateFile(path) !== undefined) return
  writePrivateFile(path, `backroom-shop-key-file-1 ${Buffer.from(random.bytes(32)).toString('base64url')}\n`)
}

function readSlots(folder: string): readonly Slot[] {
  const text = readPrivateFile(join(folder, slotsFile))
  if (text === undefined)
    throw new AppError('ERR_SHOP_KEY_MISSING', { reason: 'no-shop-key', file: slotsFile, otherWays: [] })
  try {
    return slotsShape.parse(JSON.parse(text)).slots
  } catch {
    throw new AppError('ERR_SHOP_KEY_MISSING', { reason: 'damaged', file: slotsFile, otherWays: [] })
  }
}

const writeSlots = (folder: string, slots: readonly Slot[]): void =>
  writePrivateFile(join(folder, slotsFile), JSON.stringify({ format: 'backroom-shop-key-1', slots }, null, 2) + '\n')
