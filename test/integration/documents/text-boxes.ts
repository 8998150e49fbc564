import type { PlacedText, PrintedPage } from './printed-page.ts'

/** Paper around the text that no printer of an office is asked to reach; the left side is punched. */
const margins = { left: 56, right: 33, top: 30, bottom: 30 }

const visible = (page: PrintedPage): readonly PlacedText[] => page.texts.filter((text) => text.text.trim() !== '')

/** Texts that reach into the margins, each as it stands. */
export function textsBeyondMargins(page: PrintedPage): readonly PlacedText[] {
  return visible(page).filter(
    ({ left, width, baseline, size }) =>
      left < margins.left ||
      left + width > page.width - margins.right ||
      baseline - size * 0.7 < margins.top ||
      baseline > page.height - margins.bottom,
  )
}

/** Pairs of texts that are printed over each other. */
export function overlappingTexts(page: PrintedPage): readonly string[] {
  const texts = visible(page).toSorted((a, b) => a.baseline - b.baseline)
  const pairs: string[] = []
  for (const [i, one] of texts.entries()) {
    for (const other of texts.slice(i + 1)) {
      if (other.baseline - one.baseline > 40) break
      if (overlap(one, other)) pairs.push(`${one.text} | ${other.text}`)
    }
  }
  return pairs
}

/** Capitals and figures stand 0.71 em above the line; a touch of two boxes is no overlap. */
function overlap(a: PlacedText, b: PlacedText): boolean {
  const across = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left)
  const down = Math.min(a.baseline, b.baseline) - Math.max(a.baseline - a.size * 0.71, b.baseline - b.size * 0.71)
  return across > 0.8 && down > 0.8
}
