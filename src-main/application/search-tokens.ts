import type { StorefrontOrder } from '../ports/storefront.ts'
import type { Vault } from '../ports/vault.ts'

/** Prefixes shorter than this would match half the shop and leak more than they find. */
const shortestPrefix = 3

/** Words as people type them when they search: lower case, no accents, letters and digits only. */
export function searchWords(text: string): readonly string[] {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
}

/** As much of an order as it is found by. */
export interface Findable {
  readonly deliveryAddress?:
    | Pick<NonNullable<StorefrontOrder['deliveryAddress']>, 'name' | 'company' | 'postcode' | 'city' | 'phone'>
    | undefined
  readonly user: Pick<StorefrontOrder['user'], 'name' | 'contact'>
}

/** Keyed tokens under which an order is found by name, company, postcode, city (words and their beginnings), e-mail and phone (whole). */
export function searchTokens(vault: Pick<Vault, 'token'>, entry: Findable): readonly string[] {
  const address = entry.deliveryAddress
  const words = [address?.name, entry.user.name, address?.company, address?.postcode, address?.city].flatMap((text) =>
    searchWords(text ?? ''),
  )
  const tokens = words.flatMap((word) => beginnings(word).map((beginning) => vault.token('word', beginning)))
  const { email, phone } = entry.user.contact
  if (email) tokens.push(vault.token('email', email))
  for (const number of [phone, address?.phone]) if (number) tokens.push(vault.token('phone', number))
  return [...new Set(tokens)]
}

/** Tokens that an order must all carry to match what somebody typed. */
export function queryTokens(vault: Pick<Vault, 'token'>, typed: string): readonly string[] {
  if (typed.includes('@')) return [vault.token('email', typed)]
  if (/^[+\d][\d\s/()-]{6,}$/.test(typed.trim())) return [vault.token('phone', typed)]
  return searchWords(typed).map((word) => vault.token('word', word))
}

function beginnings(word: string): readonly string[] {
  const letters = [...word]
  if (letters.length <= shortestPrefix) return [word]
  return Array.from({ length: letters.length - shortestPrefix + 1 }, (_, i) =>
    letters.slice(0, shortestPrefix + i).join(''),
  )
}
