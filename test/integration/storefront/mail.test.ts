import { afterEach, describe, expect, test } from 'vitest'
import { cancelOrder } from '../../../src-storefront/shop/cancel-order.ts'
import { requestErasure } from '../../../src-storefront/shop/erasure.ts'
import { findOrder, linesOf } from '../../../src-storefront/store/orders.ts'
import { configurationOf, mailSettings, MailingShop } from './mailing-shop.ts'
import { openPostOffice, user, type PostOffice } from './post-office.ts'
import { smtpMailer } from '../../../src-storefront/mail/smtp-mailer.ts'
import { fixture } from './running-storefront.ts'
import { readFileSync } from 'node:fs'

let office: PostOffice
let open: MailingShop | undefined
const start = async (mail: object = {}, extra: object = {}, slowMs?: number): Promise<MailingShop> => {
  office = await openPostOffice(slowMs === undefined ? {} : { slowMs })
  open = new MailingShop(configurationOf(mailSettings(office.port, mail), extra))
  return open
}
afterEach(async () => {
  await open?.close()
  open = undefined
  await office.stop()
})

const statesOf = ({ shop }: MailingShop): unknown[] =>
  shop.db.prepare('SELECT kind, state, failure, sealed FROM mail ORDER BY id').all()
const idle = async (mailing: MailingShop): Promise<void> => {
  const waiting = "SELECT count(*) AS n FROM mail WHERE state = 'waiting'"
  while ((mailing.shop.db.prepare<[], { n: number }>(waiting).get()?.n ?? 0) > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
const parcels = (lines: readonly { id: string; sku: string; quantity: number }[]) =>
  lines.map((line, index) => ({
    parcelId: `p${index + 1}`,
    letter: 'AB'[index] ?? 'C',
    carton: 'S',
    grossG: 700,
    contents: [{ lineId: line.id, sku: line.sku, quantity: line.quantity }],
  }))

describe('the confirmation', () => {
  test('lists what was ordered, what it costs, and how it travels, in text and in HTML alike', async () => {
    const mailing = await start()
    const { orderId } = mailing.order('ada@example.org', { skus: ['TEA-01', 'RAKE-L'] })
    const [mail] = await office.received(1)
    const row = findOrder(mailing.shop.db, orderId)
    expect(mail?.to).toEqual(['ada@example.org'])
    expect(mail?.headers['subject']).toBe(`Order ${row?.number}: thank you`)
    expect(mail?.headers).toMatchObject({
      from: 'Corner Shop <shop@corner.example>',
      to: 'ada@example.org',
      'reply-to': 'help@corner.example',
      'auto-submitted': 'auto-generated',
    })
    expect(mail?.headers['message-id']).toMatch(/^<[0-9a-f-]{36}@corner\.example>$/)
    for (const text of [mail?.text, mail?.html.replaceAll('&#39;', "'")]) {
      for (const words of [
        'Hello Ada Test,',
        '2 × Assam black tea 250 g',
        '€9.90',
        'Tax included',
        'Pay by invoice',
        'Teststraße 1',
        'Parcel 1 of 3',
        '1 × Leaf rake with long handle',
        'Travels in its own box.',
        `https://corner.example/orders/${orderId}/link/`,
      ]) {
        expect(text).toContain(words)
      }
    }
    expect(mail?.html).not.toMatch(/<(img|script|link|iframe)/)
    await idle(mailing)
    expect(statesOf(mailing)).toEqual([{ kind: 'order-placed', state: 'sent', failure: null, sealed: null }])
  })

  test('is written in the customer’s language, with that language’s money and dates', async () => {
    const mailing = await start()
    mailing.order('de@example.org', { locale: 'de-AT' })
    mailing.order('ja@example.org', { locale: 'ja' })
    mailing.order('fr@example.org', { locale: 'fr' })
    const [german, japanese, french] = await office.received(3)
    expect(german?.headers['subject']).toMatch(/^Bestellung \d+: vielen Dank$/)
    expect(german?.text).toContain('9,90\u00a0€')
    expect(german?.text).toContain('Auf Rechnung bezahlen')
    expect(japanese?.headers['subject']).toMatch(/^ご注文 \d+ を承りました$/)
    expect(japanese?.text).toContain('Ada Test 様')
    expect(japanese?.html).toContain('<html lang="ja">')
    expect(french?.headers['subject'], 'a language without words').toMatch(/^Order \d+: thank you$/)
  })

  test('shows a name with markup, line ends and turned text as plain text, and its subject names nobody', async () => {
    const mailing = await start()
    const name = 'Eve <b onclick="x">Bold</b>\r\nBcc: victim@example.org\u202Etxt'
    mailing.order('eve@example.org', { name })
    const [mail] = await office.received(1)
    expect(mail?.headers['bcc']).toBeUndefined()
    expect(mail?.raw).not.toMatch(/^Bcc:/m)
    expect(mail?.to).toEqual(['eve@example.org'])
    expect(mail?.html).toContain('Eve &lt;b onclick=&quot;x&quot;&gt;Bold&lt;/b&gt; Bcc: victim@example.org txt')
    expect(mail?.html).not.toContain('<b onclick')
    expect(mail?.headers['subject']).not.toContain('Eve')
  })

  test('a shop’s name with a line end adds no header', async () => {
    const mailing = await start({}, { name: 'Corner\r\nBcc: victim@example.org\r\n\r\nShop' })
    mailing.order('plain@example.org')
    const [mail] = await office.received(1)
    expect(mail?.raw).not.toMatch(/^Bcc:/m)
    expect(mail?.headers['from']).toContain('Corner Bcc: victim@example.org Shop')
  })
})

describe('on its way', () => {
  test('a whole life is told once, in order: placed, shipped with tracking, failed with reason, delivered', async () => {
    const mailing = await start()
    const { orderId } = mailing.order('life@example.org', { skus: ['TEA-01', 'HAM-300'] })
    const packages = parcels(linesOf(mailing.shop.db, orderId))
    mailing.report(orderId, 'planned', { packages })
    mailing.report(orderId, 'picking')
    mailing.report(orderId, 'packed')
    const tracking = { carrier: 'Swift', number: 'SW-1', url: 'https://swift.example/SW-1?a=1&b=2' }
    mailing.report(orderId, 'handed-over', { parcelId: 'p1', tracking })
    mailing.report(orderId, 'handed-over', { parcelId: 'p2', tracking: { carrier: 'Swift', number: 'SW-2' } })
    await office.received(2)
    await idle(mailing)
    mailing.report(orderId, 'out-for-delivery')
    mailing.report(orderId, 'failed', { parcelId: 'p1', reason: 'nobody-home' })
    await office.received(3)
    await idle(mailing)
    mailing.report(orderId, 'delivered')
    const mails = await office.received(4)
    await idle(mailing)
    expect(mails.map(({ headers }) => headers['subject']?.replace(/\d+/, 'N'))).toEqual([
      'Order N: thank you',
      'Order N is on its way',
      'Order N could not be delivered',
      'Order N has been delivered',
    ])
    const [, shipped, failed, delivered] = mails
    expect(shipped?.text).toContain('2 parcels of your order have been handed to the courier.')
    expect(shipped?.text).toContain('Parcel A (1 of 2):')
    expect(shipped?.text).toContain('Swift, number SW-2')
    expect(shipped?.text).toContain('https://swift.example/SW-1?a=1&b=2')
    expect(shipped?.html).toContain('href="https://swift.example/SW-1?a=1&amp;b=2"')
    expect(failed?.text).toContain('Why: nobody was at home')
    expect(failed?.text).toContain('Of 2 parcels in all.')
    expect(delivered?.text).toContain('2 parcels of your order have been delivered.')
    expect(new Set(mails.map(({ headers }) => headers['message-id'])).size).toBe(4)
    expect(office.mails).toHaveLength(4)
  })

  test('a report told again, or an older one, writes no further mail', async () => {
    const mailing = await start()
    const { orderId } = mailing.order('again@example.org')
    mailing.report(orderId, 'planned', { packages: parcels(linesOf(mailing.shop.db, orderId)) })
    mailing.report(orderId, 'handed-over')
    await office.received(2)
    mailing.report(orderId, 'handed-over')
    mailing.report(orderId, 'handed-over', { sequence: 1 })
    await idle(mailing)
    expect(statesOf(mailing)).toHaveLength(2)
    const tracking = { carrier: 'Swift', number: 'SW-9' }
    mailing.report(orderId, 'handed-over', { parcelId: 'p1', tracking })
    expect((await office.received(3))[2]?.text, 'a number that came later is news').toContain('SW-9')
  })

  test('out for delivery is told only where the shop wants it', async () => {
    const mailing = await start({ tellsOutForDelivery: true })
    const { orderId } = mailing.order('out@example.org')
    mailing.report(orderId, 'out-for-delivery')
    expect((await office.received(2))[1]?.headers['subject']).toMatch(/^Order \d+: out for delivery$/)
  })

  test('who collects is told when the last parcel is packed, where and until when, and nothing of couriers', async () => {
    const collection = { lines: ['Market square 3', 'Springfield'], hours: 'Mo to Sa, 9 to 18' }
    const mailing = await start({}, { collection })
    const { orderId } = mailing.order('collect@example.org', { service: 'collect', skus: ['TEA-01', 'HAM-300'] })
    mailing.report(orderId, 'planned', { packages: parcels(linesOf(mailing.shop.db, orderId)) })
    mailing.report(orderId, 'packed', { parcelId: 'p1' })
    mailing.report(orderId, 'packed', { parcelId: 'p2' })
    mailing.report(orderId, 'handed-over')
    mailing.report(orderId, 'delivered')
    await idle(mailing)
    const mails = await office.received(2)
    expect(mails[1]?.headers['subject']).toMatch(/^Order \d+ is ready to collect$/)
    expect(mails[1]?.text).toContain('Market square 3\nSpringfield')
    expect(mails[1]?.text).toContain('Mo to Sa, 9 to 18')
    expect(statesOf(mailing)).toHaveLength(2)
  })

  test('a cancelled order is told by whom it was cancelled, once', async () => {
    const mailing = await start()
    const mine = mailing.order('mine@example.org')
    const theirs = mailing.order('theirs@example.org')
    const row = findOrder(mailing.shop.db, mine.orderId)
    if (row === undefined) throw new Error('no order')
    cancelOrder(mailing.shop, row)
    mailing.report(mine.orderId, 'cancelled')
    mailing.report(theirs.orderId, 'cancelled', { reason: 'damaged' })
    const mails = await office.received(4)
    await idle(mailing)
    const bodies = mails.map(({ to, text }) => [to[0], /You have cancelled|has been cancelled|damaged/.exec(text)?.[0]])
    expect(bodies).toContainEqual(['mine@example.org', 'You have cancelled'])
    expect(bodies).toContainEqual(['theirs@example.org', 'has been cancelled'])
    expect(office.mails).toHaveLength(4)
  })

  test('who wants to be forgotten gets one last mail, and the outbox forgets the address with it', async () => {
    const mailing = await start()
    const { customer } = mailing.order('forget.me@example.org')
    await office.received(1)
    await idle(mailing)
    requestErasure(mailing.shop, customer.user_id)
    const [, last] = await office.received(2)
    await idle(mailing)
    expect(last?.headers['subject']).toBe('Your data has been deleted')
    expect(last?.text).toContain('One order is still on its way')
    expect(mailing.shop.db.prepare('SELECT count(*) AS n FROM mail WHERE sealed IS NOT NULL').get()).toEqual({ n: 0 })
  })
})

describe('a mail server in trouble', () => {
  test('an address it refuses ends that mail alone, and can be seen', async () => {
    const mailing = await start()
    office.faults.push('refuse')
    mailing.order('nobody.here@example.org')
    mailing.order('somebody@example.org')
    await idle(mailing)
    expect(office.mails.map(({ to }) => to[0])).toEqual(['somebody@example.org'])
    expect(statesOf(mailing)[0]).toEqual({ kind: 'order-placed', state: 'refused', failure: 'smtp-550', sealed: null })
  })

  test('a mail that was put off, and one whose answer was lost, come with the Message-ID they had', async () => {
    const mailing = await start()
    office.faults.push('drop-after-data')
    mailing.order('lost@example.org')
    const mails = await office.received(2)
    await idle(mailing)
    expect(mails[1]?.headers['message-id']).toBe(mails[0]?.headers['message-id'])
    expect(mails[1]?.headers['date']).toBe(mails[0]?.headers['date'])
    expect(office.mails).toHaveLength(2)
    const failure = mailing.shop.db.prepare('SELECT failure, tries, state FROM mail').get()
    expect(failure).toEqual({ failure: 'unreachable', tries: 2, state: 'sent' })
  })

  test('a later mail of an order waits for the earlier one, mails of other orders do not', async () => {
    const mailing = await start()
    office.faults.push('greylist')
    const { orderId } = mailing.order('grey@example.org')
    mailing.report(orderId, 'delivered')
    mailing.order('other@example.org')
    const [first] = await office.received(1)
    expect(first?.to).toEqual(['other@example.org'])
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(office.mails).toHaveLength(1)
    mailing.shop.db.prepare('UPDATE mail SET due_at = 0').run()
    mailing.shop.mailing?.bell.ring()
    const mails = await office.received(3)
    expect(mails.slice(1).map(({ headers }) => headers['subject']?.replace(/\d+/, 'N'))).toEqual([
      'Order N: thank you',
      'Order N has been delivered',
    ])
  })

  test('a slow one holds up nothing but the mails behind it', async () => {
    const mailing = await start({}, {}, 400)
    office.faults.push('slow')
    mailing.order('slow@example.org')
    await office.received(1)
    const { orderId } = mailing.order('meanwhile@example.org')
    expect(findOrder(mailing.shop.db, orderId)?.status, 'orders are taken meanwhile').toBe('open')
    expect(office.mails).toHaveLength(1)
    expect((await office.received(2))[1]?.to).toEqual(['meanwhile@example.org'])
  })
})

describe('a guarded mail server', () => {
  const guarded = async (access: object) => {
    office = await openPostOffice({ isGuarded: true })
    const certificates = readFileSync(fixture('smtp-localhost.crt'), 'utf8')
    const mailer = smtpMailer(
      {
        host: 'localhost',
        port: office.port,
        security: 'starttls',
        user: user.name,
        password: user.password,
        certificates,
        ...access,
      },
      { connectMs: 2000, idleMs: 2000 },
    )
    const message = { messageId: '<a@b.example>', from: { name: 'S', address: 's@b.example' }, to: 'c@d.example' }
    const outcome = await mailer.send({ ...message, subject: 's', text: 't', html: '<p>t</p>', writtenAtMs: 0 })
    mailer.close()
    return outcome
  }

  test('is spoken to through STARTTLS with user and password', async () => {
    expect(await guarded({})).toBe('sent')
    expect(office.mails[0]?.isSecure).toBe(true)
  })

  test.each([
    { access: { password: 'wrong' }, failure: 'sign-in-refused' },
    { access: { certificates: undefined }, failure: 'no-tls' },
    { access: { security: 'tls' }, failure: 'no-tls' },
  ])('says $failure for $access, and the mail waits', async ({ access, failure }) => {
    expect(await guarded(access)).toMatchObject({ failure })
    expect(office.mails).toHaveLength(0)
  })

  test('a server without TLS gets no mail and no password', async () => {
    office = await openPostOffice()
    const mailer = smtpMailer({ host: '127.0.0.1', port: office.port, security: 'starttls' })
    const message = { messageId: '<a@b.example>', from: { name: 'S', address: 's@b.example' }, to: 'c@d.example' }
    const outcome = await mailer.send({ ...message, subject: 's', text: 't', html: '<p>t</p>', writtenAtMs: 0 })
    mailer.close()
    expect([outcome, office.mails.length]).toEqual([{ failure: 'no-tls', retryAfterMs: expect.any(Number) }, 0])
  })
})

describe('what lies on the disk', () => {
  test('names no recipient while a mail waits, and keeps nothing of it once it is sent', async () => {
    office = await openPostOffice()
    open = new MailingShop(configurationOf(mailSettings(office.port)), { isSilent: true })
    open.order('very.private@hidden.example', { name: 'Unmistakable Nameson' })
    const bytes = open.bytes()
    for (const secret of ['very.private', 'hidden.example', 'Unmistakable', 'Nameson', 'Teststra']) {
      expect(bytes.includes(secret), secret).toBe(false)
    }
    expect(bytes).toContain('order-placed')
  })
})

describe('a shop without a mail server', () => {
  test('writes no mails at all', async () => {
    office = await openPostOffice()
    open = new MailingShop(configurationOf(undefined))
    open.order('quiet@example.org')
    expect(statesOf(open)).toEqual([])
  })
})
