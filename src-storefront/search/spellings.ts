/** Letters that are written with two where the keyboard lacks them. */
const digraphs: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['ø', 'oe'],
  ['å', 'aa'],
])

/** The word with ä as ae and so on; undefined without such letters. */
export function withDigraphs(word: string): string | undefined {
  const written = word.replaceAll(/[äöüøå]/g, (letter) => digraphs.get(letter) ?? letter)
  return written === word ? undefined : written
}

const row = (signs: string, sounds: string): readonly (readonly [string, string])[] => {
  const list = sounds.split(' ')
  return [...signs].map((sign, index) => [sign, list[index] ?? ''] as const)
}

/** Kana after Hepburn, Cyrillic and Greek as people type them without the keyboard for it. */
const sounds: ReadonlyMap<string, string> = new Map([
  ...row('あいうえおかきくけこさしすせそたちつてと', 'a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to'),
  ...row('なにぬねのはひふへほまみむめもやゆよらりるれろわをん', 'na ni nu ne no ha hi fu he ho ma mi mu me mo ya yu yo ra ri ru re ro wa o n'), // prettier-ignore
  ...row('がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽ', 'ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po'), // prettier-ignore
  ...row('ぁぃぅぇぉゔ', 'a i u e o vu'),
  ...row('абвгдежзиклмнопрстуфхцчшщъыьэюяієґ', 'a b v g d e zh z i k l m n o p r s t u f kh ts ch sh shch  y  e yu ya i e g'), // prettier-ignore
  ...row('αβγδεζηθικλμνξοπρστυφχψω', 'a v g d e z i th i k l m n x o p r s t i f h ps o'),
])

/** A syllable of two kana: ki and small ya are kya, shi and small ya sha. */
const joined = (romaji: string): string => romaji.replaceAll(/i([ゃゅょ])/g, (_, small: string) => `y${vowelOf(small)}`)
const vowelOf = (small: string): string => (small === 'ゃ' ? 'a' : small === 'ゅ' ? 'u' : 'o')

/** A folded word of kana, Cyrillic or Greek in Latin letters; undefined for every other writing. */
export function inLatin(word: string): string | undefined {
  if (!/^[\u3041-\u3096ー]+$|^[а-яієґ]+$|^[α-ω]+$/.test(word)) return undefined
  const spoken = [...word].map((sign) => sounds.get(sign) ?? sign).join('')
  return joined(spoken)
    .replaceAll(/(sh|ch|j)y(?=[auo])/g, '$1')
    .replaceAll(/っ(.)/g, '$1$1')
    .replaceAll(/[っー]/g, '')
}
