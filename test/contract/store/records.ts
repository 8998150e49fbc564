import {
  makeAudit,
  makeCarrier,
  makeCarton,
  makeConnection,
  makeFloor,
  makeHandling,
  makeLine,
  makeLocation,
  makeOrder,
  makeProduct,
  makeSettings,
  makeStaff,
  makeTerminal,
  makeUser,
  testNow,
} from '../../fixtures/builders.ts'
import {
  makeConsignment,
  makeDocument,
  makeEvent,
  makeManifest,
  makeManifestMessage,
  makeParcel,
  makeReportMessage,
  makeStep,
  makeStop,
  makeTour,
  makeWave,
} from '../../fixtures/wave-builders.ts'

// Records for the round trip: bare (no optional field) and full (all of them, with awkward signs).

type Titled<Record> = readonly (readonly [title: string, record: Record])[]
const bareAndFull = <Record>(bare: Record, full: Record): Titled<Record> => [
  ['bare', bare],
  ['full', full],
]

const awkward = `O'Neil "Größe" 東京\n\t\u{1F4E6} \\ ; -- %_`

const plain = makeSettings()
export const settingsRecords = bareAndFull(
  plain,
  makeSettings({
    shop: { ...plain.shop, name: awkward, gs1Prefix: '9521234', lat: -33.8688, lon: 151.2093 },
    packing: {
      minSupport: 0.8,
      dimDivisorCm3PerKg: 5_000,
      keepApart: [
        ['food', 'chemicals'],
        ['food', 'batteries'],
      ],
      mode: 'cheapest',
      objective: 'tariff',
    },
    invoices: {
      sellerName: awkward,
      sellerLines: [awkward],
      taxNumber: '12/345',
      vatId: 'DE1',
      registrationNumber: 'T1234567890123',
      prefix: 'R',
      footer: awkward,
      keepYears: 8,
      automatic: { at: 'packed', since: testNow },
    },
    collectDays: 3,
    privacy: { sealing: 'selection', labelDays: 1, purgeDaysAfterDelivery: 0 },
    undoMs: 0,
  }),
)

export const products = bareAndFull(
  makeProduct({ sizeMm: undefined, weightG: undefined, description: '' }),
  makeProduct({
    sku: awkward,
    gtin: '2000000000015',
    name: awkward,
    volumeCm3: 1_200,
    taxRate: 5.5,
    measuresConfirmed: true,
    active: false,
    handling: makeHandling({
      orientation: 'upright',
      maxLoadG: 0,
      class: 'food',
      temperature: 'frozen',
      alone: true,
      ownBox: true,
      fragile: true,
      dangerousG: 12,
      foldedMm: [
        [10, 20, 30],
        [5, 40, 30],
      ],
    }),
  }),
)

export const cartons = bareAndFull(
  makeCarton(),
  makeCarton({
    maxVolumeCm3: 2_500,
    insulated: true,
    paddingMm: 5,
    coolantMm3: 400_000,
    coolantG: 500,
    costMinor: 0,
    warnBelow: 0,
  }),
)

const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' }
export const carriers = bareAndFull(
  makeCarrier(),
  makeCarrier({
    name: awkward,
    kind: 'parcel-carrier',
    services: ['standard', 'express', 'collect'],
    countries: ['DE', 'JP'],
    postcodePrefixes: ['10', '0'],
    routing: [{ prefix: 'DE-10', code: 'B1' }],
    limits: { maxLengthMm: 1_200, maxGirthMm: 3_000, maxGrossG: 30_000, maxParcels: 20, maxDangerousG: 0 },
    tariff: [{ maxGrossG: 5_000, maxLengthMm: 600, maxGirthMm: 1_200, priceMinor: 549 }],
    vehicle: { count: 2, capacityParcels: 60, capacityG: 900_000, returns: true, speedKmh: 27.5 },
    plansOwnRoute: true,
    labelSize: 'A6',
    keys: [
      {
        encKid: 'e',
        sigKid: 's',
        enc: key,
        sig: key,
        addedAt: testNow,
        validUntil: testNow + 1,
        revokedAt: testNow + 2,
      },
      { encKid: 'e2', sigKid: 's2', enc: key, sig: key, addedAt: testNow },
    ],
    channel: { kind: 'https', url: 'https://courier.example/in', token: 'secret' },
    pickUpTokenHash: 'hash',
    ownLabels: { profile: 'dhl-vls', needsPlainUpload: true, shownAtStations: false, values: { account: awkward } },
  }),
)

export const floor = makeFloor({
  missing: [
    { cross: 1, afterAisle: 0 },
    { aisle: 2, afterCross: 0 },
  ],
})
export const locations = [
  makeLocation({ code: 'A-01', place: [0, 700], side: 'L', shelf: 1 }),
  makeLocation({ code: 'B-02', place: [2, 0], side: 'R', shelf: 5 }),
]

export const auditEntries = bareAndFull(makeAudit(), makeAudit({ facts: { count: 3, what: awkward } }))
export const staff = bareAndFull(makeStaff(), makeStaff({ name: awkward, role: 'manager', pinHash: 'salt:hash' }))
export const terminals = bareAndFull(makeTerminal(), makeTerminal({ revokedAt: testNow + 5 }))

export const connections = bareAndFull(
  makeConnection(),
  makeConnection({
    orderCursor: awkward,
    productCursor: 'p',
    erasureCursor: 'e',
    lastSyncAt: testNow,
    lastSyncSummary: 'orders: 3',
    lastReconciledAt: testNow + 1,
    lastRereadAt: testNow + 2,
    options: { tellCustomer: ['packed'], completeOrders: true },
  }),
)

export const orderOne = makeOrder({ id: 'order', code: '326-01' })
export const orders = bareAndFull(
  makeOrder({ personal: undefined, lines: [] }),
  makeOrder({
    externalId: awkward,
    service: 'express',
    window: { from: testNow, to: testNow + 3_600_000 },
    lines: [makeLine({ gtin: '2000000000015', name: awkward, withdrawn: 1, quantity: 3, taxRate: 19 }), makeLine()],
    totals: { goodsMinor: 1_497, shippingMinor: 0, taxMinor: 1, totalMinor: 1_497 },
    payment: 'on-delivery',
    status: 'on-hold',
    isPartly: true,
    holds: [{ code: 'stock-short', facts: { sku: 'TEA', missing: 2 } }],
    follows: { orderId: 'order', why: 'replacement' },
  }),
)

export const users = bareAndFull(
  makeUser({ personal: undefined, emailToken: undefined }),
  makeUser({ kind: 'guest', identifiedBy: 'guest-session', locale: 'zh-Hant' }),
)

export const events = bareAndFull(
  makeEvent(),
  makeEvent({ parcelId: 'parcel', status: 'failed', source: 'courier', actor: 'courier:VAN', reason: awkward }),
)

export const messages: Titled<ReturnType<typeof makeReportMessage>> = [
  ['a bare report', makeReportMessage()],
  [
    'a full report',
    makeReportMessage(
      {
        parcelId: 'parcel',
        kind: 'planned',
        sequence: 9,
        tracking: { carrier: 'VAN', number: 'C00000000017' },
        reason: awkward,
        contents: [
          {
            parcelId: 'parcel',
            letter: 'A',
            carton: null,
            grossG: 440,
            contents: [{ externalLineId: 'x-1', sku: 'TEA', quantity: 2 }],
            why: { code: 'too-heavy', facts: { limitG: 5_000, sku: 'TEA' } },
          },
        ],
      },
      { attempts: 3, state: 'refused', lastProblem: awkward, notBefore: testNow + 60_000 },
    ),
  ],
  ['a manifest', makeManifestMessage()],
]

export const waves = bareAndFull(
  makeWave(),
  makeWave({
    stage: 'planned',
    seed: 4_294_967_295,
    orderIds: ['order'],
    steps: [makeStep({ step: 'plan-parcels', ms: 1_250 }), makeStep({ step: 'plan-pick-tour' })],
    unplanned: [{ orderId: 'order', orderCode: '326-01', reasons: [{ code: 'no-carrier', facts: {} }] }],
    proofs: [{ orderId: 'order', parcelsLowerBound: 2, isFewest: false, isBest: false }],
    rules: plain.packing,
  }),
)

const own = { orderId: 'order', orderCode: '326-01', waveId: 'wave' }
export const parcels = bareAndFull(
  makeParcel({ ...own, carton: undefined, innerMm: undefined, placements: [], checkedBy: 'volume' }),
  makeParcel({
    ...own,
    letter: 'AB',
    handling: ['fragile', 'heavy'],
    why: { code: 'one-more-parcel', facts: { limitG: 5_000, sku: awkward } },
    status: 'packed',
    carrierCode: 'VAN',
    number: 'C00000000017',
    sequence: '7a',
    routingCode: 'DE-10',
    manifestId: 'manifest',
    tracking: awkward,
    returns: [
      {
        id: 'return',
        at: testNow,
        actor: 'staff:1',
        before: 'delivered',
        pieces: [
          { orderLineId: 'line', sku: awkward, quantity: 1, fate: 'restock', location: 'A-01', reason: 'damaged' },
          { orderLineId: 'line', sku: 'TEA', quantity: 2, fate: 'discard', reason: 'other' },
        ],
      },
    ],
  }),
)

export const tours = bareAndFull(
  makeTour({ stops: [], path: [] }),
  makeTour({
    isOptimal: false,
    method: 'local-search',
    stops: [makeStop({ lot: 'L-1', gtin: '2000000000015', name: awkward, picked: 1, short: 1, quantity: 2 })],
    path: [
      [0, 0],
      [1.5, -2.25],
    ],
  }),
)

export const consignment = makeConsignment({ orderId: 'order', waveId: 'wave', parcelIds: ['a', 'b'], sequence: '7a' })

export const documents = bareAndFull(
  makeDocument(),
  makeDocument({ kind: 'sealed-block', version: 3, text: awkward, withdrawnAt: testNow + 9 }),
)

export const manifests = bareAndFull(
  makeManifest(),
  makeManifest({ parcelIds: ['b', 'a'], sentAt: testNow, receivedAt: testNow + 1, lastStatusSequence: 4 }),
)
