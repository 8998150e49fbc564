import type { WireReportKind } from '../../src-protocol/index.ts'

/** What the customer reads; each function is one place to translate. */
const statusWords: Readonly<Record<WireReportKind, string>> = {
  received: 'Received',
  'on-hold': 'On hold: the shop is looking into it',
  planned: 'Planned',
  picking: 'Being picked',
  packed: 'Packed',
  'handed-over': 'Handed to the courier',
  'out-for-delivery': 'On its way',
  delivered: 'Delivered',
  failed: 'Not delivered',
  returned: 'Returned',
  cancelled: 'Cancelled',
}

export function statusText(
  kind: WireReportKind,
  facts: { isPartly?: boolean; reason?: string | undefined } = {},
): string {
  const words = statusWords[kind]
  const reason = facts.reason === undefined ? '' : ` (${reasonWords[facts.reason] ?? facts.reason})`
  return facts.isPartly === true ? `Partly: ${words.toLowerCase()}` : words + reason
}

const reasonWords: { readonly [code: string]: string } = {
  'by-customer': 'you cancelled it',
  'nobody-home': 'nobody was at home',
  'address-not-found': 'the address was not found',
  refused: 'it was not accepted',
  damaged: 'it was damaged on the way',
}

const changeWords: { readonly [code: string]: (facts: { readonly [key: string]: unknown }) => string } = {
  'fewer-parcels': ({ promised, present }) => `Packed better than planned: ${present} instead of ${promised} parcels.`,
  'more-parcels': ({ promised, present }) =>
    `It takes ${present} parcels instead of the ${promised} that were planned.`,
  'other-contents': () => 'The products are spread over the parcels in another way than planned.',
  'other-carton': ({ letter, promised, present }) => `Parcel ${letter} uses carton ${present} instead of ${promised}.`,
  'fewer-pieces': ({ name, promised, present }) => `${name}: ${present} of ${promised} pieces are sent.`,
}

export const changeText = (code: string, facts: { readonly [key: string]: unknown }): string =>
  changeWords[code]?.(facts) ?? 'The shop packs it in another way than planned.'
