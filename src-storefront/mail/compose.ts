import { assertNever } from '../../src-main/kernel/errors.ts'
import type { Shop } from '../shop/shop.ts'
import type { MailRow } from '../store/mails.ts'
import { findOrder } from '../store/orders.ts'
import { accountLetter, passwordLetter } from './account-letters.ts'
import type { Letter } from './letter.ts'
import { mailFacts, mailKinds, type Mailing, type MailKind } from './mailing.ts'
import { orderLetter } from './order-letters.ts'

/**
 * The words of a mail, made when it is sent. Undefined when there is nothing left to tell: a link that has run out, or
 * an address without an account. Call inside a transaction: the links of a password mail are put on record with it.
 */
export function compose(
  shop: Shop,
  mailing: Mailing,
  mail: { readonly row: MailRow; readonly address: string },
): Letter | undefined {
  const { row } = mail
  const kind = kindOf(row)
  const facts = mailFacts.parse(JSON.parse(row.facts))
  switch (kind) {
    case undefined:
      return undefined
    case 'password-reset':
      return passwordLetter(shop, mailing, { ...mail, expiresAt: facts.expiresAt ?? 0 })
    case 'password-changed':
    case 'second-account':
    case 'erased':
      return accountLetter(shop, mailing, { kind, locale: row.locale, openOrders: facts.openOrders })
    case 'order-placed':
    case 'shipped':
    case 'out-for-delivery':
    case 'delivered':
    case 'failed':
    case 'ready':
    case 'cancelled': {
      const order = row.order_id === null ? undefined : findOrder(shop.db, row.order_id)
      return order && orderLetter(shop, mailing, { kind, locale: row.locale, order, parcels: facts.parcels })
    }
    default:
      return assertNever(kind)
  }
}

/** A kind of a later version is nothing this one could tell. */
const kindOf = ({ kind }: MailRow): MailKind | undefined => mailKinds.find((known) => known === kind)
