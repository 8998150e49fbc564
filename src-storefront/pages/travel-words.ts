import type { Travel } from '../customer/travel-schema.ts'
import type { ApartRule, PackageReasonCode } from '../shop/travel.ts'
import { english, type Words } from '../translations/words.ts'

/** Sentences about "how it travels": English until `spokenTravel` puts them into the reader's language. */

export function travelSummary(packages: number, unplaced: number, words: Words = english): string {
  if (packages === 0 && unplaced === 0) return words.say('travel.unknown')
  const parcels = words.count('travel.in', packages)
  if (unplaced === 0) return parcels
  const rest = words.count('travel.unplaced', unplaced)
  return packages === 0 ? rest : `${parcels} ${rest}`
}

/** A class of the shop's own making has no translation and is named as it is. */
const className = (name: string, words: Words): string => words.find('class', name) ?? name

export function packageReason(code: PackageReasonCode, rule: ApartRule = {}, words: Words = english): string {
  const { own, other } = rule
  switch (code) {
    case 'temperature':
      if (own === 'ambient') return words.say('travel.why.ambient')
      if (own === undefined) return words.say('travel.why.temperature')
      return words.say('travel.why.cooled', { temperature: words.find('temperature', own) ?? own })
    case 'keep-apart':
      return own === undefined || other === undefined
        ? words.say('travel.why.keep-apart')
        : words.say('travel.why.classes', { own: className(own, words), other: className(other, words) })
    case 'own-box':
    case 'alone':
    case 'together':
    case 'no-room':
      return words.say(`travel.why.${code}`)
  }
}

export const unplacedReason = (reason: string, words: Words = english): string =>
  words.find('travel.why', reason) ?? words.say('travel.why.by-hand')

/** The packer's reason for a parcel, as the back office reports it. */
export function reportedReason(code: string, parcels: number, words: Words = english): string {
  switch (code) {
    case 'own-box':
    case 'alone':
    case 'temperature':
    case 'keep-apart':
      return packageReason(code, {}, words)
    case 'one-more-parcel':
      return packageReason('no-room', {}, words)
    default:
      return parcels === 1 ? packageReason('together', {}, words) : words.say('travel.why.packed')
  }
}

const codes: readonly string[] = ['own-box', 'alone', 'together', 'temperature', 'keep-apart', 'no-room']
const isPackageReason = (code: string): code is PackageReasonCode => codes.includes(code)

type Reason = Travel['packages'][number]['why']

/** A reason made from its code and facts again; one that is not known here keeps the sentence it came with. */
export function spokenWhy(why: Reason, words: Words): string {
  if (!isPackageReason(why.code)) return words.find('travel.why', why.code) ?? why.text
  const { own, other } = why.facts
  return packageReason(
    why.code,
    { ...(typeof own === 'string' && { own }), ...(typeof other === 'string' && { other }) },
    words,
  )
}

/** A plan, which may have been made and stored in another language, as this reader reads it. */
export const spokenTravel = (travel: Travel, words: Words): Travel => ({
  ...travel,
  summary: travelSummary(travel.packages.length, travel.unplaced.length, words),
  packages: travel.packages.map((parcel) => ({
    ...parcel,
    why: { ...parcel.why, text: spokenWhy(parcel.why, words) },
  })),
  unplaced: travel.unplaced.map((product) => ({
    ...product,
    reason: { ...product.reason, text: unplacedReason(product.reason.code, words) },
  })),
})
