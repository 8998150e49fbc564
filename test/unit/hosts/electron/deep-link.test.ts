import { describe, expect, test } from 'vitest'
import { linkAmong, screenOfLink } from '../../../../src-main/hosts/electron/deep-link.ts'

describe('links into Backroom', () => {
  test('show an order or a wave', () => {
    expect(screenOfLink('backroom://order/231-07')).toBe('/orders/231-07')
    expect(screenOfLink('backroom://order/231-07/')).toBe('/orders/231-07')
    expect(screenOfLink('backroom://wave/W0007')).toBe('/waves/W0007')
  })

  test.each([
    'backroom://order/',
    'backroom://order/-7',
    'backroom://order/231-07?hold=yes',
    'backroom://order/231-07#x',
    'backroom://order/231-07/cancel',
    'backroom://order/%2e%2e',
    'backroom://order/../privacy',
    'backroom://order/231 07',
    'backroom://user@order/231-07',
    'backroom://settings/x',
    'backroom:order/231-07',
    'BACKROOM://order/231-07\n',
    'https://order/231-07',
    `backroom://order/${'1'.repeat(41)}`,
    '',
  ])('are nothing when they are not exactly that: %j', (link) => {
    expect(screenOfLink(link)).toBeUndefined()
  })

  test('are found among the words of a start', () => {
    expect(linkAmong(['electron', '.', '--data', 'x', 'backroom://order/1'])).toBe('backroom://order/1')
    expect(linkAmong(['electron', '.', '--data', 'backroom'])).toBeUndefined()
  })
})
