import type { LabelSender, LabelShipment } from '../../ports/carrier-labels.ts'
import { alpha3, countryName } from './countries.ts'
import type { UploadProfile } from './profile.ts'

/** One line of an upload: what is sent, by whom, in which format. */
export interface UploadLine {
  readonly shipment: LabelShipment
  readonly sender: LabelSender
  readonly profile: UploadProfile
}

const gramsPerPound = 453.592_37
const gramsPerOunce = gramsPerPound / 16
const millimetres = { cm: 10, in: 25.4 } as const
/** So close above a whole step is that step: 10.000000001 cm are 10 cm. */
const closeTo = 1e-9

/** Up to the next step, as carriers charge; written with as many decimals as the profile has. */
function upTo(value: number, decimals: number): string {
  const factor = 10 ** decimals
  return (Math.ceil(value * factor - closeTo) / factor).toFixed(decimals)
}

const isHome = ({ shipment, sender }: UploadLine): boolean => shipment.recipient.country === sender.country
const side = (line: UploadLine): 'home' | 'abroad' => (isHome(line) ? 'home' : 'abroad')

function lengthOf({ shipment, profile }: UploadLine, which: 0 | 1 | 2): string {
  // Longest first, as carriers measure.
  const sides = [...shipment.outerMm].sort((a, b) => b - a)
  return upTo((sides[which] ?? 0) / millimetres[profile.length.unit], profile.length.decimals)
}

/** A street line as street and house number, where the number stands at its end: `Am Markt 12 a`. */
const numberAtEnd = /^(.*\D)\s+(\d+\s?[a-z]?(?:\s?[-/+]\s?\d+\s?[a-z]?)?)$/i

const street = (line: UploadLine): readonly [street: string, houseNumber: string] => {
  const text = line.shipment.recipient.lines[0] ?? ''
  const found = numberAtEnd.exec(text.trim())
  return found ? [found[1]?.replace(/[\s,]+$/, '') ?? '', found[2] ?? ''] : [text, '']
}

const nameParts = (line: UploadLine): readonly [first: string, last: string] => {
  const words = line.shipment.recipient.name.trim().split(/\s+/)
  const last = words.pop() ?? ''
  return [words.length === 0 ? last : words.join(' '), last]
}

const date = ({ sender, profile }: UploadLine): string => {
  const [year = '', month = '', day = ''] = sender.day.split('-')
  return profile.dateOrder.replace('YYYY', year).replace('YY', year.slice(2)).replace('MM', month).replace('DD', day)
}

const totalOunces = ({ shipment }: UploadLine): number =>
  Math.ceil((shipment.grossG / gramsPerOunce) * 10 - closeTo) / 10

/** What a column may hold, by the name in a profile. */
const fields: { readonly [name: string]: (line: UploadLine) => string } = {
  reference: ({ shipment, profile }) => (profile.referencePrefix ?? '') + shipment.number,
  parcelCode: ({ shipment }) => shipment.parcelCode,
  date,
  name: ({ shipment }) => shipment.recipient.name,
  firstName: (line) => nameParts(line)[0],
  lastName: (line) => nameParts(line)[1],
  company: ({ shipment }) => shipment.recipient.company ?? '',
  companyOrName: ({ shipment }) => shipment.recipient.company ?? shipment.recipient.name,
  nameBesideCompany: ({ shipment }) => (shipment.recipient.company === undefined ? '' : shipment.recipient.name),
  line1: ({ shipment }) => shipment.recipient.lines[0] ?? '',
  line2: ({ shipment }) => shipment.recipient.lines[1] ?? '',
  linesFrom3: ({ shipment }) => shipment.recipient.lines.slice(2).join(', '),
  moreLines: ({ shipment }) => shipment.recipient.lines.slice(1).join(', '),
  street: (line) => street(line)[0],
  houseNumber: (line) => street(line)[1],
  postcode: ({ shipment }) => shipment.recipient.postcode,
  city: ({ shipment }) => shipment.recipient.city,
  region: ({ shipment }) => shipment.recipient.region ?? '',
  regionHome: (line) => (isHome(line) ? (line.shipment.recipient.region ?? '') : ''),
  regionAbroad: (line) => (isHome(line) ? '' : (line.shipment.recipient.region ?? '')),
  country2: ({ shipment }) => shipment.recipient.country,
  country3: ({ shipment }) => alpha3(shipment.recipient.country),
  countryName: ({ shipment }) => countryName(shipment.recipient.country),
  // A leading plus would be a formula's; two zeros dial the same.
  phone: ({ shipment }) => (shipment.recipient.phone ?? '').trim().replace(/^\+/, '00'),
  phoneDigits: ({ shipment }) => (shipment.recipient.phone ?? '').trim().replace(/^\+/, '00').replace(/\D/g, ''),
  instructions: ({ shipment }) => shipment.recipient.instructions ?? '',
  residential: ({ shipment }) => (shipment.recipient.company === undefined ? '1' : '0'),
  weight: ({ shipment, profile: { weight } }) =>
    upTo(shipment.grossG / (weight.unit === 'kg' ? 1000 : gramsPerPound), weight.decimals),
  weightUnit: ({ profile }) => (profile.weight.unit === 'kg' ? 'KG' : 'LB'),
  wholePounds: (line) => String(Math.floor(totalOunces(line) / 16)),
  ounces: (line) => (totalOunces(line) % 16).toFixed(1),
  length: (line) => lengthOf(line, 0),
  width: (line) => lengthOf(line, 1),
  height: (line) => lengthOf(line, 2),
  service: (line) =>
    valueOf(line.profile.services[line.shipment.service === 'express' ? 'express' : 'standard'][side(line)], line),
  account: (line) => valueOf(line.profile.accounts?.[side(line)] ?? '', line),
  'shop.name': ({ sender }) => sender.name,
  'shop.country2': ({ sender }) => sender.country,
  'shop.country3': ({ sender }) => alpha3(sender.country),
}

/** Numbers are written with the profile's decimal mark. */
const numeric: ReadonlySet<string> = new Set(['weight', 'ounces', 'length', 'width', 'height'])

/** What a column holds in this line. Undefined for a name that no field has. */
export function valueOf(from: string, line: UploadLine): string {
  if (from.startsWith('ask.')) {
    const name = from.slice(4)
    return line.sender.values[name] ?? line.profile.ask.find((one) => one.name === name)?.usual ?? ''
  }
  const text = fields[from]?.(line) ?? ''
  return numeric.has(from) ? text.replace('.', line.profile.decimal) : text
}

/** True where a profile's column can be filled. */
export const isKnownField = (from: string, profile: UploadProfile): boolean =>
  from.startsWith('ask.') ? profile.ask.some(({ name }) => `ask.${name}` === from) : from in fields
