import type { WireReportKind } from '../../src-protocol/index.ts'
import { english, type Facts, type Words } from '../translations/words.ts'

/** What the customer reads of a status. A reason without a sentence of its own is a person's words, shown as told. */
export function statusText(
  kind: WireReportKind,
  facts: { isPartly?: boolean; reason?: string | undefined } = {},
  words: Words = english,
): string {
  const status = words.say(`status.${kind}`)
  if (facts.isPartly === true) {
    const isGerman = words.language === 'de'
    return words.say('status.partly', { status: isGerman ? status : status.toLowerCase() })
  }
  if (facts.reason === undefined) return status
  return words.say('status.because', { status, reason: words.find('reason', facts.reason) ?? facts.reason })
}

/** A parcel without a carton of the shop's; promise.ts says it in English, as a fact. */
const ownBox = 'its own box'

export function changeText(code: string, facts: { readonly [key: string]: unknown }, words: Words = english): string {
  const sayable: Facts = Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, value === ownBox ? words.say('travel.ownBox') : String(value)]),
  )
  return words.find('change', code, sayable) ?? words.say('change.other')
}
