/**
 * Every way in which a text can stand in bytes that anybody can read without a key: as people write it (composed or
 * taken apart, in capitals, without accents), in each usual encoding, and escaped as formats do it. What is compressed,
 * or in base64 as a whole, is opened by readings.ts; base64 from the middle of a longer text is found here.
 */
export function writtenForms(text: string): readonly Buffer[] {
  const forms = new Map<string, Buffer>()
  const add = (bytes: Buffer): void => {
    if (bytes.length >= leastBytes) forms.set(bytes.toString('latin1'), bytes)
  }
  for (const spelling of spellings(text)) {
    for (const bytes of encodings(spelling)) {
      add(bytes)
      for (const one of escapedBytes(bytes)) add(Buffer.from(one))
    }
    for (const one of escapedSigns(spelling)) add(Buffer.from(one))
  }
  return [...forms.values()]
}

/** Shorter runs of bytes stand by chance in any large file of ciphertext. */
const leastBytes = 6

/** How people and programs write the same text. */
export function spellings(text: string): readonly string[] {
  const composed = text.normalize('NFC')
  const plain = text.normalize('NFD').replaceAll(/\p{M}/gu, '')
  // A script whose signs lose their meaning without their marks is left whole.
  const bare = /^[\p{Script=Latin}\p{N}\p{P}\p{Zs}+]+$/u.test(plain) ? [plain, german(composed)] : []
  const cases = [composed, ...bare].flatMap((one) => [one, one.toLowerCase(), one.toUpperCase()])
  return [...new Set([...cases, text, composed.normalize('NFD')])]
}

const germanLetters: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
}
const german = (text: string): string => text.replaceAll(/[äöüÄÖÜß]/g, (letter) => germanLetters[letter] ?? letter)

function encodings(text: string): readonly Buffer[] {
  const wide = Buffer.from(text, 'utf16le')
  const isLatin = /^[\u0000-\u00ff]*$/.test(text) // eslint-disable-line no-control-regex -- what Latin-1 can hold
  return [Buffer.from(text), wide, Buffer.from(wide).swap16(), ...(isLatin ? [Buffer.from(text, 'latin1')] : [])]
}

/** Bytes as text formats carry them: base64 from each of its three places, both alphabets, and hex with its marks. */
function escapedBytes(bytes: Buffer): readonly string[] {
  const base64 = [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64')
    // The first and last signs also hold bits of whatever stands beside the text.
    return coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
  const hex = bytes.toString('hex')
  return [
    ...base64,
    ...base64.map((one) => one.replaceAll('+', '-').replaceAll('/', '_')),
    hex,
    hex.toUpperCase(),
    ...marks.flatMap((mark) => marked(bytes, mark)),
  ]
}

/** Octal as PDF writes it; percent signs, ZPL's ^FH, mail's quoted-printable, and a programmer's escapes. */
const marks: readonly ((byte: number) => string)[] = [
  (byte) => `\\${byte.toString(8).padStart(3, '0')}`,
  ...['%', '_', '=', '\\x'].map((sign) => (byte: number) => sign + byte.toString(16).toUpperCase().padStart(2, '0')),
]
const unreserved = /[A-Za-z0-9.~!*'-]/
const printable = /[!-~]/
const reserved = /[%_=\\]/

/** Marked are: every byte; all but letters and digits; all but printable signs; the same with gaps left as they are. */
function marked(bytes: Buffer, mark: (byte: number) => string): readonly string[] {
  const write = (keeps: (sign: string) => boolean, gap?: string): string =>
    [...bytes]
      .map((byte) => {
        const sign = String.fromCharCode(byte)
        return sign === ' ' && gap !== undefined ? gap : byte < 0x80 && keeps(sign) ? sign : mark(byte)
      })
      .join('')
  const isUnreserved = (sign: string): boolean => unreserved.test(sign)
  const isPrintable = (sign: string): boolean => printable.test(sign) && !reserved.test(sign)
  const forms = [
    write(() => false),
    ...[isUnreserved, isPrintable].flatMap((keeps) => [undefined, ' ', '+'].map((gap) => write(keeps, gap))),
  ]
  return forms.flatMap((form) => [form, inSmallHex(form)])
}

const inSmallHex = (form: string): string => form.replaceAll(/([%_=]|\\x)[0-9A-F]{2}/g, (mark) => mark.toLowerCase())

/** Signs as text formats name them: JSON, JavaScript, HTML. */
function escapedSigns(text: string): readonly string[] {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
  const json = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`
  const points = [...text].map((sign) => ({ sign, point: sign.codePointAt(0) ?? 0 }))
  const named = (name: (point: number) => string): string =>
    points.map(({ sign, point }) => (point < 0x80 ? sign : name(point))).join('')
  return [
    units.map((unit) => (unit < 0x80 ? String.fromCharCode(unit) : json(unit))).join(''),
    units
      .map((unit) => (unit < 0x80 ? String.fromCharCode(unit) : json(unit).toUpperCase().replace('\\U', '\\u')))
      .join(''),
    units.map(json).join(''),
    named((point) => `&#${point};`),
    named((point) => `&#x${point.toString(16)};`),
    named((point) => `&#x${point.toString(16).toUpperCase()};`),
    named((point) => `\\u{${point.toString(16)}}`),
  ]
}
