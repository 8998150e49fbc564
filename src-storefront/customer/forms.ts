import { Refusal } from '../refusal.ts'
import type { Form } from './http.ts'

/** Fields of the pages' forms as the requests of the JSON interface; the schemas then judge both alike. */

export function sessionFromForm(form: Form): unknown {
  const mode = form['mode']
  const { email, password = '', newPassword = '' } = form
  if (mode === 'sign-out') return { mode }
  if (mode === 'sign-in') return { mode, email, password }
  if (mode === 'password') return { mode, password, newPassword }
  return {
    mode,
    ...(mode !== 'update' && { email }),
    ...(mode === 'sign-up' && { password }),
    ...optional(form, { name: 'name', phone: 'phone', locale: 'locale' }),
    ...(form['wishes'] !== undefined && {
      deliveryWishes: optional(form, { service: 'service', instructions: 'instructions' }),
    }),
  }
}

/** The fields of a form that were filled in, under the names of the interface. */
const optional = (form: Form, nameByMember: { readonly [member: string]: string }): Record<string, string> =>
  Object.fromEntries(
    Object.entries(nameByMember).flatMap(([member, name]) => {
      const value = form[name]
      return value === undefined ? [] : [[member, value]]
    }),
  )

/** Digits and signs as they are typed on a Japanese keyboard, as the rest of the world writes them. */
const narrow = (text: string | undefined): string | undefined => text?.normalize('NFKC')

/** Undefined when no part of an address was filled in. */
export function addressFromForm(form: Form): unknown {
  if (form['street'] === undefined && form['city'] === undefined) return undefined
  const postcode = narrow(form['postcode'])
  return {
    name: form['recipient'] ?? form['name'] ?? '',
    ...optional(form, { company: 'company' }),
    lines: [form['street'] ?? '', form['street2']].filter((line) => line !== undefined),
    ...(postcode !== undefined && { postcode }),
    city: form['city'] ?? '',
    ...optional(form, { region: 'region' }),
    country: (form['country'] ?? '').toUpperCase(),
    ...(form['phone'] !== undefined && { phone: narrow(form['phone']) }),
  }
}

/** `totals` is what the page said each service would cost. */
export function orderFromForm(form: Form, currency: string): unknown {
  const address = form['service'] === 'collect' ? undefined : addressFromForm(form)
  const [from, to] = (form['window'] ?? '').split('/')
  const [email, phone] = [narrow(form['email']), narrow(form['phone'])]
  const contact = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) }
  const amount = totalSeen(form)
  return {
    service: form['service'],
    payment: form['payment'],
    ...(address !== undefined && { deliveryAddress: address }),
    ...(Object.keys(contact).length > 0 && { contact }),
    ...(from !== undefined && from !== '' && to !== undefined && { window: { from, to } }),
    ...(form['instructions'] !== undefined && { instructions: form['instructions'] }),
    ...(amount !== undefined && { expectedTotal: { amount, currency } }),
  }
}

/** Of `standard:12.50 express:16.50` the amount of the service that was chosen. */
const totalSeen = (form: Form): string | undefined =>
  form['totals']
    ?.split(' ')
    .map((entry) => entry.split(':'))
    .find(([service]) => service === form['service'])?.[1]

export interface CartChange {
  readonly sku: string
  /** Added to what is there, or set in its place. */
  readonly how: 'add' | 'set'
  readonly quantity: number
}

export function cartChangeFromForm(form: Form): CartChange {
  const quantity = Number(form['quantity'] ?? '1')
  const sku = form['sku']
  if (sku === undefined || !Number.isInteger(quantity) || quantity < 0 || quantity > 999) {
    throw new Refusal(422, 'invalid', { details: { path: 'quantity', expected: 'a whole number from 0 to 999' } })
  }
  return { sku, how: form['how'] === 'set' ? 'set' : 'add', quantity }
}
