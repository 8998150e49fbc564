import { html } from 'hono/html'
import type { WireUserInformation } from '../../src-protocol/index.ts'
import { addressFields } from './cart-pages.ts'
import { field, hidden, page, type Frame, type Html } from './layout.ts'

const email = field('email', 'E-mail', { type: 'email', autocomplete: 'email', required: true })

export function sessionPage(frame: Frame, user: WireUserInformation): Html {
  return frame.isAccount ? accountPage(frame, user) : signInPage(frame)
}

const signInPage = (frame: Frame): Html =>
  page(
    frame,
    'Sign in',
    html`
      <form action="/session" method="post">
        ${hidden(frame)}<input type="hidden" name="mode" value="sign-in" />
        ${email}
        ${field('password', 'Password', { type: 'password', autocomplete: 'current-password', required: true })}
        <button>Sign in</button>
      </form>
      <h2>New here?</h2>
      <form action="/session" method="post">
        ${hidden(frame)}<input type="hidden" name="mode" value="sign-up" />
        ${email}
        ${field('password', 'Password, eight signs or more', {
          type: 'password',
          autocomplete: 'new-password',
          required: true,
          minlength: 8,
        })}
        ${field('name', 'Your name', { autocomplete: 'name' })}
        <button>Make an account</button>
      </form>
      <h2>Without an account</h2>
      <form action="/session" method="post">
        ${hidden(frame)}<input type="hidden" name="mode" value="guest" />
        ${email} ${field('name', 'Your name', { autocomplete: 'name' })}
        <button class="quiet">Go on as a guest</button>
      </form>
    `,
  )

const accountPage = (frame: Frame, user: WireUserInformation): Html =>
  page(
    frame,
    'Your account',
    html`
      <p>Signed in as <strong>${user.contact.email ?? ''}</strong></p>
      <form action="/session" method="post">
        ${hidden(frame)}<input type="hidden" name="mode" value="update" />
        ${field('name', 'Your name', { value: user.name, autocomplete: 'name' })}
        ${field('phone', 'Phone', { type: 'tel', value: user.contact.phone, autocomplete: 'tel' })}
        ${addressFields(user.deliveryAddresses[0], user.name, '')}
        <button>Save</button>
      </form>
      <form action="/session" method="post">
        ${hidden(frame)}<input type="hidden" name="mode" value="sign-out" />
        <p><button class="quiet">Sign out</button></p>
      </form>
      <h2>Be forgotten</h2>
      <p>
        Deletes your account and everything personal at once. An order on its way keeps its address until it has
        arrived. This cannot be undone.
      </p>
      <form action="/erasures" method="post">
        ${hidden(frame)}
        <label><input type="radio" name="confirm" value="yes" required /> I want everything deleted</label>
        <button class="quiet">Delete my data</button>
      </form>
    `,
  )
