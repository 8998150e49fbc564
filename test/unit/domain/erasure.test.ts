import { describe, expect, test } from 'vitest'
import { textWithoutRecipients } from '../../../src-main/domain/erasure.ts'
import type { SelectionInformation } from '../../../src-main/domain/selection.ts'
import { testNow } from '../../fixtures/builders.ts'
import { makeDocument } from '../../fixtures/wave-builders.ts'

const order = (code: string, recipient?: string): SelectionInformation['orders'][number] => ({
  code,
  userId: 'pseudonym',
  pieceCount: 1,
  moreThanOne: false,
  packages: [],
  proof: { parcelsLowerBound: 1, fewestParcels: true, best: true },
  ...(recipient === undefined ? {} : { recipient }),
})

const selection: SelectionInformation = {
  format: 'backroom-selection-1',
  wave: 'W326-1',
  version: 1,
  issuedAt: testNow,
  shop: { name: 'Corner Shop', zone: 'Europe/Berlin', locale: 'en' },
  floor: { aisleX: [0], crossY: [0, 10], missing: [], depot: [0, 0], packingTable: [0, 0] },
  tours: [],
  orders: [order('326-01', 'jwe-1'), order('326-02', 'jwe-2'), order('326-03')],
}

describe('textWithoutRecipients', () => {
  const document = makeDocument({ kind: 'selection', text: JSON.stringify(selection) })

  test('a selection document loses the recipients of the named orders and nothing else', () => {
    const text = textWithoutRecipients(document, new Set(['326-01']))
    const orders = [order('326-01'), order('326-02', 'jwe-2'), order('326-03')]
    expect(JSON.parse(text ?? '')).toEqual({ ...selection, orders })
  })

  test('a document that says nothing of them is left alone', () => {
    expect(textWithoutRecipients(document, new Set(['326-03', '326-99']))).toBeUndefined()
    expect(textWithoutRecipients(makeDocument({ kind: 'label' }), new Set(['326-01']))).toBeUndefined()
    expect(textWithoutRecipients({ ...document, kind: 'manifest' }, new Set(['326-01']))).toBeUndefined()
  })
})
