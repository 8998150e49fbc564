import type { Context } from 'hono'
import { randomUUID } from 'node:crypto'
import { checkoutPage } from '../pages/checkout-page.ts'
import { Refusal } from '../refusal.ts'
import { basketOf, cartAnswer, previewOf, weightsOf } from '../shop/basket.ts'
import { servedCountries } from '../shop/countries.ts'
import { ownInformationOf } from '../shop/customers.ts'
import { amountOf, totalsOf } from '../shop/money.ts'
import { orderAnswer } from '../shop/order-view.ts'
import { placeOrder } from '../shop/place-order.ts'
import { shippingPrice } from '../shop/shipping.ts'
import { openWindows } from '../shop/windows.ts'
import { instantText } from '../shop/wire-order.ts'
import { findOrder } from '../store/orders.ts'
import { checkoutProblems, problemsOfRefusal } from './checkout-form.ts'
import type { Desk } from './desk.ts'
import { freshForm, type FieldProblem, type FormState } from './form-fields.ts'
import { orderFromForm } from './forms.ts'
import { bodyOf, read, wantsJson, type Form } from './http.ts'
import { orderRequest, type CheckoutAnswer } from './schemas.ts'

export function showCheckout(desk: Desk, c: Context): Response | Promise<Response> {
  desk.limits.spend(c, 'preview')
  const asked = c.req.query('country')?.toUpperCase()
  const checkout = checkoutAnswer(desk, c, asked)
  return desk.answer(c, checkout, (frame) => checkoutPage(frame, checkout, { key: randomUUID(), form: freshForm }))
}

/** An order: from JSON with its key in a header, or from the form, which comes back as it was typed when it is refused. */
export async function postOrder(desk: Desk, c: Context): Promise<Response> {
  const body = await bodyOf(c)
  if ('form' in body) return postOrderForm(desk, c, body.form)
  const request = read(orderRequest, body.json)
  const key = c.req.header('idempotency-key')
  if (!isKey(key)) {
    throw new Refusal(422, 'missing', { details: { path: 'Idempotency-Key', expected: '1 to 200 visible signs' } })
  }
  const { shop } = desk
  const { orderId, isReplay } = placeOrder(shop, desk.session(c).customer, { key, request })
  const row = findOrder(shop.db, orderId)
  if (row === undefined) throw new Refusal(404, 'order-not-found')
  c.header('Location', `/orders/${orderId}`)
  if (!wantsJson(c)) return c.redirect(`/orders/${orderId}`, 303)
  if (isReplay) c.header('Idempotent-Replayed', 'true')
  return c.json(orderAnswer(shop, row, { asPlaced: true, words: desk.words(c) }), 201)
}

const isKey = (key: string | undefined): key is string => key !== undefined && /^[\x21-\x7e]{1,200}$/.test(key)

async function postOrderForm(desk: Desk, c: Context, form: Form): Promise<Response> {
  const { shop } = desk
  const { customer } = desk.sessionOfForm(c, form)
  const key = form['idempotencyKey']
  const words = desk.words(c)
  const again = (status: number, problems: readonly FieldProblem[]): Promise<Response> | Response => {
    desk.limits.spend(c, 'preview')
    const state: FormState = { values: form, problems }
    const checkout = checkoutAnswer(desk, c, form['country']?.toUpperCase())
    c.status(status as 200) // 200, or the status of a Refusal
    return desk.answer(c, checkout, (frame) => checkoutPage(frame, checkout, { key: isKey(key) ? key : randomUUID(), form: state })) // prettier-ignore
  }
  if (form['then'] === 'prices') return again(200, [])
  const problems = checkoutProblems(shop, form, words)
  if (problems.length > 0) return again(422, problems)
  try {
    if (!isKey(key)) throw new Refusal(403, 'form-expired')
    const request = read(orderRequest, orderFromForm(form, shop.configuration.currency))
    const { orderId } = placeOrder(shop, customer, { key, request })
    return c.redirect(`/orders/${orderId}?thanks`, 303)
  } catch (error) {
    const sentences = error instanceof Refusal ? problemsOfRefusal(error, words) : undefined
    if (sentences === undefined) throw error
    return again((error as Refusal).status, sentences) // only a Refusal has sentences
  }
}

function checkoutAnswer(desk: Desk, c: Context, asked: string | undefined): CheckoutAnswer {
  const { shop } = desk
  const { configuration } = shop
  const { customer } = desk.session(c)
  const lines = basketOf(shop, customer.user_id)
  const user = ownInformationOf(shop, customer)
  const countries = servedCountries(configuration)
  const country = [asked, user.deliveryAddresses[0]?.country].find((one) => one !== undefined && countries.includes(one)) ?? configuration.country // prettier-ignore
  const preview = previewOf(shop, lines, { country, tryAlso: [], words: desk.words(c) })
  const priced = lines.map(({ product, quantity }) => ({
    quantity,
    unitPriceMinor: product.priceMinor,
    taxRate: product.taxRate,
  }))
  const amount = (minor: number) => amountOf(minor, configuration.currency)
  const weights = weightsOf(preview.travel, lines)
  return {
    cart: cartAnswer(shop, lines),
    preview,
    services: configuration.services,
    payments: configuration.payments,
    windows: openWindows(configuration, shop.clock.now()).map(({ from, to }) => ({
      from: instantText(from),
      to: instantText(to),
    })),
    user,
    country,
    countries: [...countries],
    totals: configuration.services.flatMap((service) => {
      const price = shippingPrice(configuration, weights, { service, country })
      if (price === undefined) return []
      const { goodsMinor, shippingMinor, taxMinor, totalMinor } = totalsOf(priced, price)
      return [{ service, goods: amount(goodsMinor), shipping: amount(shippingMinor), tax: amount(taxMinor), total: amount(totalMinor) }] // prettier-ignore
    }),
  }
}
