import type { Context, Hono } from 'hono'
import { findOrderPage } from '../pages/orders-page.ts'
import { Refusal } from '../refusal.ts'
import { findByLink, findByNumber } from '../shop/order-link.ts'
import { grantAccess } from '../store/order-access.ts'
import type { OrderRow } from '../store/orders.ts'
import type { Desk } from './desk.ts'
import { contactProblems, freshForm, plainProblems, type FieldProblem } from './form-fields.ts'
import { bodyOf, read, wantsJson, type Form } from './http.ts'
import { viewOf } from './order-reader.ts'
import { orderLookup } from './schemas.ts'

/** Ways back to an order for whoever lost the session: its link, or its number with the e-mail address. */
export function findOrderRoutes(app: Hono, desk: Desk): void {
  app.get('/orders/find', (c) => {
    if (wantsJson(c)) throw new Refusal(404, 'not-found')
    return c.html(findOrderPage(desk.frame(c, desk.session(c)), freshForm))
  })
  app.post('/orders/find', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) return findByForm(desk, c, body.form)
    const row = lookUp(desk, c, read(orderLookup, body.json))
    return c.json(viewOf(desk, c, { row, access: 'look-up' }))
  })
  app.get('/orders/:id/link/:key', (c) => {
    const { shop, limits } = desk
    limits.lookUpsPerAddress.check(limits.addressOf(c))
    const row = findByLink(shop, c.req.param('id'), c.req.param('key'))
    if (row === undefined) {
      limits.lookUpsPerAddress.count(limits.addressOf(c))
      throw new Refusal(404, 'order-not-found')
    }
    grantAccess(shop.db, desk.session(c).tokenHash, { orderId: row.id, how: 'link' })
    return wantsJson(c) ? c.json(viewOf(desk, c, { row, access: 'link' })) : c.redirect(`/orders/${row.id}`, 303)
  })
}

/** The same no, after the same work, for a number that is none and for a wrong address; every try counts. */
function lookUp({ shop, limits, session }: Desk, c: Context, asked: { number: string; email: string }): OrderRow {
  const { tokenHash } = session(c)
  limits.lookUpsPerAddress.use(limits.addressOf(c))
  limits.lookUpsPerNumber.use(asked.number)
  const row = findByNumber(shop, asked.number, asked.email)
  if (row === undefined) throw new Refusal(404, 'order-not-matching')
  grantAccess(shop.db, tokenHash, { orderId: row.id, how: 'look-up' })
  return row
}

function findByForm(desk: Desk, c: Context, form: Form): Response | Promise<Response> {
  const session = desk.sessionOfForm(c, form)
  const frame = desk.frame(c, session)
  const again = (status: number, problems: readonly FieldProblem[]): Response | Promise<Response> => {
    c.status(status as 422) // a status of the 400s
    return c.html(findOrderPage(frame, { values: form, problems }))
  }
  const problems = [...plainProblems(form, ['number', 'email'], frame.words), ...contactProblems(form, frame.words)]
  if (problems.length > 0) return again(422, problems)
  const asked = orderLookup.safeParse({ number: form['number']?.normalize('NFKC'), email: form['email'] })
  if (!asked.success) {
    const label = frame.words.say('field.number')
    return again(422, [{ field: 'number', text: frame.words.say('error.invalid', { label }) }])
  }
  try {
    return c.redirect(`/orders/${lookUp(desk, c, asked.data).id}`, 303)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 404) throw error
    return again(404, [{ field: 'number', text: frame.words.say('problem.order-not-matching') }])
  }
}
