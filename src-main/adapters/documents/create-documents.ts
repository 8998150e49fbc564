import type { Documents } from '../../ports/documents.ts'
import { writeInvoice } from './invoice/invoice.ts'
import { writeCounterSlip } from './label/counter-slip.ts'
import { writeLabel } from './label/label.ts'
import { writePackingSlip } from './sheets/packing-slip.ts'
import { writePickSheet } from './sheets/pick-sheet.ts'
import { writeRunSheet } from './sheets/run-sheet.ts'
import { crossOutPaper } from './sheets/cross-out.ts'
import { openFontShelf } from './text/fonts.ts'
import { writeLabelZpl } from './zpl/label-zpl.ts'

/**
 * Paper as PDF. Equal documents give equal bytes. Keeps opened fonts for its lifetime (up to about 60 MB once
 * Chinese, Japanese and Korean have all been set): make one and keep it.
 * @param options.fontsFolder where the files of `resources/fonts` lie
 */
export function createDocuments(options: { readonly fontsFolder: string }): Documents {
  const shelf = openFontShelf(options.fontsFolder)
  return {
    pickSheet: async (selection, tour) => writePickSheet(shelf, selection, tour),
    packingSlip: async (selection, order) => writePackingSlip(shelf, selection, order),
    label: async (delivery, stop, parcel) => writeLabel(shelf, delivery, { stop, parcel }),
    // eslint-disable-next-line max-params -- as the port has it: like `label`, and for which printer
    labelZpl: async (delivery, stop, parcel, { dpi }) => writeLabelZpl(shelf, delivery, { stop, parcel, dpi }),
    runSheet: async (delivery) => writeRunSheet(shelf, delivery),
    counterSlip: async (slip) => writeCounterSlip(shelf, slip),
    invoice: async (paper) => writeInvoice(shelf, paper),
    crossedOut: async (pdf, locale) => crossOutPaper(shelf, pdf, locale),
  }
}
