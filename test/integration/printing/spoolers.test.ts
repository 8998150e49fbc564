import { Buffer } from 'node:buffer'
import { existsSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPrinting } from '../../../src-main/adapters/printing/create-printing.ts'
import type { Printer } from '../../../src-main/domain/print-printer.ts'
import type { HandOver, Printing } from '../../../src-main/ports/printing.ts'
import { fakePrograms, type FakePrograms } from './fake-programs.ts'

const pdf = new TextEncoder().encode('%PDF-1.4 not personal %%EOF')
const printerOn = (queue: string, media: Printer['media'] = 'A4'): Printer => ({
  id: 'p',
  name: 'Printer',
  way: { kind: 'queue', queue },
  media,
  dpi: 203,
})

let fakes: FakePrograms
beforeEach(() => (fakes = fakePrograms()))
afterEach(() => fakes.remove())

// The fake programs start by their first line, which Windows does not read.
const onUnix = process.platform === 'win32' ? describe.skip : describe

onUnix('Windows, with a spooler that records what it is given', () => {
  const listed = JSON.stringify([
    { Name: 'Office', Default: true, WorkOffline: false, DetectedErrorState: 0 },
    { Name: 'Zebra & Söhne "A"', Default: false, WorkOffline: false, DetectedErrorState: 4 },
    { Name: '; rm -rf .', Default: false },
  ])

  function windows(answer: { code?: number } = {}): { printing: Printing; sumatra: string } {
    const powershell = fakes.make('powershell', { says: listed })
    const sumatra = fakes.make('SumatraPDF.exe', answer)
    const env = { ...process.env, LOCALAPPDATA: undefined, ProgramFiles: undefined, 'ProgramFiles(x86)': undefined }
    return { printing: createPrinting({ platform: 'win32', env, powershell, timeoutMs: 20_000 }), sumatra }
  }
  const send = (given: ReturnType<typeof windows>, printer: Printer, title = '231-07B.pdf'): Promise<HandOver> =>
    given.printing.send({ printer, title, content: { pdf }, isScaled: false, program: given.sumatra }, () => false)

  test('the document goes out without a window, in its own size, as the file that came in', async () => {
    const given = windows()
    expect(await send(given, printerOn('Office'))).toEqual({ state: 'handed-over' })
    const started = fakes.started().at(-1)
    const file = started?.words.at(-1) ?? ''
    expect(started?.words.slice(0, -1)).toEqual([
      '-print-to',
      'Office',
      '-print-settings',
      'noscale,paper=A4',
      '-silent',
    ])
    expect(basename(file)).toBe('231-07B.pdf')
    expect(Buffer.from(started?.file?.base64 ?? '', 'base64')).toEqual(Buffer.from(pdf))
    expect(started?.file?.mode).toBe('600')
    expect(existsSync(dirname(file))).toBe(false)
  })

  test('names are names, whatever is in them', async () => {
    const given = windows()
    expect(await send(given, printerOn('Zebra & Söhne "A"', '4x6'))).toEqual({ state: 'handed-over' })
    expect(fakes.started().at(-1)?.words).toContain('Zebra & Söhne "A"')
    expect(await send(given, printerOn('; rm -rf .'), '^XZ/../-o')).toEqual({ state: 'handed-over' })
    expect(basename(fakes.started().at(-1)?.words.at(-1) ?? '')).toBe('XZ..-o.pdf')
    expect(existsSync(fakes.folder)).toBe(true)
  })

  test.each(['-silent', 'Nowhere', ''])('a queue %j that Windows does not have is given nothing', async (queue) => {
    const given = windows()
    expect(await send(given, printerOn(queue))).toEqual({ state: 'refused', reason: 'no-such-queue' })
    expect(fakes.started().some(({ program }) => program === 'SumatraPDF.exe')).toBe(false)
  })

  test('a failure of the program is said; so is its absence, before anything is written', async () => {
    expect(await send(windows({ code: 1 }), printerOn('Office'))).toEqual({
      state: 'refused',
      reason: 'spooler-refused',
    })
    const without = { ...windows(), sumatra: '/nowhere/SumatraPDF.exe' }
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('backroom-print-'))
    expect(await send(without, printerOn('Office'))).toEqual({ state: 'refused', reason: 'no-spooler' })
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('backroom-print-'))).toEqual(before)
    expect(await without.printing.queues('/nowhere/SumatraPDF.exe')).toMatchObject({ problem: 'no-spooler' })
  })

  test('printers are listed and looked at; what became of a job nobody knows', async () => {
    const { printing, sumatra } = windows()
    const { queues, problem } = await printing.queues(sumatra)
    expect([problem, queues.map(({ name }) => name)]).toEqual([
      undefined,
      ['Office', 'Zebra & Söhne "A"', '; rm -rf .'],
    ])
    expect(await printing.look(printerOn('Zebra & Söhne "A"'))).toEqual({ isReady: false, reasons: ['paper-out'] })
    expect(await printing.ask(printerOn('Office'), 'Office-1')).toBeUndefined()
  })
})

onUnix('CUPS, with programs that record what they are given', () => {
  function cups(lp: { says?: string; complains?: string; code?: number } = {}): Printing {
    fakes.make('lpstat', {
      says: { '-r': 'scheduler is running\n', '-e': 'Label_1\nOffice\n', '-d': 'no system default destination\n' },
    })
    fakes.make('lp', { says: 'Anfrage-ID ist Label_1-12 (0 Datei(en))\n', ...lp })
    fakes.make('cancel', {})
    return createPrinting({ platform: 'linux', env: { ...process.env, PATH: fakes.folder }, timeoutMs: 20_000 })
  }
  const send = (printing: Printing, queue: string, isScaled = false): Promise<HandOver> =>
    printing.send({ printer: printerOn(queue, '4x6'), title: '231-07B.pdf', content: { pdf }, isScaled }, () => false)

  test('the document comes over standard input; words are words; the language is English', async () => {
    expect(await send(cups(), 'Label_1')).toEqual({ state: 'handed-over', spoolerJob: 'Label_1-12' })
    expect(fakes.started().at(-1)).toEqual({
      program: 'lp',
      words: ['-d', 'Label_1', '-t', '231-07B.pdf', '-o', 'media=na_index-4x6_4x6in', '-o', 'print-scaling=none'],
      language: 'C',
      input: new TextDecoder().decode(pdf),
    })
    await send(cups(), 'Label_1', true)
    expect(fakes.started().at(-1)?.words.at(-1)).toBe('print-scaling=fit')
  })

  test.each(['-o', '; rm', 'Label_1 -o raw', '$(touch x)', '', '--'])('a queue %j is given nothing', async (queue) => {
    expect(await send(cups(), queue)).toEqual({ state: 'refused', reason: 'no-such-queue' })
    expect(fakes.started().some(({ program }) => program === 'lp')).toBe(false)
  })

  test('what lp refuses has its reason', async () => {
    const refused = { complains: 'lp: Destination "Office" is not accepting jobs.', code: 1 }
    expect(await send(cups(refused), 'Office')).toEqual({ state: 'refused', reason: 'queue-rejects' })
  })

  test('only a job of that very queue is called back', async () => {
    const printing = cups()
    for (const job of ['Office-3', '-a', 'Label_1', 'Label_1-1 -a'])
      expect(await printing.cancel(printerOn('Label_1'), job), job).toBe(false)
    expect(fakes.started().some(({ program }) => program === 'cancel')).toBe(false)
    expect(await printing.cancel(printerOn('Label_1'), 'Label_1-3')).toBe(true)
    expect(fakes.started().at(-1)?.words).toEqual(['Label_1-3'])
  })

  test('a system without printing says so', async () => {
    const printing = createPrinting({ platform: 'linux', env: { PATH: fakes.folder }, timeoutMs: 20_000 })
    expect(await printing.queues()).toEqual({ spooler: 'cups', problem: 'no-spooler', queues: [] })
    expect(await send(printing, 'Office')).toEqual({ state: 'refused', reason: 'no-spooler' })
    fakes.make('lpstat', { says: { '-r': 'scheduler is not running\n' } })
    expect(await printing.queues()).toMatchObject({ problem: 'spooler-off' })
    expect(await printing.look(printerOn('Office'))).toEqual({ isReady: false, reasons: ['spooler-off'] })
  })
})

describe('pages', () => {
  const printing = createPrinting()

  test('the test page has the size of its media, which is read from the page itself', async () => {
    for (const [media, size] of [
      ['A4', [2100, 2970]],
      ['4x6', [1016, 1524]],
    ] as const) {
      // prettier-ignore
      const content = await printing.testPage(media, 203, 'queue')
      expect('pdf' in content && (await printing.pageSizes(content.pdf))).toEqual([size])
    }
  })

  test('what is no PDF has no size', async () => {
    await expect(printing.pageSizes(new TextEncoder().encode('<html>'))).rejects.toMatchObject({
      code: 'ERR_INPUT_INVALID',
    })
  })
})
