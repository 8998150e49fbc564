import { valueOf } from '../../src-main/contract/failure.ts'
import { replyOf } from './http-transport.ts'

/** Hands a pairing code in; the server answers with a cookie that no script reads. Throws as every call does. */
export async function pairThisDevice(code: string): Promise<{ readonly name: string }> {
  const headers = { 'content-type': 'application/json' }
  const reply = await replyOf(() => fetch('./pair', { method: 'POST', headers, body: JSON.stringify({ code }) }))
  // What the station's pairing route answers.
  return valueOf(reply) as { readonly name: string }
}

export type Trust = 'trusted' | 'untrusted' | 'insecure' | 'unknown'

/**
 * Whether this browser trusts the shop's certificate, which `isSecureContext` alone does not say: a person who went on past
 * the warning has a secure context too, but browsers take no service worker then. On this machine's own address there is
 * nothing to trust.
 */
export async function trustOfThisDevice(): Promise<Trust> {
  if (!window.isSecureContext) return 'insecure'
  if (location.protocol !== 'https:') return 'trusted'
  if (!('serviceWorker' in navigator)) return 'unknown'
  try {
    const probe = await navigator.serviceWorker.register('./trust/probe.js', { scope: './trust/' })
    await probe.unregister()
    return 'trusted'
  } catch {
    return 'untrusted'
  }
}
