import { keyStateOf, sealingOutlook, type Carrier } from '../domain/carrier.ts'
import type { EpochMs } from '../kernel/time.ts'

export interface CourierWarning {
  readonly code: string
  readonly name: string
  readonly state: 'no-key' | 'expired' | 'none' | 'ends-soon'
  /** When sealing ends or ended; undefined where no key has an end. */
  readonly at: EpochMs | undefined
}

/** Couriers for whom nothing can be sealed, and those for whom that will be so within 30 days, the worst first. */
export function courierWarnings(carriers: readonly Carrier[], now: EpochMs): readonly CourierWarning[] {
  const found = carriers.flatMap((carrier): readonly CourierWarning[] => {
    const { code, name, keys } = carrier
    const { state, endsAt } = sealingOutlook(carrier, now)
    if (state === 'good') return []
    if (state === 'ends-soon') return [{ code, name, state, at: endsAt }]
    if (keys.length === 0) return [{ code, name, state: 'no-key', at: undefined }]
    const ends = keys.flatMap((key) => (keyStateOf(key, now) === 'expired' ? [key.validUntil ?? 0] : []))
    return [
      ends.length > 0 ? { code, name, state: 'expired', at: Math.max(...ends) } : { code, name, state, at: undefined },
    ]
  })
  return found.toSorted((a, b) => Number(a.state === 'ends-soon') - Number(b.state === 'ends-soon'))
}
