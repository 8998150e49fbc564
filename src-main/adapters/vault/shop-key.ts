import { hkdfSync } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../kernel/errors.ts'
import type { RandomBytes } from '../../kernel/ids.ts'
import type { WayKind } from '../../domain/shop-key.ts'
import type { Keychain } from '../../ports/vault-keychain.ts'
import { firstRing, openRing, sealRing, type KeyRing } from './key-ring.ts'
import { derive } from './pin.ts'
import { readPrivateFile, writePrivateFile } from './private-files.ts'
import { formatRecoveryKey, parseRecoveryKey, recoveryKeyBytes } from './recovery-key.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { readSlots, slotsFileName, writeSlots, type Slot, type Slots } from './slots-file.ts'

/** How someone gets at the shop key. `keyFile` is a path; without one it is `shop.key` in the keys folder. */
export type WayIn =
  | { readonly kind: 'key-file'; readonly keyFile?: string | undefined }
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  | { readonly kind: 'recovery-key'; readonly recoveryKey: string }
  | { readonly kind: 'keychain'; readonly keychain: Keychain }

export interface KeysFolder {
  /** The folder `keys/` of the shop's data. */
  readonly folder: string
  readonly random: RandomBytes
}

/** The shop key as it lies open in memory, never elsewhere. */
export interface OpenKey {
  readonly shopKey: Uint8Array
  readonly ring: KeyRing
}

const defaultKeyFile = 'shop.key'
const keyFilePattern = /^backroom-shop-key-file-1 ([\w-]{43})\s*$/

/** 128 MB and about a third of a second: asked once per start, and a passphrase is guessed by machines. */
const passphraseCost = { logN: 17, r: 8, p: 1 }

/** True when the folder has a shop key, whether or not it can be opened. */
export const hasShopKey = (folder: string): boolean => readPrivateFile(join(folder, slotsFileName)) !== undefined

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
  const recoveryKey = newRecoveryKey(random)
  const ways: WayIn[] = [{ kind: 'recovery-key', recoveryKey }]
  if (passphrase !== undefined) ways.push({ kind: 'passphrase', passphrase })
  writeKeyFile(join(folder, defaultKeyFile), random)
  ways.push({ kind: 'key-file' })
  const slots = await Promise.all(ways.map((way) => wrapFor(way, shopKey, options)))
  writeSlots(folder, { format: 'backroom-shop-key-1', slots, ring: sealRing(firstRing(shopKey), shopKey, random) })
  return { recoveryKey }
}

/** Adds a way in, or replaces the one of the same kind: a new passphrase, a new key file on a new machine. */
export async function addWayIn(options: KeysFolder & { way: WayIn; add: WayIn }): Promise<void> {
  const { shopKey } = await unlockShop(options)
  await addWay(options, shopKey, options.add)
}

/** The same with the shop key already open. */
export async function addWay(keys: KeysFolder, shopKey: Uint8Array, add: WayIn): Promise<void> {
  const { folder, random } = keys
  if (add.kind === 'key-file') writeKeyFile(add.keyFile ?? join(folder, defaultKeyFile), random)
  const made = await wrapFor(add, shopKey, keys)
  const known = readSlots(folder)
  writeSlots(folder, { ...known, slots: [...known.slots.filter((kept) => kept.kind !== add.kind), made] })
}

/** Takes a way away; a key file goes after its slot, so that a crash leaves a file that opens nothing. */
export function removeWay(folder: string, kind: WayKind): void {
  const known = readSlots(folder)
  writeSlots(folder, { ...known, slots: known.slots.filter((kept) => kept.kind !== kind) })
  if (kind === 'key-file') rmSync(join(folder, defaultKeyFile), { force: true })
}

/**
 * Puts a new shop key and ring in place of the old in one write. A new key file is written beside and moved in before
 * the slots change; should that be all that happened, `unlockShop` finds the former one beside it.
 */
export async function replaceShopKey(
  keys: KeysFolder,
  next: { readonly shopKey: Uint8Array; readonly ring: KeyRing; readonly ways: readonly WayIn[] },
): Promise<void> {
  const { folder, random } = keys
  const path = join(folder, defaultKeyFile)
  const formerFile = readPrivateFile(path)
  const hasFile = next.ways.some((way) => way.kind === 'key-file')
  if (hasFile && formerFile !== undefined) {
    writePrivateFile(`${path}.former`, formerFile)
    writePrivateFile(path, newKeyFile(random))
  } else if (hasFile) writeKeyFile(path, random)
  const slots = await Promise.all(next.ways.map((way) => wrapFor(way, next.shopKey, keys)))
  const ring = sealRing(next.ring, next.shopKey, random)
  writeSlots(folder, { format: 'backroom-shop-key-1', slots, ring })
  rmSync(`${path}.former`, { force: true })
}

/** Seals the ring anew under the same shop key. */
export function keepRing({ folder, random }: KeysFolder, { shopKey, ring }: OpenKey): void {
  writeSlots(folder, { ...readSlots(folder), ring: sealRing(ring, shopKey, random) })
}

/**
 * The shop key. Throws ERR_SHOP_KEY_MISSING with the base name of the file that is missing, the reason, and the
 * other ways in that this shop has.
 */
export async function unlockShop(options: { folder: string; way: WayIn }): Promise<OpenKey> {
  return unlockSlots(readSlots(options.folder), options)
}

/** The same for slots that lie elsewhere, such as in a backup. */
export async function unlockSlots(known: Slots, { folder, way }: { folder: string; way: WayIn }): Promise<OpenKey> {
  const otherWays = known.slots.map((slot) => slot.kind).filter((kind) => kind !== way.kind)
  const found = known.slots.find((slot) => slot.kind === way.kind)
  const refuse = (reason: string): AppError =>
    new AppError('ERR_SHOP_KEY_MISSING', { way: way.kind, reason, file: fileNameOf(way), otherWays })
  if (!found) throw refuse('way-not-set-up')
  for (const tried of withFormerFile(way, folder)) {
    const slotKey = await slotKeyFor(tried, folder, found)
    const shopKey = slotKey && openBytes(found.wrapped, { key: slotKey, about: `slot ${way.kind}` })
    if (shopKey) return { shopKey, ring: openRing(known.ring, shopKey) }
  }
  throw refuse(isFileMissing(way, folder) ? 'file-missing' : 'wrong')
}

export const newRecoveryKey = (random: RandomBytes): string => formatRecoveryKey(random.bytes(recoveryKeyBytes))

/** A rotation that broke off has moved a new key file in, and the slots still want the former one. */
const withFormerFile = (way: WayIn, folder: string): readonly WayIn[] =>
  way.kind === 'key-file' && way.keyFile === undefined
    ? [way, { kind: 'key-file', keyFile: join(folder, `${defaultKeyFile}.former`) }]
    : [way]

const isFileMissing = (way: WayIn, folder: string): boolean =>
  way.kind === 'key-file' && readPrivateFile(way.keyFile ?? join(folder, defaultKeyFile)) === undefined

const fileNameOf = (way: WayIn): string | undefined =>
  way.kind === 'key-file' ? (way.keyFile ?? defaultKeyFile).replace(/^.*[/\\]/, '') : undefined

async function wrapFor(way: WayIn, shopKey: Uint8Array, { folder, random }: KeysFolder): Promise<Slot> {
  const salt = Buffer.from(random.bytes(16)).toString('base64url')
  const held =
    way.kind === 'keychain'
      ? await way.keychain.protect(Buffer.from(random.bytes(32)).toString('base64url'))
      : undefined
  const key = await slotKeyFor(way, folder, { salt, held })
  if (!key) throw new AppError('ERR_INPUT_INVALID', { reason: `${way.kind}-unusable` })
  const wrapped = sealBytes(shopKey, { key, about: `slot ${way.kind}`, random })
  return { kind: way.kind, wrapped, salt, ...(held === undefined ? {} : { held }) }
}

type SlotFacts = Pick<Slot, 'salt' | 'held'>

/** The key that opens one slot, undefined when the file is missing or damaged, or the text is no key. */
async function slotKeyFor(way: WayIn, folder: string, facts: SlotFacts): Promise<Uint8Array | undefined> {
  const salt = Buffer.from(facts.salt ?? '', 'base64url')
  switch (way.kind) {
    case 'key-file': {
      const text = readPrivateFile(way.keyFile ?? join(folder, defaultKeyFile))
      const key = text === undefined ? undefined : keyFilePattern.exec(text)?.[1]
      return key === undefined ? undefined : Buffer.from(key, 'base64url')
    }
    case 'passphrase':
      if (way.passphrase === '') return undefined
      return derive(Buffer.from(way.passphrase.normalize('NFKC'), 'utf8'), salt, passphraseCost)
    case 'recovery-key': {
      const bytes = parseRecoveryKey(way.recoveryKey)
      return bytes && new Uint8Array(hkdfSync('sha256', bytes, salt, 'backroom recovery key', 32))
    }
    case 'keychain': {
      const revealed = facts.held === undefined ? undefined : await way.keychain.reveal(facts.held)
      return revealed && Buffer.from(revealed.secret, 'base64url')
    }
  }
}

/** Never overwrites: an older key file may be the only way into an older backup. */
function writeKeyFile(path: string, random: RandomBytes): void {
  if (readPrivateFile(path) === undefined) writePrivateFile(path, newKeyFile(random))
}

const newKeyFile = (random: RandomBytes): string =>
  `backroom-shop-key-file-1 ${Buffer.from(random.bytes(32)).toString('base64url')}\n`
