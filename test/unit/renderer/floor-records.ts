import type { Stop, Tour } from '../../../src-renderer/offline/waiting.ts'

export const makeStop = (stop: Partial<Stop> = {}): Stop => ({
  seq: 1,
  location: 'A-1',
  place: [0, 1000],
  sku: 'TEA',
  name: 'Tea',
  quantity: 1,
  orderId: 'order-1',
  orderCode: '326-01',
  parcelId: 'parcel-1',
  parcelLetter: 'A',
  tote: 1,
  picked: 0,
  short: 0,
  ...stop,
})

export const makeTour = (tour: Partial<Tour> = {}): Tour => ({
  id: 'tour-1',
  waveId: 'wave-1',
  seq: 1,
  stops: [],
  lengthMm: 10_000,
  lowerBoundMm: 10_000,
  isOptimal: true,
  method: 'exact',
  binOrderMm: 12_000,
  path: [],
  ...tour,
})
