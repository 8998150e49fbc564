import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createPrinting } from '../../../src-main/adapters/printing/create-printing.ts'
import type { Printer } from '../../../src-main/domain/print-printer.ts'
import type { HandOver } from '../../../src-main/ports/printing.ts'
import { startLabelPrinter, type LabelPrinter, type Mood } from './label-printer.ts'

const times = { connectMs: 500, answerMs: 250, pauseMs: 20, idleMs: 300, printMs: 1_500, careMs: 1_000 }
const printing = createPrinting({ times })
const opened: LabelPrinter[] = []

afterEach(async () => {
  for (const printer of opened.splice(0)) await printer.close()
})

async function start(mood?: Mood): Promise<{ device: LabelPrinter; printer: Printer }> {
  const device = await startLabelPrinter(mood)
  opened.push(device)
  return { device, printer: printerAt(device.port) }
}

const printerAt = (port: number, isSilent = false): Printer => ({
  id: 'labels',
  name: 'Labels',
  way: { kind: 'zpl', host: '127.0.0.1', port, isSilent },
  media: '4x6',
  dpi: 203,
})

const label = (text: string): string => `^XA^CI28^FO20,20^A0N,30,30^FD${text}^FS^XZ`
const send = (printer: Printer, zpl: string, isCancelled = () => false): Promise<HandOver> =>
  printing.send({ printer, title: 'A.pdf', content: { zpl }, isScaled: false }, isCancelled)

describe('a label printer on a socket', () => {
  test('a label is printed once the printer says that nothing is left in it', async () => {
    const { device, printer } = await start()
    expect(await send(printer, label('Größe 東京'))).toEqual({ state: 'printed' })
    expect(device.printed).toEqual([label('Größe 東京')])
  })

  test('each of a hundred kilobytes arrives, however the network cuts them', async () => {
    const { device, printer } = await start()
    const long = label('0123456789'.repeat(10_000))
    expect(await send(printer, long)).toEqual({ state: 'printed' })
    expect(device.printed).toEqual([long])
  })

  test.each([
    ['isPaperOut', 'paper-out'],
    ['isHeadOpen', 'head-open'],
    ['isRibbonOut', 'ribbon-out'],
    ['isPaused', 'paused'],
    ['isBufferFull', 'buffer-full'],
    ['isSilent', 'silent'],
    ['babbles', 'not-understood'],
  ] as const)('a printer that %s is sent nothing, and the reason is said', async (mood, reason) => {
    const { device, printer } = await start({ [mood]: true })
    expect(await send(printer, label('A'))).toEqual({ state: 'refused', reason })
    expect(device.received()).not.toContain('^XA')
    expect(await printing.look(printer)).toMatchObject({ isReady: false, reasons: [reason] })
  })

  test('paper that runs out with the label inside: handed over, with the reason, never printed', async () => {
    const { device, printer } = await start({ runsOut: true })
    const sent = send(printer, label('A'))
    expect(await sent).toEqual({ state: 'handed-over', reason: 'paper-out' })
    expect(device.printed).toEqual([])
  })

  test('and printed after all when somebody puts paper in', async () => {
    const { device, printer } = await start({ runsOut: true })
    const sent = send(printer, label('A'))
    setTimeout(() => (device.mood.isPaperOut = false), 200)
    expect(await sent).toEqual({ state: 'printed' })
  })

  test('a printer that never answers is not believed to have printed', async () => {
    const { device } = await start({ isSilent: true })
    expect(await send(printerAt(device.port, true), label('A'))).toEqual({ state: 'handed-over' })
    expect(device.printed.length + (device.received().includes('^XZ') ? 1 : 0)).toBeGreaterThan(0)
  })

  test('a line that breaks in the middle leaves it unclear what was printed', async () => {
    const { printer } = await start({ closesAfter: 2_000 })
    const outcome = await send(printer, label('x'.repeat(4_000_000)))
    expect(outcome).toEqual({ state: 'unclear', reason: 'connection-lost' })
  })

  test('a printer that takes no more bytes is given up, and nothing is claimed', async () => {
    const { printer } = await start({ stopsAfter: 1_000 })
    const outcome = await send(printer, label('x'.repeat(16_000_000)))
    expect(outcome).toEqual({ state: 'unclear', reason: 'too-slow' })
  })

  test('where nobody listens, or somebody who says nothing, that is said', async () => {
    const { device, printer } = await start()
    await device.close()
    opened.pop()
    expect(await send(printer, label('A'))).toEqual({ state: 'refused', reason: 'not-answering' })
    expect(await printing.look(printer)).toEqual({ isReady: false, reasons: ['not-answering'] })
    const deaf = createServer((socket) => socket.on('error', () => undefined))
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve))
    const address = deaf.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await send(printerAt(port), label('A'))).toEqual({ state: 'refused', reason: 'silent' })
    deaf.close()
  })

  test('one document at a time: who comes second waits, and the order is kept', async () => {
    const { device, printer } = await start()
    const labels = ['A', 'B', 'C', 'D'].map(label)
    expect(await Promise.all(labels.map((zpl) => send(printer, zpl)))).toEqual(labels.map(() => ({ state: 'printed' })))
    expect(device.printed).toEqual(labels)
    expect(device.mostTalks()).toBe(1)
  })

  test('somebody who stops waiting is told what is known, not more', async () => {
    const { device, printer } = await start()
    const sent = send(printer, label('A'), () => device.received().includes('^XZ'))
    expect((await sent).state).toBe('handed-over')
  })

  test('another resolution than was set up is seen before the first label', async () => {
    const { printer } = await start({ dotsPerMm: 12 })
    expect(await printing.look(printer)).toMatchObject({ isReady: false, reasons: ['wrong-resolution'] })
    expect(await printing.look({ ...printer, dpi: 300 })).toEqual({ isReady: true, reasons: [], waiting: 0 })
  })

  test('the test label is one whole format of the media', async () => {
    const { device, printer } = await start()
    const content = await printing.testPage('4x6', 203, 'zpl')
    expect(await printing.send({ printer, title: 'test', content, isScaled: false }, () => false)).toEqual({
      state: 'printed',
    })
    expect(device.printed[0]).toContain('^PW812')
    expect(device.printed[0]).toContain('^LL1218')
  })
})
