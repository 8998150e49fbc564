import { isoDay, zonedTime } from '../kernel/time.ts'
import type { Workshop } from './workshop.ts'

/** `231-07`: day of the year and running number of that day, on the shop's calendar. Never given twice within a year. */
export async function nextOrderCode(
  store: Pick<Workshop['store'], 'nextOrderNumber'>,
  { at, zone }: { readonly at: number; readonly zone: string },
): Promise<string> {
  const running = await store.nextOrderNumber(isoDay(at, zone))
  const { dayOfYear } = zonedTime(at, zone)
  return `${String(dayOfYear).padStart(3, '0')}-${String(running).padStart(2, '0')}`
}
