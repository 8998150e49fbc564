import type { Font } from 'fontkit'

/** What is mended lies inside fontkit 2.0; its package has no types. */
interface Insides {
  readonly _layoutEngine?: { readonly engine?: { readonly GPOSProcessor?: Positioning | null } | null }
  readonly _cmapProcessor?: CharacterMap
}

interface Positioning {
  applyLookup(lookupType: number, table: unknown): boolean
}

interface CharacterMap {
  readonly uvs?: { readonly varSelectors: { toArray(): readonly Selector[] } } | null
  getVariationSelector(codePoint: number, selector: number): number
}

interface Selector {
  readonly varSelector: number
  /** Letters with a form of their own for the selector; the others keep their usual one. */
  readonly nonDefaultUVS?: readonly { readonly unicodeValue: number; readonly glyphID: number }[] | null
}

/**
 * Mends two faults of fontkit in an opened font. Found by comparing glyphs with HarfBuzz over names of all scripts:
 * - A mark that its font gives no place on the letter before made it throw, with Arabic names as common as `محمد`
 *   with signs of vowels; as in HarfBuzz, such a rule now does not apply.
 * - Forms chosen by a variation selector (`葛󠄀`, the form a family writes) were never found, because the search ended
 *   with the letters that keep their usual form.
 */
export function mendedFont(font: Font): Font {
  const { _layoutEngine, _cmapProcessor } = font as unknown as Insides // see above
  const positioning = _layoutEngine?.engine?.GPOSProcessor
  if (positioning) mendPositioning(positioning)
  if (_cmapProcessor?.uvs) mendSelectors(_cmapProcessor, _cmapProcessor.uvs.varSelectors.toArray())
  return font
}

function mendPositioning(positioning: Positioning): void {
  const apply = positioning.applyLookup.bind(positioning)
  positioning.applyLookup = (lookupType, table) => {
    try {
      return apply(lookupType, table)
    } catch (error) {
      // An anchor that is null: the only thing in a lookup that can be missing from a sound font.
      if (error instanceof TypeError) return false
      throw error
    }
  }
}

function mendSelectors(characterMap: CharacterMap, selectors: readonly Selector[]): void {
  const glyphsBySelector = new Map<number, Map<number, number>>()
  const glyphsOf = (selector: number): ReadonlyMap<number, number> => {
    const known = glyphsBySelector.get(selector)
    if (known) return known
    const forms = selectors.find((one) => one.varSelector === selector)?.nonDefaultUVS ?? []
    const made = new Map(Array.from(forms, ({ unicodeValue, glyphID }) => [unicodeValue, glyphID] as const))
    glyphsBySelector.set(selector, made)
    return made
  }
  // 0 = none of its own: fontkit then takes the letter's usual glyph.
  characterMap.getVariationSelector = (codePoint, selector) => glyphsOf(selector).get(codePoint) ?? 0
}
