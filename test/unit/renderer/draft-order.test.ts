import { describe, expect, test } from 'vitest'
import { zonedInstant } from '../../../src-renderer/format/zoned-instant.ts'
import {
  addLine,
  newDraft,
  placeOf,
  previewOf,
  shippingMinor,
} from '../../../src-renderer/screens/orders/draft-order.ts'

const shop = { currency: 'EUR', zone: 'Europe/Berlin' }

describe('the form of a new order', () => {
  test('sends nothing that was not said', () => {
    const draft = newDraft('DE')
    addLine(draft, 'TEA')
    addLine(draft, 'TEA')
    addLine(draft, 'MUG')
    expect(JSON.parse(JSON.stringify(placeOf(draft, shop)))).toEqual({
      key: draft.key,
      lines: [
        { code: 'TEA', quantity: 2 },
        { code: 'MUG', quantity: 1 },
      ],
      service: 'collect',
      payment: 'on-delivery',
      customer: {},
      shippingMinor: 0,
      acceptShort: false,
    })
  })

  test('sends an address, shipping and a window only for a delivery', () => {
    const draft = newDraft('de')
    Object.assign(draft, {
      name: ' Zoe ',
      street: 'Road 1\n\n Yard ',
      postcode: '10115',
      city: 'Berlin',
      shipping: '4,90',
      day: '2026-11-23',
      from: '10:00',
      to: '12:00',
    })
    expect(placeOf(draft, shop)).toMatchObject({ shippingMinor: 0, customer: { name: 'Zoe' } })
    expect(placeOf(draft, shop).customer).not.toHaveProperty('address')
    expect(previewOf(draft, 'EUR')).not.toHaveProperty('postcode')
    draft.service = 'express'
    expect(placeOf(draft, shop)).toMatchObject({
      shippingMinor: 490,
      customer: { address: { lines: ['Road 1', 'Yard'], postcode: '10115', city: 'Berlin', country: 'DE' } },
      window: { from: Date.parse('2026-11-23T09:00:00Z'), to: Date.parse('2026-11-23T11:00:00Z') },
    })
    expect(previewOf(draft, 'EUR')).toMatchObject({ country: 'DE', postcode: '10115', shippingMinor: 490 })
  })

  test('each form has a key of its own, and what is no amount costs nothing', () => {
    expect(newDraft('DE').key).not.toBe(newDraft('DE').key)
    const draft = newDraft('JP')
    draft.service = 'standard'
    draft.shipping = 'free'
    expect(shippingMinor(draft, 'JPY')).toBe(0)
    draft.shipping = '660'
    expect(shippingMinor(draft, 'JPY')).toBe(660)
  })
})

describe('a day and a time on the wall clock of the shop', () => {
  test.each([
    ['Europe/Berlin', '2026-07-01', '12:00', '2026-07-01T10:00:00Z'],
    ['Europe/Berlin', '2026-12-01', '12:00', '2026-12-01T11:00:00Z'],
    ['Asia/Tokyo', '2026-12-01', '00:30', '2026-11-30T15:30:00Z'],
    ['America/New_York', '2026-11-01', '23:00', '2026-11-02T04:00:00Z'],
  ])('in %s, %s %s', (...[zone, day, time, instant]) => {
    expect(zonedInstant(zone, day, time)).toBe(Date.parse(instant))
  })

  test('is nothing while one of them is missing', () => {
    expect(zonedInstant('Europe/Berlin', '', '12:00')).toBeUndefined()
    expect(zonedInstant('Europe/Berlin', '2026-12-01', '')).toBeUndefined()
  })
})
