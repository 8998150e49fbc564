import { CompactEncrypt, importJWK } from 'jose'
import type { CourierKeys } from './courier-keys.ts'
import { openSealed } from './sealed-text.ts'

const typ = 'backroom-courier-note'

/** The courier's own word about a stop, sealed for the courier's own key: it may hold a name, so it is not kept in clear. */
export async function sealNote(keys: CourierKeys, note: string): Promise<string> {
  const { kty, crv, x, y, kid } = keys.enc
  return new CompactEncrypt(new TextEncoder().encode(note))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid, typ })
    .encrypt(await importJWK({ kty, crv, x, y }, 'ECDH-ES'))
}

/** Throws what `openSealed` throws. */
export async function openNote(keys: CourierKeys, sealed: string): Promise<string> {
  return (await openSealed(sealed, { keys, typ })).text
}
