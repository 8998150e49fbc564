import { AppError } from '../../../kernel/errors.ts'

/** A key pair of WooCommerce's REST interface. */
export interface ApiKey {
  readonly key: string
  readonly secret: string
}

/** Reads `ck_...:cs_...`, as the two fields of WooCommerce's key page joined by a colon. Throws ERR_INPUT_INVALID. */
export function apiKeyOf(token: string): ApiKey {
  const match = /^\s*(ck_[0-9a-z]{8,80})\s*[:;,\s]\s*(cs_[0-9a-z]{8,80})\s*$/i.exec(token)
  const [, key, secret] = match ?? []
  if (key !== undefined && secret !== undefined) return { key, secret }
  throw new AppError('ERR_INPUT_INVALID', { path: 'token', expected: 'ck_...:cs_... (key and secret of WooCommerce)' })
}
