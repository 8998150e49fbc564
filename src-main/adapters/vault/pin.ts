import { createHmac, scrypt, timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '../../kernel/ids.ts'

/** 32 MB and about a twelfth of a second on a small PC: nothing for a person, much for someone who tries them all. */
const cost = { logN: 15, r: 8, p: 1 }
/** Hashes that ask for more than this are not ours; they would only eat memory. */
const maxLogN = 18

/**
 * scrypt over the PIN and a secret of the shop's: four digits alone would fall to 10,000 tries, without the shop
 * key there is nothing to try them on. Text: `scrypt$15$8$1$salt$hash`.
 */
export async function hashPin(pin: string, options: { pepper: Uint8Array; random: RandomBytes }): Promise<string> {
  const salt = Buffer.from(options.random.bytes(16))
  const hash = await derive(peppered(pin, options.pepper), salt, cost)
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

export async function checkPin(pin: string, hash: string, pepper: Uint8Array): Promise<boolean> {
  const parts = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d)\$([\w-]{22})\$([\w-]{43})$/.exec(hash)
  if (!parts || Number(parts[1]) > maxLogN) return false
  const [, logN, r, p, salt = '', expected = ''] = parts
  const given = await derive(peppered(pin, pepper), Buffer.from(salt, 'base64url'), {
    logN: Number(logN),
    r: Number(r),
    p: Number(p),
  })
  return timingSafeEqual(given, Buffer.from(expected, 'base64url'))
}

const peppered = (pin: string, pepper: Uint8Array): Buffer =>
  createHmac('sha256', pepper).update(pin.normalize('NFKC'), 'utf8').digest()

/** scrypt (Percival 2009, RFC 7914), 32 bytes. */
export function derive(
  secret: Uint8Array,
  salt: Uint8Array,
  { logN, r, p }: { logN: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const N = 2 ** logN
    scrypt(secret, salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
