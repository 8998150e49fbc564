import type { Context, Hono } from 'hono'
import { dataPage } from '../pages/data-page.ts'
import { Refusal } from '../refusal.ts'
import { hasPassword } from '../shop/customers.ts'
import { exportOf } from '../shop/data-export.ts'
import { requestErasure } from '../shop/erasure.ts'
import type { Shop } from '../shop/shop.ts'
import { instantText } from '../shop/wire-order.ts'
import { guestsOpenedByLink } from '../store/person.ts'
import type { Desk } from './desk.ts'
import { freshForm, type FieldProblem } from './form-fields.ts'
import { bodyOf, read, wantsJson, type Form } from './http.ts'
import { erasureRequest, type DataExport } from './schemas.ts'
import { newSession, type Session } from './session.ts'

/** One's own data: all of it as a file, and none of it any more. */
export function dataRoutes(app: Hono, desk: Desk): void {
  app.get('/data', (c) => {
    if (wantsJson(c)) return c.json({ people: exportsFor(desk, c) })
    const erased = /^\d{1,3}$/.exec(c.req.query('erased') ?? '')?.[0]
    return c.html(
      dataPage(desk.frame(c, desk.session(c)), {
        form: freshForm,
        openOrders: erased === undefined ? undefined : Number(erased),
      }),
    )
  })
  app.get('/data/export', (c) => {
    c.header('Content-Disposition', 'attachment; filename="storefront-data.json"')
    return c.body(JSON.stringify({ people: exportsFor(desk, c) }, undefined, 2), 200, {
      'Content-Type': 'application/json',
    })
  })
  app.post('/erasures', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) return eraseByForm(desk, c, body.form)
    const { password } = read(erasureRequest, body.json)
    const answer = await erase(desk, c, { session: desk.session(c), password })
    return c.json({ requestedAt: instantText(answer.requestedAt), openOrders: answer.openOrders })
  })
}

/** The session's own user first, then the guests whose orders were opened by link. */
function peopleOf(shop: Shop, session: Session): readonly string[] {
  return [...new Set([session.customer.user_id, ...guestsOpenedByLink(shop.db, session.tokenHash)])]
}

const exportsFor = (desk: Desk, c: Context): readonly DataExport[] =>
  peopleOf(desk.shop, desk.session(c)).flatMap((userId) => exportOf(desk.shop, userId, desk.words(c)) ?? [])

/** An account shows its password first; wrong ones are counted with those of the sign-in. */
async function erase(
  { shop, isSecure, limits }: Desk,
  c: Context,
  asked: { readonly session: Session; readonly password: string | undefined },
): Promise<{ requestedAt: number; openOrders: number }> {
  const { session, password } = asked
  const { customer } = session
  if (customer.kind === 'account') {
    if (password === undefined) throw new Refusal(422, 'missing', { details: { path: 'password' } })
    limits.perAccount.use(customer.email_index ?? customer.user_id)
    if (!(await hasPassword(customer, password))) throw new Refusal(401, 'not-your-password')
    limits.perAccount.forgive(customer.email_index ?? customer.user_id)
  }
  const answers = peopleOf(shop, session).map((userId) => requestErasure(shop, userId))
  newSession(shop, c, { isSecure })
  return {
    requestedAt: answers[0]?.requestedAt ?? shop.clock.now(),
    openOrders: answers.reduce((sum, { openOrders }) => sum + openOrders, 0),
  }
}

async function eraseByForm(desk: Desk, c: Context, form: Form): Promise<Response> {
  const session = desk.sessionOfForm(c, form)
  const frame = desk.frame(c, session)
  const again = (status: number, problem: FieldProblem): Response | Promise<Response> => {
    c.status(status as 422) // a status of the 400s
    return c.html(dataPage(frame, { form: { values: {}, problems: [problem] }, openOrders: undefined }))
  }
  if (form['confirm'] !== 'yes')
    return again(422, { field: 'confirm', text: frame.words.say('problem.confirm-missing') })
  try {
    const { openOrders } = await erase(desk, c, { session, password: form['password'] })
    return c.redirect(`/data?erased=${openOrders}`, 303)
  } catch (error) {
    if (!(error instanceof Refusal) || (error.status !== 401 && error.status !== 422)) throw error
    return again(error.status, { field: 'password', text: frame.words.say('problem.not-your-password') })
  }
}
