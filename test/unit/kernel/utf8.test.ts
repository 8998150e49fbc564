import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { utf8Bytes, utf8Text } from '../../../src-main/kernel/utf8.ts'

describe('utf8', () => {
  test('is what the platform makes of any text, half pairs included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect([...utf8Bytes(text)]).toEqual([...new TextEncoder().encode(text)])
        expect(utf8Text(utf8Bytes(text))).toBe(text.toWellFormed())
      }),
      { seed: 41, numRuns: 300 },
    )
    expect([...utf8Bytes('a\ud800b')]).toEqual([...new TextEncoder().encode('a\ud800b')])
  })

  test('bytes that are no text are none', () => {
    expect(utf8Text(new Uint8Array([0xff]))).toBeUndefined()
    expect(utf8Text(new Uint8Array([0xc0, 0x80]))).toBeUndefined()
    expect(utf8Text(new Uint8Array([0xed, 0xa0, 0x80]))).toBeUndefined()
    expect(utf8Text(new Uint8Array())).toBe('')
  })
})
