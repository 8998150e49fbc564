/** What a printer can hold. Labels first. */
export const mediaNames = ['4x6', '100x150', 'A6', 'A5', 'A4', 'letter'] as const
export type MediaName = (typeof mediaNames)[number]

/** Width and height in tenths of a millimetre, upright. */
export type PaperSize = readonly [width: number, height: number]

export const mediaSizes: { readonly [name in MediaName]: PaperSize } = {
  '4x6': [1016, 1524],
  '100x150': [1000, 1500],
  A6: [1050, 1480],
  A5: [1480, 2100],
  A4: [2100, 2970],
  letter: [2159, 2794],
}

/**
 * How far page and media may differ and still be the same, in tenths of a millimetre. Below the least difference of two
 * sizes that are taken for each other (4x6 in and 100x150 mm: 1.6 mm), above what rounding to points makes (0.2 mm).
 */
const sameWithin = 10

/** The same paper, whichever way it is turned. */
export function isSameSize(page: PaperSize, media: PaperSize): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= sameWithin
  const [width, height] = page
  return (near(width, media[0]) && near(height, media[1])) || (near(width, media[1]) && near(height, media[0]))
}

/** The first of the pages that is not of the media's size; undefined when all are. */
export const misfitOf = (pages: readonly PaperSize[], media: MediaName): PaperSize | undefined =>
  pages.find((page) => !isSameSize(page, mediaSizes[media]))

/** `105 x 148 mm`, or the name where the size has one. */
export function sizeText(size: PaperSize): string {
  const named = mediaNames.find((name) => isSameSize(size, mediaSizes[name]))
  const millimetres = size.map((tenths) => String(Math.round(tenths) / 10)).join(' x ')
  return named === undefined ? `${millimetres} mm` : `${named} (${millimetres} mm)`
}
