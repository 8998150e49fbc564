import bwip from 'bwip-js/node'
import type { LinearSymbol } from './barcode.ts'

export const code128 = (text: string): LinearSymbol => linear('code128', text)

/** GS1-128 with AI (00): a Serial Shipping Container Code of 18 digits. */
export const ssccSymbol = (sscc: string): LinearSymbol => linear('gs1-128', `(00)${sscc}`)

function linear(kind: 'code128' | 'gs1-128', text: string): LinearSymbol {
  const symbol = bwip.raw(kind, text, '')[0]
  if (!symbol || !('sbs' in symbol)) throw new TypeError(`bwip-js gave no bars for ${kind}`)
  return { widths: symbol.sbs, modules: symbol.sbs.reduce((sum, width) => sum + width, 0) }
}
