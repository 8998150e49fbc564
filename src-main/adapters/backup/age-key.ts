import { bech32 } from '@scure/base'

/** The age library, loaded with the first backup that is made or looked into. */
export const age = () => import('age-encryption')

/** 32 bytes of an X25519 private key as age writes an identity: Bech32 of `AGE-SECRET-KEY-`, upper case. */
export const ageIdentity = (key: Uint8Array): string => bech32.encodeFromBytes('age-secret-key-', key).toUpperCase()

export const ageRecipient = async (key: Uint8Array): Promise<string> =>
  (await age()).identityToRecipient(ageIdentity(key))
