import { mm } from '../pdf/open-paper.ts'

export type SheetSize = readonly [width: number, height: number]

export const a4: SheetSize = [210 * mm, 297 * mm]
export const letter: SheetSize = [8.5 * 72, 11 * 72]

/** Where office printers hold Letter: the regions for which CLDR names "US-Letter". */
const letterRegions = new Set(
  'BZ CA CL CO CR GT MX NI PA PH PR SV US VE'.split(' '), // prettier-ignore
)

/** The office paper of a locale's region; A4 where the locale names none. */
export function sheetSizeFor(locale: string): SheetSize {
  const region = /[-_]([A-Z]{2})\b/.exec(locale)?.[1] ?? ''
  return letterRegions.has(region) ? letter : a4
}
