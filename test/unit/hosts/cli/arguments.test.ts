import { describe, expect, test } from 'vitest'
import { readArguments, type Command } from '../../../../src-main/hosts/cli/arguments.ts'
import { newToken } from '../../../../src-storefront/store/tokens.ts'

const connect: Command = {
  name: 'connect',
  words: 'URL',
  help: '',
  fewest: 1,
  most: 1,
  options: { token: { type: 'string', help: '' }, anyway: { type: 'boolean', help: '' } },
  run: async () => undefined,
}
const read = (...argv: readonly string[]) => readArguments([connect], ['connect', ...argv]).args

describe('words of the command line', () => {
  test.each(['-abc', '--abc', '-'])('the value %s of an option may begin with a dash, as random keys do', (token) => {
    const args = read('https://my.shop', '--token', token, '--anyway')
    expect([args.words, args.text('token'), args.flag('anyway')]).toEqual([['https://my.shop'], token, true])
  })

  test('an option without its value is not given the next option for one', () => {
    expect(() => read('https://my.shop', '--token', '--anyway')).toThrow('ERR_INPUT_INVALID')
    expect(() => read('https://my.shop', '--token')).toThrow('ERR_INPUT_INVALID')
    expect(() => read('https://my.shop', '-abc')).toThrow('ERR_INPUT_INVALID')
  })

  test('the tokens that we make begin with a letter, whoever reads them', () => {
    for (let made = 0; made < 300; made++) expect(newToken()).toMatch(/^[a-z]/)
  })
})
