import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { hourInShop } from '../stage/customers.ts'
import { shortestTripM, tripM, type DrivenStop } from '../stage/driven.ts'
import { readJson, type LineOfWork } from '../stage/line-of-work.ts'
import { bytesOf, filesIn, readLabel, readPaper, readText } from '../stage/papers.ts'
import { everyReadingOf, personalIn } from '../stage/personal.ts'
import { headerOf, openJwe, verifyJws } from '../stage/sealed-files.ts'

interface ManifestLine extends Partial<DrivenStop> {
  readonly pid: string
  readonly seq: string
  readonly stop: number
  readonly routing: string
  readonly grossG: number
  readonly labelSha256: string
  readonly label: string
}

/** What a courier's own tools find in a manifest file (docs/protocol/sealed-files.md). */
interface ManifestContent {
  readonly number: string
  readonly shop: { readonly at: readonly [number, number] }
  readonly shopKey: object
  readonly parcels: readonly ManifestLine[]
  readonly csv: string
}

interface Delivery {
  readonly routes: readonly {
    readonly stops: readonly {
      readonly seq: string
      readonly parcels: readonly { readonly number: string; readonly recipient: object }[]
      readonly recipient: object
    }[]
  }[]
}

/** The tests of what leaves the shop: labels, manifests, delivery order, sealing. */
export function courierSide(played: () => LineOfWork): void {
  const customers = () => played().bought.map((one) => one.customer)
  const allPackages = () => played().selection.orders.flatMap((order) => order.packages)
  const deliveryOf = (manifest: string): Delivery =>
    readJson<Delivery>(join(played().out, 'documents', `${manifest}.delivery.json`))
  const fileOf = (manifest: string): string =>
    readFileSync(join(played().out, 'manifests', `${manifest}.manifest.jwe`), 'utf8')

  /** Opened by node-jose with the courier's key, the signature checked with the key that the shop gave out. */
  async function openManifest(manifest: string, keyFile: string): Promise<ManifestContent> {
    const { keys } = await played().shop.call<{ keys: readonly { use?: string }[] }>('shop.public-keys')
    const signed = await openJwe(fileOf(manifest), keyFile)
    const { header, text } = await verifyJws(signed.text, keys.find((key) => key.use === 'sig') ?? {})
    expect([signed.header['typ'], header['typ'], header['alg']]).toEqual([
      'backroom-manifest',
      'backroom-manifest',
      'ES256',
    ])
    // Compared member by member below.
    return JSON.parse(text) as ManifestContent
  }

  orderOfDelivery()
  manifestFiles()
  labelsAndTerminals()

  function orderOfDelivery(): void {
    describe('the order of delivery', () => {
      test('M11: manifest, delivery information and terminal list the parcels in one order of delivery', async () => {
        for (const { courier, manifest, stops } of played().views) {
          const { parcels } = await openManifest(manifest, courier.keyFile)
          const numbers = parcels.map((parcel) => parcel.pid)
          expect(numbers).toEqual(stops.flatMap((stop) => stop.parcels.map((parcel) => parcel.pid)))
          const delivery = deliveryOf(manifest).routes.flatMap((route) => route.stops)
          expect(delivery.flatMap((stop) => stop.parcels.map((parcel) => parcel.number))).toEqual(numbers)
          expect(delivery.map((stop) => stop.seq)).toEqual(delivery.map((_, index) => String(index + 1)))
          expect(parcels.map((parcel) => parcel.stop)).toEqual(parcels.map((parcel) => Number(parcel.seq)))
        }
      })

      test('M11: no order of the stops that keeps every delivery window makes a shorter round', async () => {
        const view = played().views.find(({ courier }) => courier.code === 'van-north')
        const { parcels, shop } = await openManifest(view?.manifest ?? '', view?.courier.keyFile ?? '')
        const { delivery } = await played().shop.call<{
          delivery: { readonly detourFactor: number; readonly serviceS: number }
        }>('settings.get')
        const day = /-(\d{4})(\d\d)(\d\d)-/.exec(view?.manifest ?? '')
        // couriers.json: van-north collects at 08:00 and drives 45 km/h.
        const leavesAt = ['+01:00', '+02:00']
          .map((offset) => Date.parse(`${day?.[1]}-${day?.[2]}-${day?.[3]}T08:00:00${offset}`))
          .find((at) => hourInShop(at) === 8)
        const van = {
          depot: shop.at,
          leavesAt: leavesAt ?? Number.NaN,
          metresPerSecond: 45 / 3.6 / delivery.detourFactor,
          serviceS: delivery.serviceS,
        }
        const stops = parcels
          .filter((parcel, index) => parcels.findIndex((other) => other.stop === parcel.stop) === index)
          .flatMap(({ at, window }): DrivenStop[] => (at ? [{ at, window }] : []))
        expect(stops.length).toBe(view?.stops.length)
        expect(stops.some((stop) => stop.window !== undefined)).toBe(true)
        // Distances are planned in whole metres.
        expect(tripM(van, stops)).toBeLessThan(shortestTripM(van, stops) + stops.length + 1)
      })

      test('M11: the run sheet lists every parcel in the order of delivery and nobody by name', async () => {
        for (const { manifest, stops } of played().views) {
          const text = await readText(bytesOf(played().out, 'run-sheets', `${manifest}.pdf`))
          const places = stops.flatMap((stop) => stop.parcels.map((parcel) => text.indexOf(parcel.pid)))
          expect(places).not.toContain(-1)
          expect(places).toEqual(places.toSorted((a, b) => a - b))
          expect(personalIn(text, customers())).toEqual([])
        }
      })
    })
  }

  function manifestFiles(): void {
    describe('the manifest file', () => {
      test('M17: a manifest opens with node-jose and the courier key, and the signature inside is the shop’s', async () => {
        for (const { courier, manifest } of played().views) {
          const content = await openManifest(manifest, courier.keyFile)
          expect(content.number).toBe(manifest)
          for (const { pid, label, labelSha256 } of content.parcels) {
            expect(createHash('sha256').update(label).digest('hex')).toBe(labelSha256)
            expect(headerOf(label)['pid']).toBe(pid)
          }
        }
      })

      test('M17: the CSV inside lists the same parcels in the same order', async () => {
        for (const { courier, manifest } of played().views) {
          const { csv, parcels } = await openManifest(manifest, courier.keyFile)
          const [head, ...rows] = parse(csv) as readonly (readonly string[])[] // without `columns` rows are lists
          const column = head?.findIndex((name) => /^(pid|parcel)/i.test(name)) ?? -1
          expect(rows.map((row) => row[column])).toEqual(parcels.map((parcel) => parcel.pid))
        }
      })

      test('M17: no other courier opens it, and a changed file opens for nobody', async () => {
        const [north, far] = played().views
        await expect(openJwe(fileOf(north?.manifest ?? ''), far?.courier.keyFile ?? '')).rejects.toThrow()
        const [head, key, nonce, text, tag] = fileOf(north?.manifest ?? '')
          .trim()
          .split('.')
        const changed = [head, key, nonce, `${text?.startsWith('A') ? 'B' : 'A'}${text?.slice(1)}`, tag].join('.')
        await expect(openJwe(changed, north?.courier.keyFile ?? '')).rejects.toThrow()
      })

      test('M17: backroom open-manifest needs no shop, only the file and the key', async () => {
        const { shop, views, out } = played()
        const { courier, manifest } = views[0] ?? { courier: { keyFile: '' }, manifest: '' }
        const file = join(out, 'manifests', `${manifest}.manifest.jwe`)
        const opened = await shop.command<ManifestContent>('open-manifest', file, '--key', courier.keyFile)
        expect(opened).toEqual(await openManifest(manifest, courier.keyFile))
      })
    })
  }

  function labelsAndTerminals(): void {
    describe('what the courier gets', () => {
      test('M4: every parcel has a label whose sealed code opens with the key of its courier and no other', async () => {
        const keyOf = new Map(
          played().views.flatMap(({ courier, stops }) =>
            stops.flatMap((stop) => stop.parcels.map(({ pid }) => [pid, courier.keyFile] as const)),
          ),
        )
        const files = filesIn(played().out, 'labels')
        expect(files).toHaveLength(allPackages().length)
        expect([...keyOf.keys()].map((pid) => `${pid}.pdf`).toSorted()).toEqual(files)
        for (const file of files) {
          const label = await readPaper(bytesOf(played().out, 'labels', file), file)
          const { block, number } = readLabel(label.codes)
          expect(`${number}.pdf`).toBe(file)
          const { header, text } = await openJwe(block, keyOf.get(number) ?? '')
          expect(header).toMatchObject({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'backroom-label', pid: number })
          // What JSON of a label is: LABELS, `n` to `i`.
          const recipient = JSON.parse(text) as {
            readonly n: string
            readonly a: readonly string[]
            readonly z: string
          }
          const owner = customers().find((customer) => customer.address.name === recipient.n)
          expect([recipient.a, recipient.z]).toEqual([owner?.address.lines, owner?.address.postcode])
          expect(personalIn(label.text, customers())).toEqual([])
          expect(label.codes.flatMap(everyReadingOf).flatMap((one) => personalIn(one, customers()))).toEqual([])
          const others = played().couriers.filter((courier) => courier.keyFile !== keyOf.get(number))
          for (const other of others) await expect(openJwe(block, other.keyFile)).rejects.toThrow()
        }
      })

      test('M4: the manifest reaches the terminal of each courier, by HTTPS and by folder, and is opened there', () => {
        expect(played().views.map((view) => view.courier.code)).toEqual(['van-north', 'far-parcel'])
        const opened = played().views.flatMap(({ stops }) => stops.map((stop) => stop.recipient))
        expect(opened.map((recipient) => recipient?.name).toSorted()).toEqual(
          customers()
            .map((customer) => customer.address.name)
            .toSorted(),
        )
      })

      test('M4: the courier weighs what the packer weighed', () => {
        const weights = played().views.flatMap(({ stops }) =>
          stops.flatMap((stop) => stop.parcels.map((one) => one.grossG)),
        )
        expect(weights.toSorted((a, b) => a - b)).toEqual(
          allPackages()
            .map((parcel) => parcel.totals.grossG)
            .toSorted((a, b) => a - b),
        )
      })

      test('M14: with sealing on the delivery side only the delivery information holds recipients, all encrypted', () => {
        expect(played().selection.orders.filter((order) => order.recipient !== undefined)).toEqual([])
        expect(JSON.stringify(played().selection)).not.toMatch(/"eyJ[\w-]+\.[\w-]*\./)
        const stops = played().views.flatMap(({ manifest }) =>
          deliveryOf(manifest).routes.flatMap((route) => route.stops),
        )
        const recipients = stops.flatMap((stop) => [stop.recipient, ...stop.parcels.map((parcel) => parcel.recipient)])
        expect(recipients.map((recipient) => Object.keys(recipient).join())).toEqual(recipients.map(() => 'sealed'))
        for (const { manifest } of played().views) {
          const text = readFileSync(join(played().out, 'documents', `${manifest}.delivery.json`), 'utf8')
          expect(personalIn(text, customers())).toEqual([])
          expect(
            headerOf(readFileSync(join(played().out, 'manifests', `${manifest}.manifest.jwe`), 'utf8'))['alg'],
          ).toBe('ECDH-ES')
        }
      })
    })
  }
}
