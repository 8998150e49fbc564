import { html } from 'hono/html'
import type { FormState } from '../customer/form-fields.ts'
import { errorSummary, fieldsOf } from './fields.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'

export interface DataPageParts {
  readonly form: FormState
  /** Set once everything was deleted: how many orders are still on their way. */
  readonly openOrders: number | undefined
}

/** One's own data: take it along, or have it deleted, with what must stay and why. */
export function dataPage(frame: Frame, { form, openOrders }: DataPageParts): Html {
  const { words } = frame
  return page(frame, {
    title: words.say('data.title'),
    isWrong: form.problems.length > 0,
    body: html`
      ${errorSummary(words, form.problems)}
      ${
        openOrders === undefined
          ? nothing
          : html`<p class="box good" role="status">
              ${words.say('data.done')} ${openOrders > 0 ? words.count('data.doneOpen', openOrders) : ''}
            </p>`
      }
      <p class="lead">${words.say('data.lead')}</p>
      <h2>${words.say('data.export')}</h2>
      <p>${words.say('data.exportLead')}</p>
      <p><a class="action" href="/data/export" download>${words.say('data.exportButton')}</a></p>
      <h2>${words.say('data.erase')}</h2>
      <p>${words.say('data.eraseLead')}</p>
      <h3>${words.say('data.stays')}</h3>
      <ul>
        <li>${words.say('data.staysOpen')}</li>
        <li>${words.say('data.staysBooks')}</li>
        <li>${words.say('data.staysInvoice')}</li>
      </ul>
      ${eraseForm(frame, form)}
    `,
  })
}

function eraseForm(frame: Frame, form: FormState): Html {
  const { words } = frame
  const fields = fieldsOf(words, form)
  return html`<form action="/erasures" method="post" class="narrow" novalidate>
    ${hidden(frame)}
    ${frame.isAccount ? fields.input('password', { type: 'password', autocomplete: 'current-password', required: true }) : nothing}
    ${fields.problem('confirm')}
    <label class="choice"
      ><input id="confirm" type="checkbox" name="confirm" value="yes" required ${fields.describedBy('confirm')} />
      <span>${words.say('data.confirm')}</span></label
    >
    <button class="danger">${words.say('data.eraseButton')}</button>
  </form>`
}
