/** Where the parcel is looked at from: radians around and above, and how near. */
export interface Viewpoint {
  readonly around: number
  readonly above: number
  readonly zoom: number
}

/** The isometric view of the drawing on paper. */
export const asOnPaper: Viewpoint = { around: Math.PI / 4, above: Math.atan(Math.SQRT1_2), zoom: 1 }

const degrees = Math.PI / 180
const lowest = 4 * degrees
const highest = 89 * degrees
const nearest = 5
const farthest = 0.6

export function turned(view: Viewpoint, by: { readonly around: number; readonly above: number }): Viewpoint {
  return {
    ...view,
    around: (view.around + by.around) % (2 * Math.PI),
    above: Math.min(highest, Math.max(lowest, view.above + by.above)),
  }
}

export const zoomed = (view: Viewpoint, by: number): Viewpoint => ({
  ...view,
  zoom: Math.min(nearest, Math.max(farthest, view.zoom * by)),
})

const keyTurn = 12 * degrees

/** What a key does to the view; undefined for keys that do nothing to it. */
export function afterKey(view: Viewpoint, key: string): Viewpoint | undefined {
  switch (key) {
    case 'ArrowLeft':
      return turned(view, { around: keyTurn, above: 0 })
    case 'ArrowRight':
      return turned(view, { around: -keyTurn, above: 0 })
    case 'ArrowUp':
      return turned(view, { around: 0, above: keyTurn })
    case 'ArrowDown':
      return turned(view, { around: 0, above: -keyTurn })
    case '+':
    case '=':
      return zoomed(view, 1.2)
    case '-':
      return zoomed(view, 1 / 1.2)
    case 'r':
    case 'R':
      return asOnPaper
    default:
      return undefined
  }
}

/** Which piece is the one to put in after a key: from 1; undefined = all at once. `false` for keys that do not step. */
export function stepAfterKey(step: number | undefined, key: string, pieces: number): number | undefined | false {
  switch (key) {
    case 'PageDown':
      return nextStep(step, pieces)
    case 'PageUp':
      return previousStep(step, pieces)
    case 'Home':
      return 1
    case 'End':
      return undefined
    default:
      return false
  }
}

/** After the last piece the whole parcel; after the whole parcel the first piece. */
export const nextStep = (step: number | undefined, pieces: number): number | undefined => {
  if (step === undefined) return 1
  return step >= pieces ? undefined : step + 1
}

export const previousStep = (step: number | undefined, pieces: number): number | undefined =>
  step === undefined ? pieces : Math.max(1, step - 1)
