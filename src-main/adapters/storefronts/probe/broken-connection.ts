import type { AccessProblem } from '../../../ports/storefront-probe.ts'

/** Codes of Node's network and TLS layers, and OpenSSL's names for what is wrong with a certificate. */
const problemByCode: ReadonlyMap<string, AccessProblem> = new Map([
  ['ENOTFOUND', 'host-unknown'],
  ['EAI_AGAIN', 'host-unknown'],
  ['EAI_NODATA', 'host-unknown'],
  ['CERT_HAS_EXPIRED', 'certificate-expired'],
  ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-self-signed'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-other-name'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-invalid'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'certificate-invalid'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-invalid'],
  ['CERT_REVOKED', 'certificate-invalid'],
  ['CERT_SIGNATURE_FAILURE', 'certificate-invalid'],
  ['UND_ERR_CONNECT_TIMEOUT', 'too-slow'],
  ['UND_ERR_HEADERS_TIMEOUT', 'too-slow'],
  ['UND_ERR_BODY_TIMEOUT', 'too-slow'],
  ['ETIMEDOUT', 'no-connection'],
])

/** Why a request brought no answer at all. */
export function problemOfBreak(error: unknown): AccessProblem {
  if (error instanceof Error && error.name === 'TimeoutError') return 'too-slow'
  for (const code of codesOf(error)) {
    const problem = problemByCode.get(code)
    if (problem !== undefined) return problem
    // The other side spoke, but not TLS.
    if (code === 'EPROTO' || code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code.startsWith('ERR_SSL_'))
      return 'no-https-there'
  }
  return 'no-connection'
}

/** Of the error, what caused it, and the several that stand for several addresses of one name. */
function codesOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 3) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  const several = error instanceof AggregateError ? error.errors : []
  return [...own, ...[error.cause, ...several].flatMap((inner) => codesOf(inner, depth + 1))]
}
