import type { z } from 'zod'
import { carrierFileOperations } from './operations/carrier-files.ts'
import { cartonOperations } from './operations/cartons.ts'
import { counterOperations } from './operations/counter.ts'
import { courierOperations } from './operations/couriers.ts'
import { dispatchOperations } from './operations/dispatch.ts'
import { fileOperations } from './operations/files.ts'
import { floorOperations } from './operations/floor.ts'
import { invoiceOperations } from './operations/invoices.ts'
import { measureOperations } from './operations/measures.ts'
import { orderOperations } from './operations/orders.ts'
import { parcelOperations } from './operations/parcels.ts'
import { photoOperations } from './operations/photos.ts'
import { sampleOperations } from './operations/sample.ts'
import { sealingOperations } from './operations/sealing.ts'
import { planWaveOperations } from './operations/plan-wave.ts'
import { printingOperations } from './operations/printing.ts'
import { privacyOperations } from './operations/privacy.ts'
import { reportOperations } from './operations/reports.ts'
import { returnOperations } from './operations/returns.ts'
import { shopOperations } from './operations/shop.ts'
import { shopMailOperations } from './operations/shop-mail.ts'
import { staffOperations } from './operations/staff.ts'
import { stationOperations } from './operations/stations.ts'
import { storefrontOperations } from './operations/storefronts.ts'
import { waveOperations } from './operations/waves.ts'
import type { Operation } from './operation.ts'

/** Everything Backroom can be asked to do, whichever door one comes through. */
export const operations = {
  ...shopOperations,
  ...staffOperations,
  ...stationOperations,
  ...courierOperations,
  ...sampleOperations,
  ...sealingOperations,
  ...orderOperations,
  ...waveOperations,
  ...planWaveOperations,
  ...cartonOperations,
  ...dispatchOperations,
  ...carrierFileOperations,
  ...shopMailOperations,
  ...storefrontOperations,
  ...counterOperations,
  ...invoiceOperations,
  ...floorOperations,
  ...fileOperations,
  ...measureOperations,
  ...parcelOperations,
  ...photoOperations,
  ...privacyOperations,
  ...printingOperations,
  ...returnOperations,
  ...reportOperations,
}

export type Operations = typeof operations
export type OperationName = keyof Operations
/** What a caller hands in, before defaults are filled in. */
export type InputOf<Name extends OperationName> = z.input<Operations[Name]['input']>
/** What a handler gets, after parsing. */
export type ParsedInputOf<Name extends OperationName> = z.output<Operations[Name]['input']>
export type OutputOf<Name extends OperationName> =
  Operations[Name] extends Operation<z.ZodType, infer Output> ? Output : never

export const isOperationName = (name: string): name is OperationName => Object.hasOwn(operations, name)
