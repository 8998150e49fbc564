import { systemClock } from '../core/clock.ts'

/** A van's door stands open for a minute, not for ten. */
export const idleMinutes = 10

let touchedAt = systemClock.now()

/** Somebody is here: called for every touch, and for every label that the camera is shown. */
export function touched(): void {
  touchedAt = systemClock.now()
}

/**
 * Calls `onIdle` once nobody has touched the page for ten minutes. Telephones stop the clockwork of pages that are not
 * seen, so the time is compared again when the page comes back.
 */
export function watchIdle(onIdle: () => void): void {
  const look = (): void => {
    if (systemClock.now() - touchedAt < idleMinutes * 60_000) return
    touched()
    onIdle()
  }
  for (const kind of ['pointerdown', 'keydown', 'input', 'scroll'])
    addEventListener(kind, touched, { passive: true, capture: true })
  document.addEventListener('visibilitychange', look)
  addEventListener('pageshow', look)
  setInterval(look, 15_000)
}
