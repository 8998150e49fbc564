import type { Context, Hono } from 'hono'
import { accountPage } from '../pages/account-page.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import { Refusal } from '../refusal.ts'
import { servedCountries } from '../shop/countries.ts'
import { identifyAsGuest, ownInformationOf, updateCustomer } from '../shop/customers.ts'
import type { CustomerRow } from '../store/customers.ts'
import { addressOfForm } from './address-form.ts'
import type { Desk } from './desk.ts'
import {
  addressProblems,
  contactProblems,
  freshForm,
  newPasswordProblems,
  onePerField,
  plainProblems,
  type FieldProblem,
} from './form-fields.ts'
import { sessionFromForm } from './forms.ts'
import { bodyOf, read, wantsJson, type Form } from './http.ts'
import { localPath } from './local-path.ts'
import { changeOwnPassword, signInWithLimits, signUpWithLimits } from './passwords.ts'
import { sessionRequest, type SessionRequest } from './schemas.ts'
import { newSession, type Session } from './session.ts'

export function sessionRoutes(app: Hono, desk: Desk): void {
  const { shop } = desk
  app.get('/session', (c) => {
    const user = ownInformationOf(shop, desk.session(c).customer)
    const isSaved = c.req.query('saved') !== undefined
    const next = localPath(c.req.query('next'), '')
    return desk.answer(c, { user }, (frame) => pageOf(desk, frame, { user, form: freshForm, isSaved, next }))
  })
  app.post('/session', async (c) => {
    const body = await bodyOf(c)
    if ('form' in body) return postForm(desk, c, body.form)
    const request = read(sessionRequest, body.json)
    const customer = await identify(desk, c, { session: desk.session(c), request })
    if (!wantsJson(c)) return c.redirect('/session', 303)
    return c.json({ user: ownInformationOf(shop, customer) })
  })
}

type Page = Omit<Parameters<typeof accountPage>[1], 'countries' | 'services'> & { readonly next: string }

const pageOf = ({ shop }: Desk, frame: Parameters<typeof accountPage>[0], page: Page) =>
  frame.isAccount
    ? accountPage(frame, {
        ...page,
        countries: servedCountries(shop.configuration),
        services: shop.configuration.services,
      })
    : signInPage(frame, page)

async function identify(
  desk: Desk,
  c: Context,
  identification: { readonly session: Session; readonly request: SessionRequest },
): Promise<CustomerRow> {
  const { session, request } = identification
  const { shop, isSecure } = desk
  switch (request.mode) {
    case 'guest':
      return identifyAsGuest(shop, session.customer, request)
    case 'update':
      return updateCustomer(shop, session.customer, request)
    case 'sign-out':
      return newSession(shop, c, { isSecure, instead: session }).customer
    case 'sign-up':
      return signUpWithLimits(desk, c, { session, request })
    case 'sign-in':
      return signInWithLimits(desk, c, { session, request })
    case 'password':
      return changeOwnPassword(desk, c, { session, request })
  }
}

/** Forms come back as they were typed, passwords excepted, with what is wrong beside the field. */
async function postForm(desk: Desk, c: Context, form: Form): Promise<Response> {
  const { shop } = desk
  const session = desk.sessionOfForm(c, form)
  const frame = desk.frame(c, session)
  const { words } = frame
  const user = ownInformationOf(shop, session.customer)
  const again = (status: number, problems: readonly FieldProblem[]): Response | Promise<Response> => {
    const { password: _, newPassword: __, ...values } = form
    const next = localPath(form['next'], '')
    c.status(status as 422) // a status of the 400s
    return c.html(pageOf(desk, frame, { user, form: { values, problems }, isSaved: false, next }))
  }
  const problems = problemsOf(desk, form, frame)
  if (problems.length > 0) return again(422, problems)
  try {
    const told = sessionFromForm(form)
    const addresses = form['address'] === undefined ? undefined : addressOfForm(form, user.deliveryAddresses)
    const whole = addresses === undefined ? told : { ...(told as object), deliveryAddresses: addresses } // an object as all its branches
    await identify(desk, c, { session, request: read(sessionRequest, whole) })
  } catch (error) {
    const isPassword = error instanceof Refusal && error.status === 401
    if (!isPassword) throw error
    const field = form['mode'] === 'password' ? 'password' : 'email'
    return again(401, [{ field, text: words.find('problem', error.code) ?? words.say('problem.invalid') }])
  }
  return c.redirect(afterwards(form), 303)
}

function problemsOf({ shop }: Desk, form: Form, { words }: ReturnType<Desk['frame']>): FieldProblem[] {
  const neededByMode: Readonly<Record<string, readonly string[]>> = {
    'sign-in': ['email', 'password'],
    'sign-up': ['email', 'password'],
    guest: ['email'],
    password: ['password', 'newPassword'],
  }
  const mode = form['mode'] ?? ''
  const isAddress = form['address'] !== undefined && form['then'] === undefined
  const countries = servedCountries(shop.configuration)
  return onePerField([
    ...plainProblems(form, neededByMode[mode] ?? [], words),
    ...contactProblems(form, words),
    ...(mode === 'sign-up' ? newPasswordProblems(form, 'password', words) : []),
    ...(mode === 'password' ? newPasswordProblems(form, 'newPassword', words) : []),
    ...(isAddress ? addressProblems(form, { countries, words }) : []),
  ])
}

function afterwards(form: Form): string {
  const mode = form['mode']
  if (mode === 'sign-out') return '/'
  if (form['locale'] !== undefined) return localPath(form['back'], '/')
  if (mode === 'update' || mode === 'password') return '/session?saved'
  return localPath(form['next'], '/cart')
}
