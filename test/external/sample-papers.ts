import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ready } from 'zpl-renderer-js'
import { createDocuments } from '../../src-main/adapters/documents/create-documents.ts'
import { sealedBlockLimit } from '../../src-main/adapters/documents/index.ts'
import { labelMillimetres, type LabelSize } from '../../src-main/adapters/documents/label/label-geometry.ts'
import { sampleDelivery, sealedBlock } from '../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../fixtures/documents/sample-selection.ts'

/** A paper and every code that stands on it, as zbarimg writes them. */
export interface SamplePaper {
  readonly name: string
  readonly file: string
  readonly codes: readonly string[]
  /** More codes may stand on it: sheets help people on the floor with further ones. */
  readonly hasMore: boolean
}

const sscc = 'CODE-128:00395212340000000175'
const own = 'CODE-128:L00000000178'
const plain = { name: 'Jo Doe', lines: ['1 High Street'], postcode: 'AB1 2CD', city: 'Town', country: 'GB' }

/** Papers of every size and kind, written to a folder: labels as PDF and as the picture of a ZPL printer, slips, sheets. */
export async function writeSamplePapers(folder: string, fontsFolder: string): Promise<readonly SamplePaper[]> {
  const documents = createDocuments({ fontsFolder })
  const { api } = await ready
  const papers: SamplePaper[] = []
  const add = (name: string, bytes: Uint8Array, codes: readonly string[]): void => {
    const file = join(folder, name)
    writeFileSync(file, bytes)
    papers.push({ name, file, codes, hasMore: name.includes('sheet') })
  }
  for (const size of ['4x6', '100x150', 'A6'] as const satisfies readonly LabelSize[]) {
    const longest = sealedBlock(sealedBlockLimit(size))
    const usual = sealedBlock(740)
    const kinds = [
      { kind: 'longest-block', codes: [sscc, `QR-Code:${longest}`], isSscc: true, recipient: { sealed: longest } },
      { kind: 'own-number', codes: [own, `QR-Code:${usual}`], isSscc: false, recipient: { sealed: usual } },
      { kind: 'plain-address', codes: [sscc], isSscc: true, recipient: { plain } },
    ]
    for (const { kind, codes, isSscc, recipient } of kinds) {
      const delivery = sampleDelivery({ labelSize: size, isSscc, recipient })
      const stop = delivery.routes[0]?.stops[0]
      const parcel = stop?.parcels[0]
      if (!stop || !parcel) continue
      add(`label-${size}-${kind}.pdf`, await documents.label(delivery, stop, parcel), codes)
      const [width, height] = labelMillimetres(size)
      for (const [dpi, perMm] of [
        [203, 8],
        [300, 12],
      ] as const) {
        const zpl = await documents.labelZpl(delivery, stop, parcel, { dpi })
        const png = await api.zplToBase64Async(zpl, width, height, perMm)
        add(`zpl-${dpi}-${size}-${kind}.png`, Buffer.from(png, 'base64'), codes)
      }
    }
  }
  for (const number of ['395212340000000175', 'L00000000178']) {
    const slip = { shopName: 'Laden am Markt', locale: 'en', issuedAt: 0, number, orderCode: '231-07', letter: 'A', n: 1, of: 2, grossG: 850, handling: ['fragile'] as const } // prettier-ignore
    add(`counter-slip-${number}.pdf`, await documents.counterSlip(slip), [number.startsWith('L') ? own : sscc])
  }
  const selection = sampleSelection()
  const [tour] = selection.tours
  if (tour) add('pick-sheet.pdf', await documents.pickSheet(selection, tour), [`CODE-128:wave:${selection.wave}`])
  const delivery = sampleDelivery()
  add('run-sheet.pdf', await documents.runSheet(delivery), [`CODE-128:${delivery.manifest}`])
  return papers
}
