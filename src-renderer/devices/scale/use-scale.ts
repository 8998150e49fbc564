import { useLocalStorage } from '@vueuse/core'
import { ref, shallowRef, type Ref } from 'vue'
import { openHidScale, openSerialScale, type OpenScale } from './connect.ts'
import type { ScaleReading } from './reading.ts'
import { serialManners, type SerialManner } from './serial-line.ts'

/** How parcels are weighed at this station: not at all, by a scale, or typed in. */
export type Weighing = 'off' | 'scale' | 'typed'

export interface ScaleSettings {
  readonly weighing: Weighing
  readonly wire: 'hid' | 'serial'
  readonly manner: SerialManner['name']
  readonly baudRate: number
}

export const baudRates: readonly number[] = [1200, 2400, 4800, 9600, 19_200, 38_400]

/** Kept on this machine: the scale stands beside it. */
export const scaleSettings = useLocalStorage<ScaleSettings>('backroom.scale', {
  weighing: 'off',
  wire: 'hid',
  manner: 'sics',
  baudRate: 9600,
})

const scale = shallowRef<OpenScale>()
const reading = shallowRef<ScaleReading>()
const isLost = ref(false)
const fallback: SerialManner = { name: 'continuous', ask: undefined }

const wires = {
  onReading: (next: ScaleReading) => (reading.value = next),
  onLost() {
    scale.value = undefined
    reading.value = undefined
    isLost.value = true
  },
}

async function open(isAsking: boolean): Promise<boolean> {
  const { wire, manner, baudRate } = scaleSettings.value
  const line = { baudRate, manner: serialManners.find(({ name }) => name === manner) ?? fallback }
  await disconnect()
  try {
    scale.value = wire === 'hid' ? await openHidScale(isAsking, wires) : await openSerialScale(isAsking, line, wires)
  } catch {
    // The person has closed the browser's question, or another program has the scale: it is not connected.
    scale.value = undefined
  }
  isLost.value = false
  return scale.value !== undefined
}

async function disconnect(): Promise<void> {
  const open = scale.value
  scale.value = undefined
  reading.value = undefined
  await open?.close()
}

/** The scale of this station, one for all screens. */
export function useScale(): {
  readonly scale: Readonly<Ref<OpenScale | undefined>>
  /** The last thing it said. */
  readonly reading: Readonly<Ref<ScaleReading | undefined>>
  readonly isLost: Readonly<Ref<boolean>>
  /** After a click: the browser may ask which device. Answers whether one is connected. */
  connect(): Promise<boolean>
  /** What was granted before, without a question. */
  reconnect(): Promise<boolean>
  disconnect(): Promise<void>
} {
  return {
    scale,
    reading,
    isLost,
    connect: () => open(true),
    reconnect: async () => scale.value !== undefined || open(false),
    disconnect,
  }
}
