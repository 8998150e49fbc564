import type { CustomerRow } from '../store/customers.ts'
import { findAccounts } from '../store/customers.ts'
import type { MailRow } from '../store/mails.ts'
import { ordersOfUser } from '../store/orders.ts'
import { savePasswordLink } from '../store/password-links.ts'
import { emailIndex } from '../sealing/seal.ts'
import { hashOfToken, passwordPath, passwordToken } from '../shop/password-links.ts'
import type { Shop } from '../shop/shop.ts'
import { instantText } from '../shop/wire-order.ts'
import type { Block, Letter } from './letter.ts'
import type { Mailing } from './mailing.ts'
import { mailWords, type MailWords } from './words/mail-words.ts'

interface AccountMail {
  readonly kind: 'password-changed' | 'second-account' | 'erased'
  readonly locale: string
  readonly openOrders: number
}

/** What an account's owner should know, whoever did it. */
export function accountLetter(shop: Shop, mailing: Mailing, { kind, locale, openOrders }: AccountMail): Letter {
  const words = mailWords(shop.configuration, locale)
  const reset = { label: words.say('password-reset.link'), link: `${mailing.settings.publicUrl}/password/forgotten` }
  const rest: Readonly<Record<typeof kind, readonly Block[]>> = {
    'password-changed': [{ text: words.say('password-changed.notYou') }, reset],
    'second-account': [{ text: words.say('second-account.ifYou') }, reset, { text: words.say('second-account.ifNot') }],
    erased: openOrders === 0 ? [] : [{ text: words.count('erased.open', openOrders) }],
  }
  return letterOf(shop, words, {
    subject: words.say(`${kind}.subject`),
    blocks: [{ text: words.say(`${kind}.lead`) }, ...rest[kind]],
  })
}

/** Anybody can open accounts with any address; a mail lists no more than these, those with most orders first. */
const mostAccounts = 5

/**
 * One link for each account of the address, on record from now on. Undefined for an address without an account, and
 * once the time is over: nobody gets a mail, and whoever asked is not told so.
 */
export function passwordLetter(
  shop: Shop,
  mailing: Mailing,
  mail: { readonly row: MailRow; readonly address: string; readonly expiresAt: number },
): Letter | undefined {
  const { row, expiresAt } = mail
  const index = emailIndex(shop.keys, mail.address)
  const accounts = findAccounts(shop.db, index)
    .map((account) => ({ account, orders: ordersOfUser(shop.db, account.user_id).length }))
    .sort((a, b) => b.orders - a.orders)
    .slice(0, mostAccounts)
  if (accounts.length === 0 || shop.clock.now() >= expiresAt) return undefined
  const words = mailWords(shop.configuration, row.locale)
  const linkTo = (account: CustomerRow): string => {
    const token = passwordToken(shop.keys, row.message_id, account.user_id)
    const link = { token_hash: hashOfToken(token), user_id: account.user_id, email_index: index, expires_at: expiresAt }
    savePasswordLink(shop.db, link)
    return mailing.settings.publicUrl + passwordPath(token)
  }
  const isOne = accounts.length === 1
  const links = accounts.map(({ account, orders }) => ({
    label: isOne
      ? words.say('password-reset.link')
      : words.say('password-reset.account', { orders: words.count('password-reset.orders', orders) }),
    link: linkTo(account),
  }))
  const until = words.say('password-reset.until', { moment: words.shared.moment(instantText(expiresAt)) })
  const several = isOne ? [] : [{ text: words.say('password-reset.several') }]
  return letterOf(shop, words, {
    subject: words.say('password-reset.subject'),
    blocks: [{ text: words.say('password-reset.lead') }, ...several, ...links, { text: until }],
  })
}

const letterOf = (shop: Shop, words: MailWords, parts: Pick<Letter, 'subject' | 'blocks'>): Letter => ({
  language: words.shared.language,
  subject: parts.subject,
  blocks: [{ text: words.say('helloAll') }, ...parts.blocks],
  sender: shop.configuration.name,
})
