import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import {
  isQueueName,
  jobWordOf,
  lookOf,
  readJobName,
  readQueues,
  reasonsOf,
  refusalOf,
} from '../../../src-main/adapters/printing/cups/cups-words.ts'
import {
  decodeAnswer,
  encodeQuestion,
  ippAddress,
  type IppAnswer,
} from '../../../src-main/adapters/printing/cups/ipp.ts'
import { jobTitle } from '../../../src-main/adapters/printing/job-title.ts'
import { printSettings, readPrinters } from '../../../src-main/adapters/printing/windows/windows-words.ts'
import { faultsOf, isEmpty, readDpi, readHostStatus } from '../../../src-main/adapters/printing/zpl/host-status.ts'

const lines = (...rows: readonly string[]): string => rows.map((row) => `\u0002${row}\u0003\r\n`).join('')

describe('what a label printer answers to ~HS', () => {
  const well = ['030,0,0,1245,000,0,0,0,000,0,0,0', '000,0,0,0,0,2,4,0,00000000,1,000', '1234,0'] as const

  test('a printer that is well has no faults and nothing left', () => {
    const status = readHostStatus(lines(...well))
    expect(status).toMatchObject({ labelLengthDots: 1245, formats: 0, labelsLeft: 0 })
    expect(status && [faultsOf(status), isEmpty(status)]).toEqual([[], true])
  })

  test('each flag is read from its own place, the gravest first', () => {
    const status = readHostStatus(
      lines('030,1,1,1245,003,1,0,1,000,1,1,1', '000,0,1,1,1,2,4,0,00000012,1,000', '1234,0'),
    )
    expect(status).toMatchObject({ formats: 3, labelsLeft: 12, isPartial: true })
    expect(status && faultsOf(status)).toEqual([
      'head-open',
      'paper-out',
      'ribbon-out',
      'settings-lost',
      'too-hot',
      'too-cold',
      'buffer-full',
      'paused',
    ])
    expect(status && isEmpty(status)).toBe(false)
  })

  test('a ribbon is missed only by a printer that uses one', () => {
    const status = readHostStatus(lines(well[0], '000,0,0,1,0,2,4,0,00000000,1,000', well[2]))
    expect(status && faultsOf(status)).toEqual([])
  })

  test('noise before the answer and an older answer do not count', () => {
    expect(
      readHostStatus(`noise\u0003${lines(...well)}${lines('030,1,0,1245,000,0,0,0,000,0,0,0', well[1], well[2])}`),
    ).toMatchObject({
      isPaperOut: true,
    })
  })

  test.each([
    ['nothing', ''],
    ['two lines', lines(well[0], well[1])],
    ['lines without their signs', well.join('\r\n')],
    ['too few fields', lines('030,0', well[1], well[2])],
    ['words instead of numbers', lines('030,0,0,long,000,0,0,0,000,0,0,0', well[1], well[2])],
    ['a page of another device', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('%s is no status', (_title, said) => expect(readHostStatus(said)).toBeUndefined())

  test('the resolution stands in the answer to ~HI', () => {
    expect(readDpi(lines('ZTC ZD421-203dpi ZPL,V93.21.17Z,8,8176KB'))).toBe(203)
    expect(readDpi(lines('ZTC ZT411-300dpi ZPL,V92.21.26Z,12,65536KB,X'))).toBe(300)
    expect(readDpi('something else')).toBeUndefined()
  })
})

describe('what CUPS says', () => {
  test('queues are read line by line, with the default one; what cannot be a queue is left out', () => {
    expect(readQueues('Label_1\nOffice\n-o\nwith blank\n\n', 'system default destination: Office\n')).toEqual([
      { name: 'Label_1', isDefault: false },
      { name: 'Office', isDefault: true },
    ])
  })

  test.each(['-o', '-', '; rm', 'a b', 'a/b', 'a#b', '', '$(x y)', "a'b", 'x'.repeat(200)])('%j is no queue', (name) =>
    expect(isQueueName(name)).toBe(false),
  )

  test.each([
    ['English', 'request id is Label_1-12 (0 file(s))\n'],
    ['German', 'Anfrage-ID ist Label_1-12 (0 Datei(en))\n'],
    ['Japanese', 'リクエスト ID は Label_1-12 です (0 個のファイル)\n'],
  ])('the name of a job is found in a %s sentence', (_language, said) =>
    expect(readJobName('Label_1', said)).toBe('Label_1-12'),
  )

  test('a job of another queue is not taken for ours', () => {
    expect(readJobName('Label', 'request id is Label_1-12 (0 file(s))')).toBeUndefined()
    expect(readJobName('Label_1', '')).toBeUndefined()
  })

  test('refusals of lp have a reason each', () => {
    expect(refusalOf('lp: Error - The printer or class does not exist.')).toBe('no-such-queue')
    expect(refusalOf('lp: Destination "Off" is not accepting jobs.')).toBe('queue-rejects')
    expect(refusalOf('lp: Error - Unable to connect to server')).toBe('spooler-off')
    expect(refusalOf('lp: something new')).toBe('spooler-refused')
  })

  const answer = (
    values: { readonly [name: string]: readonly (number | string | boolean)[] },
    status = 0,
  ): IppAnswer => ({
    status,
    values: new Map(Object.entries(values)),
  })

  test('only the state "completed" is printed; aborted, cancelled and forgotten are not', () => {
    expect(jobWordOf(answer({ 'job-state': [9] }))).toEqual({ state: 'printed' })
    expect(jobWordOf(answer({ 'job-state': [8] }))).toEqual({ state: 'refused', reason: 'aborted' })
    expect(jobWordOf(answer({ 'job-state': [7] }))).toEqual({ state: 'cancelled', reason: 'cancelled-there' })
    expect(jobWordOf(answer({ 'job-state': [5] }))).toEqual({ state: 'handed-over', reason: undefined })
    expect(jobWordOf(answer({ 'job-state': [4] }))).toEqual({ state: 'handed-over', reason: 'held' })
    expect(jobWordOf(answer({}, 0x0406))).toEqual({ state: 'unclear', reason: 'forgotten' })
    const stuck = answer({ 'job-state': [5], 'job-printer-state-reasons': ['media-empty-error'] })
    expect(jobWordOf(stuck)).toEqual({ state: 'handed-over', reason: 'paper-out' })
  })

  test('warnings do not keep a printer from printing', () => {
    expect(reasonsOf(['toner-low-warning', 'media-low-report', 'none', 'job-printing'])).toEqual([])
    expect(reasonsOf(['media-empty-error', 'media-needed', 'door-open', 'offline-report'])).toEqual([
      'paper-out',
      'head-open',
      'not-answering',
    ])
  })

  test('a stopped queue and one that takes nothing say so', () => {
    const values = { 'printer-state': [5], 'printer-is-accepting-jobs': [false], 'queued-job-count': [3] }
    expect(lookOf(answer(values))).toEqual({ isReady: false, reasons: ['queue-rejects', 'queue-stopped'], waiting: 3 })
    expect(lookOf(answer({ 'printer-state': [3], 'printer-state-reasons': ['none'] })).isReady).toBe(true)
  })

  test('where CUPS listens is read from each form that lpstat -H has', () => {
    expect(ippAddress('/run/cups/cups.sock\n')).toEqual({ socketPath: '/run/cups/cups.sock' })
    expect(ippAddress('localhost:631')).toEqual({ host: 'localhost', port: 631 })
    expect(ippAddress('[::1]:6631')).toEqual({ host: '::1', port: 6631 })
    expect(ippAddress('what is this')).toBeUndefined()
  })

  test('an answer that is cut off, or none at all, is no answer', () => {
    const question = encodeQuestion({
      operation: 'get-job-attributes',
      path: '/jobs/1',
      wanted: ['job-state', 'job-name'],
    })
    expect(decodeAnswer(question)?.values.get('requested-attributes')).toEqual(['job-state', 'job-name'])
    for (let length = 0; length < question.length; length++)
      expect(decodeAnswer(question.subarray(0, length)), String(length)).toBeUndefined()
    expect(decodeAnswer(Buffer.from('<html>Not Found</html>'))).toBeUndefined()
  })
})

describe('what Windows says', () => {
  test('printers are read from one object or from a list, with what they complain of', () => {
    const office = { Name: 'Büro "neu"', Default: true, WorkOffline: false, DetectedErrorState: 0 }
    const label = { Name: '\\\\server\\Zebra', Default: false, WorkOffline: false, DetectedErrorState: 4 }
    expect(readPrinters(`\uFEFF${JSON.stringify(office)}`)).toEqual([
      { name: 'Büro "neu"', isDefault: true, look: { isReady: true, reasons: [] } },
    ])
    expect(readPrinters(JSON.stringify([office, label]))?.[1]).toEqual({
      name: '\\\\server\\Zebra',
      isDefault: false,
      look: { isReady: false, reasons: ['paper-out'] },
    })
    expect(readPrinters('')).toEqual([])
    expect(readPrinters('Get-CimInstance : Access denied')).toBeUndefined()
  })

  test('a label is printed in its own size, a sheet on its named paper', () => {
    expect(printSettings('4x6', false)).toBe('noscale')
    expect(printSettings('A4', false)).toBe('noscale,paper=A4')
    expect(printSettings('letter', true)).toBe('fit,paper=letter')
  })
})

test.each([
  ['231-07B.pdf', '231-07B.pdf'],
  ['-o raw', 'oraw'],
  ['../../etc/passwd', 'etcpasswd'],
  ['Erika Müller; rm -rf /', 'ErikaMllerrm-rf'],
  ['^XZ', 'XZ'],
  ['', 'document'],
])('the title %j becomes %j', (title, expected) => expect(jobTitle(title)).toBe(expected))
