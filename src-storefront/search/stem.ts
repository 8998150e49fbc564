/** Stems shorter than this say nothing. */
const shortestStem = 3

/**
 * A word without the endings of number and case, English and German at once: `knives` and `knife`, `boxes` and `box`,
 * `Gläser` and `Glas` have one stem. Light on purpose: what it joins wrongly ranks behind the word itself.
 * After the idea of Harman (1991), "How effective is suffixing?", with German endings added.
 */
export function stem(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word
  let stem = word
  // Until nothing falls any more, for what has two endings: tumbl-er-s.
  for (let shorter = withoutEnding(stem); shorter !== stem; shorter = withoutEnding(stem)) stem = shorter
  return withoutVowel(stem)
}

/** Each takes what follows the lookbehind; a longer one leaves at least one letter more. */
const endings = [/(?<=.{4})(?:ern|en|er|es|em)$/, /(?<=.{2}[el])n$/, /(?<=.{3})s$/]

function withoutEnding(word: string): string {
  if (/.[^aeiou]ies$/.test(word)) return word.slice(0, -3) + 'y'
  if (/(ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2)
  if (/(ss|us|is)$/.test(word)) return word
  const ending = endings.find((one) => one.test(word))
  return ending === undefined ? word : word.replace(ending, '')
}

/** A last e falls, and f is v, so that leaf and leaves meet. */
function withoutVowel(word: string): string {
  const short = word.endsWith('e') && word.length > shortestStem ? word.slice(0, -1) : word
  return short.endsWith('f') && !short.endsWith('ff') ? short.slice(0, -1) + 'v' : short
}
