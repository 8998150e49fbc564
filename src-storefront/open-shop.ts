import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../src-main/kernel/time.ts'
import { AppError } from '../src-main/kernel/errors.ts'
import { readCatalogueFile } from './catalogue-file.ts'
import type { Configuration } from './configuration.ts'
import { sessionDays } from './customer/session.ts'
import { loadKeys } from './sealing/key-file.ts'
import { productSearch } from './search/search.ts'
import { mailingOf } from './mail/mailing.ts'
import type { MailSettings } from './mail/settings.ts'
import { tellCustomer } from './mail/tell-customer.ts'
import { news } from './shop/news.ts'
import type { Shop } from './shop/shop.ts'
import { forgetOldAnswers } from './store/answers.ts'
import { deleteIdleSessions } from './store/customers.ts'
import { openDatabase } from './store/database.ts'
import { forgetEndedBefore } from './store/orders.ts'
import { forgetEndedMails, giveUpOld } from './store/mails.ts'
import { findRules, publishRules } from './store/packaging-rules.ts'
import { forgetOldPasswordLinks } from './store/password-links.ts'
import { productStore } from './store/products.ts'
import { allowToken, hasTokens, newToken } from './store/tokens.ts'

export interface ShopOptions {
  readonly folder: string
  readonly configuration: Configuration
  readonly clock: Clock
  readonly catalogueFile?: string | undefined
  /** A bearer token to let in, beside those known already. */
  readonly shopToken?: string | undefined
}

export interface OpenedShop {
  readonly shop: Shop
  /** Made at the first start; shown once, only its hash is kept. */
  readonly newBackOfficeToken: string | undefined
}

/** Opens or founds a shop in a folder: database, key file, catalogue, tokens. */
export function openShop(options: ShopOptions): OpenedShop {
  const { folder, configuration, clock } = options
  const catalogue = options.catalogueFile && readCatalogueFile(options.catalogueFile, configuration.currency)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new AppError('ERR_DISK', { folder }, { cause: error })
  }
  const file = join(folder, 'storefront.sqlite')
  const keys = loadKeys(folder, !existsSync(file))
  const db = openDatabase(file, clock.now())
  const products = productStore(db)
  if (catalogue) products.replaceCatalogue(catalogue, clock.now())
  if (configuration.packagingRules && findRules(db) === undefined) {
    publishRules(db, configuration.packagingRules, clock.now())
  }
  const newBackOfficeToken = options.shopToken === undefined && !hasTokens(db) ? newToken() : undefined
  const token = options.shopToken ?? newBackOfficeToken
  if (token !== undefined) allowToken(db, token, { nowMs: clock.now() })
  const search = productSearch(products)
  const base: Shop = { db, keys, configuration, clock, products, search, news: news() }
  const shop = configuration.mail === undefined ? base : withMail(base, configuration.mail)
  tidy(shop)
  return { shop, newBackOfficeToken }
}

function withMail(base: Shop, settings: MailSettings): Shop {
  const shop: Shop = { ...base, mailing: mailingOf(settings), tellCustomer: (message) => tellCustomer(shop, message) }
  return shop
}

const dayMs = 86_400_000
const hourMs = 3_600_000
/** How long it can be seen which mails went out. */
const mailDays = 30
/** For mails that were written before mail was switched off. */
const staleMailDays = 30
const anonymousDays = 7

/** What is kept no longer than needed: addresses of ended orders, old answers, idle sessions. */
export function tidy({ db, configuration, clock }: Shop): void {
  const now = clock.now()
  forgetEndedBefore(db, now - configuration.keepPersonalDays * dayMs)
  forgetOldAnswers(db, now)
  const giveUpDays = configuration.mail?.giveUpDays ?? staleMailDays
  giveUpOld(db, now - giveUpDays * dayMs, now)
  forgetEndedMails(db, { passwordMs: now - hourMs, otherMs: now - mailDays * dayMs })
  forgetOldPasswordLinks(db, now)
  deleteIdleSessions(db, { identified: now - sessionDays * dayMs, anonymous: now - anonymousDays * dayMs })
  // What was deleted stands in the write-ahead log until it is emptied.
  db.pragma('wal_checkpoint(TRUNCATE)')
}

export function closeShop(shop: Shop): void {
  shop.news.close()
  if (!shop.db.open) return
  shop.db.pragma('wal_checkpoint(TRUNCATE)')
  shop.db.close()
}
