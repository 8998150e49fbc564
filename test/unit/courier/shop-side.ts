import { createHash } from 'node:crypto'
import { manifestSealing } from '../../../src-main/adapters/carriers/manifest-sealing.ts'
import { labelSealing } from '../../../src-main/adapters/labels/label-sealing.ts'
import type { CourierKeySet } from '../../../src-main/domain/carrier.ts'
import type { Recipient } from '../../../src-main/domain/recipient.ts'
import type { ManifestLine } from '../../../src-main/ports/carriers.ts'
import type { Jwk } from '../../../src-main/ports/vault.ts'
import { publicSet, type CourierKeys } from '../../../src-courier/core/courier-keys.ts'

export const closedAt = Date.UTC(2026, 10, 22, 16, 30)

export const recipients: readonly Recipient[] = [
  { name: 'Anna Müller', lines: ['Gartenweg 5'], postcode: '10623', city: 'Berlin', country: 'DE', phone: '+49 30 1234567', instructions: 'Ring twice.' },
  { name: '小林 さくら', company: '小林商店', lines: ['霞が関 1-2-3', '2階'], postcode: '100-0013', city: '東京', region: '千代田区', country: 'JP' },
  { name: 'Omar حسن', lines: ['Hafenstraße 9'], postcode: '10115', city: 'Berlin', country: 'DE' },
] // prettier-ignore

const places = [[52.52, 13.41], [52.5, 13.3], [52.55, 13.5]] as const // prettier-ignore
export const parcelNumbers = ['395212340000000175', '395212340000000182', '395212340000000199', '395212340000000205']

/** The key set as the shop takes it in from what the courier hands over. */
export const handOver = (keys: CourierKeys): Promise<CourierKeySet> =>
  manifestSealing().readKeySet(JSON.stringify(publicSet(keys)), 0)

/** A manifest of three stops as a shop makes it: the last stop has two parcels. */
export async function sealRun(options: {
  key: CourierKeySet
  shop: { secret: Jwk; open: Jwk }
  number?: string
  labelDays?: number
  pids?: readonly string[]
  /** Whom each parcel is for, in turn. */
  to?: readonly Recipient[]
}): Promise<{ file: string; labels: readonly string[]; pids: readonly string[] }> {
  const { key, shop, number = 'VAN-20261122-1', labelDays = 60, pids = parcelNumbers, to = recipients } = options
  const lines: ManifestLine[] = []
  for (const [index, pid] of pids.entries()) {
    // Everybody has a stop of their own, but the last one takes whatever is left.
    const stop = Math.min(index, to.length - 1)
    const label = await labelSealing().seal(to[stop] ?? recipients[0]!, {
      key,
      parcelNumber: pid,
      expiresAt: closedAt + labelDays * 86_400_000,
    })
    lines.push({
      pid,
      seq: String(stop + 1),
      stop: stop + 1,
      routing: 'DE-10',
      n: index - stop + 1,
      of: stop === to.length - 1 ? Math.max(1, pids.length - to.length + 1) : 1,
      grossG: 1000 + index,
      handling: index === 0 ? ['fragile', 'this-way-up'] : [],
      window: stop === 0 ? { from: closedAt, to: closedAt + 7_200_000 } : undefined,
      labelSha256: createHash('sha256').update(label).digest('hex'),
      label,
      at: places[stop % places.length],
    })
  }
  const content = {
    number,
    closedAt,
    carrier: { code: 'VAN', name: 'Nordvan' },
    shop: { name: 'Emporium', at: [52.51, 13.38] as const },
    shopKey: shop.open,
    parcels: lines,
  }
  const file = await manifestSealing().seal(content, { signingKey: shop.secret, key })
  return { file, labels: lines.map((line) => line.label), pids }
}
