/** Stems shorter than this say nothing. */
const shortestStem = 3

/**
 * A word without the endings of number and case, English and German at once: `knives` and `knife`, `boxes` and `box`,
 * `Gläser` and `Glas` have one stem. Light on purpose: what it joins wrongly ranks behind the word itself.
 * After the idea of Harman (1991), "How effective is suffixing?", with German endings added.
 */
export function stem(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word
  return withoutVowel(withoutEnding(withoutEnding(word)))
}

function withoutEnding(word: string): string {
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return word.slice(0, -3) + 'y'
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (/(ss|us|is)$/.test(word)) return word
  const ending = endings.find((one) => word.endsWith(one) && word.length - one.length >= shortestStem + Math.min(1, one.length - 1)) // prettier-ignore
  return ending === undefined ? word : word.slice(0, -ending.length)
}

/** Longest first; a longer one leaves more. Twice, for what has two: tumbler-s and tumbl-er. */
const endings = ['ern', 'en', 'er', 'es', 'em', 'n', 's']

/** A last e falls, and f is v, so that leaf and leaves meet. */
function withoutVowel(word: string): string {
  const short = word.endsWith('e') && word.length > shortestStem ? word.slice(0, -1) : word
  return short.endsWith('f') && !short.endsWith('ff') ? short.slice(0, -1) + 'v' : short
}
