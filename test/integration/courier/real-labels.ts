import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import type { sealRun } from '../../unit/courier/shop-side.ts'
import { sampleDelivery } from '../../fixtures/documents/sample-delivery.ts'
import { printed, type Picture } from '../documents/printed-page.ts'

type Run = Awaited<ReturnType<typeof sealRun>>

export interface RealLabel {
  readonly pid: string
  readonly block: string
  /** As a label printer prints it: 203 dots to the inch, one dot one pixel. */
  readonly picture: Picture
}

const sizes = ['4x6', '100x150', 'A6'] as const

/**
 * The parcels' labels as the shop's own documents draw them, in turn on each of the three sizes of paper; with `isWanted`
 * those at some places of the run alone.
 */
export async function printLabels(
  run: Run,
  isWanted: (index: number) => boolean = () => true,
): Promise<readonly RealLabel[]> {
  const documents = createDocuments({ fontsFolder: 'resources/fonts' })
  const wanted = [...run.pids.entries()].filter(([index]) => isWanted(index))
  return Promise.all(
    wanted.map(async ([index, pid]) => {
      const block = run.labels[index] ?? ''
      const delivery = sampleDelivery({ labelSize: sizes[index % sizes.length] ?? '4x6', recipient: { sealed: block } })
      const stop = delivery.routes[0]?.stops[index % 9]
      const parcel = stop?.parcels[0]
      if (!stop || !parcel) throw new Error('the sample has nine stops')
      const { pages } = await printed(await documents.label(delivery, stop, { ...parcel, number: pid }))
      const [page] = pages
      if (!page) throw new Error('a label has a page')
      return { pid, block, picture: await page.render() }
    }),
  )
}

/** Names and addresses of every usual length: their blocks make codes of several sizes. */
export const manyRecipients: readonly Recipient[] = [
  { name: 'Bo Li', lines: ['Kai 1'], postcode: '1', city: 'Ry', country: 'DK' },
  { name: 'Anna Müller', lines: ['Gartenweg 5'], postcode: '10623', city: 'Berlin', country: 'DE', phone: '+49 30 1234567', instructions: 'Ring twice.' },
  { name: '小林 さくら', company: '小林商店', lines: ['霞が関 1-2-3', '2階'], postcode: '100-0013', city: '東京', region: '千代田区', country: 'JP', phone: '+81 3 1234 5678', instructions: '裏口へお願いします。' },
  { name: 'Omar حسن', lines: ['Hafenstraße 9'], postcode: '10115', city: 'Berlin', country: 'DE', instructions: 'Leave with the neighbour on the second floor, name on the bell is Sommerfeld; the dog is friendly.' },
  { name: 'Maximiliane Freifrau von und zu Hohenstein-Lauterbach', company: 'Werkstätten für angewandte Holzkunst Hohenstein GmbH & Co. KG', lines: ['Ernst-Reuter-Platz 7', 'Hinterhaus, Aufgang C, 4. Obergeschoss links'], postcode: '10587', city: 'Berlin-Charlottenburg', country: 'DE', phone: '+49 30 12345678', instructions: 'Bitte nicht vor 10 Uhr klingeln.' },
] // prettier-ignore
