import { generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import type { CourierKeySet } from '../../../src-main/domain/carrier.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'

export interface TestCourier {
  readonly key: CourierKeySet
  readonly privateKeys: readonly Jwk[]
  readonly sigPrivate: Jwk
}

async function pair(use: 'enc' | 'sig', alg: string): Promise<{ kid: string; open: Jwk; secret: Jwk }> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  const open = { kty: 'EC', crv: 'P-256', x, y }
  const kid = await calculateJwkThumbprint(open)
  return { kid, open: { ...open, use, alg, kid }, secret: { ...open, d, use, alg, kid } }
}

/** A courier made for one test. */
export async function makeCourier(): Promise<TestCourier> {
  const [enc, sig] = [await pair('enc', 'ECDH-ES'), await pair('sig', 'ES256')]
  return {
    key: { encKid: enc.kid, sigKid: sig.kid, enc: enc.open, sig: sig.open, addedAt: 0 },
    privateKeys: [enc.secret, sig.secret],
    sigPrivate: sig.secret,
  }
}

/** A shop's signing pair. */
export async function makeShopKey(): Promise<{ secret: Jwk; open: Jwk }> {
  const { secret, open } = await pair('sig', 'ES256')
  return { secret, open }
}

export async function codeOf(work: Promise<unknown>): Promise<{ code: string; details: unknown; text: string }> {
  try {
    await work
  } catch (error) {
    const { code, details, message, stack } = error as {
      code: string
      details: unknown
      message: string
      stack: string
    } // what tests look at
    const cause = error instanceof Error ? error.cause : undefined
    return { code, details, text: [message, stack, JSON.stringify(details), String(cause)].join('\n') }
  }
  throw new Error('nothing was refused')
}
