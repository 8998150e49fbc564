import { oneByOne } from '../scan/one-by-one.ts'
import type { Scanned } from '../scan/scanned.ts'
import { codeReader, draw } from './code-reader.ts'
import { systemClock } from '../core/clock.ts'

export interface Camera {
  readonly video: HTMLVideoElement
  /** Undefined where the camera has no light. */
  readonly light?: ((isOn: boolean) => Promise<void>) | undefined
  stop(): void
}

/** Why there is no camera, by what the browser threw. */
export type NoCamera = 'not-given' | 'denied' | 'none'

export function whyNoCamera(error: unknown): NoCamera {
  // Declared as always there; pages that are not trusted have none.
  if ((navigator as Partial<Navigator>).mediaDevices === undefined) return 'not-given'
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return 'none'
}

/** Longer side of what is read of a frame, pixels: enough for three pixels a square when a label fills the picture. */
const frameSide = 1600

/** The camera at the back, looking for labels until it is stopped. Throws what getUserMedia throws. */
export async function startCamera(onScan: (scanned: Scanned) => void): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } },
  })
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = stream
  await video.play()
  let isRunning = true
  const [track] = stream.getVideoTracks()
  void look(video, { isRunning: () => isRunning, onScan })
  return {
    video,
    light:
      track && hasLight(track)
        ? (isOn) => track.applyConstraints({ advanced: [{ torch: isOn } as object] })
        : undefined,
    stop() {
      isRunning = false
      for (const one of stream.getTracks()) one.stop()
      video.srcObject = null
    },
  }
}

/** `torch` is in the Image Capture standard and not in the declarations. */
const hasLight = (track: MediaStreamTrack): boolean =>
  'getCapabilities' in track && (track.getCapabilities() as { torch?: boolean }).torch === true

/** One frame after the other, never two at once, and the page breathes between them. */
async function look(
  video: HTMLVideoElement,
  { isRunning, onScan }: { isRunning: () => boolean; onScan: (scanned: Scanned) => void },
): Promise<void> {
  const reader = await codeReader()
  const tell = oneByOne(onScan)
  for (let count = 0; isRunning(); count++) {
    await nextFrame(video)
    if (!isRunning() || video.videoWidth === 0) continue
    const shrink = Math.min(1, frameSide / Math.max(video.videoWidth, video.videoHeight))
    const size = { width: Math.round(video.videoWidth * shrink), height: Math.round(video.videoHeight * shrink) }
    const found = await reader.read(draw(video, size), { kind: 'frame', count })
    if (isRunning()) tell(found, systemClock.now())
  }
}

/** A frame, but not one before the page had 30 ms for itself; a video that stands still is asked again too. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 500)
    setTimeout(() => {
      if ('requestVideoFrameCallback' in video)
        video.requestVideoFrameCallback(() => {
          clearTimeout(late)
          resolve()
        })
      else resolve()
    }, 30)
  })
}
