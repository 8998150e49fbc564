// Reads the sample shop's files as its tests see them, apart from the importers, so that both can be wrong only separately.

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import type { Floor, Location } from '../../../src-main/domain/floor.ts'

export const folder = new URL('../../../resources/sample-shop/', import.meta.url)
export const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8')
const json = (name: string): unknown => JSON.parse(text(name))
const csv = (name: string): Record<string, string>[] => parse(text(name), { columns: true })

export type Sides = readonly [number, number, number]
export interface Box {
  readonly code: string
  readonly inner: Sides
  readonly outer: Sides
  readonly row: Record<string, string>
}
export interface Customer {
  readonly kind: 'account' | 'guest'
  readonly email: string
  readonly name: string
  readonly phone: string
  readonly locale: string
  readonly address: {
    readonly name: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly country: string
    readonly lat?: number
    readonly lon?: number
  }
  readonly instructions?: string
  readonly window?: { readonly fromSecond: number; readonly toSecond: number }
  readonly service: string
  readonly basket: readonly { readonly sku: string; readonly quantity: number }[]
}
export interface Limits {
  readonly maxLengthMm: number
  readonly maxGirthMm: number
  readonly maxGrossG: number
}
export interface Courier {
  readonly code: string
  readonly kind: string
  readonly service: readonly string[]
  readonly collection: string
  readonly postcodePrefixes: readonly string[]
  readonly routing: readonly { readonly prefix: string; readonly code: string }[]
  readonly limits: Limits
  readonly tariff: readonly (Limits & { readonly priceMinor: number })[]
}
export interface Shop {
  readonly postcode: string
  readonly country: string
  readonly lat: number
  readonly lon: number
  readonly rules: { readonly keepApart: readonly (readonly [string, string])[] }
  readonly windows: readonly { readonly fromSecond: number; readonly toSecond: number }[]
  readonly services: readonly { readonly code: string }[]
  readonly staff: readonly { readonly name: string; readonly role: string }[]
}

// The files are this project's own, so `as` says what we wrote; the tests beside this file check it.
export const products = csv('catalogue.csv')
export const productBySku = new Map(products.map((row) => [row.sku ?? '', row]))
export const floor = json('floor.json') as Floor & {
  readonly locations: readonly Location[]
  readonly zones: Record<string, { readonly temperature: string; readonly aisles: readonly number[] }>
}
export const customers = json('customers.json') as readonly Customer[]
export const couriers = json('couriers.json') as readonly Courier[]
export const shop = json('shop.json') as Shop
export const postcodes = csv('postcodes.csv')

export const number = (row: Record<string, string>, column: string): number => Number(row[column] || 0)
const three = (row: Record<string, string>, columns: readonly [string, string, string]): Sides => [
  number(row, columns[0]),
  number(row, columns[1]),
  number(row, columns[2]),
]
export const sidesOf = (row: Record<string, string>): Sides | undefined =>
  row.length_mm === '' ? undefined : three(row, ['length_mm', 'width_mm', 'height_mm'])
export const volumeCm3 = (row: Record<string, string>): number => {
  const sides = sidesOf(row)
  return row.volume_cm3 ? Number(row.volume_cm3) : sides ? (sides[0] * sides[1] * sides[2]) / 1000 : 0
}
export const foldsOf = (row: Record<string, string>): Sides[] =>
  (row.folded_mm ?? '')
    .split(';')
    .filter(Boolean)
    .map((size) => {
      const [l = 0, w = 0, h = 0] = size.split('x').map(Number)
      return [l, w, h]
    })
export const cartons: readonly Box[] = csv('cartons.csv').map((row) => ({
  code: row.code ?? '',
  inner: three(row, ['inner_l_mm', 'inner_w_mm', 'inner_h_mm']),
  outer: three(row, ['outer_l_mm', 'outer_w_mm', 'outer_h_mm']),
  row,
}))
export const placesOf = (row: Record<string, string>): { code: string; quantity: number; lot?: string; bestBefore?: string }[] =>
  (row.locations ?? '').split(';').map((entry) => {
    const match = /^([A-Z](?:-\d+){4}):(\d+)(?:@([^=]+)=(\d{4}-\d\d-\d\d))?$/.exec(entry)
    if (!match) throw new Error(`${row.sku}: ${entry}`)
    return {
      code: match[1] ?? '',
      quantity: Number(match[2]),
      ...(match[3] ? { lot: match[3] } : {}),
      ...(match[4] ? { bestBefore: match[4] } : {}),
    }
  })

/** Great-circle distance in kilometres on the sphere the planning format uses. */
export function kilometres(from: { lat: number; lon: number }, to: { lat: number; lon: number }): number {
  const radians = Math.PI / 180
  const h =
    Math.sin(((to.lat - from.lat) * radians) / 2) ** 2 +
    Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * Math.sin(((to.lon - from.lon) * radians) / 2) ** 2
  return (2 * 6_371_008.8 * Math.asin(Math.sqrt(h))) / 1000
}

/** The ways a size may stand: each as length, width, height. */
function orientations([l, w, h]: Sides, rule: string): Sides[] {
  if (rule === 'fixed') return [[l, w, h]]
  if (rule === 'upright') return [[l, w, h], [w, l, h]]
  const all: Sides[] = [[l, w, h], [w, l, h], [l, h, w], [h, l, w], [w, h, l], [h, w, l]]
  return rule === 'flat' ? all.filter((size) => size[2] === Math.min(l, w, h)) : all
}

/** Whether one piece alone goes into the carton; padding counts twice here, which is the safe side. */
export function fits(row: Record<string, string>, carton: Box): boolean {
  if (row.temperature !== 'ambient' && carton.row.insulated !== 'true') return false
  const grossG = number(row, 'weight_g') + number(carton.row, 'tare_g') + number(carton.row, 'coolant_g')
  if (grossG > number(carton.row, 'max_gross_g')) return false
  const volume = volumeCm3(row) + number(carton.row, 'coolant_mm3') / 1000
  if (volume > number(carton.row, 'max_volume_cm3')) return false
  const sides = sidesOf(row)
  if (!sides) return true
  const room = carton.inner.map((side) => side - 2 * number(carton.row, 'padding_mm'))
  return [sides, ...foldsOf(row)]
    .flatMap((size) => orientations(size, row.orientation || 'any'))
    .some((size) => size.every((side, axis) => side <= (room[axis] ?? 0)))
}

/** Stricter than any courier: girth with the length in it, so that the sample holds however a carrier measures. */
export function carries(courier: Courier, sides: Sides, grossG: number): boolean {
  const [l = 0, w = 0, h = 0] = sides.toSorted((a, b) => b - a)
  const { maxLengthMm, maxGirthMm, maxGrossG } = courier.limits
  return l <= maxLengthMm && l + 2 * (w + h) <= maxGirthMm && grossG <= maxGrossG
}
