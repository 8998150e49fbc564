import { roughTextWidth, type Point, type Shape } from './drawing.ts'
import type { FloorPicture, FloorScale } from './floor-drawing.ts'

const labelSize = { least: 5.5, most: 8 }

interface Label {
  readonly at: Point
  readonly text: string
}

/** A dot at each place where the tour stops, with the numbers of its stops beside it, kept apart along the aisle. */
export function stopLabels(picture: FloorPicture, scale: FloorScale): readonly Shape[] {
  return picture.aisleX.flatMap((x, aisle) => {
    const labels = labelsOfAisle(picture, aisle).map(({ y, text }): Label => ({ at: [scale.x(x), scale.y(y)], text }))
    const heights = keptApart(
      labels.map((label) => label.at[1]),
      labelSize.most + 0.5,
    )
    return labels.flatMap((label, i) => labelShapes(label, { y: heights[i] ?? label.at[1], pitch: scale.pitch }))
  })
}

function labelsOfAisle(picture: FloorPicture, aisle: number): readonly { y: number; text: string }[] {
  const seqsByY = new Map<number, number[]>()
  for (const { seq, place } of picture.stops) {
    if (place[0] === aisle) seqsByY.set(place[1], [...(seqsByY.get(place[1]) ?? []), seq])
  }
  return [...seqsByY].toSorted((a, b) => b[0] - a[0]).map(([y, seqs]) => ({ y, text: inRanges(seqs) }))
}

/** `3`, `3-5`, `3-5, 9`: numbers in rising order, runs joined. */
export function inRanges(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else if (!last || number > last[1]) runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(', ')
}

/** Moves rising heights as little as a sweep down and a sweep up need to keep `gap` between neighbours. */
function keptApart(heights: readonly number[], gap: number): readonly number[] {
  const moved = [...heights]
  for (let i = 1; i < moved.length; i++) {
    const overlap = (moved[i - 1] ?? 0) + gap - (moved[i] ?? 0)
    if (overlap <= 0) continue
    // Half of the push goes up the column as long as there is room, the rest down.
    let rest = overlap / 2
    for (let j = i - 1; j >= 0 && rest > 0; j--) {
      const room = j === 0 ? Infinity : (moved[j] ?? 0) - (moved[j - 1] ?? 0) - gap
      moved[j] = (moved[j] ?? 0) - rest
      rest -= Math.max(0, room)
    }
    moved[i] = Math.max(moved[i] ?? 0, (moved[i - 1] ?? 0) + gap)
  }
  return moved
}

function labelShapes(label: Label, place: { y: number; pitch: number }): readonly Shape[] {
  const [x, y] = label.at
  const left = x + 5.5
  const room = Math.max(8, place.pitch - 11)
  const size = Math.max(
    labelSize.least,
    Math.min(labelSize.most, (labelSize.most * room) / roughTextWidth(label.text, labelSize.most)),
  )
  const right = left + roughTextWidth(label.text, size) + 1.5
  const isMoved = Math.abs(place.y - y) > 2
  return [
    ...(isMoved
      ? [{ kind: 'line', from: [x, y], to: [left - 1, place.y], stroke: { ink: 'muted', width: 0.5 } } satisfies Shape]
      : []),
    { kind: 'circle', centre: [x, y], radius: 2.4, fill: 'ink', stroke: { ink: 'paper', width: 0.6 } },
    {
      kind: 'polygon',
      points: [
        [left - 1, place.y - size * 0.48],
        [right, place.y - size * 0.48],
        [right, place.y + size * 0.48],
        [left - 1, place.y + size * 0.48],
      ],
      fill: 'paper',
    },
    {
      kind: 'text',
      at: [left, place.y + size * 0.357],
      text: label.text,
      size,
      anchor: 'start',
      ink: 'ink',
      bold: true,
    },
  ]
}
