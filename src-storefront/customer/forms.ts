import { Refusal } from '../refusal.ts'
import type { Form } from './http.ts'

/** Fields of the pages' forms as the requests of the JSON interface; the schemas then judge both alike. */

export function sessionFromForm(form: Form): unknown {
  const mode = form['mode']
  if (mode === 'sign-out') return { mode }
  if (mode === 'sign-in') return { mode, email: form['email'], password: form['password'] ?? '' }
  const address = addressFromForm(form)
  return {
    mode,
    ...(mode !== 'update' && { email: form['email'] }),
    ...(mode === 'sign-up' && { password: form['password'] ?? '' }),
    ...(form['name'] !== undefined && { name: form['name'] }),
    ...(form['phone'] !== undefined && { phone: form['phone'] }),
    ...(address !== undefined && { deliveryAddresses: [address] }),
  }
}

/** Undefined when no part of an address was filled in. */
function addressFromForm(form: Form): unknown {
  if (form['street'] === undefined && form['city'] === undefined) return undefined
  const optional = (name: string, field: string) => (form[field] === undefined ? {} : { [name]: form[field] })
  return {
    name: form['recipient'] ?? form['name'] ?? '',
    ...optional('company', 'company'),
    lines: [form['street'] ?? '', form['street2']].filter((line) => line !== undefined),
    ...optional('postcode', 'postcode'),
    city: form['city'] ?? '',
    ...optional('region', 'region'),
    country: (form['country'] ?? '').toUpperCase(),
    ...optional('phone', 'phone'),
  }
}

export function orderFromForm(form: Form): unknown {
  const address = form['service'] === 'collect' ? undefined : addressFromForm(form)
  const [from, to] = (form['window'] ?? '').split('/')
  const contact = {
    ...(form['email'] !== undefined && { email: form['email'] }),
    ...(form['phone'] !== undefined && { phone: form['phone'] }),
  }
  return {
    service: form['service'],
    payment: form['payment'],
    ...(address !== undefined && { deliveryAddress: address }),
    ...(Object.keys(contact).length > 0 && { contact }),
    ...(from !== undefined && from !== '' && to !== undefined && { window: { from, to } }),
    ...(form['instructions'] !== undefined && { instructions: form['instructions'] }),
  }
}

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
