import type { ApartRule, PackageReasonCode } from '../shop/travel.ts'

/** English for the customer; each function is one place to translate. */

export function travelSummary(packages: number, unplaced: number): string {
  if (packages === 0 && unplaced === 0) return 'How it travels is worked out when the shop packs it.'
  const parcels = packages === 1 ? 'Travels in one parcel.' : `Travels in ${packages} parcels.`
  if (unplaced === 0) return parcels
  const rest = `${unplaced === 1 ? 'One product needs' : `${unplaced} products need`} special packing: the shop will arrange it.`
  return packages === 0 ? rest : `${parcels} ${rest}`
}

export function packageReason(code: PackageReasonCode, rule: ApartRule = {}): string {
  switch (code) {
    case 'own-box':
      return 'Travels in its own box.'
    case 'alone':
      return 'Always travels alone, so nothing else is in this parcel.'
    case 'together':
      return 'Everything that may share a parcel is together in this one.'
    case 'temperature':
      if (rule.own === 'ambient') return 'Not cooled, so it travels apart from the cooled products.'
      return rule.own === undefined
        ? 'Kept at its own temperature, apart from the rest.'
        : `Kept ${rule.own}, apart from the rest.`
    case 'keep-apart':
      return rule.own === undefined || rule.other === undefined
        ? 'Kept apart from the other products because of what it is.'
        : `Kept apart: ${rule.own} and ${rule.other} never share a parcel.`
    case 'no-room':
      return 'The rest of the order does not fit beside it by size or weight.'
  }
}

const unplacedWords: { readonly [reason: string]: string } = {
  'too-long': 'Too long for every carton.',
  'too-heavy': 'Too heavy for every carton.',
  'too-much-volume': 'Too large for every carton.',
  'no-insulated-carton': 'Needs an insulated carton, and none is large enough.',
  'no-measures': 'Its size or weight is not known yet.',
}

export const unplacedReason = (reason: string): string => unplacedWords[reason] ?? 'Needs to be packed by hand.'

/** The packer's reason for a parcel, as the back office reports it. */
export function reportedReason(code: string, parcels: number): string {
  switch (code) {
    case 'own-box':
    case 'alone':
    case 'temperature':
    case 'keep-apart':
      return packageReason(code)
    case 'one-more-parcel':
      return packageReason('no-room')
    default:
      return parcels === 1 ? packageReason('together') : 'Packed by the shop as its contents allow.'
  }
}
