import { ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { AppError } from '../../../src-main/kernel/errors.ts'
import { useBridge } from '../../bridge/index.ts'
import { problemOf } from '../../format/failure.ts'
import { useFloor } from '../../offline/floor-store.ts'
import { useSession } from '../../stores/session.ts'
import { useVerdict } from '../pick/verdict.ts'

/** What is being done with the parcel on the table. `unreached`: everything is right, and the shop does not answer. */
export type PackingState = 'scanning' | 'weighing' | 'confirming' | 'unreached'

/** A weight, and whether the packer stands by it against the plan. */
export interface Weight {
  readonly grams: number
  readonly isAccepted: boolean
}

interface Confirming {
  readonly parcelId: string
  /** What the shop is told of the scans, at this moment. */
  readonly scans: () => { readonly scanned?: string[]; readonly wrongScans: number }
  readonly nameOf: (sku: string) => string
  readonly onPacked: () => void
  /** The shop has refused the scans: begin again. */
  readonly onRefused: () => void
}

/** The last step of a parcel: told under an id of this table, so that a lost answer does no harm, and told again. */
export function usePackConfirm({ parcelId, scans, nameOf, onPacked, onRefused }: Confirming) {
  const bridge = useBridge()
  const floor = useFloor()
  const { t } = useI18n()
  const { say } = useVerdict()
  const textOf = useWeightText(nameOf)
  const state = ref<PackingState>('scanning')
  /** The weight that was refused: weighed again, or accepted by the packer. */
  const refusedG = ref<number>()
  const id = crypto.randomUUID()
  let last: Weight | undefined

  async function confirm(weight: Weight | undefined): Promise<void> {
    if (state.value === 'confirming') return
    state.value = 'confirming'
    last = weight
    const weighed = weight && { weighedG: Math.round(weight.grams), acceptsWeight: weight.isAccepted }
    try {
      const done = await bridge.call('pack.confirm', { parcelId, id, ...scans(), ...weighed })
      const text = t(done.wavePacked ? 'pack.waveDone' : 'pack.doneText')
      say({ isRight: true, isLast: true, title: t('pack.done', { parcel: done.parcel }), text })
      onPacked()
    } catch (error) {
      refuse(error, weight)
    }
  }

  function refuse(error: unknown, weight: Weight | undefined): void {
    const { code, what, advice } = problemOf(error, t)
    if (code === 'ERR_SERVER_UNREACHABLE') {
      state.value = 'unreached'
      floor.lose()
      return say({ isRight: true, isWait: true, title: t('pack.unreachedTitle'), text: t('pack.unreachedText') })
    }
    if (error instanceof AppError && code === 'ERR_PACK_WEIGHT' && weight) {
      state.value = 'weighing'
      refusedG.value = weight.grams
      return say({ isRight: false, title: t('pack.weightTitle'), text: textOf(error) })
    }
    state.value = 'scanning'
    onRefused()
    say({ isRight: false, title: what, text: advice })
  }

  watch(
    () => floor.isOffline,
    (isOffline) => void (!isOffline && state.value === 'unreached' && confirm(last)),
  )
  return { state, refusedG, confirm }
}

/** By how much a parcel is off, and which pieces may be missing or too many. */
function useWeightText(nameOf: (sku: string) => string): (error: AppError) => string {
  const session = useSession()
  const { t } = useI18n()
  return ({ details }) => {
    const { weight } = session.formats
    const { weighedG, plannedG, differenceG, hintSku, hintPieces } = details
    const isLight = Number(differenceG) < 0
    const text = t(isLight ? 'pack.tooLight' : 'pack.tooHeavy', {
      weighed: weight(Number(weighedG)),
      planned: weight(Number(plannedG)),
      difference: weight(Math.abs(Number(differenceG))),
    })
    if (typeof hintSku !== 'string') return text
    const about = { n: Number(hintPieces), name: nameOf(hintSku) }
    return `${text} ${t(isLight ? 'pack.maybeMissing' : 'pack.maybeTooMany', about)}`
  }
}
