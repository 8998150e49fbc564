/** A point in drawing units: x to the right, y down, origin at the top left corner. */
export type Point = readonly [x: number, y: number]

/**
 * What a shape is painted with, by role, so that paper prints it black on white and a screen can follow its theme.
 * `light`, `mid` and `dark` are the three faces of a solid; nothing is told apart by ink alone.
 */
export type Ink = 'ink' | 'muted' | 'faint' | 'paper' | 'accent' | 'light' | 'mid' | 'dark'

export interface Stroke {
  readonly ink: Ink
  readonly width: number
  /** Lengths of stroke and gap in turn; absent = solid. */
  readonly dash?: readonly number[] | undefined
}

export type Shape =
  | { readonly kind: 'line'; readonly from: Point; readonly to: Point; readonly stroke: Stroke }
  | {
      readonly kind: 'polyline'
      readonly points: readonly Point[]
      readonly stroke: Stroke
    }
  | {
      readonly kind: 'polygon'
      readonly points: readonly Point[]
      readonly fill?: Ink | undefined
      readonly stroke?: Stroke | undefined
    }
  | {
      readonly kind: 'circle'
      readonly centre: Point
      readonly radius: number
      readonly fill?: Ink | undefined
      readonly stroke?: Stroke | undefined
    }
  /** One line of text; `at` is on the baseline, `size` the font's em. Never anything personal. */
  | {
      readonly kind: 'text'
      readonly at: Point
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly ink: Ink
      readonly bold?: boolean | undefined
    }

/**
 * A picture as plain data. The viewBox is `0 0 width height`; one unit is one typographic point (1/72 inch) on
 * paper at natural size, and whatever the screen makes of it. Shapes are painted in their order.
 */
export interface Drawing {
  readonly width: number
  readonly height: number
  /** What the picture shows, for those who cannot see it. Never anything personal. */
  readonly title: string
  readonly shapes: readonly Shape[]
}

/** Room for a drawing, in drawing units. */
export interface Box {
  readonly width: number
  readonly height: number
}

/** Height of a figure above the baseline as a share of the em, for texts centred on a point. */
const figureHeight = 0.714

/** A text whose figures stand centred on a point. */
export function centredText(at: Point, text: string, style: { size: number; ink?: Ink; bold?: boolean }): Shape {
  const { size, ink = 'ink', bold = false } = style
  return { kind: 'text', at: [at[0], at[1] + (size * figureHeight) / 2], text, size, anchor: 'middle', ink, bold }
}

/** About how wide a text of figures and Latin letters is; good enough to keep labels apart. */
export const roughTextWidth = (text: string, size: number): number => text.length * size * 0.58
