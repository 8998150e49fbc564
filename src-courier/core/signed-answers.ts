import { CompactSign, importJWK } from 'jose'
import type { EpochMs } from '../../src-main/kernel/time.ts'
import type { KeyPairs } from './courier-keys.ts'
import type { DeliveryEvent } from './run.ts'
import { sha256Hex } from './sha256.ts'

/** JWS `backroom-status`: `{ manifest, sequence, events: [{ pid, status, at, reason? }] }`. */
export function signStatusFile(
  keys: KeyPairs,
  content: { manifest: string; sequence: number; events: readonly DeliveryEvent[] },
): Promise<string> {
  return sign(keys, 'backroom-status', content)
}

/** JWS `backroom-receipt`: `{ manifest, receivedAt, sha256 }` over the file exactly as it arrived. */
export async function signReceipt(
  keys: KeyPairs,
  received: { manifest: string; receivedAt: EpochMs; file: string },
): Promise<string> {
  const { manifest, receivedAt, file } = received
  return sign(keys, 'backroom-receipt', { manifest, receivedAt, sha256: await sha256Hex(file) })
}

async function sign({ sig }: KeyPairs, typ: string, content: object): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', kid: sig.kid, typ })
    .sign(await importJWK({ ...sig }, 'ES256'))
}
