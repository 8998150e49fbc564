import type { Call } from './shops.ts'

const address = { lines: ['Lindenallee 3'], postcode: '10115', city: 'Berlin', country: 'DE' }

/**
 * Two orders of one customer to one address, taken by telephone, and their codes. The same again answers the same two:
 * scenes that need orders of their own call it, too.
 */
export async function counterOrders(call: Call): Promise<readonly [string, string]> {
  const place = (key: string, sku: string, customer: object) =>
    call('orders.place', {
      key,
      lines: [{ code: 'GR-0101', quantity: 3 }, { code: sku, quantity: 1 }],
      service: 'standard',
      customer: { ...customer, address },
      shippingMinor: 490,
      acceptShort: true,
    }) // prettier-ignore
  const first = await place('pictures-first', 'GR-0110', { name: 'Ottilie Fernweh', phone: '+49 30 901820' })
  const [known] = await call('customers.find', { typed: 'Fernweh' })
  const second = await place('pictures-second', 'AP-0102', { userId: known?.userId })
  return [first.code, second.code]
}
