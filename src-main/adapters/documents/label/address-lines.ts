import type { Recipient } from '../../../domain/recipient.ts'
import { cutLines } from '../pdf/cut-lines.ts'
import { heightOf, leading, type Paper } from '../pdf/open-paper.ts'
import type { Line, TextStyle } from '../text/typesetter.ts'

/** The least that people are asked to read, points. */
const leastSize = 8
const mostSize = 19
/** A place that takes three lines of 8 pt at most; what is longer is none, and is cut like everything else. */
const longestPlace = 90
/** More street lines than this run on in the last one. */
const mostStreetLines = 10

interface Box {
  readonly width: number
  readonly height: number
}

/**
 * The address as large as its box allows, 8 pt at least, and below it as much of the instructions as there is room for.
 * Where even 8 pt is too large, first the instructions go, then the longest parts of the address lose their ends; place
 * and country never do.
 */
export function fittingAddress(paper: Paper, recipient: Recipient, box: Box): readonly Line[] {
  const lines = addressLines(paper, recipient, box)
  return [...lines, ...instructionLines(paper, recipient, { ...box, height: box.height - heightOf(lines) })]
}

function addressLines(paper: Paper, recipient: Recipient, box: Box): readonly Line[] {
  const reserved = recipient.instructions === undefined ? 0 : 2 * leastSize * leading
  for (const height of [box.height - reserved, box.height]) {
    for (let size = mostSize; size >= leastSize; size--) {
      const lines = partsAt(paper, recipient, size).flatMap((part) => part.set(box.width, Number.POSITIVE_INFINITY))
      if (heightOf(lines) <= height) return lines
    }
  }
  return shortened(partsAt(paper, recipient, leastSize), box)
}

interface Part {
  /** At most so many lines; the end is left out, and three dots say so. */
  readonly set: (width: number, most: number) => readonly Line[]
  readonly isWhole: boolean
  readonly isStreet: boolean
}

/** A line for every part, and those left over where a courier needs them most: street lines, then name and company. */
function shortened(parts: readonly Part[], { width, height }: Box): readonly Line[] {
  const linesWith = (most: readonly number[]): readonly Line[] =>
    parts.flatMap((part, i) => part.set(width, part.isWhole ? Number.POSITIVE_INFINITY : (most[i] ?? 1)))
  const order = [...parts.keys()].toSorted((a, b) => Number(parts[b]?.isStreet) - Number(parts[a]?.isStreet))
  let most = parts.map(() => 1)
  let lines = linesWith(most)
  for (const i of order) {
    for (;;) {
      const more = most.with(i, (most[i] ?? 1) + 1)
      const longer = linesWith(more)
      if (longer.length <= lines.length || heightOf(longer) > height) break
      ;[most, lines] = [more, longer]
    }
  }
  return lines
}

function partsAt(paper: Paper, recipient: Recipient, size: number): readonly Part[] {
  const place = [recipient.postcode, recipient.city, recipient.region].filter(Boolean).join(' ')
  const phone = recipient.phone === undefined ? undefined : `${paper.words.phone} ${recipient.phone}`
  const part = (text: string | undefined, style: TextStyle, is: Partial<Part> = {}): readonly Part[] =>
    text === undefined
      ? []
      : [
          {
            isWhole: false,
            isStreet: false,
            set: (width, most) => cutLines(paper, text, { ...style, width, most }),
            ...is,
          },
        ]
  return [
    ...part(recipient.name, { size, isBold: true }),
    ...part(recipient.company, { size }),
    ...streetLines(recipient).flatMap((line) => part(line, { size }, { isStreet: true })),
    ...part(place, { size, isBold: true }, { isWhole: place.length <= longestPlace }),
    ...part(countryName(recipient.country), { size: Math.max(leastSize, size * 0.8) }, { isWhole: true }),
    ...part(phone, { size: Math.max(leastSize, size * 0.55) }),
  ]
}

function streetLines({ lines }: Recipient): readonly string[] {
  if (lines.length <= mostStreetLines) return lines
  return [...lines.slice(0, mostStreetLines - 1), lines.slice(mostStreetLines - 1).join(', ')]
}

let countryNames: Intl.DisplayNames | undefined

/** In English and capitals, as the postal union asks for on letters abroad; what is no country stands as it came. */
function countryName(code: string): string {
  countryNames ??= new Intl.DisplayNames('en', { type: 'region' })
  if (!/^[A-Z]{2}$/.test(code)) return code
  return (countryNames.of(code) ?? code).toUpperCase()
}

function instructionLines(paper: Paper, { instructions = '' }: Recipient, room: Box): readonly Line[] {
  const size = leastSize + 0.5
  const most = Math.max(0, Math.floor(room.height / (size * leading)))
  return cutLines(paper, instructions, { size, width: room.width, most })
}
