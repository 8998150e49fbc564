import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { envelopeAddress } from '../../../src-storefront/mail/address.ts'
import { letterHtml, letterText, type Letter } from '../../../src-storefront/mail/letter.ts'
import type { Mailer, MailMessage, MailOutcome } from '../../../src-storefront/mail/mailer.ts'
import { mailKinds } from '../../../src-storefront/mail/mailing.ts'
import { oneLine } from '../../../src-storefront/mail/one-line.ts'
import { retryDelayMs } from '../../../src-storefront/mail/retry.ts'
import { mailTexts, mailWords } from '../../../src-storefront/mail/words/mail-words.ts'
import { closeShop, openShop, tidy } from '../../../src-storefront/open-shop.ts'
import { configurationOf, mailSettings, MailingShop } from '../../integration/storefront/mailing-shop.ts'
import { newFolder } from '../../integration/storefront/running-storefront.ts'

const seed = { seed: 20261122, numRuns: 100 }

describe('one line', () => {
  test('of whatever is given holds no line end, no other control and no turning sign, and changes no more', () => {
    const odd = fc.constantFrom(
      '\r\n',
      '\n',
      '\0',
      '\u0085',
      '\u2028',
      '\u2029',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(odd, fc.string({ unit: 'binary' }))), (parts) => {
        const line = oneLine(parts.join(''))
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect(oneLine(line)).toBe(line)
      }),
      seed,
    )
    expect(oneLine('Zoë Ōe 大江 👩‍🚒 9,90\u00a0€')).toBe('Zoë Ōe 大江 👩‍🚒 9,90\u00a0€')
  })
})

describe('an address', () => {
  test.each([
    ['ada@example.org', 'ada@example.org'],
    ["o'neil+tea@sub.example.co", "o'neil+tea@sub.example.co"],
    ['ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['ada@例え.テスト', 'ada@xn--r8jz45g.xn--zckzah'],
  ])('%s goes into the envelope as %s', (given, expected) => expect(envelopeAddress(given)).toBe(expected))

  test.each([
    'ada',
    '@example.org',
    'ada@',
    'ada@example.org,eve@example.org',
    'ada@example.org\r\nRCPT TO:<eve@example.org>',
    'Ada <ada@example.org>',
    '"ada@evil.example"@example.org',
    'ada@exa mple.org',
    'ada..b@example.org',
    'adä@example.org',
    'ada@example.org>',
    'ada@[127.0.0.1]',
    `${'a'.repeat(65)}@example.org`,
  ])('%j is none', (given) => expect(envelopeAddress(given)).toBeUndefined())
})

describe('the wait before a further try', () => {
  test('grows from a second to an hour and is never outside', () => {
    const delays = Array.from({ length: 40 }, (_, tries) => retryDelayMs(tries, 0))
    expect(delays.slice(0, 4)).toEqual([1000, 2000, 4000, 8000])
    expect(delays.at(-1)).toBe(3_600_000)
    fc.assert(
      fc.property(fc.nat(1000), fc.double({ min: 0, max: 0.999, noNaN: true }), (tries, random) => {
        const delay = retryDelayMs(tries, random)
        expect(delay).toBeGreaterThanOrEqual(1000)
        expect(delay).toBeLessThanOrEqual(3_600_000)
      }),
      seed,
    )
  })
})

describe('words', () => {
  const holes = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([hole]) => hole).sort()

  test('fill the same holes in every language, counted forms excepted', () => {
    for (const language of ['de', 'ja'] as const) {
      for (const [key, text] of Object.entries(mailTexts.en)) {
        const other = mailTexts[language][key as keyof typeof mailTexts.en] // a key of the same record
        if (!/_(one|other)$/.test(key)) expect(holes(other), `${language} ${key}`).toEqual(holes(text))
      }
    }
  })

  test('have a subject for every kind of mail, and only the order’s number in it', () => {
    for (const texts of Object.values(mailTexts)) {
      for (const kind of mailKinds) expect(['', '{number}']).toContain(holes(texts[`${kind}.subject`]).join())
    }
  })

  test('follow the reader, else the shop, else English', () => {
    const configuration = configurationOf(undefined, { locale: 'de' })
    const spoken = (tag: string): string => mailWords(configuration, tag).shared.language
    expect([spoken('ja-JP'), spoken('fr'), spoken('en-GB')]).toEqual(['ja', 'de', 'en'])
  })
})

describe('a letter', () => {
  test('says in HTML what it says in text, whatever signs stand in it', () => {
    const text = 'a <script>alert("1")</script> & \'b\'\r\nc'
    const letter: Letter = {
      language: 'en',
      subject: text,
      sender: text,
      blocks: [{ text }, { heading: text }, { items: [text] }, { lines: [text] }, { rows: [[text, text]] }, { label: text, link: 'https://a.example/?b=1&c="2"' }], // prettier-ignore
    }
    const html = letterHtml(letter)
    expect(html).not.toContain('<script')
    expect(html).toContain('href="https://a.example/?b=1&amp;c=&quot;2&quot;"')
    const read = html
      .slice(html.indexOf('<body'))
      .replace(/<[^>]*>/g, '\n')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
    expect(read.match(/a <script>alert\("1"\)<\/script> & 'b' c/g)).toHaveLength(8)
    expect(letterText(letter).match(/a <script>alert\("1"\)<\/script> & 'b' c/g)).toHaveLength(8)
  })
})

/** A clock that is moved by hand, and a way out that answers as told. */
function bench(outcome: (message: MailMessage, count: number) => MailOutcome, mail: object = {}) {
  let now = Date.UTC(2026, 10, 22, 12)
  const tried: { to: string; messageId: string; at: number }[] = []
  const mailer: Mailer = {
    send(message) {
      tried.push({ to: message.to, messageId: message.messageId, at: now })
      return Promise.resolve(outcome(message, tried.length))
    },
    close: () => undefined,
  }
  const mailing = new MailingShop(configurationOf(mailSettings(25, mail)), { mailer, clock: { now: () => now } })
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5))
  return {
    mailing,
    tried,
    settle,
    async pass(ms: number) {
      now += ms
      mailing.shop.mailing?.bell.ring()
      await settle()
    },
    states: () => mailing.shop.db.prepare('SELECT state, tries, failure FROM mail ORDER BY id').all(),
  }
}

describe('the postman', () => {
  test('tries again later each time, under the same Message-ID, and gives up after the days the shop has set', async () => {
    const { mailing, tried, pass, states, settle } = bench(() => ({ retryAfterMs: 0, failure: 'unreachable' }), { giveUpDays: 1 }) // prettier-ignore
    mailing.order('ada@example.org')
    await settle()
    for (let minute = 0; minute < 26 * 60; minute += 10) await pass(10 * 60_000)
    const gaps = tried.slice(1).map(({ at }, index) => at - (tried[index]?.at ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_600_000)
    expect(gaps.every((gap, index) => index === 0 || gap >= (gaps[index - 1] ?? 0) - 10 * 60_000)).toBe(true)
    expect(new Set(tried.map(({ messageId }) => messageId)).size).toBe(1)
    expect(states()).toEqual([{ state: 'given-up', tries: tried.length, failure: 'unreachable' }])
    await mailing.close()
  })

  test('sends no more in a minute than the shop’s server allows, also after a restart', async () => {
    const { mailing, tried, pass, settle } = bench(() => 'sent', { perMinute: 3 })
    for (let i = 0; i < 8; i++) mailing.order(`customer${i}@example.org`)
    await settle()
    expect(tried).toHaveLength(3)
    await pass(59_000)
    expect(tried).toHaveLength(3)
    await pass(2000)
    expect(tried).toHaveLength(6)
    await mailing.close()
    const again: string[] = []
    const clock = { now: () => (tried.at(-1)?.at ?? 0) + 1000 }
    const mailer: Mailer = {
      send: ({ to }) => Promise.resolve(again.push(to) > 0 ? 'sent' : 'sent'),
      close: () => undefined,
    }
    const configuration = configurationOf(mailSettings(25, { perMinute: 3 }))
    const restarted = new MailingShop(configuration, { mailer, clock, folder: mailing.folder })
    await settle()
    expect(again, 'the minute is used up').toEqual([])
    await restarted.close()
  })

  test('parcels that move within the gathering time are told in one mail, later ones in another', async () => {
    const { mailing, tried, pass, settle } = bench(() => 'sent', { gatherSeconds: 60 })
    const { orderId } = mailing.order('ada@example.org')
    await settle()
    mailing.report(orderId, 'handed-over', { parcelId: 'p1' })
    await pass(30_000)
    mailing.report(orderId, 'handed-over', { parcelId: 'p2' })
    await pass(29_000)
    expect(tried).toHaveLength(1)
    await pass(1000)
    expect(tried).toHaveLength(2)
    mailing.report(orderId, 'handed-over', { parcelId: 'p3' })
    await pass(60_000)
    expect(tried).toHaveLength(3)
    const facts = mailing.shop.db.prepare<[], { facts: string }>("SELECT facts FROM mail WHERE kind = 'shipped'").all()
    expect(facts.map(({ facts: text }) => JSON.parse(text))).toMatchObject([
      { parcels: ['p1', 'p2'] },
      { parcels: ['p3'] },
    ])
    await mailing.close()
  })

  test('a mail that cannot be made waits and is seen, and holds up nobody else’s', async () => {
    const { mailing, tried, settle, states } = bench(() => 'sent')
    const { shop } = mailing
    mailing.order('broken@example.org')
    shop.db.prepare("UPDATE mail SET facts = 'not json'").run()
    mailing.order('whole@example.org')
    await settle()
    expect(tried.map(({ to }) => to)).toEqual(['whole@example.org'])
    expect(states()[0]).toEqual({ state: 'waiting', tries: 1, failure: 'not-composed' })
    await mailing.close()
  })

  test('a link for a password that has run out before it could be sent is not sent any more', async () => {
    const { mailing, pass, settle, states } = bench((_, count) => (count === 1 ? { retryAfterMs: 7_200_000, failure: 'smtp-451' } : 'sent')) // prettier-ignore
    const { signUp, newGuest } = await import('../../../src-storefront/shop/customers.ts')
    const { askForPassword } = await import('../../../src-storefront/shop/reset-password.ts')
    const email = 'late@example.org'
    await signUp(mailing.shop, newGuest(mailing.shop, 'en'), { mode: 'sign-up', email, password: 'long enough' })
    askForPassword(mailing.shop, { email, locale: 'en' })
    await settle()
    await pass(7_200_001)
    expect(states()).toEqual([{ state: 'dropped', tries: 2, failure: 'smtp-451' }])
    await mailing.close()
  })
})

describe('the file', () => {
  test('of yesterday’s version opens and takes mails', async () => {
    const folder = newFolder()
    const founded = new MailingShop(configurationOf(undefined), { folder })
    await founded.close()
    const file = join(folder, 'storefront.sqlite')
    const db = new Database(file)
    db.exec('DROP TABLE mail; DROP TABLE password_link; DELETE FROM migration WHERE version >= 3')
    const first = new URL('../../../src-storefront/store/migrations/0001-shop.sql', import.meta.url)
    const checksum = createHash('sha256').update(readFileSync(first, 'utf8')).digest('hex')
    expect(db.prepare('SELECT checksum FROM migration WHERE version = 1').get()).toEqual({ checksum })
    db.close()
    const { mailing } = { mailing: new MailingShop(configurationOf(mailSettings(25)), { folder, isSilent: true }) }
    mailing.order('ada@example.org')
    expect(mailing.shop.db.prepare('SELECT kind, state FROM mail').all()).toEqual([{ kind: 'order-placed', state: 'waiting' }]) // prettier-ignore
    await mailing.close()
  })

  test('keeps no address longer than a mail is tried, also when mail was switched off since', () => {
    const folder = newFolder()
    let now = Date.UTC(2026, 10, 22)
    const clock = { now: () => now }
    const written = new MailingShop(configurationOf(mailSettings(25)), { folder, clock, isSilent: true })
    written.order('left.behind@example.org')
    closeShop(written.shop)
    now += 31 * 86_400_000
    const { shop } = openShop({ folder, configuration: configurationOf(undefined), clock })
    tidy(shop)
    expect(shop.db.prepare('SELECT state, sealed FROM mail').all()).toEqual([{ state: 'given-up', sealed: null }])
    closeShop(shop)
  })
})
