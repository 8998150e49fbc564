/** A rectangle on the desktop, in the system's points. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowPlace {
  readonly box: Box
  readonly isMaximised: boolean
}

export interface UsualSize {
  readonly width: number
  readonly height: number
  readonly minWidth: number
  readonly minHeight: number
}

/** As much of the title bar must be seen that a hand can grip it. */
const grip = { width: 120, height: 24 }

/**
 * Where a window opens: where it was, as long as a display there still shows enough of its title bar; else in its usual
 * size in the middle of the first display. Never larger than the display. `displays` are work areas, the main one first.
 */
export function placeFor(saved: WindowPlace | undefined, displays: readonly Box[], usual: UsualSize): WindowPlace {
  const home = saved && displays.find((display) => showsTitle(display, saved.box))
  if (saved && home) {
    const width = Math.max(usual.minWidth, Math.min(saved.box.width, home.width))
    const height = Math.max(usual.minHeight, Math.min(saved.box.height, home.height))
    return { box: { ...saved.box, width, height }, isMaximised: saved.isMaximised }
  }
  const [main] = displays
  const width = Math.min(usual.width, main?.width ?? usual.width)
  const height = Math.min(usual.height, main?.height ?? usual.height)
  const middle = (from: number, room: number, size: number): number => from + Math.max(0, Math.round((room - size) / 2))
  return {
    box: {
      x: middle(main?.x ?? 0, main?.width ?? width, width),
      y: middle(main?.y ?? 0, main?.height ?? height, height),
      width,
      height,
    },
    isMaximised: saved?.isMaximised ?? false,
  }
}

function showsTitle(display: Box, { x, y, width }: Box): boolean {
  const seen = Math.min(x + width, display.x + display.width) - Math.max(x, display.x)
  return seen >= Math.min(grip.width, width) && y >= display.y && y + grip.height <= display.y + display.height
}
