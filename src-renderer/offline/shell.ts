/** Why this page cannot open while the shop's computer is out of reach; undefined when it can. */
export type NoShell = 'not-trusted' | 'not-supported'

/** A browser keeps pages for later only where it trusts them: HTTPS with a certificate it knows, or this machine. */
export const noShell = (): NoShell | undefined =>
  !globalThis.isSecureContext ? 'not-trusted' : 'serviceWorker' in navigator ? undefined : 'not-supported'

/** Keeps the screens on this station, so that they open without the shop. Inside Electron they always do. */
export async function keepShell(): Promise<void> {
  if (!location.protocol.startsWith('http') || noShell() !== undefined || import.meta.env.DEV) return
  // No module: browsers fetch those without the cookie that says who this station is.
  // Refused (by a policy of the machine): the page works as before, only not offline.
  await navigator.serviceWorker.register('./service-worker.js').catch(() => undefined)
}
