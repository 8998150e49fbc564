import { html } from 'hono/html'
import { stockSentence } from '../customer/checkout-form.ts'
import type { Refusal } from '../refusal.ts'
import { page, nothing, type Frame, type Html } from './layout.ts'

/** What happened, and what to do next, where no form can come back with it. */
export function problemPage(frame: Frame, refusal: Refusal): Html {
  const { words } = frame
  const isOurs = refusal.status >= 500
  const text = words.find('problem', refusal.code) ?? words.say(isOurs ? 'problem.internal' : 'problem.invalid')
  const lines = refusal.details['lines']
  return page(frame, {
    title: words.say('problem.title'),
    body: html`
      <p class="box problem" role="alert">${text}</p>
      ${
        Array.isArray(lines)
          ? html`<ul>
              ${lines.map((line) => html`<li>${stockSentence(line, words)}</li>`)}
            </ul>`
          : nothing
      }
      <p>
        <a class="action" href="/">${words.say('problem.toStart')}</a>
        <a href="/cart">${words.say('page.cart')}</a> <a href="/orders">${words.say('page.orders')}</a>
      </p>
    `,
  })
}
