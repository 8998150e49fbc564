import { useI18n } from 'vue-i18n'
import {
  tellParcel,
  tellRoute,
  tellTour,
  type Told,
  type ToldRoute,
  type ToldTour,
} from '../../src-main/drawing/index.ts'
import type { OutputOf } from '../../src-main/contract/operations.ts'

type Hold = OutputOf<'orders.explain'>['holds'][number]
type Why = OutputOf<'orders.explain'>['parcels'][number]['why']

/** Reasons and facts as sentences: why an order waits. */
export function useReasons() {
  const { t, te } = useI18n()

  function hold(reason: Hold): string {
    const changed = `today.questions.what.${reason.facts['changed']}`
    if (te(changed)) return t(changed)
    if (reason.facts['kept'] !== undefined) return t('today.questions.kept')
    if (reason.facts['stopped'] !== undefined) return t('holds.stopped')
    if (reason.code !== 'unpackable') return t(`holds.${reason.code}`, { ...reason.facts })
    const why = `unpacked.${reason.facts.reason}`
    return `${t('holds.unpackable', { ...reason.facts })} ${te(why) ? t(why, { ...reason.facts }) : ''}`
  }

  return { hold }
}

type Proof = Wave['proofs'][number]
type Wave = OutputOf<'waves.get'>['wave']

/** What is proven about plans, or how far a better one may be off, and why they are as they are: as paper says it. */
export function useTold() {
  const { locale } = useI18n()
  const manner = () => ({ locale: locale.value === 'en' ? 'en-GB' : locale.value })
  return {
    /** `of`: parcels of the order; without a proof only the reason is told. */
    parcel(why: Why, of: number, proof: Proof | undefined): Partial<Told> {
      const { reason, proof: proven } = tellParcel(
        {
          why,
          parcels: of,
          parcelsLowerBound: proof?.parcelsLowerBound ?? 1,
          isFewest: proof?.isFewest ?? false,
          isBest: proof?.isBest ?? false,
        },
        manner(),
      )
      return proof ? { reason, proof: proven } : { reason }
    },
    tour: (tour: ToldTour): Told => tellTour(tour, manner()),
    route: (route: ToldRoute): Told => tellRoute(route, manner()),
  }
}
