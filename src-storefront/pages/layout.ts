import { html } from 'hono/html'
import type { Configuration } from '../configuration.ts'
import { languages, nameByLanguage, type Language } from '../translations/language.ts'
import type { Words } from '../translations/words.ts'

/** A piece of a page; values put into `html` are escaped. */
export type Html = ReturnType<typeof html>
export const nothing: Html = html``

/** What every page knows of its reader and of the shop. */
export interface Frame {
  readonly shopName: string
  readonly words: Words
  /** The shop's own country, offered where an address is asked for. */
  readonly country: string
  readonly links: Configuration['links']
  /** `https://shop.example`, for links that are kept. */
  readonly origin: string
  /** Where this page is found again. */
  readonly here: string
  /** Undefined where there is no session: then no form can be sent. */
  readonly formToken: string | undefined
  readonly isAccount: boolean
  readonly piecesInCart: number
  readonly query?: string | undefined
}

export interface Crumb {
  readonly name: string
  readonly href: string
}

export interface PageParts {
  readonly title: string
  readonly body: Html
  /** The way here from the start page, which is not named. */
  readonly crumbs?: readonly Crumb[]
  /** A mistake to mend stands in the title too: that is what is read out first. */
  readonly isWrong?: boolean
  readonly script?: string
}

export function page(frame: Frame, { title, body, crumbs, isWrong, script }: PageParts): Html {
  const { words } = frame
  const mark = isWrong === true ? `${words.say('problem.title')}: ` : ''
  return html`<!doctype html>
    <html lang="${words.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${mark}${title} - ${frame.shopName}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
        ${script === undefined ? '' : html`<script src="${script}" defer></script>`}
      </head>
      <body>
        <a class="skip" href="#main">${words.say('page.skip')}</a>
        ${header(frame)}
        <main id="main" tabindex="-1">
          ${crumbs === undefined ? '' : breadcrumbs(words, crumbs)}
          <h1 dir="auto">${title}</h1>
          ${body}
        </main>
        ${footer(frame)}
      </body>
    </html>`
}

function header({ shopName, words, piecesInCart, isAccount, query, here }: Frame): Html {
  const cart = piecesInCart === 0 ? words.say('page.cart') : words.count('page.cartPieces', piecesInCart)
  const at = (path: string): Html | string => (here.split('?', 1)[0] === path ? html`aria-current="page"` : '')
  return html`<header>
    <div class="bar">
      <a class="name" href="/" dir="auto">${shopName}</a>
      <form action="/search" role="search">
        <input
          type="search"
          name="q"
          aria-label="${words.say('page.search')}"
          placeholder="${words.say('page.search')}"
          value="${query ?? ''}"
          maxlength="200"
          enterkeyhint="search"
        />
        <button>${words.say('page.searchButton')}</button>
      </form>
      <nav aria-label="${words.say('page.navigation')}">
        <a href="/cart" ${at('/cart')} aria-label="${cart}"
          >${words.say('page.cart')}${piecesInCart > 0 ? html` <span class="badge">${piecesInCart}</span>` : ''}</a
        >
        <a href="/orders" ${at('/orders')}>${words.say('page.orders')}</a>
        <a href="/session" ${at('/session')}>${words.say(isAccount ? 'page.account' : 'page.signIn')}</a>
      </nav>
    </div>
  </header>`
}

const breadcrumbs = (words: Words, crumbs: readonly Crumb[]): Html =>
  html`<nav class="crumbs" aria-label="${words.say('page.crumbs')}">
    <ol>
      ${[{ name: words.say('page.start'), href: '/' }, ...crumbs].map(
        ({ name, href }) => html`<li><a href="${href}" dir="auto">${name}</a></li>`,
      )}
    </ol>
  </nav>`

function footer(frame: Frame): Html {
  const { words, links } = frame
  const own = [
    { href: links.terms, text: words.say('page.terms') },
    { href: links.privacy, text: words.say('page.privacyLink') },
    { href: links.imprint, text: words.say('page.imprint') },
  ]
  return html`<footer>
    <div class="bar">
      <p>${words.say('page.prices')} ${words.say('page.privacy')}</p>
      <ul class="links">
        <li><a href="/orders/find">${words.say('page.findOrder')}</a></li>
        <li><a href="/data">${words.say('page.data')}</a></li>
        ${own.map(({ href, text }) => (href === undefined ? '' : html`<li><a href="${href}">${text}</a></li>`))}
      </ul>
      ${frame.formToken === undefined ? '' : languageSwitch(frame)}
    </div>
  </footer>`
}

/** Each language under its own name and in its own tongue; the present one is no button. */
const languageSwitch = (frame: Frame): Html =>
  html`<form action="/session" method="post" class="languages" aria-label="${frame.words.say('page.language')}">
    ${hidden(frame)}<input type="hidden" name="mode" value="update" />
    <input type="hidden" name="back" value="${frame.here}" />
    ${languages.map((language) => languageChoice(language, frame.words.language))}
  </form>`

const languageChoice = (language: Language, present: Language): Html =>
  language === present
    ? html`<strong lang="${language}" aria-current="true">${nameByLanguage[language]}</strong>`
    : html`<button class="link" name="locale" value="${language}" lang="${language}">
        ${nameByLanguage[language]}
      </button>`

export const hidden = (frame: Frame): Html =>
  html`<input type="hidden" name="formToken" value="${frame.formToken ?? ''}" />`
