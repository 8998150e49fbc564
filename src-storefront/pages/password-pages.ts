import { html } from 'hono/html'
import { leastPassword, type FormState } from '../customer/form-fields.ts'
import { errorSummary, fieldsOf } from './fields.ts'
import { hidden, page, type Frame, type Html } from './layout.ts'
import { passwordWords } from './password-words.ts'

/** Asking for a link; what is said afterwards is the same for every address. */
export function forgottenPage(
  frame: Frame,
  { state, form }: { readonly state: 'ask' | 'sent' | 'off'; readonly form: FormState },
): Html {
  const say = passwordWords(frame.words)
  if (state === 'off') return page(frame, { title: say('forgotten'), body: html`<p class="box">${say('off')}</p>` })
  const isSent = state === 'sent'
  const intro = isSent
    ? html`<p class="box" role="status">${say('sent')}</p>
        <p class="soft">${say('sentNothing')}</p>`
    : html`<p>${say('lead')}</p>`
  return page(frame, {
    title: say(isSent ? 'sentTitle' : 'forgotten'),
    isWrong: form.problems.length > 0,
    body: html`
      ${errorSummary(frame.words, form.problems)} ${intro}
      <form action="/password/forgotten" method="post" novalidate>
        ${hidden(frame)}
        ${fieldsOf(frame.words, form).input('email', { type: 'email', autocomplete: 'email', required: true })}
        <button class="${isSent ? 'quiet' : ''}">${say('send')}</button>
      </form>
    `,
  })
}

/** Setting a new password by a link. */
export function resetPage(
  frame: Frame,
  reset: { readonly state: 'set' | 'ended' | 'done'; readonly form: FormState; readonly token?: string },
): Html {
  const { words } = frame
  const say = passwordWords(words)
  const { state, form } = reset
  if (state === 'done') {
    return page(frame, {
      title: say('doneTitle'),
      body: html`<p class="box" role="status">${say('done')}</p>
        <p><a class="action" href="/session">${words.say('page.signIn')}</a></p>`,
    })
  }
  if (state === 'ended') {
    return page(frame, {
      title: say('endedTitle'),
      body: html`<p class="box problem">${say('ended')}</p>
        <p><a class="action" href="/password/forgotten">${say('again')}</a></p>`,
    })
  }
  return page(frame, {
    title: say('title'),
    isWrong: form.problems.length > 0,
    body: html`
      ${errorSummary(words, form.problems)}
      <p>${say('setLead')}</p>
      <form action="/password/reset" method="post" novalidate>
        ${hidden(frame)}<input type="hidden" name="token" value="${reset.token ?? ''}" />
        ${fieldsOf(words, form).input('newPassword', {
          type: 'password',
          autocomplete: 'new-password',
          required: true,
          minlength: leastPassword,
          hint: words.say('field.passwordHint'),
        })}
        <button>${say('set')}</button>
      </form>
    `,
  })
}
