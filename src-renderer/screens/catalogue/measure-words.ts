import { useI18n } from 'vue-i18n'
import type { WorklistRowView } from '../../../src-main/contract/measure-views.ts'
import type { ProductRowView } from '../../../src-main/contract/views.ts'
import { useSession } from '../../stores/session.ts'

type Product = ProductRowView['product']
type Layer = NonNullable<Product['layers']['staff']>
export type Repair = NonNullable<WorklistRowView['repair']>
export type Doubt = WorklistRowView['doubts'][number]
export type MeasureName = 'space' | 'weight' | 'handling'
export type Origin = keyof Product['layers']

/** Whose word goes first. */
const byStrength: readonly Origin[] = ['staff', 'storefront', 'estimated']

const saidOf = (layer: Layer | undefined, name: MeasureName): unknown =>
  name === 'weight' ? layer?.weightG : layer?.[name]

/** Origins that speak of a measure; the first one's word is in force. */
export const originsOf = ({ layers }: Pick<Product, 'layers'>, name: MeasureName): readonly Origin[] =>
  byStrength.filter((origin) => saidOf(layers[origin], name) !== undefined)

/** Measures, doubts and repairs as people read them. */
export function useMeasureWords() {
  const { t } = useI18n()
  const session = useSession()

  function space({ sizeMm, volumeCm3 }: NonNullable<Layer['space']>): string {
    const { formats } = session
    return [sizeMm && formats.size(sizeMm), volumeCm3 !== undefined && formats.volume(volumeCm3)]
      .filter(Boolean)
      .join(t('common.comma'))
  }

  /** What one origin says of size or weight. */
  function said(layer: Layer | undefined, name: MeasureName): string {
    if (name === 'weight') return layer?.weightG === undefined ? '' : session.formats.weight(layer.weightG)
    return layer?.space ? space(layer.space) : ''
  }

  function amount(code: Doubt['code'], value: number): string {
    if (code === 'very-long') return session.formats.size([value])
    if (code === 'larger-than-category' || code === 'smaller-than-category' || code === 'volume-not-of-sides')
      return session.formats.volume(value)
    return session.formats.weight(value)
  }

  function doubt(one: Doubt, product: Product): string {
    return t(`worklist.doubts.${one.code}`, {
      value: amount(one.code, one.value),
      usual: amount(one.code, one.usual),
      name: product.name,
      weight: product.weightG === undefined ? '' : session.formats.weight(product.weightG),
      space: space(product),
    })
  }

  const repairValue = ({ weightG, sizeMm, volumeCm3 }: Repair): string =>
    weightG === undefined ? space({ sizeMm, volumeCm3 }) : session.formats.weight(weightG)

  const repair = (one: Repair): string => t(`worklist.causes.${one.cause}`, { value: repairValue(one) })

  return { space, said, doubt, repair, repairValue }
}
