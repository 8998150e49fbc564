import { describe, expect, test } from 'vitest'
import { readHidReport } from '../../../../src-renderer/devices/scale/hid-report.ts'
import type { ScaleReading } from '../../../../src-renderer/devices/scale/reading.ts'
import { lineReader, readSerialLine } from '../../../../src-renderer/devices/scale/serial-line.ts'

const bytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))

/** A recorded stream in pieces of so many bytes, as a serial line hands them over. */
function replay(stream: Uint8Array, size: number): readonly (ScaleReading | undefined)[] {
  const readings: (ScaleReading | undefined)[] = []
  const take = lineReader((line) => readings.push(readSerialLine(line)))
  for (let at = 0; at < stream.length; at += size) take(stream.subarray(at, at + size))
  return readings
}
const recorded = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a scale on USB, byte by byte', () => {
  test.each([
    ['04 02 00 d2 04', 'grams, standing still', { state: 'stable', grams: 1234 }],
    ['03 02 ff 8c 30', 'tenths of a gram, moving', { state: 'moving', grams: 1243 }],
    ['04 0b ff 4b 00', 'tenths of an ounce', { state: 'stable', grams: 213 }],
    ['04 0c fe c8 00', 'hundredths of a pound', { state: 'stable', grams: 907 }],
    ['04 03 fd d2 04', 'thousandths of a kilogram', { state: 'stable', grams: 1234 }],
    ['02 02 00 00 00', 'at zero', { state: 'stable', grams: 0 }],
    ['05 02 00 19 00', 'below zero', { state: 'negative', grams: -25 }],
    ['05 02 00 00 00', 'below zero, without a number', { state: 'underload' }],
    ['06 02 00 ff ff', 'too much on it', { state: 'overload' }],
    ['01 02 00 00 00', 'a fault', { state: 'fault' }],
    ['07 02 00 00 00', 'wants calibration', { state: 'fault' }],
    ['04 05 00 01 00', 'a unit nobody here knows', { state: 'fault' }],
  ])('%s: %s', (report, _what, expected) => {
    expect(readHidReport(bytes(report.replaceAll(' ', '')))).toEqual(expected)
  })

  test('a report that is cut off or unknown tells nothing', () => {
    expect(readHidReport(bytes('0402'))).toBeUndefined()
    expect(readHidReport(bytes('0002000000'))).toBeUndefined()
  })
})

describe('a scale on a serial line', () => {
  const sics =
    'S D      0.412 kg\r\nS D      1.190 kg\r\nS S      1.234 kg\r\nS +\r\nS -\r\nS I\r\nES\r\nS S    -12.50 g\r\n'
  const read: readonly (ScaleReading | undefined)[] = [
    { state: 'moving', grams: 412 },
    { state: 'moving', grams: 1190 },
    { state: 'stable', grams: 1234 },
    { state: 'overload' },
    { state: 'underload' },
    undefined,
    undefined,
    { state: 'negative', grams: -12 },
  ]

  test.each([1, 3, 7, 1000])('is read the same in pieces of %i bytes (MT-SICS)', (size) => {
    expect(replay(recorded(sics), size)).toEqual(read)
  })

  test('with weight and unit standing still, and without unit moving, is an older Kern', () => {
    const kern = '       1.190   \r\n       1.234 kg\r\n    -  0.020   \r\n    1234.5 g  \r\n'
    expect(replay(recorded(kern), 5)).toEqual([
      { state: 'moving', grams: 0 },
      { state: 'stable', grams: 1234 },
      { state: 'underload' },
      { state: 'stable', grams: 1235 },
    ])
  })

  test('with a heading on each line is an A&D, a CAS or an Ohaus', () => {
    const headed = 'US,GS,+  1.190kg\r\nST,GS,+  1.234kg\r\nST,+00012.34  g\rOL,+9999999E+19\nST,NT, 2,5 lb\n'
    expect(replay(recorded(headed), 4)).toEqual([
      { state: 'moving', grams: 1190 },
      { state: 'stable', grams: 1234 },
      { state: 'stable', grams: 12 },
      { state: 'overload' },
      { state: 'stable', grams: 1134 },
    ])
  })

  test('with a parity bit is read without it; noise and other units are no weight', () => {
    const withParity = recorded('S S      1.234 kg\r\n').map((byte) => byte | 0x80)
    expect(replay(withParity, 100)).toEqual([{ state: 'stable', grams: 1234 }])
    expect(replay(recorded('\u0000\u0007#@!\r\n     12 pcs\r\n'), 2)).toEqual([undefined, undefined])
    expect(replay(recorded('9'.repeat(500)), 50)).toEqual([])
  })
})
