import { readFileSync } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { createFakeWooCommerce, faultKinds, type FaultKind, type WooVersion } from './fake-woocommerce.ts'
import { serveFake } from './serve.ts'

const usage = `A pretended WooCommerce shop to try the connector with.

  node test/fake-woocommerce/main.ts [--port 8081] [--version 7.9|9.4|11.0] [--storage posts|tables] [--zone Europe/Berlin]
    [--orders 20] [--seed 1] [--skew-ms 0] [--faults 0.1] [--fault captcha] [--plain-permalinks] [--read-only]
    [--tls-key FILE --tls-cert FILE]
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8081' },
    version: { type: 'string', default: '9.4' },
    storage: { type: 'string' },
    zone: { type: 'string', default: 'Europe/Berlin' },
    orders: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    'skew-ms': { type: 'string', default: '0' },
    faults: { type: 'string', default: '0' },
    fault: { type: 'string', multiple: true },
    'plain-permalinks': { type: 'boolean', default: false },
    'read-only': { type: 'boolean', default: false },
    'tls-key': { type: 'string' },
    'tls-cert': { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const isVersion = (text: string): text is WooVersion => ['7.9', '9.4', '11.0'].includes(text)
const isFault = (text: string): text is FaultKind => (faultKinds as readonly string[]).includes(text)

if (values.help || !isVersion(values.version) || !(values.fault ?? []).every(isFault)) {
  process.stderr.write(usage)
  process.exit(values.help ? 0 : 2)
}

const fake = createFakeWooCommerce({
  seed: Number(values.seed),
  version: values.version,
  zone: values.zone,
  clockSkewMs: Number(values['skew-ms']),
  hasPrettyPermalinks: !values['plain-permalinks'],
  ...((values.storage === 'posts' || values.storage === 'tables') && { orderStorage: values.storage }),
})
const teas = ['Assam', 'Darjeeling', 'Sencha', 'Rooibos'].map((name, index) =>
  fake.addProduct({
    name,
    sku: name.toUpperCase(),
    price: '7.50',
    weight: index === 3 ? '035' : '0.25',
    dimensions: { length: '12', width: '8', height: index === 2 ? '' : '20' },
    managesStock: true,
    stock: 500,
  }),
)
for (let index = 0; index < Number(values.orders); index += 1) {
  fake.placeOrder({ lines: [{ productId: teas[index % teas.length] ?? 0, quantity: 1 + (index % 3) }] })
}
fake.faults.set({ rate: Number(values.faults), kinds: values.fault?.filter(isFault) })

const key = values['tls-key']
const cert = values['tls-cert']
const tls = key && cert ? { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') } : undefined
const served = await serveFake(fake, { port: Number(values.port), tls })
const token = values['read-only'] ? fake.readOnlyToken : fake.token
process.stdout.write(`${JSON.stringify({ address: served.address, token })}\n`)
