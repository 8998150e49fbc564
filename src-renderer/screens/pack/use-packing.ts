import { computed, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { scaleSettings } from '../../devices/scale/use-scale.ts'
import { useFloor } from '../../offline/floor-store.ts'
import type { PickList } from '../../offline/waiting.ts'
import { useVerdict } from '../pick/verdict.ts'
import { firstBefore, judgePiece, nextPiece } from './packing-progress.ts'
import { usePackConfirm } from './use-pack-confirm.ts'

export interface PackingOf {
  readonly parcel: PickList['parcels'][number]
  readonly products: PickList['products']
  readonly zone: string
}

/** One parcel from the first scan to its confirmation. `onPacked` is called once, after which its label prints. */
export function usePacking({ parcel, products, zone }: PackingOf, onPacked: () => void) {
  const floor = useFloor()
  const { t } = useI18n()
  const { verdict, say } = useVerdict()
  const name = `${parcel.orderCode}${parcel.letter}`
  const nameBySku = new Map(products.map((product) => [product.sku, product.name]))
  const nameOf = (sku: string): string => nameBySku.get(sku) ?? sku

  const scanned = ref<readonly { readonly code: string; readonly sku: string }[]>([])
  const wrongScans = ref(0)
  let isWithoutScans = false
  const skus = computed(() => scanned.value.map(({ sku }) => sku))
  const wanted = new Map<string, number>()
  for (const { sku, quantity } of parcel.contents) wanted.set(sku, (wanted.get(sku) ?? 0) + quantity)
  const contents = computed(() =>
    [...wanted].map(([sku, count]) => ({
      sku,
      wanted: count,
      name: nameOf(sku),
      in: skus.value.filter((one) => one === sku).length,
    })),
  )
  const pieces = [...wanted.values()].reduce((sum, count) => sum + count, 0)
  const next = computed(() => nextPiece(parcel.placements, skus.value))

  const { state, refusedG, confirm } = usePackConfirm({
    parcelId: parcel.id,
    scans: () => ({
      wrongScans: wrongScans.value,
      ...(!isWithoutScans && { scanned: scanned.value.map(({ code }) => code) }),
    }),
    nameOf,
    onPacked,
    onRefused: () => (scanned.value = []),
  })

  function complain(title: string, text: string): void {
    wrongScans.value += 1
    say({ isRight: false, title, text })
  }

  function scan(code: string): void {
    if (state.value === 'confirming' || state.value === 'unreached') return
    const judged = judgePiece(code, { wanted, products, scanned: skus.value }, floor.today(zone))
    if (judged.kind === 'foreign')
      return complain(t('pack.wrongTitle'), t('pack.wrongText', { scanned: judged.shown, parcel: name }))
    const { sku } = judged
    if (judged.kind === 'expired')
      return complain(t('pick.expiredTitle'), t('pick.expiredText', { name: nameOf(sku), day: judged.day }))
    const first = firstBefore(parcel.placements, skus.value, sku)
    scanned.value = [...scanned.value, { code, sku }]
    if (scanned.value.length >= pieces) return finish()
    const title = t('pack.rightTitle', { n: scanned.value.length, of: pieces })
    if (first === undefined) say({ isRight: true, title, text: nameOf(sku) })
    else say({ isRight: true, isWait: true, title, text: t('pack.laterText', { name: nameOf(sku), first: nameOf(first) }) }) // prettier-ignore
  }

  /** All is in: on the scale where there is one, else confirmed at once. */
  function finish(): void {
    const { weighing } = scaleSettings.value
    if (weighing === 'off') return void confirm(undefined)
    state.value = 'weighing'
    const text = t(weighing === 'scale' ? 'pack.putOnScale' : 'pack.typeWeight')
    say({ isRight: true, title: t('pack.rightTitle', { n: pieces, of: pieces }), text })
  }

  function finishWithoutScans(): void {
    isWithoutScans = true
    finish()
  }

  function startOver(): void {
    scanned.value = []
    refusedG.value = undefined
    isWithoutScans = false
    state.value = 'scanning'
    say(undefined)
  }
  return { name, nameBySku, contents, scanned, next, wrongScans, state, refusedG, verdict, scan, confirm, finishWithoutScans, startOver } // prettier-ignore
}
