import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt cost: 2^15 x 8 takes 32 MiB and about 60 ms on a small PC (OWASP password storage, 2024). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyBytes = 32

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })

const saltOf = (hash: string): Buffer => Buffer.from(hash.split('$')[1] ?? '', 'base64url')
const keyOf = (hash: string): Buffer => Buffer.from(hash.split('$')[2] ?? '', 'base64url')

/** `scrypt$salt$key`, both base64url; under the salt of `like`, or a new one. */
export async function hashPassword(password: string, like?: string): Promise<string> {
  const salt = like === undefined ? randomBytes(16) : saltOf(like)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

/** Takes as long for an unknown account (no hash) as for a wrong password. */
export const isPassword = async (password: string, hash: string | undefined): Promise<boolean> =>
  (await findHash(password, hash === undefined ? [] : [hash])) !== undefined

/**
 * The hash that a password belongs to, among hashes that share one salt: one derivation, however many there are,
 * and one where there are none.
 */
export async function findHash(password: string, hashes: readonly string[]): Promise<string | undefined> {
  const [first] = hashes
  const found = await derive(password, first === undefined ? Buffer.alloc(16) : saltOf(first))
  return hashes.filter((hash) => keyOf(hash).length === keyBytes && timingSafeEqual(keyOf(hash), found))[0]
}

/** The same password under the same salt. */
export function isSameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
