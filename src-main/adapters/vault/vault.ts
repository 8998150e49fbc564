import { createHmac, hkdfSync } from 'node:crypto'
import { AppError } from '../../kernel/errors.ts'
import type { Json } from '../../kernel/json.ts'
import type { Vault } from '../../ports/vault.ts'
import { normalise } from './normalise.ts'
import { checkPin, hashPin } from './pin.ts'
import { openBytes, sealBytes } from './sealed-bytes.ts'
import { unlockShopKey, type KeysFolder, type WayIn } from './shop-key.ts'
import { shopKeysIn } from './shop-keys.ts'

/** 128 bits of a hash: equal only for equal texts, and half as long to keep. */
const tokenBytes = 16

/**
 * The port `Vault` over the shop key of a keys folder, by default through its key file. Throws ERR_SHOP_KEY_MISSING
 * (details: way, reason, file, otherWays). Cost: one scrypt for a passphrase, else nothing; then a tenth of a millisecond a record.
 */
export async function openVault(options: KeysFolder & { way?: WayIn | undefined }): Promise<Vault> {
  const { folder, random, way = { kind: 'key-file' } } = options
  const shopKey = await unlockShopKey({ folder, way })
  const derived = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', shopKey, new Uint8Array(), `backroom ${use}`, 32))
  const wrappingKey = derived('data keys')
  const tokenKey = derived('tokens')
  const pepper = derived('pins')

  return {
    seal(ownerId, value) {
      const dataKey = random.bytes(32)
      const content = Buffer.from(JSON.stringify(value), 'utf8')
      return {
        wrappedKey: sealBytes(dataKey, { key: wrappingKey, about: `data key ${ownerId}`, random }),
        ciphertext: sealBytes(content, { key: dataKey, about: `record ${ownerId}`, random }),
      }
    },
    open(ownerId, record) {
      const dataKey = openBytes(record.wrappedKey, { key: wrappingKey, about: `data key ${ownerId}` })
      const content = dataKey && openBytes(record.ciphertext, { key: dataKey, about: `record ${ownerId}` })
      if (!content) throw new AppError('ERR_STORE_DAMAGED', { ownerId, what: dataKey ? 'record' : 'data-key' })
      return JSON.parse(content.toString('utf8')) as Json // sealed from Json above, unchanged since
    },
    token(kind, text) {
      const hash = createHmac('sha256', tokenKey)
        .update(`${kind}\n${normalise(kind, text)}`, 'utf8')
        .digest()
      return hash.subarray(0, tokenBytes).toString('base64url')
    },
    hashPin: (pin) => hashPin(pin, { pepper, random }),
    checkPin: (pin, hash) => checkPin(pin, hash, pepper),
    shopKeys: shopKeysIn({ folder, key: derived('shop keys'), random }),
  }
}
