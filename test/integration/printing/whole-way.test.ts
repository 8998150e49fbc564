import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPrinting } from '../../../src-main/adapters/printing/create-printing.ts'
import type { InputOf, OperationName, OutputOf } from '../../../src-main/contract/operations.ts'
import { createRoom } from '../../../src-main/hosts/handlers.ts'
import { makeKeys, publicSet } from '../../../src-courier/core/courier-keys.ts'
import { openSampleRoom, type SampleRoom } from '../station/sample-room.ts'
import { startLabelPrinter, type LabelPrinter } from './label-printer.ts'
import { noCups, startPrivateCups, type PrivateCups } from './private-cupsd.ts'

// Issued documents of a real shop, from the wave to what comes out.
let shop: SampleRoom
let ask: <Name extends OperationName>(operation: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>
let wave: OutputOf<'waves.plan'>

async function open(env: NodeJS.ProcessEnv): Promise<void> {
  shop = await openSampleRoom()
  const room = createRoom({ ...shop.workshop, printing: createPrinting({ env }) })
  ask = async (operation, input) => {
    const reply = await room.call(operation, input, { door: 'cli', actor: 'cli:test' }, 'test')
    if (!reply.ok) throw Object.assign(new Error(reply.error.code), reply.error)
    // The room answers what the operations table says.
    return reply.value as OutputOf<typeof operation>
  }
  for (const carrier of ['VAN', 'POST'])
    await ask('couriers.add-key', { carrier, jwks: JSON.stringify(publicSet(await makeKeys())) })
  wave = await ask('waves.plan', {})
  await ask('waves.issue-documents', { wave: wave.wave.code })
  await ask('waves.issue-labels', { wave: wave.wave.code })
}

const numbersByFloor = (): readonly string[] => {
  const first = wave.tours.flatMap((tour) => tour.stops).map(({ parcelId }) => parcelId)
  return [...new Set(first)].map((id) => `${wave.parcels.find((parcel) => parcel.id === id)?.number}`)
}

describe.skipIf(noCups !== undefined)(`through a CUPS of our own${noCups ? ` (left out: ${noCups})` : ''}`, () => {
  let cups: PrivateCups
  beforeAll(async () => {
    cups = await startPrivateCups()
    for (const name of ['Label_1', 'Office']) cups.run('lpadmin', '-p', name, '-E', '-v', `capture:/${name}`)
    await open(cups.env)
    const queue = (name: string) => ({ name, way: { kind: 'queue' as const, queue: name } })
    await ask('printers.save', { printer: { ...queue('Label_1'), media: '4x6' } })
    await ask('printers.save', { printer: { ...queue('Office'), media: 'A4' } })
    await ask('printers.use', { kind: 'label', printer: 'Label_1' })
    for (const kind of ['pick-sheet', 'slip'] as const) await ask('printers.use', { kind, printer: 'Office' })
  }, 60_000)
  afterAll(async () => {
    await shop.close()
    await cups.stop()
  })

  test.each(['label', 'pick-sheet', 'slip'] as const)(
    'each %s that comes out is the one that was issued',
    async (kind) => {
      const { runId, jobs } = await ask('print.documents', { wave: wave.wave.code, kind })
      expect(jobs.length).toBeGreaterThan(0)
      for (let tries = 0; tries < 100; tries++) {
        await ask('print.follow', {})
        const { rows } = await ask('print.jobs', { run: runId })
        if (rows.every(({ state }) => state === 'printed')) break
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      const { rows } = await ask('print.jobs', { run: runId })
      expect(rows.map(({ state }) => state)).toEqual(jobs.map(() => 'printed'))
      for (const { documentId = '', spoolerJob, title } of rows) {
        const number = Number(spoolerJob?.split('-').at(-1))
        const issued = await shop.workshop.files.read(documentId)
        expect(Buffer.compare(cups.captured(number) ?? new Uint8Array(), issued), title).toBe(0)
        expect(cups.told(number).split('|')[0]).toBe(title)
      }
      if (kind === 'label') expect(rows.map(({ title }) => title)).toEqual(numbersByFloor().map((one) => `${one}.pdf`))
    },
  )

  test('a label for a roll of another size does not come out', async () => {
    await ask('printers.save', { printer: { name: 'Wrong', way: { kind: 'queue', queue: 'Label_1' }, media: 'A6' } })
    await expect(
      ask('print.documents', { wave: wave.wave.code, kind: 'label', again: true, printer: 'Wrong' }),
    ).rejects.toMatchObject({ code: 'ERR_PRINT_SIZE' })
  })
})

describe('through a label printer on a socket', () => {
  let device: LabelPrinter
  beforeAll(async () => {
    device = await startLabelPrinter()
    await open({})
    const way = { kind: 'zpl' as const, host: '127.0.0.1', port: device.port }
    await ask('printers.save', { printer: { name: 'Zebra', way, media: '4x6' } })
    await ask('printers.use', { kind: 'label', printer: 'Zebra' })
  }, 60_000)
  afterAll(async () => {
    await shop.close()
    await device.close()
  })

  test("a wave's labels come out in the floor's order, sealed, and only then are they printed", async () => {
    const { jobs } = await ask('print.documents', { wave: wave.wave.code, kind: 'label' })
    expect(jobs.map(({ state }) => state)).toEqual(wave.parcels.map(() => 'printed'))
    const numbers = numbersByFloor()
    expect(device.printed.length).toBe(numbers.length)
    for (const [at, number] of numbers.entries()) expect(device.printed[at]).toContain(number.slice(1))
    expect(device.received()).not.toMatch(/Quirrenbach|Xylophonallee|azalea/)
  })

  test('a label that was forgotten meanwhile is refused, and the others are printed', async () => {
    const [first] = wave.parcels
    const orderId = first?.orderId ?? ''
    const forgotten = wave.parcels.filter((parcel) => parcel.orderId === orderId).map(({ number }) => `${number}.pdf`)
    const audit = { id: 'purge', at: 1, actor: 'cli:test', action: 'purge', entity: 'order', entityId: orderId }
    const { documents } = await shop.workshop.store.purgeOrders([orderId], audit)
    for (const id of documents) await shop.workshop.files.remove(id)
    const { jobs } = await ask('print.documents', { wave: wave.wave.code, kind: 'label', again: true })
    for (const { title, state, reason } of jobs)
      expect([title, state, reason]).toEqual(
        forgotten.includes(title) ? [title, 'refused', 'document-gone'] : [title, 'printed', undefined],
      )
    expect(jobs.map(({ title }) => title)).toEqual(expect.arrayContaining(forgotten))
  })
})
