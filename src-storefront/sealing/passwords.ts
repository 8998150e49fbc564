import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/** scrypt cost: 2^15 x 8 takes 32 MiB and about 60 ms on a small PC (OWASP password storage, 2024). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const keyBytes = 32

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => (error ? reject(error) : resolve(key)))
  })

/** `scrypt$salt$key`, both base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt)).toString('base64url')}`
}

/** Takes as long for an unknown account (no hash) as for a wrong password. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, salt = '', key = ''] = (hash ?? '').split('$')
  const expected = Buffer.from(key, 'base64url')
  const found = await derive(password, salt === '' ? Buffer.alloc(16) : Buffer.from(salt, 'base64url'))
  return expected.length === keyBytes && timingSafeEqual(expected, found)
}
