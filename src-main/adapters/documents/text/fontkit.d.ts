/** The little of fontkit 2 that is used here; the package brings no types. */
declare module 'fontkit' {
  export interface Font {
    readonly postscriptName: string
    readonly unitsPerEm: number
    hasGlyphForCodePoint(codePoint: number): boolean
    layout(text: string, features?: readonly string[]): { readonly glyphs: readonly { readonly id: number }[] }
  }
  export function create(bytes: Uint8Array): Font
}
