import { useLocalStorage } from '@vueuse/core'
import { onBeforeUnmount, onMounted, watch } from 'vue'
import { usualScanner, type ScannerSettings } from './burst.ts'
import type { KeyPress } from './key-press.ts'
import { listenForScans, type ScanSink } from './listen.ts'

/** How the scanner of this station types; kept on this machine. */
export const scannerSettings = useLocalStorage<ScannerSettings>('backroom.scanner', usualScanner)

/** Whoever came last gets the scans: a panel over a screen, then the screen again. */
const sinks: ScanSink[] = []
const latest = (): ScanSink | undefined => sinks.at(-1)
let stop: (() => void) | undefined

function listenAgain(): void {
  stop?.()
  stop = undefined
  if (sinks.length === 0) return
  stop = listenForScans(scannerSettings.value, {
    scan: (text, isContinued) => latest()?.scan(text, isContinued),
    typed: (text) => latest()?.typed(text),
    focus: () => latest()?.focus(),
    spy: (press) => latest()?.spy?.(press) === true,
  })
}
watch(scannerSettings, listenAgain)

/** Gets every scan while this component is there and none came after it. */
export function useScanner(sink: ScanSink): void {
  onMounted(() => {
    sinks.push(sink)
    if (sinks.length === 1) listenAgain()
  })
  onBeforeUnmount(() => {
    sinks.splice(sinks.indexOf(sink), 1)
    if (sinks.length === 0) listenAgain()
  })
}

/** A code that did not come by keys: from the camera. */
export const deliverScan = (text: string): void => latest()?.scan(text, false)

export type { KeyPress }
