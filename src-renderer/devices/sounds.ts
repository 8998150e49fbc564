import { useLocalStorage } from '@vueuse/core'

/** Loudness of this station, 0 (silent) to 100. */
export const loudness = useLocalStorage('backroom.loudness', 60)

export type Sound = 'right' | 'wrong' | 'done'

interface Tone {
  readonly hertz: number
  readonly fromS: number
  readonly lengthS: number
  readonly shape: OscillatorType
}

/**
 * Told apart by rhythm and pitch, also by somebody who hears only one of them: one short high tone; three low growls; a
 * rising chord.
 */
const tones: Readonly<Record<Sound, readonly Tone[]>> = {
  right: [{ hertz: 1568, fromS: 0, lengthS: 0.09, shape: 'sine' }],
  wrong: [0, 0.2, 0.4].map((fromS) => ({ hertz: 165, fromS, lengthS: 0.15, shape: 'square' as const })),
  done: [523, 659, 784].map((hertz, i) => ({ hertz, fromS: i * 0.1, lengthS: 0.22, shape: 'triangle' as const })),
}
const buzzes: Readonly<Record<Sound, readonly number[]>> = {
  right: [40],
  wrong: [150, 60, 150, 60, 150],
  done: [60, 40, 120],
}

let context: AudioContext | undefined

/** Plays and, where the machine can, shakes. Browsers stay silent before the first key or touch; nothing waits for it. */
export function play(sound: Sound): void {
  if (navigator.userActivation?.hasBeenActive === true) navigator.vibrate?.([...buzzes[sound]])
  if (loudness.value === 0 || typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  void context.resume().catch(() => undefined)
  for (const tone of tones[sound]) playTone(context, tone)
}

function playTone(audio: AudioContext, { hertz, fromS, lengthS, shape }: Tone): void {
  const oscillator = new OscillatorNode(audio, { type: shape, frequency: hertz })
  const start = audio.currentTime + fromS
  // A square wave is far louder than a sine of the same height.
  const loud = (loudness.value / 100) * (shape === 'square' ? 0.25 : 0.6)
  const gain = new GainNode(audio, { gain: loud })
  // Without a fade each end is a click.
  gain.gain.setValueAtTime(loud, start + lengthS - 0.02)
  gain.gain.linearRampToValueAtTime(0, start + lengthS)
  oscillator.connect(gain).connect(audio.destination)
  oscillator.start(start)
  oscillator.stop(start + lengthS)
}
