const entities: Readonly<Record<string, string>> = {
  '&nbsp;': ' ', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#039;': "'", '&#39;': "'", '&#8217;': '’', '&#8211;': '–',
} // prettier-ignore

/** A web shop's text as plain text: tags become blanks, the common entities their signs, `\n` written out a line end. */
export function withoutMarkup(text: string): string {
  const plain = text
    .replaceAll('\\n', '\n')
    .replaceAll(/<[^<>]*>/g, ' ')
    .replaceAll(/&(?:nbsp|lt|gt|quot|#0?39|#8217|#8211);/g, (entity) => entities[entity] ?? entity)
    .replaceAll('&amp;', '&')
  return plain
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ ?\n\s*/g, '\n')
    .trim()
}
