import { describe, expect, test } from 'vitest'
import {
  customerWords,
  previewWords,
  usuallyTold,
} from '../../../src-main/adapters/storefronts/woocommerce/customer-words.ts'
import { fulfilmentTable, type FulfilmentStatus } from '../../../src-main/domain/fulfilment.ts'

const kinds = Object.keys(fulfilmentTable) as FulfilmentStatus[] // the table's keys are the statuses
const packages = [
  { letter: 'A', contents: [{ name: 'Assam', quantity: 2 }] },
  { letter: 'B', contents: [{ name: 'Cup', quantity: 1 }, { name: 'Saucer', quantity: 1 }] }, // prettier-ignore
]

describe('what a customer reads', () => {
  test('is a plain sentence for each status in each language, with the reference in its last line', () => {
    for (const language of ['en', 'de', 'ja'] as const) {
      for (const kind of kinds) {
        const words = previewWords(language, kind)
        expect(words.split('\n').at(-1)).toContain('1a2b3c4d5e6f')
        expect(words).not.toMatch(/undefined|null|\{|\}|</)
      }
    }
    expect(usuallyTold).not.toContain('packed')
  })

  test('lists the packages with their contents when they are planned', () => {
    expect(customerWords('en', { kind: 'planned', packages }, 'r1')).toBe(
      'Your order travels in 2 packages:\nA: 2 × Assam\nB: 1 × Cup, 1 × Saucer\nReference r1',
    )
    expect(customerWords('de', { kind: 'planned', packages: packages.slice(0, 1) }, 'r1')).toBe(
      'Ihre Bestellung reist in einem Paket:\n2 × Assam\nKennung r1',
    )
  })

  test('names package, courier and number, and a reason only by its code', () => {
    const tracking = { carrier: 'Rad & Co', number: '00123' }
    expect(customerWords('de', { kind: 'handed-over', letter: 'B', tracking }, 'r2')).toBe(
      'Paket B Ihrer Bestellung ist dem Zusteller übergeben.\nZusteller: Rad & Co. Sendungsnummer: 00123.\nKennung r2',
    )
    expect(customerWords('en', { kind: 'failed', reason: 'nobody-home' }, 'r3')).toContain('Nobody was at home.')
    expect(customerWords('en', { kind: 'failed', reason: 'Mrs Quirrenbach was rude' }, 'r3')).not.toContain('rude')
  })
})
