import { bech32 } from '@scure/base'
import { identityToRecipient } from 'age-encryption'

/** 32 bytes of an X25519 private key as age writes an identity: Bech32 of `AGE-SECRET-KEY-`, upper case. */
export const ageIdentity = (key: Uint8Array): string => bech32.encodeFromBytes('age-secret-key-', key).toUpperCase()

export const ageRecipient = (key: Uint8Array): Promise<string> => identityToRecipient(ageIdentity(key))
