import { openOrders, order, productPage, type MoneyAmount, type WireOrder } from '../../index.ts'
import { Broken, expectProblem, expectShape, expectStatus, expectThat, expectValue, NotTried, type Bench, type Check } from '../check.ts' // prettier-ignore

/** Orders looked at one by one in a run. */
const sampleSize = 20

async function someOrders(bench: Bench): Promise<readonly WireOrder[]> {
  const orders = await bench.orders()
  if (orders.length === 0) throw new NotTried('the shop has no orders yet')
  return orders
}

const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

/** Thousandths of the main unit: every currency of ISO 4217 has at most three decimals. */
const thousandths = ({ amount }: MoneyAmount): number => Math.round(Number(amount) * 1000)

const amountsOf = ({ lines, totals }: WireOrder): readonly (readonly [string, MoneyAmount])[] => [
  ...lines.map(({ unitPrice }, index) => [`lines.${index}.unitPrice`, unitPrice] as const),
  ['totals.goods', totals.goods],
  ['totals.shipping', totals.shipping],
  ['totals.tax', totals.tax],
  ['totals.total', totals.total],
]

export const orderChecks: readonly Check[] = [
  {
    rule: 'R24',
    name: 'one order is answered as in the feed',
    async run(bench) {
      for (const { id, number, lines } of (await someOrders(bench)).slice(0, 5)) {
        const answer = expectStatus(await bench.call('GET', `/orders/${encodeURIComponent(id)}`), 200)
        const alone = expectShape(order, answer)
        const isSame = alone.id === id && alone.number === number && alone.lines.length === lines.length
        expectThat(isSame, 'GET /orders/{id} answers the order with that id, number and lines', 'another')
      }
    },
  },
  {
    rule: 'R24',
    name: 'an unknown id is 404, however it is written',
    async run({ call }) {
      for (const id of ['no-such-order', '%2e%2e%2fsecret', "x'--", '%E2%98%83']) {
        expectProblem(await call('GET', `/orders/${id}`), 404, 'order-not-found')
      }
    },
  },
  {
    rule: 'R25',
    name: 'amounts have the decimals of their currency, in the currency of the order',
    async run(bench) {
      for (const found of await someOrders(bench)) {
        const most = decimalsOf(found.currency)
        for (const [place, { amount, currency }] of amountsOf(found)) {
          expectThat(currency === found.currency, `${place} in ${found.currency}`, currency)
          const decimals = amount.split('.')[1]?.length ?? 0
          expectThat(decimals <= most, `${place} with at most ${most} decimals`, `${decimals}`)
        }
      }
    },
  },
  {
    rule: 'R26',
    name: 'goods and shipping make the total, and tax is part of it',
    async run(bench) {
      const { pricesIncludeTax } = await bench.describe()
      for (const { totals } of await someOrders(bench)) {
        const [goods, shipping, tax, total] = [totals.goods, totals.shipping, totals.tax, totals.total].map(thousandths)
        const sum = (goods ?? 0) + (shipping ?? 0) + (pricesIncludeTax ? 0 : (tax ?? 0))
        const wanted = pricesIncludeTax ? 'goods + shipping = total' : 'goods + shipping + tax = total'
        expectThat(sum === total, wanted, `${sum / 1000} against ${(total ?? 0) / 1000}`)
        expectThat((tax ?? 0) <= (total ?? 0), 'tax is at most the total', `${(tax ?? 0) / 1000}`)
      }
    },
  },
  {
    rule: 'R27',
    name: 'times exist, and windows end after they begin',
    async run(bench) {
      const latest = bench.now() + 86_400_000
      for (const { placedAt, changedAt, window } of await someOrders(bench)) {
        for (const [place, text] of Object.entries({ placedAt, changedAt })) {
          const at = Date.parse(text)
          expectThat(at <= latest, `${place} is an instant that has been`, text.slice(0, 40))
        }
        const isOrdered = window === undefined || Date.parse(window.from) < Date.parse(window.to)
        expectThat(isOrdered, 'window.from before window.to', 'the other way round')
      }
    },
  },
  {
    rule: 'R28',
    name: 'line ids are unique within an order',
    async run(bench) {
      for (const { lines } of await someOrders(bench)) {
        const different = new Set(lines.map(({ id }) => id)).size
        expectThat(different === lines.length, `${lines.length} different line ids`, String(different))
      }
    },
  },
  {
    rule: 'R29',
    name: 'the open orders are listed, and no others',
    async run(bench) {
      const listed = expectShape(openOrders, expectStatus(await bench.call('GET', '/orders:open'), 200)).orders
      const ended = listed.filter(({ status }) => status !== 'open' && status !== 'on-hold').length
      expectThat(ended === 0, 'only orders that are open or on hold', `${ended} others`)
      const known = new Set(listed.map(({ id }) => id))
      for (const { id } of (await bench.orders()).slice(-sampleSize)) {
        const answer = await bench.call('GET', `/orders/${encodeURIComponent(id)}`)
        if (answer.status === 410) continue
        const { status } = expectShape(order, expectStatus(answer, 200))
        const isOpen = status === 'open' || status === 'on-hold'
        expectThat(known.has(id) === isOpen, `an order that is ${status} is ${isOpen ? '' : 'not '}listed`, isOpen ? 'it is not' : 'it is') // prettier-ignore
      }
    },
  },
  {
    rule: 'R30',
    name: 'orders carry nothing that work does not need',
    async run(bench) {
      const { call } = bench
      for (const path of ['/orders', '/products', '/erasures', '/orders:open']) {
        const names = forbiddenNames((await call('GET', path)).json)
        expectThat(names.length === 0, `GET ${path} without passwords, payment data, IP addresses, birthdays`, names.join(', ')) // prettier-ignore
      }
    },
  },
  {
    rule: 'R30',
    name: 'lists of ids are lists of ids',
    async run({ call }) {
      for (const path of ['/orders:open', '/erasures']) {
        const { asked, text } = await call('GET', path)
        const isPersonal = /"(name|email|phone|lines|city|address|postcode)"\s*:/i.test(text)
        expectThat(!isPersonal, `${asked} has ids, states and times only`, 'names or addresses')
      }
    },
  },
  {
    rule: 'R31',
    name: 'what is delivered has an address',
    async run(bench) {
      for (const found of await someOrders(bench)) {
        if (found.service === 'collect' || found.status === 'cancelled') continue
        if (found.deliveryAddress === undefined) throw new Broken('deliveryAddress, unless service is collect', 'nothing there') // prettier-ignore
      }
    },
  },
  {
    rule: 'R32',
    name: 'each SKU is one product, priced in the currency of the shop',
    async run(bench) {
      const { currency } = await bench.describe()
      const products = (await bench.products()).filter((entry) => entry.kind === 'product')
      if (products.length === 0) throw new NotTried('the shop sells nothing yet')
      const idBySku = new Map<string, string>()
      for (const { id, sku, price } of products) {
        const other = idBySku.get(sku)
        expectThat(other === undefined || other === id, 'one product per SKU', 'two')
        idBySku.set(sku, id)
        expectThat(price.currency === currency, `prices in ${currency}`, price.currency)
      }
      expectValue(productPage.shape.entries, products, 'GET /products')
    },
  },
]

const forbidden =
  /^(password\w*|pass_?hash|customer_?ip\w*|ip_?address|user_?agent|card_?(number|expiry|code)|cvc|cvv|iban|bic|account_?number|birth_?da(y|te)|date_?of_?birth|order_?key|payment_?url|session\w*)$/i

/** Names of fields at any depth, each once. */
function forbiddenNames(value: unknown, names = new Set<string>()): readonly string[] {
  if (typeof value !== 'object' || value === null) return [...names]
  for (const [name, inner] of Object.entries(value)) {
    if (forbidden.test(name)) names.add(name)
    forbiddenNames(inner, names)
  }
  return [...names]
}
