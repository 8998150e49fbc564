import { tellCustomer } from '../mail/tell-customer.ts'
import { writeMail } from '../mail/mailing.ts'
import { Refusal } from '../refusal.ts'
import { hashPassword } from '../sealing/passwords.ts'
import { emailIndex } from '../sealing/seal.ts'
import { deleteSessionsOf, findCustomer, saveCustomer } from '../store/customers.ts'
import { dropThread } from '../store/mails.ts'
import { endPasswordLinks, endPasswordLinksOf, findPasswordLink, useUpPasswordLink } from '../store/password-links.ts'
import { userInformationOf } from './customers.ts'
import { hashOfToken } from './password-links.ts'
import type { Shop } from './shop.ts'

const linkMs = 3_600_000

/**
 * Somebody forgot a password. What is done here is the same for every address: whether it has an account is looked up
 * when the mail is sent, outside of any request. Older links of the address end.
 */
export function askForPassword(shop: Shop, asked: { readonly email: string; readonly locale: string }): void {
  const index = emailIndex(shop.keys, asked.email)
  const thread = `password:${index}`
  const now = shop.clock.now()
  shop.db
    .transaction(() => {
      dropThread(shop.db, thread, now)
      endPasswordLinks(shop.db, index)
      const facts = { expiresAt: now + linkMs }
      writeMail(shop, { kind: 'password-reset', thread, locale: asked.locale, address: asked.email, facts })
    })
    .immediate()
}

const ended = (): Refusal => new Refusal(410, 'link-ended')

/** True while the link can still be used. Looking does not use it up: programs of mail servers look at links too. */
export const isPasswordLink = (shop: Shop, token: string): boolean =>
  findPasswordLink(shop.db, hashOfToken(token), shop.clock.now()) !== undefined

/**
 * Sets a new password by a link, once. Every session and every other link of the account ends, and its owner is told. Returns the index of its address.
 * Refuses 410 `link-ended` for a link that is unknown, used, too old, or of an account that is gone.
 */
export async function resetPassword(
  shop: Shop,
  asked: { readonly token: string; readonly password: string },
): Promise<string> {
  const tokenHash = hashOfToken(asked.token)
  const link = findPasswordLink(shop.db, tokenHash, shop.clock.now())
  const account = link && findCustomer(shop.db, link.user_id)
  const before = account?.password_hash ?? undefined
  if (link === undefined || before === undefined) throw ended()
  const hash = await hashPassword(asked.password, before)
  shop.db
    .transaction(() => {
      // Read again after the slow derivation: the link may be used up, the account erased.
      const present = findCustomer(shop.db, link.user_id)
      const isThere = present !== undefined && present.password_hash !== null
      if (!useUpPasswordLink(shop.db, tokenHash) || !isThere) throw ended()
      saveCustomer(shop.db, { ...present, password_hash: hash })
      deleteSessionsOf(shop.db, present.user_id)
      endPasswordLinksOf(shop.db, present.user_id)
      const { email } = userInformationOf(shop, present).contact
      const { user_id: userId, locale } = present
      if (email !== undefined) tellCustomer(shop, { kind: 'password-changed', userId, email, locale })
    })
    .immediate()
  return link.email_index
}
