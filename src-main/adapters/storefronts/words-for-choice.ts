import type { PreviewWords } from '../../ports/storefront-probe.ts'
import { previewWords, usuallyTold } from './woocommerce/customer-words.ts'

const kinds = [
  'received', 'on-hold', 'planned', 'picking', 'packed', 'handed-over', 'out-for-delivery', 'delivered', 'failed', 'returned', 'cancelled',
] as const // prettier-ignore

/** For a person who chooses what customers are told; the open protocol's shops have words of their own. */
export const wordsForChoice: PreviewWords = (platform, language) =>
  platform === 'woocommerce'
    ? kinds.map((kind) => ({ kind, words: previewWords(language, kind), isUsual: usuallyTold.includes(kind) }))
    : []
