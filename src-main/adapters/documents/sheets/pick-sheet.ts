import type { SelectionInformation, SelectionTour } from '../../../domain/selection.ts'
import { drawFloor } from '../../../drawing/index.ts'
import { paintDrawing } from '../pdf/paint-drawing.ts'
import type { FontShelf } from '../text/fonts.ts'
import { said } from '../words/words-for.ts'
import { aisleNames } from './aisles.ts'
import { paintPickHeader } from './pick-header.ts'
import { paintParcelCards } from './pick-parcels.ts'
import { paintStops } from './pick-stops.ts'
import { paintTotes } from './pick-totes.ts'
import { paintSealedRecipients } from './sealed-recipients.ts'
import { openSheet, type Sheet } from './sheet.ts'

/** A long tour has more to show; the first stops shall still stand on the first page. */
const mapHeight = (stops: number): number => (stops > 60 ? 320 : stops > 20 ? 240 : 190)

/** The sheet of one tour: how far, the map, which tote is whose, stops in walking order, parcels as they are packed. */
export function writePickSheet(
  shelf: FontShelf,
  selection: SelectionInformation,
  tour: SelectionTour,
): Promise<Uint8Array> {
  const { locale } = selection.shop
  const title = `${selection.wave}-${tour.seq}`
  const sheet = openSheet({ shelf, title, locale, issuedAt: selection.issuedAt })
  paintPickHeader(sheet, selection, tour)
  paintMap(sheet, selection, tour)
  paintTotes(sheet, tour)
  paintStops(sheet, selection, tour)
  paintParcelCards(sheet, selection, tour)
  paintSealedRecipients(sheet, selection, tour)
  const tourText = said(sheet.words.tourOf, { n: tour.seq, m: selection.tours.length })
  const version = said(sheet.words.versionOf, { v: selection.version })
  return sheet.close(`${sheet.words.wave} ${selection.wave} · ${tourText} · ${version}`)
}

/** Nothing where the shop has drawn no floor. */
function paintMap(sheet: Sheet, selection: SelectionInformation, tour: SelectionTour): void {
  const { words } = sheet
  if (selection.floor.aisleX.length === 0 || selection.floor.crossY.length === 0) return
  const drawing = drawFloor(
    {
      ...selection.floor,
      path: tour.path,
      stops: tour.stops,
      aisleNames: aisleNames(selection.floor.aisleX.length, tour.stops),
      words: { title: words.floorTitle, start: words.start, end: words.end },
    },
    { width: sheet.width, height: mapHeight(tour.stops.length) },
  )
  sheet.ensure(drawing.height)
  paintDrawing(sheet, drawing, { x: sheet.left, y: sheet.y })
  sheet.y += drawing.height + 2
}
