import type { Carrier, CourierKeySet } from '../domain/carrier.ts'
import type { ManifestSealing } from '../ports/carriers.ts'

/** Whose signature a file bears, or why nobody's counts. */
export type Signer =
  | { readonly carrier: Carrier; readonly key: CourierKeySet }
  | { readonly problem: 'unknown-signer' }
  | { readonly problem: 'revoked-key'; readonly carrier: Carrier }

/** The courier whose key a file says it was signed with; a key that was revoked signs nothing any more. */
export function signerOf(
  manifests: Pick<ManifestSealing, 'peekSigner'>,
  carriers: readonly Carrier[],
  file: string,
): Signer {
  const kid = manifests.peekSigner(file)?.kid
  for (const carrier of carriers) {
    const key = carrier.keys.find((candidate) => candidate.sigKid === kid)
    if (key) return key.revokedAt === undefined ? { carrier, key } : { problem: 'revoked-key', carrier }
  }
  return { problem: 'unknown-signer' }
}
