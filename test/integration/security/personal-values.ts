import { spellings, writtenForms } from './written-forms.ts'

/** What a text tells of somebody; the rows and columns of LABELS' table. */
export const kinds = ['name', 'company', 'street', 'place', 'phone', 'email', 'note', 'coordinates', 'value'] as const
export type Kind = (typeof kinds)[number]

/** Somebody whose life must not be read; the shape of the sample shop's customers. */
export interface Person {
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly instructions?: string
  readonly address: {
    readonly name: string
    readonly company?: string
    readonly lines: readonly string[]
    readonly postcode: string
    readonly city: string
    readonly phone?: string
    readonly lat?: number
    readonly lon?: number
  }
}

export interface PersonalValue {
  readonly kind: Kind
  /** Which person of the list, from 0; -1 for nobody in particular. */
  readonly person: number
  readonly text: string
  /** Of a coordinate: which of the two. */
  readonly axis?: 'lat' | 'lon'
}

/** German words for days are no names, even of somebody who is called so. */
const ordinaryWords: ReadonlySet<string> = new Set(['Donnerstag'])
const leastLetters = 5

/** Everything personal of these people, in the pieces in which it could stand somewhere. */
export function personalValues(people: readonly Person[]): readonly PersonalValue[] {
  return people.flatMap((person, index) => {
    const { address, instructions } = person
    const of = (kind: Kind, texts: readonly (string | undefined)[]): PersonalValue[] =>
      [...new Set(texts)].flatMap((text) => (text === undefined || text === '' ? [] : [{ kind, person: index, text }]))
    return [
      ...of('name', [person.name, address.name].flatMap(namesIn)),
      ...of('company', [address.company]),
      ...of('street', address.lines.flatMap(streetsIn)),
      ...of('place', placesOf(address)),
      ...of(
        'phone',
        [person.phone, address.phone].flatMap((phone) => (phone === undefined ? [] : phonesOf(phone))),
      ),
      ...of('email', person.email === undefined ? [] : [person.email, `${person.email.split('@')[0]}@`]),
      ...of('note', [instructions, ...(instructions ?? '').split(/[,.;]\s*/).filter((part) => part.length > 11)]),
      ...axesOf(address).flatMap(({ axis, degrees }) =>
        of('coordinates', degreesOf(degrees)).map((value) => ({ ...value, axis })),
      ),
    ]
  })
}

/** A name, each of its parts that no other word is like, and its forms in addresses and file names. */
function namesIn(name: string): readonly string[] {
  const parts = name.split(/[\s\-־]+/).filter((part) => [...part].length >= leastLetters && !ordinaryWords.has(part))
  const joined = ['-', '_', '.', ''].map((between) => name.replaceAll(/[\s-]+/g, between))
  const [first = '', ...rest] = name.split(/\s+/)
  return [name, ...parts, ...joined, ...(rest.length > 0 ? [`${rest.join(' ')}, ${first}`] : [])]
}

/** A line of an address, and the street without its number where it has a name of its own. */
function streetsIn(line: string): readonly string[] {
  const street = line.replaceAll(/[\d\s,/.]+$/g, '')
  return [line, ...([...street].length > 8 ? [street] : [])]
}

/** Postcode and town side by side; either alone is on labels, in lists and in the shop's own table of postcodes. */
function placesOf({ postcode, city }: Person['address']): readonly string[] {
  const json = (pair: readonly string[]): string => `${JSON.stringify(pair[0])}:${JSON.stringify(pair[1])}`
  const members = [['postcode', 'city'], ['z', 't']] as const // prettier-ignore
  return [
    `${postcode} ${city}`,
    `${city} ${postcode}`,
    `${postcode}\n${city}`,
    `${postcode}  ${city}`,
    ...members.map(([code, town]) => `${json([code, postcode])},${json([town, city])}`),
  ]
}

/** A telephone number as people, forms and machines write it: with and without its country, its gaps and its zeros. */
export function phonesOf(phone: string): readonly string[] {
  const groups = phone.split(/[^\d]+/).filter((group) => group !== '')
  const [country = '', area = '', ...local] = groups
  const separators = [' ', '', '-', '/', '.', '\u00a0']
  const heads = [`+${country} ${area}`, `00${country} ${area}`, `+${country} (0)${area}`, `0${area}`, `(0${area})`]
  return [
    phone,
    groups.join(''),
    ...separators.flatMap((between) => [
      groups.join(between),
      isRare(local) ? local.join(between) : phone,
      ...heads.map((head) => [...head.split(' '), ...local].join(between)),
    ]),
  ]
}

/** Numbers such as 000 0113 stand by the hundred in any list of places in a file. */
const isRare = (local: readonly string[]): boolean =>
  local.join('').length > 6 && new Set(local.join('').replaceAll('0', '')).size > 2

/** About ten metres: four decimals, cut and rounded, with a comma, and as the whole numbers that some programs keep. */
function degreesOf(degrees: number): readonly string[] {
  const cut = String(Math.trunc(degrees * 1e4) / 1e4)
  const four = [cut, degrees.toFixed(4)].filter((text) => /\.\d{4}$/.test(text))
  return [...four, ...four.map((text) => text.replace('.', ',')), String(Math.round(degrees * 1e6))]
}

/** The patterns by which values are found in bytes; a coordinate may also stand as the eight bytes of a number. */
export function patternsOf(values: readonly PersonalValue[], people: readonly Person[]) {
  const written = values.flatMap((value) => writtenForms(value.text).map((bytes) => ({ bytes, value })))
  const numbers = people.flatMap(({ address }, person) =>
    axesOf(address).flatMap(({ axis, degrees }) => {
      const big = Buffer.alloc(8)
      big.writeDoubleBE(degrees)
      const value: PersonalValue = { kind: 'coordinates', person, text: String(degrees), axis }
      return [big, Buffer.from(big).reverse()].map((bytes) => ({ bytes, value }))
    }),
  )
  return [...written, ...numbers, ...costPatterns]
}

const axesOf = ({ lat, lon }: Person['address']) =>
  lat === undefined || lon === undefined
    ? []
    : ([
        { axis: 'lat', degrees: lat },
        { axis: 'lon', degrees: lon },
      ] as const)

/** A place is two numbers: one of them alone stands by chance in any long drawing. */
export function inPairs(values: Iterable<PersonalValue>): readonly PersonalValue[] {
  const met = [...values]
  const has = (person: number, axis: string): boolean => met.some((one) => one.person === person && one.axis === axis)
  return met.filter(({ axis, person }) => axis === undefined || (has(person, 'lat') && has(person, 'lon')))
}

/** What an order costs, which is nobody's in particular: sums and prices under their names, or with a currency. */
const costs: PersonalValue = { kind: 'value', person: -1, text: 'what an order costs' }
const sums = ['unitPrice', 'goods', 'shipping', 'tax', 'total', 'net', 'gross'].map((sum) => `"${sum}Minor"`)
const currency = /(?:€|EUR) ?\d|\d ?(?:€|EUR\b)/

const costPatterns = sums.map((name) => ({ bytes: Buffer.from(name), value: costs }))
export const costsOnPage = (text: string): readonly PersonalValue[] => (currency.test(text) ? [costs] : [])

/** As a page of paper is compared: pdf.js leaves gaps between letters, and gives right-to-left words either way round. */
export const onPaper = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '')

/** What of the values stands on a page. */
export function valuesOnPage(text: string, values: readonly PersonalValue[]): readonly PersonalValue[] {
  const page = onPaper(text)
  return values.filter((value) =>
    spellings(value.text)
      .map(onPaper)
      .some((one) => [...one].length >= 3 && (page.includes(one) || page.includes([...one].reverse().join('')))),
  )
}
