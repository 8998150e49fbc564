import type { Service, TimeWindow } from '../../../domain/order.ts'
import { instantIn } from './shop-time.ts'
import type { WireMeta, WireOrder } from './wire.ts'

const express = /express|next.?day|overnight|same.?day|eilsendung|eilzustellung|速達|翌日/i

/** How an order travels, from its shipping method: pick-up methods of WooCommerce, and words for hurry in its title. */
export function serviceOf(order: Pick<WireOrder, 'shipping_lines'>): Service {
  const methods = order.shipping_lines
  if (methods.some(({ method_id: id }) => id === 'local_pickup' || id === 'pickup_location')) return 'collect'
  const words = methods.map(({ method_id: id, method_title: title }) => `${id ?? ''} ${title ?? ''}`).join(' ')
  return express.test(words) ? 'express' : 'standard'
}

/**
 * Where plugins for delivery dates keep day and time of day (assumed from their public documentation: Order Delivery
 * Date by Tyche, Delivery Slots by Iconic, Delivery and Pickup by CodeRockz, Delivery Date by PiWeb).
 */
const plugins = [
  { day: '_orddd_timestamp', time: '_orddd_time_slot' },
  { day: 'jckwds_date_ymd', time: 'jckwds_timeslot' },
  { day: 'delivery_date', time: 'delivery_time' },
  { day: 'pickup_date', time: 'pickup_time' },
  { day: 'pi_delivery_date', time: 'pi_delivery_time' },
] as const

export const windowMetaKeys: readonly string[] = plugins.flatMap(({ day, time }) => [day, time])

/** The window a customer chose, on the shop's wall clock; a day without a time is that day's from 8 to 20 o'clock. */
export function windowOf(meta: readonly WireMeta[], zone: string): TimeWindow | undefined {
  for (const plugin of plugins) {
    const day = dayOf(textOf(meta, plugin.day))
    if (!day) continue
    const { from, to } = timesOf(textOf(meta, plugin.time)) ?? { from: 8 * 3600, to: 20 * 3600 }
    const window = { from: instantIn(zone, day, from), to: instantIn(zone, day, to) }
    if (window.to > window.from) return window
  }
  return undefined
}

export const hasWindow = (meta: readonly WireMeta[]): boolean => plugins.some(({ day }) => textOf(meta, day) !== '')

function textOf(meta: readonly WireMeta[], key: string): string {
  const value = meta.find((entry) => entry.key === key)?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
}

/** `2026-11-23`, `2026/11/23`, `20261123`, or epoch seconds at midnight GMT of the day. */
function dayOf(text: string): { year: number; month: number; day: number } | undefined {
  const match = /^(20\d\d)[-/]?(\d\d)[-/]?(\d\d)$/.exec(text)
  const seconds = /^\d{10}$/.test(text) ? new Date(Number(text) * 1000) : undefined
  if (seconds) return { year: seconds.getUTCFullYear(), month: seconds.getUTCMonth() + 1, day: seconds.getUTCDate() }
  const [year, month, day] = (match ?? []).slice(1).map(Number)
  if (year === undefined || month === undefined || day === undefined) return undefined
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { year, month, day } : undefined
}

/** `10:00 - 12:00`, `10:00 AM - 12:30 PM`, `10:00,12:00` as seconds of the day. */
function timesOf(text: string): { from: number; to: number } | undefined {
  const found = [...text.matchAll(/(\d{1,2}):(\d\d)\s*([ap]\.?m\.?)?/gi)].map(([, hour, minute, half]) => {
    const isAfternoon = half?.toLowerCase().startsWith('p') ?? false
    const isMorning = half?.toLowerCase().startsWith('a') ?? false
    const hours = Number(hour) % (isAfternoon || isMorning ? 12 : 24)
    return ((isAfternoon ? hours + 12 : hours) * 60 + Number(minute)) * 60
  })
  const [from, to] = found
  return from !== undefined && to !== undefined && to > from ? { from, to } : undefined
}
