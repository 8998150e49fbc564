import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonPosition } from '../../../../src-main/hosts/cli/json-position.ts'

describe('jsonPosition', () => {
  test.each([
    ['nothing at all', '', 0],
    ['an object that does not end', '{"a": 1', 7],
    ['a comma before the end', '{"a": 1,}', 8],
    ['a missing comma', '[1 2]', 3],
    ['a missing colon', '{"a" 1}', 5],
    ['a name without quotes', '{a: 1}', 1],
    ['a word', 'hello', 0],
    ['half a word', '{"a": tru}', 6],
    ['a number that begins with 0', '[01]', 2],
    ['a text that does not end', '{"a": "b', 6],
    ['an escape that does not exist', '["\\x"]', 1],
    ['a second value', '{} {}', 3],
    ['the wrong bracket', '[1}', 2],
    ['a closing bracket alone', ']', 0],
    ['single quotes', "['a']", 1],
  ])('finds %s', (_title, text, position) => {
    expect(() => JSON.parse(text) as unknown).toThrow()
    expect(jsonPosition(text).position).toBe(position)
  })

  test('lines and columns count from 1', () => {
    expect(jsonPosition('{\n  "a": 1,\n  b: 2\n}')).toEqual({ position: 14, line: 3, column: 3 })
    expect(jsonPosition('?')).toEqual({ position: 0, line: 1, column: 1 })
  })

  test('a valid text is read to its end: a strange sign behind it is found there', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonPosition(`${text} ?`).position).toBe(text.length + 1)
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})
