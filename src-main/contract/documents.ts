import { z } from 'zod'
import type { HandlingMark } from '../domain/catalogue.ts'
import type { DeliveryInformation } from '../domain/delivery-information.ts'
import type { SelectionInformation } from '../domain/selection.ts'
import type { UserInformationDocument } from '../domain/user.ts'

// The three documents at the heart of the work, as schemas: docs/protocol/*.schema.json is made from these. Objects are
// strict, so that nothing personal can slip into a document through a field that nobody has thought of.

const code = z.string().min(1).max(100)
const count = z.int().min(0)
const grams = z.int().min(0)
const millimetres = z.int().min(0)
const epochMs = z.int().min(0).describe('milliseconds since 1970-01-01T00:00:00Z')
const size = z.tuple([millimetres, millimetres, millimetres]).describe('length, width, height in millimetres')
const point = z.tuple([z.number(), z.number(), z.number()]).describe('x, y, z in millimetres')
const place = z.tuple([z.int().min(0), z.number()]).describe('index of the aisle, y along it in millimetres')
const facts = z.record(z.string(), z.union([z.string(), z.number()]))
const handling = z.array(
  z.enum([
    'adult',
    'fragile',
    'this-way-up',
    'chilled',
    'frozen',
    'dangerous',
    'heavy',
  ]) satisfies z.ZodType<HandlingMark>,
)
const service = z.enum(['standard', 'express', 'collect'])
const sealedBlock = z.string().describe('JWE compact; empty once the person was erased')

const floor = z.strictObject({
  aisleX: z.array(z.number()),
  crossY: z.array(z.number()),
  missing: z.array(
    z.union([z.strictObject({ cross: count, afterAisle: count }), z.strictObject({ aisle: count, afterCross: count })]),
  ),
  depot: place,
  packingTable: place,
})

const selectionStop = z.strictObject({
  seq: z.int().min(1),
  location: code,
  place,
  lot: z.string().optional(),
  gtin: z.string().optional(),
  sku: code,
  name: z.string(),
  quantity: z.int().min(1),
  handling: handling.optional().describe('marks of the pieces taken here'),
  orderCode: code,
  parcelLetter: code,
  tote: z.int().min(1),
})

const selectionTour = z.strictObject({
  id: code,
  seq: z.int().min(1),
  stops: z.array(selectionStop),
  lengthMm: z.number().min(0),
  lowerBoundMm: z.number().min(0),
  binOrderMm: z.number().min(0),
  minutes: count,
  proof: z.strictObject({ optimal: z.boolean(), method: z.string() }),
  path: z.array(z.tuple([z.number(), z.number()])),
})

const selectionPackage = z.strictObject({
  letter: code,
  carton: code.nullable().describe('null: the product travels in its own box'),
  cartonName: z.string(),
  innerMm: size.nullable(),
  handling,
  contents: z.array(
    z.strictObject({
      pickSeq: z.int().min(1),
      sku: code,
      gtin: z.string().optional(),
      name: z.string(),
      quantity: z.int().min(1),
    }),
  ),
  placements: z.array(z.strictObject({ sku: code, atMm: point, sizeMm: size })),
  checkedBy: z.enum(['placement', 'volume']),
  totals: z.strictObject({
    netG: grams,
    grossG: grams,
    allowableG: grams,
    piecesCm3: count,
    allowableCm3: count,
  }),
  why: z.strictObject({ code: z.string(), facts }),
})

const selectionOrder = z.strictObject({
  code,
  userId: code.describe('the pseudonym of user information'),
  pieceCount: count,
  moreThanOne: z.boolean().describe('two or more pieces, of one SKU or several'),
  packages: z.array(selectionPackage),
  proof: z.strictObject({ parcelsLowerBound: count, fewestParcels: z.boolean(), best: z.boolean() }),
  recipient: sealedBlock.optional().describe('only where the shop seals this side: for its own counter key'),
})

const sealing = z
  .enum(['delivery', 'selection', 'off'])
  .describe('which of the two documents holds the encrypted recipients: delivery, selection, or neither')

/** What the shop needs to pick and pack one wave. Nothing personal in it but, sealed, what `recipient` holds. */
export const selectionInformation = z.strictObject({
  format: z.literal('backroom-selection-1'),
  wave: code,
  version: z.int().min(1),
  issuedAt: epochMs,
  sealing: sealing.optional(),
  shop: z.strictObject({ name: z.string(), zone: z.string(), locale: z.string() }),
  floor,
  tours: z.array(selectionTour),
  orders: z.array(selectionOrder),
}) satisfies z.ZodType<SelectionInformation>

const recipient = z.strictObject({
  name: z.string(),
  company: z.string().optional(),
  lines: z.array(z.string()),
  postcode: z.string(),
  city: z.string(),
  region: z.string().optional(),
  country: z.string().regex(/^[A-Z]{2}$/),
  phone: z.string().optional(),
  instructions: z.string().optional(),
})

const deliveryRecipient = z.union([z.strictObject({ sealed: sealedBlock }), z.strictObject({ plain: recipient })])

const deliveryStop = z.strictObject({
  seq: z.string().regex(/^\d+[a-z]*$/),
  routingCode: z.string(),
  service,
  window: z.strictObject({ from: epochMs, to: epochMs }).optional(),
  parcels: z
    .array(
      z.strictObject({
        number: code,
        orderCode: code,
        letter: code,
        n: z.int().min(1),
        of: z.int().min(1),
        grossG: grams,
        handling,
        recipient: deliveryRecipient,
        addressAsOf: epochMs.optional(),
      }),
    )
    .min(1),
  recipient: deliveryRecipient,
})

/** What a courier needs to deliver, per carrier and collection; recipients sealed for the courier's key. */
export const deliveryInformation = z.strictObject({
  format: z.literal('backroom-delivery-1'),
  manifest: code,
  version: z.int().min(1),
  issuedAt: epochMs,
  sealing: sealing.optional(),
  shop: z.strictObject({
    name: z.string(),
    letter: z.string().regex(/^[A-Z]$/),
    zone: z.string(),
    locale: z.string(),
    addressLines: z.array(z.string()),
  }),
  carrier: z.strictObject({
    code,
    name: z.string(),
    labelSize: z.enum(['4x6', '100x150', 'A6']),
    serviceNames: z.partialRecord(service, z.string()).optional().describe('what the courier calls its services'),
  }),
  collectionDay: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  routes: z.array(
    z.strictObject({
      route: z.int().min(1),
      distanceM: count,
      boundM: count.optional().describe('no order of the stops is shorter; of all routes together, with the first'),
      optimal: z.boolean(),
      stops: z.array(deliveryStop),
    }),
  ),
}) satisfies z.ZodType<DeliveryInformation>

/** Who the customer is, made at the first access of their terminal; at rest its personal part is sealed. */
export const userInformation = z.strictObject({
  userId: code,
  kind: z.enum(['account', 'guest']),
  identifiedBy: z.enum(['password', 'guest-session', 'external']),
  identifiedAt: epochMs,
  locale: z.string(),
  name: z.string(),
  contact: z.strictObject({ email: z.string().optional(), phone: z.string().optional() }),
  deliveryAddresses: z.array(
    z.strictObject({
      name: z.string(),
      company: z.string().optional(),
      lines: z.array(z.string()),
      postcode: z.string().optional(),
      city: z.string(),
      region: z.string().optional(),
      country: z.string().regex(/^[A-Z]{2}$/),
      phone: z.string().optional(),
      coordinates: z.strictObject({ lat: z.number(), lon: z.number() }).optional(),
    }),
  ),
  deliveryWishes: z.strictObject({ service: service.optional(), instructions: z.string().optional() }),
}) satisfies z.ZodType<UserInformationDocument>
