import type { Configuration } from '../configuration.ts'
import type { WireService } from '../../src-protocol/index.ts'

/**
 * Price of sending parcels of these gross weights to a country: each pays its own row, a parcel
 * heavier than every row pays the last one. Collecting costs nothing. Undefined where the shop does not send.
 */
export function shippingPrice(
  configuration: Configuration,
  parcelsG: readonly number[],
  to: { readonly service: WireService; readonly country: string },
): number | undefined {
  if (to.service === 'collect') return 0
  const zone = configuration.shipping.find(({ countries }) => countries === undefined || countries.includes(to.country))
  if (zone === undefined) return undefined
  const rows = [...zone.perParcel].sort((a, b) => a.maxGrossG - b.maxGrossG)
  const priceOf = (grossG: number): number =>
    (rows.find((row) => grossG <= row.maxGrossG) ?? rows.at(-1))?.priceMinor ?? 0
  const parcels = parcelsG.reduce((sum, grossG) => sum + priceOf(grossG), 0)
  return parcels + (to.service === 'express' ? zone.expressMinor * parcelsG.length : 0)
}
