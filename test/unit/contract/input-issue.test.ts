import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { firstIssue, pathText } from '../../../src-main/contract/input-issue.ts'

describe('pathText', () => {
  test.each([
    [[], '$'],
    [['orders', 0, 'items', 2, 'weightG'], 'orders[0].items[2].weightG'],
    [[3], '[3]'],
    [['a b', 'c'], '["a b"].c'],
    [['x', ''], 'x[""]'],
  ])('%j is written %s', (path, text) => {
    expect(pathText(path)).toBe(text)
  })
})

describe('firstIssue', () => {
  const schema = z.strictObject({
    count: z.int().min(1).max(9),
    name: z.string().min(1),
    kind: z.enum(['a', 'b']),
    list: z.array(z.number().gt(0)).max(2),
    way: z.union([z.literal(0), z.number().min(0.5).max(1)]),
    choice: z.union([z.enum(['any', 'none']), z.array(z.enum(['l', 'w']))]),
    floor: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('x') }), z.strictObject({ is: z.literal('y') })]),
    own: z.string().refine((text) => text !== 'no', { message: 'expected anything but no' }),
  })
  const fine = {
    count: 1,
    name: 'n',
    kind: 'a',
    list: [],
    way: 0,
    choice: 'any',
    floor: { is: 'x' },
    own: 'yes',
  }

  test.each([
    ['a missing field', { count: undefined }, 'count', 'a number'],
    ['a fraction', { count: 1.5 }, 'count', 'a whole number'],
    ['a number that is too small', { count: 0 }, 'count', 'a number at least 1'],
    ['a number that is too large', { count: 10 }, 'count', 'a number at most 9'],
    ['an empty text', { name: '' }, 'name', 'at least 1 sign'],
    ['a word that is no choice', { kind: 'c' }, 'kind', 'one of "a", "b"'],
    ['a bad entry of a list', { list: [1, 0] }, 'list[1]', 'a number more than 0'],
    ['a list that is too long', { list: [1, 2, 3] }, 'list', 'at most 2 entries'],
    ['neither way of reading', { way: 'x' }, 'way', '0 or a number'],
    ['the way of reading that got deepest', { choice: ['l', 'x'] }, 'choice[1]', 'one of "l", "w"'],
    ['neither word nor list', { choice: 7 }, 'choice', 'one of "any", "none" or a list'],
    ['an unknown kind', { floor: { is: 'z' } }, 'floor.is', 'one of "x", "y"'],
    ['an unknown field', { colour: 'red' }, 'colour', 'no field of this name'],
    ['a rule of our own', { own: 'no' }, 'own', 'anything but no'],
  ])('names %s', (_title, change, ...[path, expected]) => {
    const parsed = schema.safeParse({ ...fine, ...change })
    expect(parsed.error && firstIssue(parsed.error)).toEqual({ path, expected })
  })

  test('names the root when the whole is wrong', () => {
    const parsed = schema.safeParse([])
    expect(parsed.error && firstIssue(parsed.error)).toEqual({ path: '$', expected: 'an object' })
  })
})
