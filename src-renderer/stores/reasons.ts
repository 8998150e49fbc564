import { useI18n } from 'vue-i18n'
import type { OutputOf } from '../../src-main/contract/operations.ts'

type Hold = OutputOf<'orders.explain'>['holds'][number]
type Why = OutputOf<'orders.explain'>['parcels'][number]['why']

/** Reasons and facts as sentences: why an order waits, why a parcel is what it is. */
export function useReasons() {
  const { t, te } = useI18n()

  function hold(reason: Hold): string {
    const changed = `today.questions.what.${reason.facts['changed']}`
    if (te(changed)) return t(changed)
    if (reason.facts['kept'] !== undefined) return t('today.questions.kept')
    if (reason.code !== 'unpackable') return t(`holds.${reason.code}`, { ...reason.facts })
    const why = `unpacked.${reason.facts.reason}`
    return `${t('holds.unpackable', { ...reason.facts })} ${te(why) ? t(why, { ...reason.facts }) : ''}`
  }

  function why(reason: Why): string {
    const binding = `why.binding.${reason.facts.binding}`
    const bound = te(binding) ? ` ${t(binding, { ...reason.facts })}` : ''
    const key = `why.${reason.code}`
    return te(key) ? t(key, { ...reason.facts }) + bound : reason.code
  }

  return { hold, why }
}
