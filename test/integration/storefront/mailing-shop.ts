import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { WireReport } from '../../../src-protocol/index.ts'
import { configurationSchema, type Configuration } from '../../../src-storefront/configuration.ts'
import type { Mailer } from '../../../src-storefront/mail/mailer.ts'
import { startPostman, type Postman } from '../../../src-storefront/mail/postman.ts'
import { smtpAccess } from '../../../src-storefront/mail/settings.ts'
import { smtpMailer } from '../../../src-storefront/mail/smtp-mailer.ts'
import { closeShop, openShop } from '../../../src-storefront/open-shop.ts'
import { putCart } from '../../../src-storefront/shop/basket.ts'
import { identifyAsGuest, newGuest } from '../../../src-storefront/shop/customers.ts'
import { placeOrder } from '../../../src-storefront/shop/place-order.ts'
import type { Shop } from '../../../src-storefront/shop/shop.ts'
import { takeReport } from '../../../src-storefront/shop/take-report.ts'
import { saveCustomer } from '../../../src-storefront/store/customers.ts'
import { fixture, newFolder, packagingRulesFixture } from './running-storefront.ts'

export const mailSettings = (port: number, extra: object = {}): object => ({
  smtp: { host: '127.0.0.1', port, security: 'none' },
  from: 'shop@corner.example',
  replyTo: 'help@corner.example',
  publicUrl: 'https://corner.example/',
  perMinute: 6000,
  gatherSeconds: 0,
  ...extra,
})

export const configurationOf = (mail: object | undefined, extra: object = {}): Configuration =>
  configurationSchema.parse({
    name: 'Corner Shop',
    packagingRules: packagingRulesFixture(),
    ...(mail !== undefined && { mail }),
    ...extra,
  })

/** A shop opened in this process, without its pages. */
export class MailingShop {
  readonly shop: Shop
  readonly folder: string
  private readonly postman: Postman | undefined

  constructor(
    configuration: Configuration,
    options: { folder?: string; mailer?: Mailer; clock?: { now(): number }; isSilent?: boolean } = {},
  ) {
    this.folder = options.folder ?? newFolder()
    const clock = options.clock ?? { now: () => Date.now() }
    const catalogueFile = fixture('catalogue.csv')
    const { shop } = openShop({ folder: this.folder, configuration, clock, catalogueFile, shopToken: 'a token' })
    this.shop = shop
    if (shop.mailing === undefined || options.isSilent === true) return
    const mailer =
      options.mailer ?? smtpMailer(smtpAccess(shop.mailing.settings, {}), { connectMs: 2000, idleMs: 2000 })
    this.postman = startPostman(shop, shop.mailing, { mailer, random: () => 0.5 })
  }

  order(
    email: string,
    about: { locale?: string; name?: string; service?: 'standard' | 'collect'; skus?: string[] } = {},
  ) {
    const { shop } = this
    const guest = newGuest(shop, about.locale ?? 'en')
    saveCustomer(shop.db, guest)
    const name = about.name ?? 'Ada Test'
    const address = { name, lines: ['Teststraße 1'], postcode: '10115', city: 'Berlin', country: 'DE' }
    const customer = identifyAsGuest(shop, guest, { mode: 'guest', email, name, deliveryAddresses: [address] })
    const lines = (about.skus ?? ['TEA-01']).map((sku) => ({ sku, quantity: 2 }))
    putCart(shop, customer.user_id, lines)
    const request = { service: about.service ?? 'standard', payment: 'invoice' } as const
    return { customer, ...placeOrder(shop, customer, { key: randomUUID(), request }) }
  }

  private sequence = 0

  report(orderId: string, kind: WireReport['kind'], more: Partial<WireReport> = {}): void {
    this.sequence += 1
    const at = new Date(this.shop.clock.now()).toISOString()
    takeReport(this.shop, { id: randomUUID(), orderId, kind, sequence: this.sequence, at, ...more })
  }

  /** All that lies on the disk of this shop. */
  bytes(): string {
    const read = (name: string): string => {
      try {
        return readFileSync(join(this.folder, name), 'latin1')
      } catch {
        return ''
      }
    }
    return ['storefront.sqlite', 'storefront.sqlite-wal'].map(read).join('')
  }

  async close(): Promise<void> {
    await this.postman?.stop()
    closeShop(this.shop)
  }
}
