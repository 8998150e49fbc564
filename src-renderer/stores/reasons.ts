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
import { useSession } from './session.ts'

type Hold = OutputOf<'orders.explain'>['holds'][number]
type Why = OutputOf<'orders.explain'>['parcels'][number]['why']

/** Reasons and facts as sentences: why an order waits. */
export function useReasons() {
  const session = useSession()
  const { t, te } = useI18n()

  /** Why a piece is in no parcel, with lengths and weights as the shop writes them. A limit without a carton is the courier's. */
  function unpacked(reason: string, facts: Hold['facts']): string {
    const { size, weight } = session.formats
    const amount = (name: string): string => {
      const value = Number(facts[name])
      return reason === 'too-long' ? size([value]) : weight(value)
    }
    const isCouriers = facts['carton'] === undefined || facts['of'] === 'carton'
    const ofCourier = `unpacked.${reason}-courier`
    const key = isCouriers && te(ofCourier) ? ofCourier : `unpacked.${reason}`
    const isMeasured = reason === 'too-long' || reason === 'too-heavy'
    const amounts = isMeasured ? { value: amount('value'), limit: amount('limit') } : {}
    return te(key) ? t(key, { ...facts, ...amounts }) : reason
  }

  function hold(reason: Hold): string {
    const changed = `today.questions.what.${reason.facts['changed']}`
    if (te(changed)) return t(changed)
    if (reason.facts['kept'] !== undefined) return t('today.questions.kept')
    if (reason.facts['stopped'] !== undefined) return t('holds.stopped')
    if (reason.code === 'unpackable')
      return `${t('holds.unpackable', { ...reason.facts })} ${unpacked(String(reason.facts['reason']), reason.facts)}`
    const missing = `holds.missing.${reason.facts['missing']}`
    return t(`holds.${reason.code}`, { ...reason.facts, ...(te(missing) && { missing: t(missing) }) })
  }

  return { hold, unpacked }
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
