import { AppError } from '../../kernel/errors.ts'
import type { KeychainStatus, WayKind, WayState } from '../../domain/shop-key.ts'
import { shortestPassphrase } from '../../domain/shop-key.ts'
import type { Keychain } from '../../ports/vault-keychain.ts'
import type { ShopKeyCare } from '../../ports/vault-keys.ts'
import type { Vault } from '../../ports/vault.ts'
import { nextRing } from './key-ring.ts'
import {
  addWay,
  createShopKey,
  hasShopKey,
  keepRing,
  newRecoveryKey,
  removeWay,
  replaceShopKey,
  unlockShop,
  type KeysFolder,
  type OpenKey,
  type WayIn,
} from './shop-key.ts'
import { readSlots, slotsText } from './slots-file.ts'
import { vaultOver } from './vault.ts'

export interface ShopVaultOptions extends KeysFolder {
  /** The system's keychain, where this door has one. */
  readonly keychain?: Keychain | undefined
  /** Given at the start, by whoever starts the program. */
  readonly passphrase?: string | undefined
}

interface Opened extends OpenKey {
  readonly vault: Vault
  readonly by: WayKind
}

const noKeychain: KeychainStatus = { isAvailable: false, backend: 'none', lack: 'none' }

/**
 * The vault of a keys folder and the care of its key. While the key is missing the vault says so whenever it is asked:
 * lists and plans work without the key, only what is personal does not. Opened by the keychain, the passphrase handed
 * in, or the key file, in this order; later by whoever unlocks it.
 */
export async function shopVault(options: ShopVaultOptions): Promise<{ vault: Vault; keys: ShopKeyCare }> {
  let opened: Opened | undefined
  let refusal = new AppError('ERR_SHOP_KEY_MISSING', { reason: 'no-shop-key' })
  const open = async (way: WayIn): Promise<void> => {
    const key = await unlockShop({ folder: options.folder, way })
    opened = { ...key, vault: vaultOver(options, key), by: way.kind }
  }
  const openByItself = async (): Promise<void> => {
    for (const way of waysByThemselves(options)) {
      if (opened) return
      await open(way).catch((error: unknown) => {
        if (!(error instanceof AppError) || error.code !== 'ERR_SHOP_KEY_MISSING') throw error
        refusal = error
      })
    }
  }
  const current = (): Opened => {
    if (!opened) throw refusal
    return opened
  }
  if (hasShopKey(options.folder)) await openByItself()
  const door = {
    ...options,
    open,
    openByItself,
    current,
    found: () => opened,
    reopen: (next: Opened) => (opened = next),
    forget: () => void (opened = undefined),
  }
  return { vault: lazyVault(() => current().vault), keys: careOf(door) }
}

/** Whoever gives a passphrase wants it to be used: a wrong one is said, even where a key file would open too. */
function waysByThemselves({ folder, keychain, passphrase }: ShopVaultOptions): readonly WayIn[] {
  const kinds = new Set(readSlots(folder).slots.map((slot) => slot.kind))
  if (passphrase !== undefined && kinds.has('passphrase')) return [{ kind: 'passphrase', passphrase }]
  return keychain && kinds.has('keychain')
    ? [{ kind: 'keychain', keychain }, { kind: 'key-file' }]
    : [{ kind: 'key-file' }]
}

const lazyVault = (vault: () => Vault): Vault => ({
  seal: (ownerId, value, replaced) => vault().seal(ownerId, value, replaced),
  open: (ownerId, record) => vault().open(ownerId, record),
  sealBeside: (owner, about, content) => vault().sealBeside(owner, about, content),
  openBeside: (owner, about, sealed) => vault().openBeside(owner, about, sealed),
  rewrap: (ownerId, wrappedKey) => vault().rewrap(ownerId, wrappedKey),
  token: (kind, text) => vault().token(kind, text),
  hashPin: async (pin) => vault().hashPin(pin),
  checkPin: async (pin, hash) => vault().checkPin(pin, hash),
  shopKeys: {
    signingKey: async () => vault().shopKeys.signingKey(),
    publicJwks: async () => vault().shopKeys.publicJwks(),
    counterKey: async () => vault().shopKeys.counterKey(),
  },
})

interface Door extends ShopVaultOptions {
  open(way: WayIn): Promise<void>
  openByItself(): Promise<void>
  current(): Opened
  found(): Opened | undefined
  reopen(next: Opened): void
  forget(): void
}

function careOf(door: Door): ShopKeyCare {
  const { folder, random, keychain } = door
  const add = (way: WayIn): Promise<void> => addWay(door, door.current().shopKey, way)
  return {
    has: () => hasShopKey(folder),
    async create() {
      const made = await createShopKey({ folder, random })
      await door.openByItself()
      return made
    },
    state: () => stateOf(door),
    unlock: (words) =>
      door.open('passphrase' in words ? { kind: 'passphrase', ...words } : { kind: 'recovery-key', ...words }),
    async setPassphrase(passphrase) {
      door.current()
      await add({ kind: 'passphrase', passphrase: longEnough(passphrase) })
    },
    addKeyFile: () => add({ kind: 'key-file' }),
    async addKeychain() {
      door.current()
      if (!keychain) throw new AppError('ERR_KEYCHAIN_MISSING', { backend: 'none', lack: 'none' })
      await add({ kind: 'keychain', keychain })
    },
    async remove(kind) {
      door.current()
      refuseLast(folder, kind)
      removeWay(folder, kind)
    },
    async newRecoveryKey() {
      door.current()
      const recoveryKey = newRecoveryKey(random)
      await add({ kind: 'recovery-key', recoveryKey })
      return { recoveryKey }
    },
    rotate: (options) => rotate(door, options.passphrase),
    needsRewrap: () => door.found()?.ring.formerDataKeys !== undefined,
    async rewrapped() {
      const { shopKey, ring, by } = door.current()
      const settled = { shopKey, ring: { ...ring, formerDataKeys: undefined } }
      keepRing(door, settled)
      door.reopen({ ...settled, by, vault: vaultOver(door, settled) })
    },
    forget: door.forget,
    async backupKeys() {
      return { identity: door.current().ring.backups, slots: slotsText(readSlots(folder)) }
    },
  }
}

function longEnough(passphrase: string): string {
  if ([...passphrase].length >= shortestPassphrase) return passphrase
  throw new AppError('ERR_INPUT_INVALID', { path: 'passphrase', expected: `at least ${shortestPassphrase} signs` })
}

/** The recovery key alone is no way to open a shop every morning, and it must always be there. */
function refuseLast(folder: string, kind: WayKind): void {
  const others = readSlots(folder).slots.filter((slot) => slot.kind !== kind && slot.kind !== 'recovery-key')
  if (kind === 'recovery-key' || others.length === 0) throw new AppError('ERR_LAST_WAY_IN', { way: kind })
}

async function rotate(door: Door, passphrase: string | undefined): Promise<{ readonly recoveryKey: string }> {
  const { folder, random, keychain } = door
  const { ring, by } = door.current()
  if (ring.formerDataKeys) throw new AppError('ERR_INPUT_INVALID', { path: 'keys', expected: 'no rotation under way' })
  const kinds = new Set(readSlots(folder).slots.map((slot) => slot.kind))
  if (kinds.has('passphrase') && passphrase === undefined)
    throw new AppError('ERR_INPUT_INVALID', {
      path: 'passphrase',
      expected: 'the passphrase that shall hold from now on',
    })
  const recoveryKey = newRecoveryKey(random)
  const ways: WayIn[] = [{ kind: 'recovery-key', recoveryKey }]
  if (passphrase !== undefined) ways.push({ kind: 'passphrase', passphrase: longEnough(passphrase) })
  if (kinds.has('key-file')) ways.push({ kind: 'key-file' })
  // A keychain of another machine cannot be given the new key; its way ends here.
  if (kinds.has('keychain') && keychain && (await keychain.status()).isAvailable)
    ways.push({ kind: 'keychain', keychain })
  if (ways.length < 2) throw new AppError('ERR_LAST_WAY_IN', { way: 'keychain' })
  const shopKey = Buffer.from(random.bytes(32))
  const next = { shopKey, ring: nextRing(ring, shopKey) }
  await replaceShopKey(door, { ...next, ways })
  door.reopen({ ...next, by, vault: vaultOver(door, next) })
  return { recoveryKey }
}

async function stateOf(door: Door): ReturnType<ShopKeyCare['state']> {
  const { folder, keychain } = door
  const status = (await keychain?.status()) ?? noKeychain
  if (!hasShopKey(folder)) return { hasKey: false, isOpen: false, openedBy: undefined, ways: [], keychain: status }
  const opened = door.found()
  const ways: WayState[] = []
  for (const { kind } of readSlots(folder).slots) ways.push({ kind, state: await stateOfWay(door, kind) })
  return { hasKey: true, isOpen: opened !== undefined, openedBy: opened?.by, ways, keychain: status }
}

async function stateOfWay({ folder, keychain }: Door, kind: WayKind): Promise<WayState['state']> {
  if (kind === 'passphrase' || kind === 'recovery-key') return 'asks'
  if (kind === 'keychain' && !keychain) return 'not-here'
  const way: WayIn = kind === 'keychain' && keychain ? { kind, keychain } : { kind: 'key-file' }
  return unlockShop({ folder, way }).then(
    () => 'opens',
    () => 'not-here',
  )
}
