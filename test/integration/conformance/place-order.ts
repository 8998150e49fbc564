import { CustomerClient } from '../storefront/customer-client.ts'

/** A customer who orders one packet of tea: `node place-order.ts ADDRESS`. */
const customer = new CustomerClient(process.argv[2] ?? '')
await customer.identify(`${crypto.randomUUID()}@example.org`)
const { status } = await customer.order([{ sku: 'TEA-01', quantity: 1 }])
process.exitCode = status === 201 || status === 200 ? 0 : 1
