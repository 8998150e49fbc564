import { html } from 'hono/html'
import { freshForm, leastPassword, type FormState } from '../customer/form-fields.ts'
import { errorSummary, fieldsOf } from './fields.ts'
import { hidden, page, type Frame, type Html } from './layout.ts'
import { passwordWords } from './password-words.ts'

/** Signing in, and signing up, each in a form of its own; `next` is where to go afterwards. */
export function signInPage(frame: Frame, { form, next }: { readonly form: FormState; readonly next: string }): Html {
  const { words } = frame
  const isSignUp = form.values['mode'] === 'sign-up'
  const signIn = fieldsOf(words, isSignUp ? freshForm : form)
  const signUp = fieldsOf(words, isSignUp ? form : freshForm, 'new-')
  const problems = isSignUp ? form.problems.map((one) => ({ ...one, field: `new-${one.field}` })) : form.problems
  const start = (mode: string): Html =>
    html`${hidden(frame)}<input type="hidden" name="mode" value="${mode}" /><input
        type="hidden"
        name="next"
        value="${next}"
      />`
  return page(frame, {
    title: words.say('signIn.title'),
    isWrong: problems.length > 0,
    body: html`
      ${errorSummary(words, problems)}
      <div class="halves">
        <form action="/session" method="post" novalidate>
          ${start('sign-in')} ${signIn.input('email', { type: 'email', autocomplete: 'email', required: true })}
          ${signIn.input('password', { type: 'password', autocomplete: 'current-password', required: true })}
          <button>${words.say('signIn.button')}</button>
          <p><a href="/password/forgotten">${passwordWords(words)('forgotten')}</a></p>
        </form>
        <form action="/session" method="post" novalidate>
          <h2>${words.say('signUp.title')}</h2>
          <p class="soft">${words.say('signUp.lead')}</p>
          ${start('sign-up')} ${signUp.input('email', { type: 'email', autocomplete: 'email', required: true })}
          ${signUp.input('password', {
            type: 'password',
            autocomplete: 'new-password',
            required: true,
            minlength: leastPassword,
            hint: words.say('field.passwordHint'),
          })}
          ${signUp.input('name', { autocomplete: 'name' })}
          <button class="quiet">${words.say('signUp.button')}</button>
        </form>
      </div>
      <h2>${words.say('guest.title')}</h2>
      <p>${words.say('guest.lead')} <a href="/orders/find">${words.say('page.findOrder')}</a></p>
    `,
  })
}
