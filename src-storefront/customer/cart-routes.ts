import type { Context, Hono } from 'hono'
import { cartPage } from '../pages/cart-page.ts'
import { Refusal } from '../refusal.ts'
import { basketOf, cartAnswer, linesOfRequest, previewOf, putCart } from '../shop/basket.ts'
import { readCart } from '../store/customers.ts'
import { showCheckout } from './checkout-routes.ts'
import type { Desk } from './desk.ts'
import { cartChangeFromForm } from './forms.ts'
import { bodyOf, read } from './http.ts'
import { localPath } from './local-path.ts'
import { cartRequest, previewRequest } from './schemas.ts'

export function cartRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  const show = (c: Context): Response | Promise<Response> => {
    const lines = basketOf(shop, desk.session(c).customer.user_id)
    const cart = cartAnswer(shop, lines)
    return desk.answer(c, cart, (frame) => {
      desk.limits.spend(c, 'preview')
      return cartPage(frame, cart, previewOf(shop, lines, { words: frame.words }))
    })
  }
  app.get('/cart', show)
  app.put('/cart', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) throw new Refusal(415, 'unsupported-type', { details: { expected: 'application/json' } })
    putCart(shop, desk.session(c).customer.user_id, read(cartRequest, body.json).lines)
    return show(c)
  })
  app.post('/cart', async (c) => {
    const body = await bodyOf(c)
    if ('json' in body)
      throw new Refusal(415, 'unsupported-type', { details: { expected: 'PUT with JSON, or a form' } })
    const userId = desk.sessionOfForm(c, body.form).customer.user_id
    changeCart(desk, userId, cartChangeFromForm(body.form))
    return c.redirect(localPath(body.form['back'], '/cart'), 303)
  })
  app.post('/cart/preview', async (c) => {
    const body = await bodyOf(c)
    const session = 'form' in body ? desk.sessionOfForm(c, body.form) : desk.session(c)
    desk.limits.spend(c, 'preview')
    const request = 'form' in body ? {} : read(previewRequest, body.json)
    const basket = basketOf(shop, session.customer.user_id)
    const lines = request.lines === undefined ? basket : linesOfRequest(shop, request.lines)
    const preview = previewOf(shop, lines, { ...request, words: desk.words(c) })
    return desk.answer(c, preview, (frame) => cartPage(frame, cartAnswer(shop, lines), preview))
  })
  app.get('/checkout', (c) => showCheckout(desk, c))
}

function changeCart({ shop }: Desk, userId: string, change: ReturnType<typeof cartChangeFromForm>): void {
  const lines = readCart(shop.db, userId).filter(({ sku }) => shop.products.find(sku)?.active === true)
  const present = lines.find(({ sku }) => sku === change.sku)?.quantity ?? 0
  const quantity = Math.min(999, change.how === 'add' ? present + change.quantity : change.quantity)
  const others = lines.filter(({ sku }) => sku !== change.sku)
  putCart(shop, userId, quantity === 0 ? others : [...others, { sku: change.sku, quantity }])
}
