import { withoutNulls } from '../host-answer.ts'

/** More is not PHP complaining before its answer, but a page. */
const longestNotice = 20_000
const byteOrderMark = '\uFEFF'

/**
 * Reads JSON as hosts really send it: behind a byte order mark, or behind notices that PHP prints before the answer.
 * Undefined when the text is no JSON to its very end; a cut answer is never mended.
 */
export function jsonAnswer(text: string): { readonly value: unknown } | undefined {
  const clean = text.startsWith(byteOrderMark) ? text.slice(1) : text
  const whole = parsed(clean)
  if (whole) return whole
  for (const match of clean.slice(0, longestNotice).matchAll(/(?<=[>\n\uFEFF])\s*(?=[[{])/g)) {
    const rest = parsed(clean.slice(match.index + match[0].length))
    if (rest) return rest
  }
  return undefined
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: withoutNulls(JSON.parse(text)) }
  } catch {
    // No JSON, or nested deeper than any message: the caller says so with the place.
    return undefined
  }
}
