import { describe } from 'vitest'
import { catalogueSuite } from './store/catalogue-suite.ts'
import { courierSuite } from './store/courier-suite.ts'
import { dispatchSuite } from './store/dispatch-suite.ts'
import { careSuite } from './store/care-suite.ts'
import { erasureSuite } from './store/erasure-suite.ts'
import { importSuite } from './store/import-suite.ts'
import { invoiceSuite } from './store/invoice-suite.ts'
import { orderSuite } from './store/order-suite.ts'
import { outboxSuite } from './store/outbox-suite.ts'
import { peopleSuite } from './store/people-suite.ts'
import { photoSuite } from './store/photo-suite.ts'
import { printSuite } from './store/print-suite.ts'
import { removalSuite } from './store/removal-suite.ts'
import { reportSuite } from './store/report-suite.ts'
import { roundTripSuite } from './store/round-trip-suite.ts'
import { takeBackSuite } from './store/take-back-suite.ts'
import type { MakeStore } from './store/shop.ts'
import { waveBundleSuite } from './store/wave-bundle-suite.ts'
import { waveFloorSuite } from './store/wave-floor-suite.ts'
import { waveSuite } from './store/wave-suite.ts'

/**
 * What every adapter of the `Store` port promises, one test a promise. `makeStore` answers an empty
 * store that no other test sees; it is called once a test.
 */
export function storeSuite(name: string, makeStore: MakeStore): void {
  describe(name, () => {
    describe('catalogue and stock', () => catalogueSuite(makeStore))
    describe('photos of products', () => photoSuite(makeStore))
    describe('files taken in', () => importSuite(makeStore))
    describe('orders', () => orderSuite(makeStore))
    describe('changes of orders that can be taken back', () => takeBackSuite(makeStore))
    describe('waves', () => {
      waveSuite(makeStore)
      waveFloorSuite(makeStore)
    })
    describe('what a wave reads', () => waveBundleSuite(makeStore))
    describe('hand-over and documents', () => dispatchSuite(makeStore))
    describe('ways to couriers and labels of carriers', () => courierSuite(makeStore))
    describe('outbox', () => outboxSuite(makeStore))
    describe('people', () => peopleSuite(makeStore))
    describe('the end of personal data', () => erasureSuite(makeStore))
    describe('the care of personal data', () => careSuite(makeStore))
    describe('invoices and the counter', () => invoiceSuite(makeStore))
    describe('printers and what was sent to them', () => printSuite(makeStore))
    describe('the end of a shop', () => removalSuite(makeStore))
    describe('reports', () => reportSuite(makeStore))
    describe('every record comes back as it was saved', () => roundTripSuite(makeStore))
  })
}
