import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { failureOf, traceOf } from '../../contract/failure.ts'
import { exitCodeOf } from '../../kernel/errors.ts'
import { sentenceOf } from '../cli/sentences.ts'
import { claim, claimPapers, claimPreviewsHold, claimRisingStates } from './checks.ts'
import { drive, openTerminals, type CourierTerminal, type Delivered } from './couriers.ts'
import type { Looked } from './customers.ts'
import type { FloorReport } from './floor-staff.ts'
import { demoUsage, readOptions, type DemoOptions } from './options.ts'
import { clearOutFolder } from './out-folder.ts'
import { sendCustomers, type Customers } from './people.ts'
import { runToEnd } from './processes.ts'
import { openRecording, type Recording } from './recording.ts'
import { openShop, openStorefront, type Shop } from './shop.ts'
import { stageClock, type Stages } from './stages.ts'
import { countDocuments, tableOf, writeSummary, type Summary } from './summary.ts'

const resources = fileURLToPath(new URL('../../../resources/sample-shop/', import.meta.url))
const floorStaff = fileURLToPath(new URL('./floor-staff.ts', import.meta.url))

/** The sample shop's couriers; the last gets its manifests by folder. */
const courierCodes = ['van-north', 'van-south', 'far-parcel'] as const

/**
 * Plays the whole line of work with real programs: storefront, customers, shop, floor and couriers are processes of
 * their own that share nothing but the network and their own keys. Answers the exit code.
 */
export async function runDemo(argv: readonly string[]): Promise<number> {
  const closing: (() => Promise<void> | void)[] = []
  const closeAll = async (): Promise<void> => {
    for (const close of closing.toReversed()) await close()
  }
  if (argv.includes('--help')) {
    process.stdout.write(`npm run demo -- ${demoUsage}\n`)
    return 0
  }
  try {
    const options = readOptions(argv)
    await clearOutFolder(options.out)
    const tell = (line: string): void => void process.stderr.write(`${line}\n`)
    const stages = stageClock(tell)
    const stage = await setTheStage(options, stages, closing)
    const summary = await play(options, stages, stage)
    await writeSummary(options, summary)
    process.stdout.write(
      options.isJson ? `${JSON.stringify(summary)}\n` : `\n${tableOf(summary)}\nEverything is in ${options.out}\n`,
    )
    if (options.keeps) await keepOpen(stage)
    return 0
  } catch (error) {
    const failure = failureOf(error)
    if (failure.code === 'ERR_INTERNAL' && error instanceof Error) process.stderr.write(`${traceOf(error)}\n`)
    process.stderr.write(`${sentenceOf(failure)}\n`)
    return exitCodeOf(failure.code)
  } finally {
    await closeAll()
  }
}

interface Stage {
  readonly storefront: { readonly address: string; readonly token: string }
  readonly shop: Shop
  readonly terminals: readonly CourierTerminal[]
  readonly customers: Customers
  readonly recording: Recording
}

async function setTheStage(
  options: DemoOptions,
  stages: Stages,
  closing: (() => Promise<void> | void)[],
): Promise<Stage> {
  const data = join(options.out, 'data')
  const recording = openRecording(options.record)
  closing.push(recording.stop)
  const storefront = await stages.run('storefront', () =>
    openStorefront(join(data, 'storefront'), resources, recording),
  )
  closing.push(storefront.stop)
  const shop = await stages.run('shop', () =>
    openShop({ dataFolder: join(data, 'shop'), sealing: options.sealing, recording }),
  )
  closing.push(shop.stop)
  const terminals = await stages.run('couriers', () =>
    openTerminals(shop, courierCodes, {
      data: join(data, 'couriers'),
      keys: join(options.out, 'courier-keys'),
      recording,
    }),
  )
  closing.push(...terminals.map((terminal) => terminal.running.stop))
  await stages.run('first-sync', async () => {
    await shop.command('connect', storefront.address, '--token', storefront.token)
    await shop.command('sync')
  })
  const customers = await stages.run('customers', () =>
    sendCustomers({
      address: storefront.address,
      file: join(resources, 'customers.json'),
      count: options.orders,
      seed: options.seed,
    }),
  )
  closing.push(customers.stop)
  return { storefront, shop, terminals, customers, recording }
}

interface Plan {
  readonly wave: string
  readonly orders: number
  readonly parcels: number
  readonly provenFewest: number
  readonly provenBest: number
  readonly tours: readonly { readonly metres: number; readonly metresBinOrder: number }[]
  readonly unplanned: readonly unknown[]
}

interface WaveSeen {
  readonly parcels: readonly {
    readonly number?: string
    readonly orderCode: string
    readonly letter: string
    readonly carrierCode?: string
    readonly carton?: string
  }[]
}

async function play(options: DemoOptions, stages: Stages, stage: Stage): Promise<Summary> {
  const { shop, customers } = stage
  claimPreviewsHold(customers.ordered)
  const intake = await stages.run('sync', () => shop.command<readonly { orders: { new: number } }[]>('sync'))
  claim(intake[0]?.orders.new === options.orders, 'every order arrives once', { arrived: intake[0]?.orders.new ?? 0 })
  const again = await shop.command<readonly { orders: { new: number; changed: number } }[]>('sync')
  claim(again[0]?.orders.new === 0 && again[0].orders.changed === 0, 'a second sync brings nothing new')

  const plan = await stages.run('plan', () => shop.command<Plan>('plan', '--seed', String(options.seed)))
  await stages.run('documents', () => shop.command<readonly unknown[]>('documents', plan.wave, '--out', options.out))
  await stages.run('labels', () => shop.command<readonly unknown[]>('labels', plan.wave, '--out', options.out))
  const floor = await workTheFloor(options, stages, { stage, plan })
  const handOver = await handOverAll(options, stages, { stage, looks: floor.looks, watched: floor.watched })

  const wave = await shop.command<WaveSeen>('call', 'waves.get', JSON.stringify({ wave: plan.wave }))
  const reports = await shop.command<{ total: number; rows: readonly { state: string }[] }>(
    'call',
    'outbox.list',
    JSON.stringify({ limit: 1 }),
  )
  const outbox = await shop.command<{ outbox: { waiting: number; refused: number } }>('status')
  claim(
    outbox.outbox.waiting === 0 && outbox.outbox.refused === 0,
    'nothing is left waiting or refused in the outbox',
    outbox.outbox,
  )
  const sum = (count: (tour: Plan['tours'][number]) => number): number =>
    Math.round(plan.tours.reduce((all, tour) => all + count(tour), 0))
  return {
    seed: options.seed,
    sealing: options.sealing,
    orders: options.orders,
    parcels: plan.parcels,
    provenFewest: plan.provenFewest,
    provenBest: plan.provenBest,
    unplanned: plan.unplanned.length,
    cartons: cartonsOf(wave),
    tours: plan.tours.length,
    metres: sum((tour) => tour.metres),
    metresBinOrder: sum((tour) => tour.metresBinOrder),
    documents: await countDocuments(options.out),
    manifests: handOver.manifests,
    reports: reports.total,
    wrongScansRefused: floor.wrongScansRefused,
    shortPicks: floor.shortPicks,
    recipientsOpened: handOver.opened,
    states: handOver.states,
    secondsByStage: stages.secondsByStage,
    labels: wave.parcels.flatMap(({ number, orderCode, carrierCode }) =>
      number !== undefined && carrierCode !== undefined
        ? [{ parcel: number, order: orderCode, courier: carrierCode, file: `labels/${number}.pdf` }]
        : [],
    ),
  }
}

function cartonsOf(wave: WaveSeen): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const parcel of wave.parcels) counts[parcel.carton ?? 'own box'] = (counts[parcel.carton ?? 'own box'] ?? 0) + 1
  return counts
}

/** One customer whose parcel is watched through all its states. */
interface Watched {
  readonly index: number
  readonly letter: string
}

interface FloorResult {
  readonly looks: readonly Looked[]
  readonly watched: Watched
  readonly wrongScansRefused: number
  readonly shortPicks: number
}

/** Picker and packer work the wave through a station; the customer of the first picked parcel looks in between. */
async function workTheFloor(
  options: DemoOptions,
  stages: Stages,
  at: { stage: Stage; plan: Plan },
): Promise<FloorResult> {
  const { shop, customers, recording } = at.stage
  const station = await recording.through('tablet', shop.address, 'client')
  const { token } = await shop.command<{ token: string }>('pair', 'demo tablet')
  const work = async (task: string): Promise<FloorReport> =>
    // floor-staff.ts prints exactly this report.
    (await runToEnd({
      name: `floor ${task}`,
      args: [floorStaff, station, token, at.plan.wave, task],
      recording,
    })) as FloorReport
  await shop.command('report')
  const before = await customers.look(customers.ordered.map((one) => one.index))
  const first = await stages.run('first-pick', () => work('first-pick'))
  await shop.command('report')
  const watched = await watchedOf(shop, customers, first)
  const looks = [...before.filter((look) => look.index === watched.index), ...(await customers.look([watched.index]))]
  const rest = await stages.run('picking', () => work('pick'))
  const packed = await stages.run('packing', () => work('pack'))
  claimPapers(options, packed)
  await shop.command('report')
  looks.push(...(await customers.look([watched.index])))
  return {
    looks,
    watched,
    wrongScansRefused: first.wrongScansRefused + packed.wrongScansRefused,
    shortPicks: rest.shortPicks,
  }
}

async function watchedOf(shop: Shop, customers: Customers, report: FloorReport): Promise<Watched> {
  const { order } = await shop.command<{ order: { externalId: string } }>('order', report.first?.orderCode ?? '')
  const index = customers.ordered.find((one) => one.orderId === order.externalId)?.index
  claim(index !== undefined, 'the first picked order belongs to one of the customers')
  return { index: index ?? 0, letter: report.first?.letter ?? 'A' }
}

/** Manifests out, couriers drive, signed status files in; the customer looks after each. */
async function handOverAll(
  options: DemoOptions,
  stages: Stages,
  at: { stage: Stage; looks: readonly Looked[]; watched: Watched },
): Promise<{ manifests: number; opened: number; states: readonly string[] }> {
  const { shop, customers, terminals } = at.stage
  const closed = await stages.run('manifests', () =>
    shop.command<{ closed: readonly { number: string }[] }>('manifest', '--out', options.out),
  )
  const looks = [...at.looks, ...(await customers.look([at.watched.index]))]
  const delivered: Delivered[] = []
  await stages.run('delivery', async () => {
    for (const [index, terminal] of terminals.entries())
      delivered.push(...(await drive(terminal, { missesLast: index === 1 })))
  })
  claim(delivered.length === closed.closed.length, 'each manifest reaches its courier', {
    closed: closed.closed.length,
    arrived: delivered.length,
  })
  await stages.run('status', async () => {
    for (const { manifest, statusFile } of delivered) {
      const path = join(options.out, 'data', `${manifest}.status.jws`)
      await writeFile(path, statusFile)
      const taken = await shop.command<{ ignored: readonly unknown[] }>('import-status', path)
      claim(taken.ignored.length === 0, 'every entry of a status file is taken', { manifest })
    }
  })
  looks.push(...(await customers.look([at.watched.index])))
  await claimRecipients(delivered)
  return {
    manifests: delivered.length,
    opened: delivered.flatMap((one) => one.opened).length,
    states: claimRisingStates(looks, at.watched.letter),
  }
}

/** What couriers opened are names of this demo's customers; compared here in memory, written nowhere. */
async function claimRecipients(delivered: readonly Delivered[]): Promise<void> {
  // The sample shop's own file, checked by its tests.
  const customers = JSON.parse(await readFile(join(resources, 'customers.json'), 'utf8')) as readonly {
    readonly address: { readonly name: string }
  }[]
  const names = new Set(customers.map((customer) => customer.address.name))
  const unknown = delivered.flatMap((one) => one.opened).filter(({ name }) => name === undefined || !names.has(name))
  claim(unknown.length === 0, 'couriers open the recipients that customers gave', { unknown: unknown.length })
}

/** Prints how everything can be reached and waits for Ctrl C. */
async function keepOpen(stage: Stage): Promise<void> {
  const { token } = await stage.shop.command<{ token: string }>('pair', 'visitor')
  const reachable = {
    storefront: { address: stage.storefront.address, backOfficeToken: stage.storefront.token },
    station: {
      address: stage.shop.address,
      token,
      desktopToken: stage.shop.desktopToken,
      open: `${stage.shop.address}/?token=${stage.shop.desktopToken}`,
    },
    couriers: stage.terminals.map(({ code, address, ownToken, keyFile }) => ({ code, address, ownToken, keyFile })),
  }
  // Who reads where the programs are may end them at once: by then somebody has to listen.
  const ended = new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  process.stdout.write(JSON.stringify(reachable) + '\n')
  await ended
}
