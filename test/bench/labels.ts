import { execSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createDocuments } from '../../src-main/adapters/documents/create-documents.ts'
import { threadedDocuments } from '../../src-main/adapters/documents/index.ts'
import { labelSealing } from '../../src-main/adapters/labels/label-sealing.ts'
import type { DeliveryInformation } from '../../src-main/domain/delivery-information.ts'
import type { SelectionInformation } from '../../src-main/domain/selection.ts'
import type { Documents } from '../../src-main/ports/documents.ts'
import { makeKeys, publicSet } from '../../src-courier/core/courier-keys.ts'
import { sampleDelivery } from '../fixtures/documents/sample-delivery.ts'
import { sampleSelection } from '../fixtures/documents/sample-selection.ts'

/**
 * How long the paper of a day takes: the recipients of 1,000 parcels sealed, their labels drawn and written to disk, and
 * the pick sheets and packing slips of a wave of 200 orders. `node test/bench/labels.ts [LABELS]` for fewer labels.
 * Each paper's own time is taken one at a time in one thread; the whole then as the program does it. Every part runs in
 * a process of its own, so that its memory is its own. Never asserted.
 */
const [count = '1000', part] = process.argv.slice(2)
const labels = Number(count)
const orders = 200
const totes = 8
/** As many as application/issue-many.ts asks for at a time. */
const ahead = 16
const fontsFolder = join(import.meta.dirname, '../../resources/fonts')

type Draw = (documents: Documents) => Promise<Uint8Array | string>

async function sealedDelivery(): Promise<{ delivery: DeliveryInformation; sealMs: number[] }> {
  const keys = await makeKeys()
  const set = JSON.parse(JSON.stringify(publicSet(keys))) as { keys: { use: string; kid: string }[] } // a JWK set
  const jwk = (use: string) => set.keys.find((key) => key.use === use) ?? { kid: '' }
  const key = { encKid: jwk('enc').kid, sigKid: jwk('sig').kid, enc: jwk('enc'), sig: jwk('sig'), addedAt: 0 }
  const sealing = labelSealing()
  const sample = sampleDelivery({ stops: labels })
  const sealMs: number[] = []
  const stops = []
  for (const [i, stop] of (sample.routes[0]?.stops ?? []).slice(0, labels).entries()) {
    const [parcel] = stop.parcels
    if (!parcel) continue
    const recipient = {
      name: `Zoë Quirrenbach ${i}`,
      lines: [`Straße der Völkerfreundschaft ${i}`, 'Hinterhaus, 3. Stock links'],
      postcode: String(10_000 + i),
      city: 'Neustadt an der Weinstraße',
      country: 'DE',
      phone: '+49 30 1234567',
      instructions: 'Bitte zweimal klingeln und dann beim Nachbarn abgeben.',
    }
    const from = performance.now()
    const sealed = await sealing.seal(recipient, { key, parcelNumber: parcel.number, expiresAt: sample.issuedAt * 2 })
    sealMs.push(performance.now() - from)
    stops.push({ ...stop, recipient: { sealed }, parcels: [{ ...parcel, recipient: { sealed } }] })
  }
  const route = { route: 1, distanceM: 0, optimal: false, stops }
  return { delivery: { ...sample, routes: [route] }, sealMs }
}

/** The sample's one long tour as carts walk it: eight orders each. */
function sampleWave(): SelectionInformation {
  const sample = sampleSelection({ orders })
  const stops = sample.tours.flatMap((tour) => tour.stops)
  const codes = sample.orders.map(({ code }) => code)
  const tours = Array.from({ length: Math.ceil(orders / totes) }, (_, i) => {
    const own = new Set(codes.slice(i * totes, (i + 1) * totes))
    const [tour] = sample.tours
    return tour ? [{ ...tour, seq: i + 1, stops: stops.filter(({ orderCode }) => own.has(orderCode)) }] : []
  }).flat()
  return { ...sample, tours }
}

/** The first paper opens fonts and warms the compiler up: it stands apart from the rest. */
function spreadOf(paper: string, ms: readonly number[]): object {
  const [first = 0, ...rest] = ms
  const sorted = rest.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1)
  return { paper, count: ms.length, 'first ms': first.toFixed(0), 'p50 ms': at(0.5), 'p95 ms': at(0.95), 'p99 ms': at(0.99) } // prettier-ignore
}

async function oneByOne(kind: string, draws: readonly Draw[]): Promise<object> {
  const documents = createDocuments({ fontsFolder })
  const ms: number[] = []
  for (const draw of draws) {
    const from = performance.now()
    await draw(documents)
    ms.push(performance.now() - from)
  }
  return spreadOf(kind, ms)
}

async function together(kind: string, documents: Documents, draws: readonly Draw[]): Promise<object> {
  const folder = mkdtempSync(join(tmpdir(), 'backroom-bench-'))
  const cpu = process.cpuUsage()
  const from = performance.now()
  let held = 0
  const waiting: Promise<Uint8Array | string>[] = []
  for (const index of draws.keys()) {
    while (waiting.length < draws.length && waiting.length < index + ahead) {
      const next = draws[waiting.length]
      if (next) waiting.push(next(documents))
    }
    const bytes = await waiting[index]
    waiting[index] = Promise.resolve('')
    writeFileSync(join(folder, String(index)), bytes ?? '')
    held = Math.max(held, process.memoryUsage().rss)
  }
  rmSync(folder, { recursive: true, force: true })
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (performance.now() - from) / 1000
  return { how: kind, papers: draws.length, seconds: seconds.toFixed(1), 'CPU seconds': ((user + system) / 1e6).toFixed(1), 'memory MB': Math.round(held / 1e6) } // prettier-ignore
}

interface Draws {
  readonly seal: readonly number[]
  readonly labels: readonly Draw[]
  readonly zpl: readonly Draw[]
  readonly slips: readonly Draw[]
  readonly picks: readonly Draw[]
}

async function drawsOfTheDay(): Promise<Draws> {
  const { delivery, sealMs } = await sealedDelivery()
  const wave = sampleWave()
  const parcels = delivery.routes.flatMap(({ stops }) => stops.map((stop) => ({ stop, parcel: stop.parcels[0] })))
  const each = (draw: (stop: Stop, parcel: Stop['parcels'][number]) => Draw): readonly Draw[] =>
    parcels.flatMap(({ stop, parcel }) => (parcel ? [draw(stop, parcel)] : []))
  return {
    seal: sealMs,
    labels: each((stop, parcel) => (documents) => documents.label(delivery, stop, parcel)),
    zpl: each((stop, parcel) => (documents) => documents.labelZpl(delivery, stop, parcel, { dpi: 203 })),
    slips: wave.orders.map((order) => (documents) => documents.packingSlip(wave, order)),
    picks: wave.tours.map((tour) => (documents) => documents.pickSheet(wave, tour)),
  }
}

type Stop = DeliveryInformation['routes'][number]['stops'][number]

const parts: { readonly [part: string]: (draws: Draws) => object | Promise<object> } = {
  'sealed block': ({ seal }) => spreadOf('sealed block', seal),
  label: (draws) => oneByOne('label', draws.labels.slice(0, 300)),
  'label as ZPL': (draws) => oneByOne('label as ZPL', draws.zpl.slice(0, 300)),
  'packing slip': (draws) => oneByOne('packing slip', draws.slips),
  'pick sheet': (draws) => oneByOne('pick sheet', draws.picks),
  'in threads': (draws) => together('in threads', threadedDocuments({ fontsFolder }), all(draws)),
  'in one thread': (draws) => together('in one thread', createDocuments({ fontsFolder }), all(draws)),
}

const all = ({ picks, slips, labels: own }: Draws): readonly Draw[] => [...picks, ...slips, ...own]

function measured(name: string): object {
  const { stdout, stderr } = spawnSync(process.execPath, [import.meta.filename, count, name], { encoding: 'utf8' })
  process.stderr.write(stderr)
  return JSON.parse(stdout) as object // what the branch below prints
}

const only = part === undefined ? undefined : parts[part]
if (only) {
  console.log(JSON.stringify(await only(await drawsOfTheDay())))
  process.exit(0)
}
const commit = execSync('git rev-parse --short HEAD', { encoding: 'utf8' }).trim()
const [load = 0] = loadavg()
console.log(`${cpus()[0]?.model ?? 'unknown CPU'} x ${cpus().length}, load ${load.toFixed(1)}, Node ${process.version}, commit ${commit}`) // prettier-ignore
const names = Object.keys(parts)
console.table(names.slice(0, 5).map(measured))
console.table(names.slice(5).map(measured))
