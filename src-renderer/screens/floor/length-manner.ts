import { computed } from 'vue'
import { useLanguage } from '../../stores/language.ts'
import { useUnits } from '../../stores/units.ts'
import { keySteps, keyStepTexts, lengthText } from './lengths.ts'

/** How the person in front of the screen writes lengths. */
export function useLengthManner() {
  const language = useLanguage()
  const units = useUnits()
  const manner = computed(() => ({ locale: language.locale.value, units: units.value }))
  return {
    manner,
    text: (millimetres: number): string => lengthText(millimetres, manner.value),
    steps: computed(() => keySteps[units.value]),
    stepTexts: computed(() => keyStepTexts(manner.value)),
  }
}
