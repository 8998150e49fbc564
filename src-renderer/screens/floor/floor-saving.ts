import { computed, nextTick, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { refDebounced } from '@vueuse/core'
import { useToast } from '@nuxt/ui/composables'
import { useBridge } from '../../bridge/index.ts'
import { problemOf, type Problem } from '../../format/failure.ts'
import { useActions } from '../../stores/actions.ts'
import { useLoaded } from '../../stores/loaded.ts'
import type { Board } from './drawing-board.ts'
import type { Drawing } from './floor-parts.ts'
import { toWire } from './wire.ts'

/** While something is dragged nothing is checked. */
const checkAfterMs = 150

interface Shown {
  /** What is wrong is brought before the person. */
  readonly focusFaults: () => void
  readonly focusQuestion: () => void
}

/** What a look at the drawing finds, a moment after each change, and the stock that would be left behind. */
function useFloorCheck(board: Board) {
  const bridge = useBridge()
  const checked = refDebounced(
    computed(() => board.drawing.value && { drawing: board.drawing.value, renamed: board.renamed.value }),
    checkAfterMs,
  )
  const { value: check, reload: checkAgain } = useLoaded(
    () => checked.value,
    async (wish) =>
      wish ? bridge.call('floor.check', { ...toWire(wish.drawing), renamed: [...wish.renamed] }) : undefined,
  )
  const leaving = computed(() => (check.value?.left ?? []).filter(({ wasDrawn }) => wasDrawn))
  return { check, checkAgain, leaving }
}

/** How a drawing is checked and saved, with what is asked and said on the way. */
export function useFloorSaving(board: Board, shown: Shown) {
  const bridge = useBridge()
  const toast = useToast()
  const { t } = useI18n()
  const { complain } = useActions()
  const isSaving = ref(false)
  const isAsking = ref(false)
  const problem = shallowRef<Problem>()

  const { check, checkAgain, leaving } = useFloorCheck(board)

  async function save(options: { confirmed?: boolean; over?: boolean } = {}): Promise<void> {
    const drawing = board.drawing.value
    if (!drawing || isSaving.value) return
    problem.value = undefined
    isSaving.value = true
    const before = { drawing: board.saved.value, renamed: board.renamed.value }
    try {
      const now = await bridge.call('floor.check', { ...toWire(drawing), renamed: [...board.renamed.value] })
      if (now.faults.length > 0) return await showFaults()
      if (now.left.some(({ wasDrawn }) => wasDrawn) && !options.confirmed) return await askFirst()
      await bridge.call('floor.save', {
        ...toWire(drawing),
        renamed: [...board.renamed.value],
        confirmed: options.confirmed === true,
        ...(!options.over && { revision: board.revision.value }),
      })
      isAsking.value = false
      await beginAnew()
      tellSaved(before)
    } catch (error) {
      problem.value = problemOf(error, t)
    } finally {
      isSaving.value = false
    }
  }

  /** The drawing is the floor in force now: nothing of it may come back as a draft. */
  const beginAnew = async (): Promise<void> => board.begin(await bridge.call('floor.get', {}), { anew: true })

  async function showFaults(): Promise<void> {
    toast.add({ title: t('floor.saveFaults'), icon: 'i-lucide-octagon-alert', color: 'error' })
    await checkAgain()
    await nextTick()
    shown.focusFaults()
  }

  async function askFirst(): Promise<void> {
    isAsking.value = true
    await nextTick()
    shown.focusQuestion()
  }

  function tellSaved(before: { drawing: Drawing | undefined; renamed: readonly { from: string; to: string }[] }): void {
    const { drawing } = before
    toast.add({
      title: t('floor.saved'),
      icon: 'i-lucide-check',
      color: 'success',
      ...(drawing && {
        actions: [{ label: t('floor.undo'), icon: 'i-lucide-undo-2', color: 'neutral' as const, variant: 'outline' as const, onClick: () => void takeBack(drawing, before.renamed) }], // prettier-ignore
      }),
    })
  }

  /** The floor as it was; renamed places and their stock get their old names back. */
  async function takeBack(drawing: Drawing, renamed: readonly { from: string; to: string }[]): Promise<void> {
    try {
      const back = renamed.map(({ from, to }) => ({ from: to, to: from }))
      await bridge.call('floor.save', {
        ...toWire(drawing),
        renamed: back,
        confirmed: true,
        revision: board.revision.value,
      })
      await beginAnew()
      toast.add({ title: t('floor.undone'), icon: 'i-lucide-undo-2', color: 'neutral' })
    } catch (error) {
      complain(error)
    }
  }

  async function loadAnew(): Promise<void> {
    problem.value = undefined
    await beginAnew()
  }

  return { check, leaving, isSaving, isAsking, problem, save, loadAnew }
}
