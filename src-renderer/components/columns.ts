/** A column of a list. Cells come through the slot `cell-<key>`. */
export interface Column {
  readonly key: string
  readonly label: string
  /** A track of a CSS grid: `6rem`, `minmax(8rem, 2fr)`. */
  readonly width: string
  readonly isRight?: boolean
  /** The list can be sorted by it, under this name at the door. */
  readonly sort?: string
  /** Left out where there is little room. */
  readonly isOptional?: boolean
}
