import { useLocalStorage } from '@vueuse/core'

/** Somebody has said that this station scans with its camera; kept on this machine. */
export const hasCamera = useLocalStorage('backroom.camera', false)

/** Pages that the browser does not trust get no camera: HTTPS with a certificate it knows, or this machine. */
export const canHaveCamera = (): boolean =>
  globalThis.isSecureContext && typeof navigator.mediaDevices?.getUserMedia === 'function'

/** The back camera where there are two; undefined without camera, without permission, or when another program has it. */
export async function openCamera(): Promise<MediaStream | undefined> {
  if (!canHaveCamera()) return undefined
  const wish = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }
  return navigator.mediaDevices.getUserMedia({ video: wish, audio: false }).catch(() => undefined)
}
