/** The little of fontkit 2 that is used here; the package brings no types. */
declare module 'fontkit' {
  export interface Glyph {
    readonly id: number
    readonly advanceWidth: number
    /** What the glyph was made from; empty for a part that a font adds. */
    readonly codePoints: readonly number[]
  }

  export interface GlyphPosition {
    readonly xAdvance: number
    readonly yAdvance: number
    readonly xOffset: number
    readonly yOffset: number
  }

  export interface GlyphRun {
    readonly glyphs: readonly Glyph[]
    readonly positions: readonly GlyphPosition[]
    readonly advanceWidth: number
  }

  export interface Subset {
    readonly glyphs: number[]
    includeGlyph(glyph: number): number
  }

  export interface Font {
    readonly postscriptName: string
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    layout(
      text: string,
      features?: readonly string[],
      script?: string,
      language?: string,
      direction?: 'ltr' | 'rtl',
    ): GlyphRun
    createSubset(): Subset
    /** Glyphs made so far, by id, each with the code points of the first text it was made for: shapers read those. */
    _glyphs: { [id: number]: Glyph }
  }
  export function create(bytes: Uint8Array): Font
}
