import type { TodayView } from '../../../src-main/contract/views.ts'

/** The one thing to do next, from the end of the line backwards: what is started is finished first. */
export interface NextStep {
  readonly key: 'pack' | 'pick' | 'issue' | 'dispatch' | 'plan' | 'holds' | 'connect' | 'nothing'
  readonly icon: string
  readonly count: number
  readonly wave?: string
  readonly to?: string
}

export function nextStep(today: TodayView): NextStep {
  const waveIn = (stage: string) => today.waves.find((row) => row.wave.stage === stage)
  const picking = waveIn('picking')
  if (picking) {
    const { code } = picking.wave
    const open = picking.parcelCount - picking.pickedParcels
    if (open > 0) return { key: 'pick', icon: 'i-lucide-footprints', count: open, wave: code, to: `/pick/${code}` }
    const unpacked = picking.parcelCount - picking.packedParcels
    return { key: 'pack', icon: 'i-lucide-package', count: unpacked, wave: code, to: `/pack/${code}` }
  }
  const packed = waveIn('packed')
  if (packed) return { key: 'dispatch', icon: 'i-lucide-truck', count: packed.packedParcels, to: '/dispatch' }
  const issued = waveIn('issued')
  if (issued) {
    const { code } = issued.wave
    return { key: 'pick', icon: 'i-lucide-footprints', count: issued.parcelCount, wave: code, to: `/pick/${code}` }
  }
  const planned = waveIn('planned')
  if (planned) {
    const { code } = planned.wave
    return { key: 'issue', icon: 'i-lucide-printer', count: planned.parcelCount, wave: code, to: `/waves/${code}` }
  }
  if (today.orders.received > 0) return { key: 'plan', icon: 'i-lucide-play', count: today.orders.received }
  if (today.orders.onHold > 0)
    return { key: 'holds', icon: 'i-lucide-circle-pause', count: today.orders.onHold, to: '/orders?status=on-hold' }
  if (today.storefronts.length === 0) return { key: 'connect', icon: 'i-lucide-plug', count: 0, to: '/storefronts' }
  return { key: 'nothing', icon: 'i-lucide-circle-check', count: 0 }
}
