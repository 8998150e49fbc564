import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../src-main/kernel/errors.ts'
import { scope, type WireScope } from '../../src-protocol/index.ts'
import { openDatabase } from '../store/database.ts'
import { allowToken, listTokens, newToken, revokeToken, type TokenEntry } from '../store/tokens.ts'

export const tokenUsage = `npm run storefront -- token <make|list|revoke> --data DIR

  make [--scopes "orders:read stock:write ..."]   a new token, shown this once (default: every scope)
  list                                            ids, scopes and days of all tokens; never the tokens themselves
  revoke ID                                       shuts a token out at once, also while the storefront runs

  scopes: ${scope.options.join(' ')}
`

export interface TokenRequest {
  readonly folder: string
  readonly words: readonly string[]
  readonly scopes: string | undefined
  readonly nowMs: number
}

const shown = ({ id, scopes, createdAt }: TokenEntry) => ({ id, scopes, createdAt: new Date(createdAt).toISOString() })

/** Makes, lists or revokes tokens in a storefront's folder. Throws ERR_INPUT_INVALID naming what was typed wrong. */
export function runTokenCommand({ folder, words, scopes, nowMs }: TokenRequest): object {
  const [, verb = '', id] = words
  const file = join(folder, 'storefront.sqlite')
  // A mistyped folder must not become an empty shop.
  if (!existsSync(file)) throw new AppError('ERR_INPUT_INVALID', { flag: '--data', expected: 'the folder of a storefront' }) // prettier-ignore
  const wanted = readScopes(scopes)
  const db = openDatabase(file, nowMs)
  try {
    switch (verb) {
      case 'make': {
        const token = newToken()
        return { token, ...shown(allowToken(db, token, { nowMs, scopes: wanted })) }
      }
      case 'list':
        return { tokens: listTokens(db).map(shown) }
      case 'revoke':
        if (id === undefined || !revokeToken(db, id))
          throw new AppError('ERR_INPUT_INVALID', { id: id ?? '', expected: 'an id from the list' })
        return { revoked: id }
      default:
        throw new AppError('ERR_INPUT_INVALID', { command: `token ${verb}`, expected: 'make, list or revoke' })
    }
  } finally {
    db.close()
  }
}

function readScopes(text: string | undefined): readonly WireScope[] {
  if (text === undefined) return scope.options
  const names = text.split(/[\s,]+/).filter((name) => name !== '')
  const known = names.map((name) => scope.safeParse(name))
  const isRight = names.length > 0 && known.every((parsed) => parsed.success)
  if (!isRight) throw new AppError('ERR_INPUT_INVALID', { flag: '--scopes', expected: scope.options.join(' ') })
  return known.flatMap((parsed) => (parsed.success ? [parsed.data] : []))
}
