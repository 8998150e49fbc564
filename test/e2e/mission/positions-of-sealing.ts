import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { sampleCustomers } from '../stage/customers.ts'
import { readJson, type Selection } from '../stage/line-of-work.ts'
import { bytesOf, filesIn, readPaper, readText, type Paper } from '../stage/papers.ts'
import { everyReadingOf, personalIn } from '../stage/personal.ts'
import type { PlayedDemo } from '../stage/played-demo.ts'
import { isJwe, openJwe } from '../stage/sealed-files.ts'

export const buyersOf = ({ orders }: PlayedDemo) => sampleCustomers.slice(0, orders)
export const waveOf = ({ out }: PlayedDemo): string =>
  filesIn(out, 'documents')
    .find((file) => file.endsWith('.selection.json'))
    ?.replace('.selection.json', '') ?? ''
export const selectionOf = (demo: PlayedDemo): Selection =>
  readJson<Selection>(join(demo.out, 'documents', `${waveOf(demo)}.selection.json`))
export const manifestsOf = ({ out }: PlayedDemo): readonly string[] =>
  filesIn(out, 'manifests').map((file) => file.replace('.manifest.jwe', ''))
export const keyOf = ({ out }: PlayedDemo, courier: string): string =>
  join(out, 'courier-keys', `${courier}.private.jwks.json`)
export const labelsOf = ({ out }: PlayedDemo): Promise<readonly Paper[]> =>
  Promise.all(filesIn(out, 'labels').map((file) => readPaper(bytesOf(out, 'labels', file), file)))
const deliveryTexts = (demo: PlayedDemo): readonly string[] =>
  manifestsOf(demo).map((manifest) => readFileSync(join(demo.out, 'documents', `${manifest}.delivery.json`), 'utf8'))

/** Pick sheets and slips: what is written on them and in their codes. */
export async function floorTexts({ out }: PlayedDemo): Promise<readonly string[]> {
  const sheets = await Promise.all(
    filesIn(out, 'pick-sheets').map((file) => readPaper(bytesOf(out, 'pick-sheets', file), file)),
  )
  const slips = await Promise.all(filesIn(out, 'slips').map((file) => readText(bytesOf(out, 'slips', file))))
  return [...sheets.flatMap((sheet) => [sheet.text, ...sheet.codes.flatMap(everyReadingOf)]), ...slips]
}

/** Kerning leaves gaps between letters of one word. */
const closed = (text: string): string => text.replaceAll(/\s+/g, '')

export async function expectPlainLabels(demo: PlayedDemo): Promise<void> {
  const buyers = buyersOf(demo)
  const named = new Set<string>()
  for (const { text, codes } of await labelsOf(demo)) {
    const owners = buyers.filter(({ name }) => closed(text).includes(closed(name)))
    expect(owners).toHaveLength(1)
    expect(closed(text)).toContain(closed(owners[0]?.address.lines[0] ?? '-'))
    expect(codes.filter((code) => isJwe(code.replace(/^[^:]*: /, '')))).toEqual([])
    named.add(owners[0]?.name ?? '')
  }
  expect(named).toEqual(new Set(buyers.map(({ name }) => name)))
  for (const text of deliveryTexts(demo)) {
    expect(personalIn(text, buyers)).toEqual(expect.arrayContaining(buyers.map(({ name }) => name)))
    expect(text).not.toContain('"sealed"')
  }
}

/** The file that travels is sealed and signed whichever way the labels were made. */
export async function expectSealedManifests(demo: PlayedDemo): Promise<void> {
  for (const manifest of manifestsOf(demo)) {
    const file = readFileSync(join(demo.out, 'manifests', `${manifest}.manifest.jwe`), 'utf8')
    expect(personalIn(file, buyersOf(demo))).toEqual([])
    const courier = demo.printed.labels[0]?.courier ?? ''
    expect((await openJwe(file, keyOf(demo, courier))).header['typ']).toBe('backroom-manifest')
  }
}
