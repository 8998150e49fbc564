import {
  emptyAddress,
  shopNow,
  storedNow,
  takeId,
  type Address,
  type Fulfilment,
  type Line,
  type Meta,
  type Order,
  type Product,
  type Shop,
} from './shop.ts'

export interface WantedLine {
  readonly productId: number
  readonly quantity: number
}

export interface PlaceOrder {
  readonly lines: readonly WantedLine[]
  readonly status?: string | undefined
  readonly customerId?: number | undefined
  readonly shipping?: Partial<Address> | undefined
  readonly billing?: Partial<Address> | undefined
  readonly customerNote?: string | undefined
  readonly shippingMethod?: { readonly method_id: string; readonly title: string; readonly totalMinor: number }
  readonly paymentMethod?: string | undefined
  readonly meta?: readonly { readonly key: string; readonly value: unknown }[] | undefined
}

const stockTaken = new Set(['processing', 'on-hold', 'completed'])
const stockGiven = new Set(['cancelled', 'pending'])

/**
 * What customers and the shop's own staff do. Each verb moves `date_modified` exactly where the storage does:
 * the older one (`posts`) does not for addresses, lines and meta.
 */
export function shopVerbs(shop: Shop) {
  const touch = (order: Order, part: 'status' | 'body'): void => {
    if (part === 'status' || shop.options.orderStorage === 'tables') order.modifiedAt = storedNow(shop)
  }
  const getOrder = (id: number): Order => {
    const order = shop.orders.get(id)
    if (!order) throw new Error(`fake WooCommerce: no order ${id}`)
    return order
  }
  const getProduct = (id: number): Product => {
    const product = shop.products.get(id)
    if (!product) throw new Error(`fake WooCommerce: no product ${id}`)
    return product
  }
  const lineOf = ({ productId, quantity }: WantedLine): Line => {
    const product = getProduct(productId)
    const isVariation = product.type === 'variation'
    return {
      id: takeId(shop),
      name: product.name,
      productId: isVariation ? product.parentId : product.id,
      variationId: isVariation ? product.id : 0,
      quantity,
      unitMinor: Math.round(Number(product.price || '0') * 100),
      taxPercent: product.taxClass === 'reduced-rate' ? 7 : 19,
    }
  }
  const verbs = {
    addProduct(given: Partial<Product> & { readonly name: string }): number {
      const id = given.id ?? takeId(shop)
      shop.products.set(id, { ...blankProduct(id, storedNow(shop)), ...given, id })
      return id
    },
    addVariation(parentId: number, given: Partial<Product>): number {
      const parent = getProduct(parentId)
      parent.type = 'variable'
      return verbs.addProduct({ name: parent.name, ...given, type: 'variation', parentId })
    },
    editProduct(id: number, change: Partial<Product>): void {
      Object.assign(getProduct(id), change, { modifiedAt: storedNow(shop) })
    },
    trashProduct: (id: number): void => verbs.editProduct(id, { status: 'trash' }),
    /** Lines of a deleted product keep their name and lose their product and SKU. */
    deleteProduct(id: number): void {
      shop.products.delete(id)
      for (const child of [...shop.products.values()].filter(({ parentId }) => parentId === id)) {
        verbs.deleteProduct(child.id)
      }
      for (const line of [...shop.orders.values()].flatMap(({ lines }) => lines)) {
        if (line.productId === id || line.variationId === id) Object.assign(line, { productId: 0, variationId: 0 })
      }
    },
    /** Undefined when there is not enough in stock: the checkout refuses. */
    placeOrder(wanted: PlaceOrder): number | undefined {
      const status = wanted.status ?? 'processing'
      if (wanted.lines.some((line) => !hasStock(shop, line))) return undefined
      const id = takeId(shop)
      const now = storedNow(shop)
      const shipping = { ...someAddress(id), ...wanted.shipping, email: '' }
      const order: Order = {
        id,
        createdAt: now,
        modifiedAt: now,
        paidAt: status === 'pending' ? undefined : now,
        status,
        statusBeforeTrash: status,
        customerId: wanted.customerId ?? 0,
        billing: { ...shipping, email: `customer-${id}@example.org`, ...wanted.billing },
        shipping,
        customerNote: wanted.customerNote ?? '',
        paymentMethod: wanted.paymentMethod ?? 'bacs',
        shippingMethod: wanted.shippingMethod ?? { method_id: 'flat_rate', title: 'Flat rate', totalMinor: 490 },
        lines: wanted.lines.map(lineOf),
        refunds: [],
        notes: [],
        meta: (wanted.meta ?? []).map(({ key, value }) => ({ id: takeId(shop), key, value })),
        fulfilments: [],
        hasReducedStock: false,
      }
      shop.orders.set(id, order)
      moveStock(shop, order)
      return id
    },
    setStatus(id: number, status: string): void {
      const order = getOrder(id)
      if (order.status === status) return
      order.status = status
      if (status === 'processing') order.paidAt ??= storedNow(shop)
      touch(order, 'status')
      moveStock(shop, order)
      if (status === 'completed') shop.mails.push({ orderId: id, kind: 'completed', text: '' })
    },
    editAddress(id: number, change: Partial<Address>): void {
      const order = getOrder(id)
      Object.assign(order.shipping, change)
      touch(order, 'body')
    },
    editBilling(id: number, change: Partial<Address>): void {
      const order = getOrder(id)
      Object.assign(order.billing, change)
      touch(order, 'body')
    },
    /** A new list of quantities: 0 removes a line, an unknown product becomes a new one. */
    editLines(id: number, wanted: readonly WantedLine[]): void {
      const order = getOrder(id)
      for (const { productId, quantity } of wanted) {
        const line = order.lines.find((own) => (own.variationId || own.productId) === productId)
        if (line) line.quantity = quantity
        else if (quantity > 0) order.lines.push(lineOf({ productId, quantity }))
      }
      order.lines = order.lines.filter(({ quantity }) => quantity > 0)
      touch(order, 'body')
    },
    editCustomerNote(id: number, text: string): void {
      const order = getOrder(id)
      order.customerNote = text
      touch(order, 'status') // lies in the post's excerpt: the older storage saves the post
    },
    setMeta(id: number, key: string, value: unknown): void {
      const order = getOrder(id)
      upsertMeta(shop, order.meta, { key, value })
      touch(order, 'body')
    },
    /** Gives back pieces of one line; the line itself keeps its quantity. All pieces gone = the order is refunded. */
    refund(id: number, lineId: number, quantity: number): void {
      const order = getOrder(id)
      const line = order.lines.find((own) => own.id === lineId)
      if (!line) throw new Error(`fake WooCommerce: no line ${lineId}`)
      const amountMinor = Math.round(line.unitMinor * quantity * (1 + line.taxPercent / 100))
      order.refunds.push({
        id: takeId(shop),
        at: storedNow(shop),
        amountMinor,
        reason: '',
        lines: [{ id: takeId(shop), refundedItemId: lineId, quantity, name: line.name }],
      })
      touch(order, 'status')
      if (order.lines.every((own) => remainingOf(order, own) <= 0)) verbs.setStatus(id, 'refunded')
    },
    trash(id: number): void {
      const order = getOrder(id)
      if (order.status === 'trash') return
      order.statusBeforeTrash = order.status
      order.status = 'trash'
      touch(order, 'status')
    },
    restore(id: number): void {
      const order = getOrder(id)
      if (order.status !== 'trash') return
      order.status = order.statusBeforeTrash
      touch(order, 'status')
    },
    deleteForever: (id: number): void => void shop.orders.delete(id),
    /** The privacy tool: personal fields become placeholders, notes go, `_anonymized` says so. */
    anonymise(id: number): void {
      const order = getOrder(id)
      for (const address of [order.billing, order.shipping]) anonymiseAddress(address)
      Object.assign(order, { customerId: 0, notes: [] })
      upsertMeta(shop, order.meta, { key: '_anonymized', value: 'yes' })
      touch(order, 'body')
      verbs.addNote(id, 'Personal data removed.', false)
    },
    addNote(id: number, note: string, isForCustomer: boolean): number {
      const noteId = takeId(shop)
      getOrder(id).notes.push({ id: noteId, at: storedNow(shop), note, isForCustomer })
      if (isForCustomer) shop.mails.push({ orderId: id, kind: 'note', text: note })
      return noteId
    },
    addFulfilment(id: number, given: Omit<Fulfilment, 'id' | 'at' | 'deletedAt'>, isToldToCustomer: boolean) {
      const fulfilment: Fulfilment = { id: takeId(shop), at: shopNow(shop), deletedAt: undefined, ...given }
      getOrder(id).fulfilments.push(fulfilment)
      if (given.isFulfilled && isToldToCustomer) shop.mails.push({ orderId: id, kind: 'fulfilment', text: '' })
      return fulfilment
    },
    getOrder,
    getProduct,
    touch,
  }
  return verbs
}

export type ShopVerbs = ReturnType<typeof shopVerbs>

const blankProduct = (id: number, modifiedAt: number): Product => ({
  id,
  parentId: 0,
  type: 'simple',
  status: 'publish',
  modifiedAt,
  name: '',
  sku: '',
  gtin: '',
  price: '10.00',
  taxClass: '',
  weight: '',
  dimensions: { length: '', width: '', height: '' },
  isVirtual: false,
  isDownloadable: false,
  managesStock: false,
  stock: null,
  backorders: 'no',
  category: 'Tea',
  description: '',
  attributes: [],
})

const someAddress = (id: number): Address => ({
  ...emptyAddress,
  first_name: 'Ada',
  last_name: `Customer ${id}`,
  address_1: `Long Street ${id}`,
  city: 'Berlin',
  postcode: '10115',
  country: 'DE',
  phone: '+49 30 100',
})

/** A variation that does not manage its own stock uses its parent's. */
export function stockHolder(shop: Shop, productId: number): Product | undefined {
  const product = shop.products.get(productId)
  if (!product) return undefined
  if (product.managesStock) return product
  const parent = shop.products.get(product.parentId)
  return parent?.managesStock ? parent : undefined
}

function hasStock(shop: Shop, { productId, quantity }: WantedLine): boolean {
  const holder = stockHolder(shop, productId)
  return !holder || holder.backorders !== 'no' || (holder.stock ?? 0) >= quantity
}

/** Stock is taken once an order counts, and given back when it is cancelled. */
function moveStock(shop: Shop, order: Order): void {
  const takes = stockTaken.has(order.status) && !order.hasReducedStock
  const gives = stockGiven.has(order.status) && order.hasReducedStock
  if (!takes && !gives) return
  for (const line of order.lines) {
    const holder = stockHolder(shop, line.variationId || line.productId)
    if (holder) holder.stock = (holder.stock ?? 0) + (takes ? -line.quantity : line.quantity)
  }
  order.hasReducedStock = takes
}

export const remainingOf = (order: Order, line: Line): number =>
  line.quantity -
  order.refunds
    .flatMap((refund) => refund.lines)
    .filter((refunded) => refunded.refundedItemId === line.id)
    .reduce((sum, { quantity }) => sum + quantity, 0)

/** Meta is upserted by key. */
export function upsertMeta(shop: Shop, meta: Meta[], { key, value }: { key: string; value: unknown }): void {
  const known = meta.find((entry) => entry.key === key)
  if (known) known.value = value
  else meta.push({ id: takeId(shop), key, value })
}

function anonymiseAddress(address: Address): void {
  for (const key of Object.keys(address) as (keyof Address)[]) {
    if (address[key] === '') continue
    if (key === 'email') address.email = 'deleted@site.invalid'
    else if (key === 'country' || key === 'state') address[key] = ''
    else address[key] = key === 'phone' ? address.phone.replaceAll(/\d/g, '0') : '[deleted]'
  }
}
