import { decodeProtectedHeader } from 'jose'
import { isParcelNumber } from '../../src-main/kernel/ids.ts'

/** What a courier may hand in, by file, paste or camera. */
export type KindOfText = 'manifest' | 'label' | 'key-file' | 'private-keys' | 'shop-key' | 'parcel-number' | 'unknown'

const kindByTyp: Readonly<Record<string, KindOfText>> = {
  'backroom-manifest': 'manifest',
  'backroom-label': 'label',
  'backroom-courier-keys': 'key-file',
}

/** A compact JWE has five parts; the second is empty for what shops seal and holds a key in key files. */
const compactJwe = /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/

/** Tells by its form alone what a text is; whether it is sound is found out where it is opened. */
export function kindOfText(text: string): KindOfText {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return kindOfJson(trimmed)
  if (parcelNumberOf(trimmed) !== undefined) return 'parcel-number'
  if (!compactJwe.test(trimmed)) return 'unknown'
  try {
    return kindByTyp[String(decodeProtectedHeader(trimmed).typ)] ?? 'unknown'
  } catch {
    return 'unknown'
  }
}

function kindOfJson(text: string): KindOfText {
  if (!/"kty"/.test(text)) return 'unknown'
  return /"d"\s*:/.test(text) ? 'private-keys' : 'shop-key'
}

/** The number in a parcel's bars: an SSCC with or without its `(00)`, or a shop's own. Undefined for other texts. */
export function parcelNumberOf(text: string): string | undefined {
  const plain = text.replaceAll(/\s/g, '')
  const bare = plain.replace(/^\(00\)|^\]C100/, '').replace(/^00(?=\d{18}$)/, '')
  return isParcelNumber(bare) ? bare : undefined
}
