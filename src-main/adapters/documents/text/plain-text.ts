/** Embeddings, overrides and directed isolates: with them a name could turn round whatever stands beside it. */
const turning = /[\u202a-\u202e\u2066\u2067]/g
/** Right-to-left marks have a use beside letters that run that way, and none but mischief without. */
const turningMarks = /[\u061c\u200f]/g
const runsRightToLeft = /(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}]/u
/** What `isolated` puts around a text; inside one it could end it too early. */
const isolating = /[\u2068\u2069]/g
/** Everything that separates words except the spaces that keep them together. */
const separating = /(?:[^\S\u00a0\u202f]|\p{Cc})+/gu
const softHyphen = /\u00ad/g

/**
 * Text as it is set: composed letters, one space for whatever else separates words, no sign that steers direction from
 * within, no half of a surrogate pair.
 */
export function plainText(text: string): string {
  return (runsRightToLeft.test(text) ? text : text.replace(turningMarks, ''))
    .toWellFormed()
    .replace(softHyphen, '')
    .replace(turning, '')
    .normalize('NFC')
    .replace(separating, ' ')
    .trim()
}

/**
 * A text from outside, to be put into a line of ours: its direction is found from itself alone and does not reach
 * beyond it (UAX 9, first strong isolate). `3 × שלום (A)` keeps its figure at the left and its bracket at the right.
 */
export const isolated = (text: string): string => `\u2068${text.replace(turning, '').replace(isolating, '')}\u2069`
