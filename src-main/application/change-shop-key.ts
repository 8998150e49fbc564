import { auditEntry } from './audit.ts'
import type { Caller, Workshop } from './workshop.ts'

type Deps = Pick<Workshop, 'store' | 'system' | 'vault' | 'keys'>

/**
 * A new shop key for an old one. First the key and its ways change in one write, the former key still opening what it
 * wrapped; then every data key is wrapped anew in one transaction; then the former key is forgotten. Whatever is
 * interrupted, `finishRotation` at the next start ends it.
 */
export async function changeShopKey(
  deps: Deps,
  caller: Caller,
  options: { readonly passphrase?: string | undefined },
): Promise<{ readonly recoveryKey: string; readonly records: number }> {
  const { recoveryKey } = await deps.keys.rotate(options)
  return { recoveryKey, records: await wrapAnew(deps, caller) }
}

/** Ends a change of key that broke off; answers how many records it wrapped, 0 where nothing was left to do. */
export const finishRotation = async (deps: Deps, caller: Caller): Promise<number> =>
  deps.keys.needsRewrap() ? wrapAnew(deps, caller) : 0

async function wrapAnew(deps: Deps, caller: Caller): Promise<number> {
  const audit = auditEntry(deps.system, caller, { action: 'change-shop-key', entity: 'keys', entityId: 'shop' })
  const records = await deps.store.rewrapSealed((ownerId, wrapped) => deps.vault.rewrap(ownerId, wrapped), audit)
  await deps.keys.rewrapped()
  return records
}
