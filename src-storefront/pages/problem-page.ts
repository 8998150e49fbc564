import { html } from 'hono/html'
import type { Refusal } from '../refusal.ts'
import { page, type Frame, type Html } from './layout.ts'

/** What happened, and what to do next. */
const words: { readonly [code: string]: string } = {
  'not-found': 'There is nothing at this address.',
  'order-not-found': 'There is no such order, or it belongs to somebody else. Sign in to see yours.',
  'out-of-stock':
    'Something in your basket was sold in the meantime. Change the quantity in your basket and order again.',
  'cart-empty': 'Your basket is empty.',
  'wrong-password': 'E-mail and password do not belong together.',
  'too-many-tries': 'Too many tries. Please wait some minutes.',
  'email-taken': 'There is an account with this e-mail already. Sign in instead.',
  'form-expired': 'This page was open too long. Go back, reload it and try again.',
  'too-late-to-cancel': 'Your order is being picked already. Please call the shop.',
  'unknown-product': 'The shop does not sell this product any more.',
  missing: 'Something is missing.',
  'not-offered': 'The shop does not offer this.',
  invalid: 'Something was filled in wrongly.',
}

export function problemPage(frame: Frame, refusal: Refusal): Html {
  const path = refusal.details['path']
  const lines = refusal.details['lines']
  return page(
    frame,
    'That did not work',
    html`
      <p class="box problem" role="alert">
        ${words[refusal.code] ?? 'Something went wrong on our side. Please try again.'}
        ${typeof path === 'string' && path !== '' ? html`(${path})` : ''}
      </p>
      ${
        Array.isArray(lines)
          ? html`<ul>
              ${lines.map(shortLine)}
            </ul>`
          : ''
      }
      <p><a href="/cart">Basket</a>, <a href="/">start page</a></p>
    `,
  )
}

function shortLine(line: unknown): Html | string {
  if (typeof line !== 'object' || line === null || !('name' in line) || !('available' in line)) return ''
  return html`<li>${String(line.name)}: ${String(line.available)} left</li>`
}
