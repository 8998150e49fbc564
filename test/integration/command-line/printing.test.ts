import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startLabelPrinter, type LabelPrinter } from '../printing/label-printer.ts'
import { shopFolder } from './backroom.ts'

const folder = shopFolder()
let device: LabelPrinter
beforeAll(async () => {
  device = await startLabelPrinter()
  expect((await folder.run('init', '--sample', '--json')).code).toBe(0)
})
afterAll(async () => {
  folder.remove()
  await device.close()
})

describe('printing on the command line', () => {
  test('a label printer is set up, says how it is, and prints a test label', async () => {
    const zpl = `127.0.0.1:${device.port}`
    expect((await folder.run('printers', 'set', 'Zebra', '--zpl', zpl, '--media', '4x6')).code).toBe(0)
    expect((await folder.run('printers', 'use', 'label', 'Zebra')).code).toBe(0)
    expect((await folder.run('printers', 'list', '--json')).json<unknown[]>()).toMatchObject([
      { name: 'Zebra', usedFor: [{ kind: 'label' }], ready: true, says: 'Ready.', waiting: 0 },
    ])
    const tested = await folder.run('printers', 'test', 'zebra', '--json')
    expect(tested.json()).toMatchObject({
      jobs: [{ state: 'printed', says: 'Printed, as the system or the printer says.' }],
    })
    expect(device.printed).toHaveLength(1)
  })

  test('what does not come out is said in words, with exit code 3, and stays to be sent', async () => {
    device.mood.isHeadOpen = true
    const failed = await folder.run('printers', 'test', 'Zebra')
    expect([failed.code, failed.words]).toMatchObject([3, expect.stringContaining('It is open. Close it.')])
    device.mood.isHeadOpen = false
    expect((await folder.run('print', 'waiting', '--json')).json()).toMatchObject({ jobs: [{ state: 'printed' }] })
    expect((await folder.run('print', 'jobs', '--json')).json()).toMatchObject({ total: 2 })
  })

  test.each([
    ['a queue that would be an option', ['Office', '--queue=-o', '--media', 'A4']],
    ['no way at all', ['Office', '--media', 'A4']],
    ['two ways', ['Office', '--queue', 'a', '--zpl', 'b', '--media', 'A4']],
    ['an address that is none', ['Office', '--zpl', 'http://10.0.0.1/', '--media', '4x6']],
    ['no paper', ['Office', '--queue', 'Office']],
    ['paper that nobody makes', ['Office', '--queue', 'Office', '--media', 'A7']],
    ['a name of two lines', ['Office\nX', '--queue', 'Office', '--media', 'A4']],
  ])('%s is refused with exit code 2', async (_title, words) => {
    expect((await folder.run('printers', 'set', ...words)).code).toBe(2)
  })

  test.each([
    ['10.0.0.5', '10.0.0.5', 9100],
    ['zebra.local:6101', 'zebra.local', 6101],
    ['fe80::1', 'fe80::1', 9100],
    ['[2001:db8::5]:9101', '2001:db8::5', 9101],
  ])('the address %s is read with its port', async (typed, host, port) => {
    const saved = await folder.run('printers', 'set', 'Other', '--zpl', typed, '--media', '4x6', '--json')
    expect(saved.json()).toMatchObject({ way: { host, port } })
  })

  test('names that would be commands elsewhere are names here', async () => {
    expect((await folder.run('printers', 'set', '^XZ', '--queue', '; rm -rf .', '--media', 'A4')).code).toBe(0)
    const failed = await folder.run('printers', 'test', '^XZ', '--json')
    expect(failed.code).toBe(3)
    // A machine without CUPS or SumatraPDF says that instead.
    expect(JSON.stringify(failed.failure().details)).toMatch(/no-such-queue|no-spooler|spooler-off/)
    expect((await folder.run('printers', 'remove', '^XZ')).code).toBe(0)
  })

  test('a printer, a document or a job that is not there is named', async () => {
    for (const [words, code] of [
      [['printers', 'test', 'Nobody'], 'ERR_PRINTER_NOT_FOUND'],
      [['print', 'document', 'nothing'], 'ERR_DOCUMENT_NOT_FOUND'],
      [['print', 'wave', 'W1', 'label'], 'ERR_WAVE_NOT_FOUND'],
      [['print', 'cancel', 'nothing'], 'ERR_PRINT_JOB_NOT_FOUND'],
      [['printers', 'use', 'slip', 'Zebra'], 'ERR_PRINTER_UNFIT'],
    ] as const) {
      const failed = await folder.run(...words, '--json')
      expect([failed.code, failed.failure().code]).toEqual([2, code])
    }
  })
})
