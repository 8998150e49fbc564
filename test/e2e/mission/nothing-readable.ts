import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { openVault } from '../../../src-main/adapters/vault/vault.ts'
import { sampleCustomers, type SampleCustomer } from '../stage/customers.ts'
import { inWords, readEveryByte, type ReadDemo } from '../stage/every-byte-of.ts'
import { filesIn } from '../stage/papers.ts'
import type { PlayedDemo } from '../stage/played-demo.ts'
import { resources } from '../stage/programs.ts'
import { isJwe, openJwe, openJweWith } from '../stage/sealed-files.ts'
import type { Kind } from '../../integration/security/personal-values.ts'
import { mayBeRead, positions } from './may-be-read.ts'

// The sample shop's own file, checked by its tests.
const shop = JSON.parse(readFileSync(join(resources, 'shop.json'), 'utf8')) as {
  readonly postcode: string
  readonly city: string
  readonly addressLines: readonly string[]
}
const ownAddress = [...shop.addressLines, `${shop.postcode} ${shop.city}`]

/** A machine that does much else at the time reads the papers of sixty customers slowly. */
const patienceMs = 3_600_000

/**
 * The proof that the promise holds: every byte that a demo left, and every byte that terminals of the floor and of
 * couriers received, read in every way that needs no key, against LABELS.md's table (may-be-read.ts).
 */
export function nothingReadable(sealing: 'delivery' | 'selection', played: () => PlayedDemo): void {
  describe(`every byte of a demo with sealing on the ${sealing} side`, () => {
    let demo: PlayedDemo
    let buyers: readonly SampleCustomer[]
    let read: ReadDemo
    beforeAll(async () => {
      demo = played()
      buyers = sampleCustomers.slice(0, demo.orders)
      read = await readEveryByte(demo, buyers, ownAddress)
    }, patienceMs)

    test(`M14: sealing on the ${sealing} side: no byte tells anything of a customer but what the table allows in its place`, () => {
      const forbidden = read.reads.filter(({ position, value }) => !mayBeRead(position, sealing).includes(value.kind))
      expect(inWords(forbidden)).toEqual([])
    })

    test('the table knows every file, and every row of it was put to the test', () => {
      expect(read.unknown).toEqual([])
      const untouched = positions.filter(({ position }) => !read.filesByPosition.has(position))
      expect(untouched.map(({ position }) => position)).toEqual([])
    })

    test('the search is not blind: it reads every customer on the screen of whoever delivers to them', () => {
      const seen = read.reads.filter(({ position }) => position === "courier's screen")
      const peopleBy = (kind: Kind) =>
        [...new Set(seen.filter(({ value }) => value.kind === kind).map(({ value }) => value.person))].toSorted(
          (a, b) => a - b,
        )
      for (const kind of ['name', 'street', 'phone'] as const) expect(peopleBy(kind), kind).toEqual([...buyers.keys()])
      // Couriers who plan their own route are told no coordinates.
      expect(peopleBy('coordinates')).not.toEqual([])
    })

    test(`M14: sealing on the ${sealing} side: exactly one of the two documents holds the recipient, encrypted`, async () => {
      const [selection, delivery] = [recipientsIn(demo, 'selection'), recipientsIn(demo, 'delivery')]
      const [sealed, other] = sealing === 'delivery' ? [delivery, selection] : [selection, delivery]
      expect(sealed.length).toBeGreaterThanOrEqual(demo.orders)
      expect(other.filter((text) => isJwe(text))).toEqual([])
      expect(sealed.filter((text) => !isJwe(text))).toEqual([])
      const opened = await Promise.all(sealed.map((block) => openedBy(demo, block)))
      expect(new Set(opened)).toEqual(new Set(buyers.map((one) => onDoor(one.address))))
    })
  })
}

/** Recipients of a document, as they stand in it: a block, or the address in clear. */
function recipientsIn({ out }: PlayedDemo, kind: 'selection' | 'delivery'): readonly string[] {
  const files = filesIn(out, 'documents').filter((file) => file.endsWith(`.${kind}.json`))
  return files.flatMap((file) => recipientsBelow(JSON.parse(readFileSync(join(out, 'documents', file), 'utf8'))))
}

function recipientsBelow(value: unknown): readonly string[] {
  if (typeof value === 'string') return isJwe(value) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'plain' ? [JSON.stringify(inner)] : recipientsBelow(inner),
  )
}

/** Opened by node-jose: by the key of the courier it was sealed for, or by the key of the shop's counter. */
async function openedBy({ out, sealing }: PlayedDemo, block: string): Promise<string> {
  if (sealing === 'selection') {
    const folder = join(out, 'data', 'shop', 'keys')
    const vault = await openVault({ folder, random: { bytes: randomBytes } })
    return doorOf((await openJweWith(block, await vault.shopKeys.counterKey())).text)
  }
  for (const file of filesIn(out, 'courier-keys')) {
    const opened = await openJwe(block, join(out, 'courier-keys', file)).catch(() => undefined)
    if (opened) return doorOf(opened.text)
  }
  throw new Error('a block that no courier of the demo opens')
}

/** `n`, `a`, `z`, `t` of a sealed block (docs/protocol/sealed-files.md). */
function doorOf(text: string): string {
  const { n: name, a: lines, z: postcode, t: city } = JSON.parse(text) as { n: string; a: readonly string[]; z: string; t: string } // prettier-ignore
  return onDoor({ name, lines, postcode, city })
}

const onDoor = ({ name, lines, postcode, city }: { name: string; lines: readonly string[]; postcode: string; city: string }): string => [name, ...lines, postcode, city].join(' / ') // prettier-ignore
