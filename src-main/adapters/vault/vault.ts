import { createHmac } from 'node:crypto'
import { AppError } from '../../kernel/errors.ts'
import type { Json } from '../../kernel/json.ts'
import type { Vault } from '../../ports/vault.ts'
import { normalise } from './normalise.ts'
import { checkPin, hashPin } from './pin.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { unlockShop, type KeysFolder, type OpenKey, type WayIn } from './shop-key.ts'
import { shopKeysIn } from './shop-keys.ts'

/** 128 bits of a hash: equal only for equal texts, and half as long to keep. */
const tokenBytes = 16

/**
 * The port `Vault` over the shop key of a keys folder, by default through its key file. Throws ERR_SHOP_KEY_MISSING
 * (details: way, reason, file, otherWays). Cost: one scrypt for a passphrase, else nothing; then a tenth of a millisecond a record.
 */
export async function openVault(options: KeysFolder & { way?: WayIn | undefined }): Promise<Vault> {
  const { folder, way = { kind: 'key-file' } } = options
  return vaultOver(options, await unlockShop({ folder, way }))
}

/** The same over a shop key that is open already. */
export function vaultOver({ folder, random }: KeysFolder, { ring }: Pick<OpenKey, 'ring'>): Vault {
  const wrap = (ownerId: string, dataKey: Uint8Array): string =>
    sealBytes(dataKey, { key: ring.dataKeys, about: `data key ${ownerId}`, random })
  const unwrap = (ownerId: string, wrapped: string): Uint8Array | undefined => {
    const about = `data key ${ownerId}`
    const former = ring.formerDataKeys
    return openBytes(wrapped, { key: ring.dataKeys, about }) ?? (former && openBytes(wrapped, { key: former, about }))
  }
  const dataKeyOf = (ownerId: string, wrapped: string): Uint8Array => {
    const dataKey = unwrap(ownerId, wrapped)
    if (!dataKey) throw new AppError('ERR_STORE_DAMAGED', { ownerId, what: 'data-key' })
    return dataKey
  }
  const opened = (ownerId: string, sealed: string, under: { key: Uint8Array; about: string }): Buffer => {
    const content = openBytes(sealed, under)
    if (!content) throw new AppError('ERR_STORE_DAMAGED', { ownerId, what: 'record' })
    return content
  }
  return {
    seal(ownerId, value, replaced) {
      const dataKey = replaced ? dataKeyOf(ownerId, replaced.wrappedKey) : random.bytes(32)
      const content = Buffer.from(JSON.stringify(value), 'utf8')
      return {
        wrappedKey: replaced?.wrappedKey ?? wrap(ownerId, dataKey),
        ciphertext: sealBytes(content, { key: dataKey, about: `record ${ownerId}`, random }),
      }
    },
    open(ownerId, { wrappedKey, ciphertext }) {
      const key = dataKeyOf(ownerId, wrappedKey)
      const content = opened(ownerId, ciphertext, { key, about: `record ${ownerId}` })
      return JSON.parse(content.toString('utf8')) as Json // sealed from Json above, unchanged since
    },
    sealBeside: ({ id, record }, about, content) =>
      sealBytes(content, { key: dataKeyOf(id, record.wrappedKey), about: `beside ${id}: ${about}`, random }),
    openBeside: ({ id, record }, about, sealed) =>
      new Uint8Array(opened(id, sealed, { key: dataKeyOf(id, record.wrappedKey), about: `beside ${id}: ${about}` })),
    rewrap: (ownerId, wrappedKey) => wrap(ownerId, dataKeyOf(ownerId, wrappedKey)),
    token(kind, text) {
      const hash = createHmac('sha256', ring.tokens)
        .update(`${kind}\n${normalise(kind, text)}`, 'utf8')
        .digest()
      return hash.subarray(0, tokenBytes).toString('base64url')
    },
    hashPin: (pin) => hashPin(pin, { pepper: ring.pins, random }),
    checkPin: (pin, hash) => checkPin(pin, hash, ring.pins),
    shopKeys: shopKeysIn({ folder, key: ring.pairs, random }),
  }
}
