import { z } from 'zod'
import { postalAddress, type WireAddress } from '../../src-protocol/index.ts'
import { addressFromForm } from './forms.ts'
import { read, type Form } from './http.ts'

const place = z.coerce.number().int().min(0).max(19)

/**
 * A customer's addresses after a form about one of them: `address` is its place in the list (the next free one adds
 * it), `then` removes it or puts it first.
 */
export function addressOfForm(form: Form, addresses: readonly WireAddress[]): readonly WireAddress[] {
  const index = read(place, form['address'])
  const others = addresses.filter((_, other) => other !== index)
  const present = addresses[index]
  if (form['then'] === 'remove') return others
  if (form['then'] === 'first') return present === undefined ? addresses : [present, ...others]
  const told = read(z.strictObject(postalAddress.shape), addressFromForm(form))
  return present === undefined ? [...addresses, told] : addresses.map((one, other) => (other === index ? told : one))
}
