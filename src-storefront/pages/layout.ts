import { html } from 'hono/html'
import type { MoneyAmount } from '../../src-protocol/index.ts'

/** A piece of a page; values put into `html` are escaped. */
export type Html = ReturnType<typeof html>

export interface Frame {
  readonly shopName: string
  readonly locale: string
  readonly timeZone: string
  /** The shop's own country, offered where an address is asked for. */
  readonly country: string
  readonly formToken: string
  readonly isAccount: boolean
  readonly piecesInCart: number
  readonly query?: string | undefined
}

/** The page around a body. `lang` is the language of the words, not of the customer. */
export function page(frame: Frame, title: string, body: Html): Html {
  const { piecesInCart } = frame
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} - ${frame.shopName}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="name" href="/">${frame.shopName}</a>
          <form action="/search" role="search">
            <input type="search" name="q" aria-label="Search products" value="${frame.query ?? ''}" maxlength="200" />
            <button>Search</button>
          </form>
          <nav aria-label="Shop">
            <a href="/cart">Basket${piecesInCart > 0 ? ` (${piecesInCart})` : ''}</a>
            <a href="/orders">Orders</a>
            <a href="/session">${frame.isAccount ? 'Account' : 'Sign in'}</a>
          </nav>
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${body}
        </main>
        <footer>Prices include tax. Your data is used to deliver your order and is deleted afterwards.</footer>
      </body>
    </html>`
}

export const hidden = (frame: Frame): Html => html`<input type="hidden" name="formToken" value="${frame.formToken}" />`

export const money = ({ amount, currency }: MoneyAmount): string => `${amount} ${currency}`

/** `2026-11-22 14:05` on the shop's clock. */
export const moment = (frame: Frame, instant: string): string =>
  new Date(instant).toLocaleString('sv-SE', { timeZone: frame.timeZone, dateStyle: 'short', timeStyle: 'short' })

export const kilograms = (grams: number): string => `${(grams / 1000).toFixed(2)} kg`

export interface FieldOptions {
  readonly type?: string
  readonly value?: string | undefined
  readonly autocomplete?: string
  readonly required?: boolean
  /** Needed for some choices only: neither required by the browser nor called optional. */
  readonly isSometimesNeeded?: boolean
  readonly minlength?: number
}

/** A labelled field. */
export const field = (name: string, label: string, options: FieldOptions = {}): Html =>
  html`<label
    ><span>${label}${options.required === true || options.isSometimesNeeded === true ? '' : ' (optional)'}</span
    ><input
      name="${name}"
      type="${options.type ?? 'text'}"
      value="${options.value ?? ''}"
      autocomplete="${options.autocomplete ?? 'off'}"
      ${options.required === true ? 'required' : ''}
      ${options.minlength === undefined ? '' : html`minlength="${options.minlength}"`}
  /></label>`
