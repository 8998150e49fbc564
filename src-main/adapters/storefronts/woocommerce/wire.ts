import { z } from 'zod'

/** WordPress writes numbers as numbers or as text, depending on plugins; absence as "", null or nothing. */
const text = z.union([z.string(), z.number().transform(String)]).optional()
const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,15}$/).transform(Number)]) // prettier-ignore
const decimal = z.union([z.string().regex(/^-?\d{0,15}(\.\d{1,20})?$/), z.number().transform(String)]).default('0')
/** Date and time without a zone; the field's name says that it is GMT. */
const gmt = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
/** PHP writes an empty object as an empty list. */
const orEmptyList = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.tuple([]).transform(() => undefined)]) // prettier-ignore

const meta = z.looseObject({ key: z.string(), value: z.unknown() })
export const metaList = z.array(meta).catch([])
export type WireMeta = z.output<typeof meta>

const address = z.looseObject({
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  city: text,
  state: text,
  postcode: text,
  country: text,
  phone: text,
  email: text,
})
export type WireAddress = z.output<typeof address>

const line = z.looseObject({
  id,
  name: z.string().default(''),
  product_id: id.default(0),
  variation_id: id.default(0),
  quantity: z.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/).transform(Number)]), // prettier-ignore
  total: decimal,
  total_tax: decimal,
  taxes: z.array(z.looseObject({ id, total: z.union([z.string(), z.number().transform(String)]).optional() })).catch([]), // prettier-ignore
  sku: text,
  global_unique_id: text,
})
export type WireLine = z.output<typeof line>

export const wireOrder = z.looseObject({
  id,
  number: text,
  status: z.string(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  prices_include_tax: z.boolean().default(false),
  date_created_gmt: gmt,
  date_modified_gmt: gmt.optional(),
  shipping_total: decimal,
  shipping_tax: decimal,
  total: decimal,
  total_tax: decimal,
  customer_id: id.default(0),
  billing: orEmptyList(address).optional(),
  shipping: orEmptyList(address).optional(),
  payment_method: text,
  customer_note: text,
  meta_data: metaList,
  line_items: z.array(line),
  shipping_lines: z.array(z.looseObject({ method_id: text, method_title: text })).catch([]),
  tax_lines: z.array(z.looseObject({ rate_id: id, rate_percent: z.number().optional() })).catch([]),
  refunds: z.array(z.looseObject({ id })).catch([]),
})
export type WireOrder = z.output<typeof wireOrder>

/** Only what is asked for: never the customer's IP, browser, order key or payment link. */
export const orderFields = [
  ...['id', 'number', 'status', 'currency', 'prices_include_tax', 'date_created_gmt', 'date_modified_gmt'],
  ...['shipping_total', 'shipping_tax', 'total', 'total_tax', 'customer_id', 'billing', 'shipping', 'payment_method'],
  ...['customer_note', 'meta_data', 'line_items', 'shipping_lines', 'tax_lines', 'refunds'],
].join(',')

export const wireRefunds = z.array(
  z.looseObject({
    id,
    line_items: z.array(z.looseObject({ quantity: z.coerce.number(), meta_data: metaList })).default([]),
  }),
)

export const wireOpenOrder = z.looseObject({ id, status: z.string(), date_modified_gmt: gmt.optional() })

export const wireProduct = z.looseObject({
  id,
  name: z.string().default(''),
  type: z.string().default('variation'),
  status: z.string().default('publish'),
  parent_id: id.default(0),
  date_modified_gmt: gmt.optional(),
  sku: text,
  global_unique_id: text,
  price: text,
  tax_status: text,
  tax_class: text,
  virtual: z.boolean().default(false),
  manage_stock: z.union([z.boolean(), z.literal('parent')]).default(false),
  stock_quantity: z.number().optional(),
  weight: text,
  dimensions: z.looseObject({ length: text, width: text, height: text }).optional().catch(undefined),
  categories: z.array(z.looseObject({ name: z.string() })).catch([]),
  attributes: z.array(z.looseObject({ option: z.string().optional() })).catch([]),
  short_description: text,
})
export type WireProduct = z.output<typeof wireProduct>

export const productFields = [
  ...['id', 'name', 'type', 'status', 'parent_id', 'date_modified_gmt', 'sku', 'global_unique_id', 'price'],
  ...['tax_status', 'tax_class', 'virtual', 'manage_stock', 'stock_quantity', 'weight', 'dimensions', 'categories'],
  ...['attributes', 'short_description'],
].join(',')

export const wireNotes = z.array(z.looseObject({ id, note: z.string().default('') }))

export const wireFulfilments = z.array(z.looseObject({ id, meta_data: metaList }))

/** `2026-11-22T14:05:00` of a GMT field as epoch milliseconds. */
export const gmtAt = (at: string): number => Date.parse(`${at}Z`)

/** What a GMT filter wants: a bare time. With a `Z` shops outside UTC find nothing. */
export const gmtText = (at: number): string => new Date(at).toISOString().slice(0, 19)
