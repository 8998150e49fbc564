import { describe, expect, test } from 'vitest'
import { commands } from '../../../../src-main/hosts/cli/commands.ts'
import { readArguments, wholeNumber } from '../../../../src-main/hosts/cli/arguments.ts'
import { helpText } from '../../../../src-main/hosts/cli/help.ts'
import { sentenceOf } from '../../../../src-main/hosts/cli/sentences.ts'
import type { ErrorCode } from '../../../../src-main/kernel/errors.ts'

describe('a failure in words', () => {
  test('is a sentence, then the code and the facts', () => {
    const [first, second] = sentenceOf({ code: 'ERR_ORDER_NOT_FOUND', details: { order: '231-07' } }).split('\n')
    expect(first).toMatch(/231-07|order/i)
    expect(second).toBe('(ERR_ORDER_NOT_FOUND; order: 231-07)')
  })

  test('lists what is wrong, a line each', () => {
    const problems = [
      { line: 3, column: 'sku', problem: 'missing' },
      { line: 4, column: 'name', problem: 'missing' },
    ]
    const words = sentenceOf({ code: 'ERR_CSV_INVALID', details: { count: 2, problems } })
    expect(words.split('\n').filter((line) => line.includes('"line"')).length).toBeGreaterThanOrEqual(2)
  })

  test('still says what it is without a sentence of its own', () => {
    // A program of tomorrow behind the door of today may send a code that is not known here.
    const unknown = 'ERR_TOMORROW' as ErrorCode
    expect(sentenceOf({ code: unknown, details: { what: 'new' } })).toBe('ERR_TOMORROW\n(ERR_TOMORROW; what: new)')
    expect(sentenceOf({ code: 'ERR_INTERNAL', details: {} })).not.toContain('undefined')
  })
})

describe('the commands', () => {
  test('are named once each and say what they do', () => {
    const names = commands.map((command) => command.name)
    expect(new Set(names).size).toBe(names.length)
    for (const command of commands) {
      expect(command.help.length).toBeGreaterThan(10)
      expect(command.fewest).toBeLessThanOrEqual(command.most)
      expect(helpText(commands, command.name.split(' '))).toContain(`backroom ${command.name}`)
    }
  })

  test('of two words are found before those of one', () => {
    expect(readArguments(commands, ['courier', 'list']).command.name).toBe('courier list')
    expect(() => readArguments(commands, ['courier'])).toThrow(expect.objectContaining({ code: 'ERR_COMMAND_UNKNOWN' }))
  })

  test('read whole numbers and nothing that only looks like one', () => {
    const seedOf = (text: string) => wholeNumber(readArguments(commands, ['plan', '--seed', text]).args, 'seed')
    expect(seedOf('7')).toBe(7)
    for (const text of ['1.5', '1e3', '0x1', '', ' 1'])
      expect(() => seedOf(text)).toThrow(expect.objectContaining({ details: { path: '--seed', expected: 'a whole number' } })) // prettier-ignore
  })
})
