import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useLengthManner } from './length-manner.ts'
import { aisleName, locationsOf, type Drawing, type Part } from './floor-parts.ts'

/** Parts of a drawing in words: what one is called, and where it is. */
export function usePartWords(drawing: () => Drawing) {
  const { t } = useI18n()
  const { text: length } = useLengthManner()
  const front = computed(() => drawing().floor.crossY[0] ?? 0)
  const aisle = (index: number): string => aisleName(drawing(), index) ?? String(index + 1)
  const sideWord = (side: 'L' | 'R'): string => t(side === 'L' ? 'floor.part.left' : 'floor.part.right')

  function name(part: Part): string {
    switch (part.kind) {
      case 'start':
        return t('floor.part.names.start')
      case 'end':
        return t('floor.part.names.end')
      case 'aisle':
        return t('floor.part.names.aisle', { name: aisle(part.aisle) })
      case 'cross':
        return t('floor.part.names.cross', { n: part.cross + 1 })
      case 'passage':
        return 'cross' in part.passage
          ? t('floor.part.names.passageAcross', { n: part.passage.cross + 1, a: aisle(part.passage.afterAisle), b: aisle(part.passage.afterAisle + 1) }) // prettier-ignore
          : t('floor.part.names.passageAlong', { name: aisle(part.passage.aisle), a: part.passage.afterCross + 1, b: part.passage.afterCross + 2 }) // prettier-ignore
      case 'bay': {
        const codes = locationsOf(drawing(), part).map(({ code }) => code)
        return t('floor.part.names.bay', { code: codes[0] ?? '', n: codes.length }, codes.length)
      }
      case 'row': {
        const codes = locationsOf(drawing(), part).map(({ code }) => code)
        return t('floor.part.names.row', { first: codes[0] ?? '', last: codes.at(-1) ?? '' })
      }
    }
  }

  function where(part: Part): string {
    const { floor } = drawing()
    switch (part.kind) {
      case 'start':
      case 'end': {
        const [on, y] = part.kind === 'start' ? floor.depot : floor.packingTable
        return t('floor.part.where.onAisle', { aisle: aisle(on), length: length(y - front.value) })
      }
      case 'aisle':
        return t('floor.part.where.fromLeft', {
          length: length((floor.aisleX[part.aisle] ?? 0) - (floor.aisleX[0] ?? 0)),
        })
      case 'cross':
        return t('floor.part.where.fromFront', { length: length((floor.crossY[part.cross] ?? 0) - front.value) })
      case 'passage':
        return ''
      case 'bay':
        return t('floor.part.where.bay', { aisle: aisle(part.aisle), side: sideWord(part.side), length: length(part.y - front.value) }) // prettier-ignore
      case 'row':
        return t('floor.part.where.row', { aisle: aisle(part.aisle), side: sideWord(part.side) })
    }
  }
  return { name, where }
}
