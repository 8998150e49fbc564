import type { Recipient } from '../../../domain/recipient.ts'
import { cutLines } from '../pdf/cut-lines.ts'
import { heightOf, leading, type Paper } from '../pdf/open-paper.ts'
import type { Line, TextStyle } from '../text/typesetter.ts'

/** The least that people are asked to read, points. */
const leastSize = 8
const mostSize = 19
/** More street lines than this run on in the last one. */
const mostStreetLines = 10

interface Box {
  readonly width: number
  readonly height: number
}

/**
 * The address as large as its box allows, 8 pt at least, and below it as much of the instructions as there is room for.
 * Where even 8 pt is too large, the longest parts lose their ends; the place and the country never do.
 */
export function fittingAddress(paper: Paper, recipient: Recipient, box: Box): readonly Line[] {
  const reserved = recipient.instructions === undefined ? 0 : 2 * leastSize * leading
  const lines = addressLines(paper, recipient, { ...box, height: box.height - reserved })
  return [...lines, ...instructionLines(paper, recipient, { ...box, height: box.height - heightOf(lines) })]
}

function addressLines(paper: Paper, recipient: Recipient, box: Box): readonly Line[] {
  for (let size = mostSize; size >= leastSize; size--) {
    const lines = linesAt(paper, recipient, { size, width: box.width, most: Number.POSITIVE_INFINITY })
    if (heightOf(lines) <= box.height) return lines
  }
  // 15 parts at most, a line each at the very least: always less than the box holds.
  let most = Math.floor(box.height / (leastSize * leading))
  let lines = linesAt(paper, recipient, { size: leastSize, width: box.width, most })
  while (most > 1 && heightOf(lines) > box.height) {
    most--
    lines = linesAt(paper, recipient, { size: leastSize, width: box.width, most })
  }
  return lines
}

function linesAt(
  paper: Paper,
  recipient: Recipient,
  how: { size: number; width: number; most: number },
): readonly Line[] {
  const { size, width, most } = how
  const cut = (text: string | undefined, style: TextStyle): readonly Line[] =>
    text === undefined ? [] : cutLines(paper, text, { ...style, width, most })
  const place = [recipient.postcode, recipient.city, recipient.region].filter(Boolean).join(' ')
  return [
    ...cut(recipient.name, { size, isBold: true }),
    ...cut(recipient.company, { size }),
    ...streetLines(recipient).flatMap((line) => cut(line, { size })),
    ...cut(place, { size, isBold: true }),
    ...cut(countryName(recipient.country), { size: Math.max(leastSize, size * 0.8) }),
    ...(recipient.phone === undefined
      ? []
      : cut(`${paper.words.phone} ${recipient.phone}`, { size: Math.max(leastSize, size * 0.55) })),
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
