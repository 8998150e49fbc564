import type { Random } from '../../src-main/kernel/random.ts'
import type { Clock, EpochMs } from '../../src-main/kernel/time.ts'

/** The three versions whose behaviour was measured; see README.md. */
export type WooVersion = '7.9' | '9.4' | '11.0'

/** `posts`: the older order storage (wp_posts); `tables`: high-performance order storage. */
export type OrderStorage = 'posts' | 'tables'

export interface FakeOptions {
  readonly seed?: number
  /** The client's clock; the shop's is this plus `clockSkewMs`. */
  readonly clock?: Clock
  readonly clockSkewMs?: number
  readonly version?: WooVersion
  readonly orderStorage?: OrderStorage
  /** IANA zone of the site. */
  readonly zone?: string
  /** Where it pretends to stand; a path makes it a subfolder. */
  readonly address?: string
  readonly hasPrettyPermalinks?: boolean
  readonly currency?: string
  readonly weightUnit?: 'kg' | 'g' | 'lbs' | 'oz'
  readonly dimensionUnit?: 'm' | 'cm' | 'mm' | 'in' | 'yd'
  readonly pricesIncludeTax?: boolean
  /** Order fulfilments are switched on (11.0 only). */
  readonly hasFulfilments?: boolean
  /** The host drops the Authorization header before PHP sees it. */
  readonly stripsAuthorization?: boolean
  /** Statuses added by plugins, without the `wc-` in front. */
  readonly pluginStatuses?: readonly string[]
  /** Statuses of plugins that hide themselves from `status=any` (exclude_from_search). */
  readonly hiddenStatuses?: readonly string[]
  /** Every call is sent on to this address, as hosts do that force https or www. */
  readonly redirectsTo?: string
  /** A plugin closes the REST interface to strangers, or the site is WordPress without WooCommerce, or very old. */
  readonly site?: 'woocommerce' | 'rest-disabled' | 'no-woocommerce' | 'too-old' | 'no-wordpress'
}

export interface Address {
  first_name: string
  last_name: string
  company: string
  address_1: string
  address_2: string
  city: string
  state: string
  postcode: string
  country: string
  phone: string
  email: string
}

export interface Meta {
  id: number
  key: string
  value: unknown
}

export interface Line {
  id: number
  name: string
  productId: number
  variationId: number
  quantity: number
  /** Net, in minor units, of one piece. */
  unitMinor: number
  taxPercent: number
}

export interface Refund {
  id: number
  at: EpochMs
  amountMinor: number
  reason: string
  lines: { id: number; refundedItemId: number; quantity: number; name: string }[]
}

export interface Note {
  id: number
  at: EpochMs
  note: string
  isForCustomer: boolean
}

export interface Fulfilment {
  id: number
  at: EpochMs
  deletedAt: EpochMs | undefined
  status: string
  isFulfilled: boolean
  meta: Meta[]
}

export interface Order {
  id: number
  createdAt: EpochMs
  modifiedAt: EpochMs
  paidAt: EpochMs | undefined
  status: string
  statusBeforeTrash: string
  customerId: number
  billing: Address
  shipping: Address
  customerNote: string
  paymentMethod: string
  shippingMethod: { method_id: string; title: string; totalMinor: number } | undefined
  lines: Line[]
  refunds: Refund[]
  notes: Note[]
  meta: Meta[]
  fulfilments: Fulfilment[]
  hasReducedStock: boolean
}

export interface Product {
  id: number
  parentId: number
  type: 'simple' | 'variable' | 'variation' | 'grouped' | 'external'
  status: string
  modifiedAt: EpochMs
  name: string
  sku: string
  gtin: string
  price: string
  taxClass: string
  weight: string
  dimensions: { length: string; width: string; height: string }
  isVirtual: boolean
  isDownloadable: boolean
  managesStock: boolean
  stock: number | null
  backorders: 'no' | 'notify' | 'yes'
  category: string
  description: string
  attributes: { name: string; option: string }[]
}

export interface ApiKey {
  key: string
  secret: string
  permissions: 'read' | 'write' | 'read_write'
  nonces: Map<string, number>
}

/** A message that WooCommerce would send to the customer: what must happen exactly once. */
export interface Mail {
  readonly orderId: number
  readonly kind: 'note' | 'completed' | 'fulfilment'
  readonly text: string
}

/** Everything the pretended shop remembers. */
export interface Shop {
  readonly options: Required<FakeOptions>
  readonly random: Random
  clockSkewMs: number
  nextId: number
  readonly orders: Map<number, Order>
  readonly products: Map<number, Product>
  readonly keys: ApiKey[]
  readonly mails: Mail[]
  taxRates: { id: number; country: string; rate: string; class: string }[]
}

export const shopNow = (shop: Shop): EpochMs => shop.options.clock.now() + shop.clockSkewMs

/** WordPress keeps whole seconds. */
export const storedNow = (shop: Shop): EpochMs => Math.floor(shopNow(shop) / 1000) * 1000

export const takeId = (shop: Shop): number => {
  shop.nextId += 1 + shop.random.below(3)
  return shop.nextId
}

export const coreStatuses = ['pending', 'processing', 'on-hold', 'completed', 'cancelled', 'refunded', 'failed']

/** As the 400 answer names them: `checkout-draft` is a status like any other. */
export const legalStatuses = (shop: Shop): readonly string[] => [
  ...coreStatuses,
  'checkout-draft',
  ...shop.options.pluginStatuses,
  ...shop.options.hiddenStatuses,
]

/** From 10 on drafts of the checkout block are no longer among "any". */
export const showsDrafts = (shop: Shop): boolean => shop.options.version !== '11.0'

export const emptyAddress: Address = {
  first_name: '',
  last_name: '',
  company: '',
  address_1: '',
  address_2: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
  phone: '',
  email: '',
}

export function openShop(options: FakeOptions, random: Random): Shop {
  const version = options.version ?? '9.4'
  return {
    options: {
      seed: options.seed ?? 1,
      clock: options.clock ?? { now: () => Date.now() },
      clockSkewMs: options.clockSkewMs ?? 0,
      version,
      orderStorage: options.orderStorage ?? (version === '7.9' ? 'posts' : 'tables'),
      zone: options.zone ?? 'Europe/Berlin',
      address: (options.address ?? 'https://shop.test').replace(/\/$/, ''),
      hasPrettyPermalinks: options.hasPrettyPermalinks ?? true,
      currency: options.currency ?? 'EUR',
      weightUnit: options.weightUnit ?? 'kg',
      dimensionUnit: options.dimensionUnit ?? 'cm',
      pricesIncludeTax: options.pricesIncludeTax ?? true,
      hasFulfilments: options.hasFulfilments ?? version === '11.0',
      stripsAuthorization: options.stripsAuthorization ?? false,
      pluginStatuses: options.pluginStatuses ?? [],
      hiddenStatuses: options.hiddenStatuses ?? [],
      redirectsTo: options.redirectsTo ?? '',
      site: options.site ?? 'woocommerce',
    },
    random,
    clockSkewMs: options.clockSkewMs ?? 0,
    nextId: 10,
    orders: new Map(),
    products: new Map(),
    keys: [],
    mails: [],
    taxRates: [
      { id: 1, country: '', rate: '19.0000', class: 'standard' },
      { id: 2, country: '', rate: '7.0000', class: 'reduced-rate' },
    ],
  }
}
