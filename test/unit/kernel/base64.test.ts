import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asciiBytes, asciiText, fromBase64, toBase64 } from '../../../src-main/kernel/base64.ts'

const bytes = fc.uint8Array({ maxLength: 200 })

test('base64 is what everybody writes, and comes back', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      const text = toBase64(value)
      expect(text).toBe(Buffer.from(value).toString('base64'))
      expect(fromBase64(text)).toEqual(value)
    }),
    { seed: 20_261_122 },
  )
})

test('what is no base64 is none', () => {
  for (const text of ['a', 'ab=', 'a b=', 'ab\n=', 'a-b_', '====']) expect(fromBase64(text), text).toBeUndefined()
})

test('a long text of ASCII signs comes back from its bytes', () => {
  const text = 'abc-_XYZ019'.repeat(5000)
  expect(asciiText(asciiBytes(text))).toBe(text)
})
