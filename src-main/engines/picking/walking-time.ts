import type { Pace } from './types.ts'

/** Minutes that a picker needs for a walk of so many units and so many picks; pickers are not counted. */
export function minutesOf({ length, picks }: { readonly length: number; readonly picks: number }, pace: Pace): number {
  return length / pace.unitsPerMinute + picks * pace.minutesPerPick
}
