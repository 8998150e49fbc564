import type { Context, Hono } from 'hono'
import type { Frame } from '../pages/layout.ts'
import { forgottenPage, resetPage } from '../pages/password-pages.ts'
import { Refusal } from '../refusal.ts'
import { emailIndex } from '../sealing/seal.ts'
import { askForPassword, isPasswordLink, resetPassword } from '../shop/reset-password.ts'
import type { Desk } from './desk.ts'
import {
  contactProblems,
  freshForm,
  newPasswordProblems,
  onePerField,
  plainProblems,
  type FieldProblem,
} from './form-fields.ts'
import { bodyOf, read, wantsJson, type Form } from './http.ts'
import { forgottenRequest, resetRequest } from './password-schemas.ts'
import { tryLimit, type TryLimit } from './try-limit.ts'

const hourMs = 3_600_000

interface Setting {
  readonly desk: Desk
  /** Mails that somebody may cause at one address, known or not. */
  readonly perAddress: TryLimit
  /** Mails and links that one terminal, or a house behind one address, may try. */
  readonly perSource: TryLimit
}

/** A forgotten password: ask for a mail, and set a new one by its link. */
export function passwordRoutes(app: Hono, desk: Desk): void {
  const { clock } = desk.shop
  const setting: Setting = {
    desk,
    perAddress: tryLimit(clock, { tries: 5, windowMs: hourMs }),
    perSource: tryLimit(clock, { tries: 30, windowMs: hourMs }),
  }
  const isOffered = desk.shop.mailing !== undefined
  app.get('/password/forgotten', (c) => {
    const state = !isOffered ? 'off' : c.req.query('sent') === undefined ? 'ask' : 'sent'
    return desk.answer(c, { isOffered }, (frame) => forgottenPage(frame, { state, form: freshForm }))
  })
  app.post('/password/forgotten', (c) => postForgotten(setting, c))
  app.get('/password/reset', (c) => {
    if (c.req.query('done') !== undefined)
      return c.html(resetPage(frameOf(desk, c), { state: 'done', form: freshForm }))
    const token = c.req.query('token') ?? ''
    const isValid = isPasswordLink(desk.shop, token)
    const state = isValid ? 'set' : 'ended'
    return desk.answer(c, { isValid }, (frame) => resetPage(frame, { state, form: freshForm, token }))
  })
  app.post('/password/reset', (c) => postReset(setting, c))
}

const frameOf = (desk: Desk, c: Context): Frame => desk.frame(c, desk.session(c))

/** The same answer and the same work for every address; a mail goes to those that have an account. */
function ask({ desk, perAddress, perSource }: Setting, c: Context, email: string): void {
  const { shop, limits } = desk
  if (shop.mailing === undefined) throw new Refusal(503, 'mail-off')
  perSource.use(limits.addressOf(c))
  perAddress.use(emailIndex(shop.keys, email))
  askForPassword(shop, { email, locale: desk.session(c).customer.locale })
}

async function postForgotten(setting: Setting, c: Context): Promise<Response> {
  const { desk } = setting
  const body = await bodyOf(c)
  if ('json' in body) {
    ask(setting, c, read(forgottenRequest, body.json).email)
    return wantsJson(c) ? c.json({ asked: true }, 202) : c.redirect('/password/forgotten?sent', 303)
  }
  const { form } = body
  const frame = desk.frame(c, desk.sessionOfForm(c, form))
  const { words } = frame
  const problems = onePerField([...plainProblems(form, ['email'], words), ...contactProblems(form, words)])
  if (problems.length > 0) {
    c.status(422)
    return c.html(forgottenPage(frame, { state: 'ask', form: { values: form, problems } }))
  }
  ask(setting, c, read(forgottenRequest, { email: form['email']?.normalize('NFKC') }).email)
  return c.redirect('/password/forgotten?sent', 303)
}

async function set(
  { desk, perSource }: Setting,
  c: Context,
  asked: { token: string; password: string },
): Promise<void> {
  perSource.use(desk.limits.addressOf(c))
  const index = await resetPassword(desk.shop, asked)
  // Who was shut out by wrong guesses, their own or another's, can sign in with what they just chose.
  desk.limits.perAccount.forgive(index)
}

async function postReset(setting: Setting, c: Context): Promise<Response> {
  const { desk } = setting
  const body = await bodyOf(c)
  if ('json' in body) {
    await set(setting, c, read(resetRequest, body.json))
    return wantsJson(c) ? c.json({ changed: true }) : c.redirect('/password/reset?done', 303)
  }
  const { form } = body
  const frame = desk.frame(c, desk.sessionOfForm(c, form))
  const token = form['token'] ?? ''
  const problems = passwordProblems(form, frame)
  if (problems.length > 0) {
    c.status(422)
    return c.html(resetPage(frame, { state: 'set', form: { values: {}, problems }, token }))
  }
  try {
    await set(setting, c, read(resetRequest, { token, password: form['newPassword'] }))
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'link-ended') throw error
    c.status(410)
    return c.html(resetPage(frame, { state: 'ended', form: freshForm }))
  }
  return c.redirect('/password/reset?done', 303)
}

const passwordProblems = (form: Form, { words }: Frame): readonly FieldProblem[] =>
  onePerField([...plainProblems(form, ['newPassword'], words), ...newPasswordProblems(form, 'newPassword', words)])
