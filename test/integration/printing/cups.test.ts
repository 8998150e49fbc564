import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPrinting } from '../../../src-main/adapters/printing/create-printing.ts'
import type { Printer } from '../../../src-main/domain/print-printer.ts'
import type { HandOver, JobWord, Printing } from '../../../src-main/ports/printing.ts'
import { noCups, startPrivateCups, type PrivateCups } from './private-cupsd.ts'

// A CUPS of our own, with its own port and folder: what comes out of it is what went in.
describe.skipIf(noCups !== undefined)(`a real CUPS${noCups ? ` (left out: ${noCups})` : ''}`, () => {
  let cups: PrivateCups
  let printing: Printing
  let pdf: Uint8Array

  beforeAll(async () => {
    cups = await startPrivateCups()
    for (const name of ['Label_1', 'slow', 'stop', 'abort'])
      cups.run('lpadmin', '-p', name, '-E', '-v', `capture:/${name}`)
    cups.run('lpadmin', '-p', 'closed', '-v', 'capture:/closed')
    printing = createPrinting({ platform: 'linux', env: cups.env, timeoutMs: 10_000 })
    const content = await printing.testPage('4x6', 203, 'queue')
    pdf = 'pdf' in content ? content.pdf : new Uint8Array()
  }, 20_000)
  afterAll(() => cups.stop())

  const printerOn = (queue: string): Printer => ({
    id: 'p',
    name: 'p',
    way: { kind: 'queue', queue },
    media: '4x6',
    dpi: 203,
  })
  const send = (queue: string): Promise<HandOver> =>
    printing.send({ printer: printerOn(queue), title: '231-07B.pdf', content: { pdf }, isScaled: false }, () => false)

  /** Asks until the word is another than "handed over" without a reason. */
  async function wordOn(queue: string, job: string | undefined): Promise<JobWord | undefined> {
    for (let tries = 0; tries < 100; tries++) {
      const word = await printing.ask(printerOn(queue), job ?? '')
      if (word?.state !== 'handed-over' || word.reason !== undefined) return word
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return undefined
  }

  async function handOver(queue: string): Promise<string> {
    const sent = await send(queue)
    if (sent.state !== 'handed-over' || sent.spoolerJob === undefined) throw new Error(JSON.stringify(sent))
    return sent.spoolerJob
  }

  test('its queues are listed', async () => {
    const { spooler, problem, queues } = await printing.queues()
    expect([spooler, problem, queues.map(({ name }) => name).toSorted()]).toEqual([
      'cups',
      undefined,
      ['Label_1', 'abort', 'closed', 'slow', 'stop'],
    ])
  })

  test('what comes out is the PDF that went in, under its code; then it is printed, and not before', async () => {
    const job = await handOver('slow')
    expect(await printing.ask(printerOn('slow'), job)).toEqual({ state: 'handed-over', reason: undefined })
    expect(await wordOn('slow', job)).toEqual({ state: 'printed' })
    const number = Number(job.split('-').at(-1))
    expect(Buffer.compare(cups.captured(number) ?? new Uint8Array(), pdf)).toBe(0)
    expect(cups.told(number)).toMatch(/^231-07B\.pdf\|.*media=na_index-4x6_4x6in.*print-scaling=none/)
  })

  test('a job that CUPS gave up is refused, though lpstat calls it completed', async () => {
    const job = await handOver('abort')
    expect(await wordOn('abort', job)).toEqual({ state: 'refused', reason: 'aborted' })
    expect(cups.run('lpstat', '-W', 'completed', '-o')).toContain(job)
  })

  test('a queue that stopped keeps the document, and both say why', async () => {
    const job = await handOver('stop')
    const word = await wordOn('stop', job)
    expect(word?.state).toBe('handed-over')
    expect(['queue-stopped', 'paper-out']).toContain(word && 'reason' in word ? word.reason : undefined)
    const look = await printing.look(printerOn('stop'))
    expect(look).toMatchObject({ isReady: false, waiting: 1 })
    expect(look.reasons).toContain('queue-stopped')
  })

  test('a document that has not come out is called back; one that has is not', async () => {
    const job = await handOver('stop')
    expect(await printing.cancel(printerOn('stop'), job)).toBe(true)
    expect(await wordOn('stop', job)).toEqual({ state: 'cancelled', reason: 'cancelled-there' })
    const printed = await handOver('Label_1')
    expect(await wordOn('Label_1', printed)).toEqual({ state: 'printed' })
    expect(await printing.cancel(printerOn('Label_1'), printed)).toBe(false)
  })

  test('a job that CUPS does not know is not called printed', async () => {
    expect(await printing.ask(printerOn('Label_1'), 'Label_1-9999')).toEqual({ state: 'unclear', reason: 'forgotten' })
  })

  test.each(['closed', 'nowhere', '-o', '; rm', '^XZ'])('the queue %j is given nothing', async (queue) => {
    const reason = queue === 'closed' ? 'queue-rejects' : 'no-such-queue'
    expect(await send(queue)).toEqual({ state: 'refused', reason })
  })

  test('a queue that is well says so', async () => {
    expect(await printing.look(printerOn('Label_1'))).toEqual({ isReady: true, reasons: [], waiting: 0 })
  })
})
