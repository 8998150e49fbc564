import { html } from 'hono/html'
import type { WireAddress, WireService, WireUserInformation } from '../../src-protocol/index.ts'
import { freshForm, leastPassword, mostCharacters, type FormState } from '../customer/form-fields.ts'
import type { Words } from '../translations/words.ts'
import { addressFields, countryChoices } from './address-fields.ts'
import { errorSummary, fieldsOf, type Fields } from './fields.ts'
import { hidden, page, nothing, type Frame, type Html } from './layout.ts'

export interface Account {
  readonly user: WireUserInformation
  readonly form: FormState
  readonly isSaved: boolean
  readonly countries: readonly string[]
  readonly services: readonly WireService[]
}

/** The page's forms by what they change; a refused one comes back with its own values, the others as they are. */
export function accountPage(frame: Frame, account: Account): Html {
  const { words } = frame
  const { user, form, isSaved } = account
  const sent = sentPart(form)
  const fields = (part: string): Fields => fieldsOf(words, part === sent ? form : freshForm, `${part}-`)
  const problems = form.problems.map((one) => ({ ...one, field: `${sent}-${one.field}` }))
  return page(frame, {
    title: words.say('account.title'),
    isWrong: problems.length > 0,
    body: html`
      ${errorSummary(words, problems)}
      ${isSaved ? html`<p class="box good" role="status">${words.say('account.saved')}</p>` : nothing}
      <div class="actions">
        <p>${words.say('account.signedInAs')} <strong dir="auto">${user.contact.email ?? user.name ?? ''}</strong></p>
        <form action="/session" method="post">
          ${hidden(frame)}<input type="hidden" name="mode" value="sign-out" />
          <button class="quiet">${words.say('account.signOut')}</button>
        </form>
      </div>
      <p><a href="/orders">${words.say('orders.title')}</a> · <a href="/data">${words.say('data.title')}</a></p>
      ${section(
        words.say('account.contact'),
        update(
          frame,
          html` ${fields('contact').input('name', { value: user.name, autocomplete: 'name' })}
            ${fields('contact').input('phone', { type: 'tel', value: user.contact.phone, autocomplete: 'tel' })}
            <button>${words.say('account.save')}</button>`,
        ),
      )}
      <h2>${words.say('account.addresses')}</h2>
      ${[...user.deliveryAddresses, undefined].map((address, index) => addressForm(frame, account, { address, index, fields: fields(`address${index}`) }))}
      ${section(words.say('account.wishes'), update(frame, wishes(words, account, fields('wishes'))))}
      ${section(words.say('account.password'), passwordForm(frame, fields('password')))}
    `,
  })
}

/** Which of the page's forms was sent. */
function sentPart({ values }: FormState): string {
  if (values['address'] !== undefined) return `address${values['address']}`
  if (values['mode'] === 'password') return 'password'
  return values['wishes'] === undefined ? 'contact' : 'wishes'
}

const section = (title: string, body: Html): Html =>
  html`<h2>${title}</h2>
    ${body}`

const update = (frame: Frame, body: Html): Html => html`
  <form action="/session" method="post" class="narrow" novalidate>
    ${hidden(frame)}<input type="hidden" name="mode" value="update" />${body}
  </form>
`

function wishes(words: Words, { user, services }: Account, fields: Fields): Html {
  const choices = [
    { value: '', text: words.say('account.noPreference') },
    ...services.map((value) => ({ value, text: words.say(`service.${value}`) })),
  ]
  const most = mostCharacters['instructions'] ?? 0
  return html`<input type="hidden" name="wishes" value="yes" />
    ${fields.select('service', { value: user.deliveryWishes.service, choices, isOptional: true })}
    ${fields.textarea('instructions', {
      value: user.deliveryWishes.instructions,
      hint: words.say('field.instructionsHint', { most }),
    })}
    <button>${words.say('account.save')}</button>`
}

function addressForm(
  frame: Frame,
  { user, countries }: Account,
  {
    address,
    index,
    fields,
  }: { readonly address: WireAddress | undefined; readonly index: number; readonly fields: Fields },
): Html {
  const { words } = frame
  const known = {
    address: address ?? { name: user.name ?? '' },
    country: frame.country,
    countries: countryChoices(words, countries),
  }
  const number = words.say('account.address', { number: index + 1 })
  const isUsual = index === 0 && user.deliveryAddresses.length > 1
  return html`<details ${fields.value('street') === undefined ? '' : 'open'}>
    <summary>
      ${address === undefined ? words.say('account.newAddress') : html`${number}: <span dir="auto">${address.name}, ${address.city}</span>`}
      ${isUsual ? html`<small class="soft">(${words.say('account.usual')})</small>` : nothing}
    </summary>
    ${update(
      frame,
      html`<input type="hidden" name="address" value="${index}" />${addressFields(fields, known)}
        <button>${words.say('account.save')}</button>
        ${address === undefined ? nothing : html`<button class="quiet danger" name="then" value="remove">${words.say('account.removeAddress')}</button>`}
        ${address === undefined || index === 0 ? nothing : html`<button class="quiet" name="then" value="first">${words.say('account.makeUsual')}</button>`}`,
    )}
  </details>`
}

const passwordForm = (frame: Frame, fields: Fields): Html => html`
  <form action="/session" method="post" class="narrow" novalidate>
    ${hidden(frame)}<input type="hidden" name="mode" value="password" />
    <p class="soft">${frame.words.say('account.passwordHint')}</p>
    ${fields.input('password', { type: 'password', autocomplete: 'current-password', required: true })}
    ${fields.input('newPassword', {
      type: 'password',
      autocomplete: 'new-password',
      required: true,
      minlength: leastPassword,
      hint: frame.words.say('field.passwordHint'),
    })}
    <button>${frame.words.say('account.changePassword')}</button>
  </form>
`
