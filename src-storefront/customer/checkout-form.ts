import type { Refusal } from '../refusal.ts'
import { servedCountries } from '../shop/countries.ts'
import type { Shop } from '../shop/shop.ts'
import { openWindows } from '../shop/windows.ts'
import { instantText } from '../shop/wire-order.ts'
import type { Words } from '../translations/words.ts'
import {
  addressProblems,
  contactProblems,
  labelOf,
  onePerField,
  plainProblems,
  type FieldProblem,
} from './form-fields.ts'
import type { Form } from './http.ts'

/** What is wrong with the checkout as it was filled in; all at once, in the order of the page. */
export function checkoutProblems(shop: Shop, form: Form, words: Words): readonly FieldProblem[] {
  const { services, payments } = shop.configuration
  const choice = (field: string, offered: readonly string[]): FieldProblem[] =>
    offered.includes(form[field] ?? '') ? [] : [{ field, text: words.say('error.choice') }]
  const countries = servedCountries(shop.configuration)
  const isSilent = form['email'] === undefined && form['phone'] === undefined
  return onePerField([
    ...choice('service', services),
    ...windowProblems(shop, form, words),
    ...(form['service'] === 'collect' ? [] : addressProblems(form, { countries, words })),
    ...plainProblems(form, [], words),
    ...(isSilent ? [{ field: 'email', text: words.say('error.contact') }] : contactProblems(form, words)),
    ...choice('payment', payments),
  ])
}

function windowProblems(shop: Shop, form: Form, words: Words): FieldProblem[] {
  const wanted = form['window']
  if (wanted === undefined) return []
  const open = openWindows(shop.configuration, shop.clock.now())
  const isOpen = open.some(({ from, to }) => `${instantText(from)}/${instantText(to)}` === wanted)
  return isOpen ? [] : [{ field: 'window', text: words.say('error.windowGone') }]
}

/**
 * A refusal of the order as sentences on the page it came from; undefined for what no page of the checkout can say
 * (an empty basket, an error of our own).
 */
export function problemsOfRefusal(refusal: Refusal, words: Words): readonly FieldProblem[] | undefined {
  const { code, details } = refusal
  if (code === 'out-of-stock' && Array.isArray(details['lines'])) {
    const lines = details['lines'].map((line) => stockSentence(line, words))
    return [{ field: 'basket', text: [words.say('problem.out-of-stock'), ...lines].join(' ') }]
  }
  if (code === 'price-changed') return [{ field: 'total', text: priceSentence(details, words) }]
  if (code === 'key-used-otherwise') return [{ field: 'basket', text: words.say('problem.key-used-otherwise') }]
  const path = details['path']
  if (refusal.status !== 422 || typeof path !== 'string') return undefined
  const field = fieldOfPath(path)
  return [{ field, text: words.say('error.invalid', { label: labelOf(field, words) }) }]
}

interface Money {
  readonly amount: string
  readonly currency: string
}
const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value

function priceSentence(details: Refusal['details'], words: Words): string {
  const { before, now } = details
  if (!isMoney(before) || !isMoney(now)) return words.say('problem.internal')
  return words.say('problem.price-changed', { before: words.money(before), now: words.money(now) })
}

export function stockSentence(line: unknown, words: Words): string {
  if (typeof line !== 'object' || line === null || !('name' in line && 'wanted' in line && 'available' in line))
    return ''
  return words.count('problem.stockLeft', Number(line.available), {
    name: String(line.name),
    wanted: String(line.wanted),
  })
}

/** `deliveryAddress.lines.0` is the field `street`. */
function fieldOfPath(path: string): string {
  const [area = '', member = ''] = path.split('.')
  if (area !== 'deliveryAddress' && area !== 'contact') return area
  if (member === 'name') return 'recipient'
  return member === '' ? 'street' : member === 'lines' ? (path.endsWith('.1') ? 'street2' : 'street') : member
}
