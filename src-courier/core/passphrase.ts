import { CompactEncrypt, compactDecrypt } from 'jose'
import { AppError } from '../../src-main/kernel/errors.ts'
import { parsePrivateSet, privateSet, type CourierKeys } from './courier-keys.ts'

/** PBKDF2 rounds, as OWASP advises for HMAC-SHA-256 (2023): about half a second on a telephone. */
const rounds = 600_000

/** Private keys as JWE compact under a passphrase (PBES2-HS256+A128KW, A256GCM): a file or the browser's storage may hold it. */
export async function sealKeys(keys: CourierKeys, passphrase: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(privateSet(keys))))
    .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM', typ: 'backroom-courier-keys' })
    .setKeyManagementParameters({ p2c: rounds })
    .encrypt(secretOf(passphrase))
}

/** Throws ERR_COURIER_KEY_INVALID `passphrase-wrong` for a wrong passphrase and for a damaged file: they look the same. */
export async function openKeys(sealed: string, passphrase: string): Promise<CourierKeys> {
  try {
    const { plaintext } = await compactDecrypt(sealed.trim(), secretOf(passphrase), {
      keyManagementAlgorithms: ['PBES2-HS256+A128KW'],
      contentEncryptionAlgorithms: ['A256GCM'],
      maxPBES2Count: rounds,
    })
    return await parsePrivateSet(new TextDecoder().decode(plaintext))
  } catch {
    throw new AppError('ERR_COURIER_KEY_INVALID', { reason: 'passphrase-wrong' })
  }
}

const secretOf = (passphrase: string): Uint8Array => new TextEncoder().encode(passphrase.normalize('NFKC'))
