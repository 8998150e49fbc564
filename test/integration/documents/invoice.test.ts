import { describe, expect, test } from 'vitest'
import { createDocuments } from '../../../src-main/adapters/documents/create-documents.ts'
import type { Buyer, InvoiceContent } from '../../../src-main/domain/invoice.ts'
import { reversed, totalsIncludingTax } from '../../../src-main/domain/invoice-amounts.ts'
import type { InvoicePaper } from '../../../src-main/ports/documents.ts'
import { makeLine } from '../../fixtures/builders.ts'
import { amountsFor, makeInvoiceContent, makeInvoiceDraft } from '../../fixtures/invoice-builders.ts'
import { decoded, printed } from './printed-page.ts'

const documents = createDocuments({ fontsFolder: 'resources/fonts' })
const buyer: Buyer = {
  name: 'Jörg Größe-Beispiel',
  company: 'Beispiel & Söhne',
  lines: ['Lange Straße 12', 'Hinterhaus'],
  postcode: '10437',
  city: 'Berlin',
  country: 'DE',
}

const linesOf = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    makeLine({
      sku: `SKU-${1000 + i}`,
      name: `Darjeeling second flush number ${i}`,
      quantity: 1 + (i % 4),
      unitPriceMinor: 199 + 37 * i,
      taxRate: i % 3 === 0 ? 19 : 7,
    }),
  )

function paperOf(count: number, given: { content?: Partial<InvoiceContent>; paper?: Partial<InvoicePaper> } = {}) {
  const lines = linesOf(count)
  const amounts = amountsFor(lines, totalsIncludingTax(lines, 490))
  const content = makeInvoiceContent({ locale: 'de', amounts, payment: 'invoice', footer: 'Bank: 1\nHRA 2', ...given.content }) // prettier-ignore
  const { body: _body, prefix: _prefix, ...head } = makeInvoiceDraft({ body: { userId: 'u', content } })
  return { head: { ...head, sequence: 42, number: '2026-00042' }, content, personal: { buyer }, ...given.paper }
}

describe('an invoice', () => {
  test('says all that the tax office asks for', async () => {
    const paper = await printed(await documents.invoice(paperOf(2)))
    expect(paper.pages).toHaveLength(1)
    for (const part of [
      ...['Rechnung', '2026-00042', '22.11.2026', 'Lieferdatum', '326-01'],
      ...['Corner Shop Ltd', '1 Market Square', 'Steuernummer 12/345/67890', 'USt-IdNr. DE123456789'],
      ...['Beispiel & Söhne', 'Jörg Größe-Beispiel', 'Lange Straße 12', '10437 Berlin'],
      ...['Darjeeling second flush number 1', 'SKU-1001', 'Versand', 'zu 7 %', 'zu 19 %'],
      ...['Gesamtbetrag 11,61', 'Zahlbar nach Erhalt dieser Rechnung.', 'Bank: 1', 'HRA 2'],
    ])
      expect(paper.text).toContain(part)
  })

  test('of sixty lines keeps them all, page after page, and the sums on the last', async () => {
    const made = paperOf(60)
    const paper = await printed(await documents.invoice(made))
    expect(paper.pages.length).toBeGreaterThan(1)
    for (let i = 0; i < 60; i++) expect(paper.text).toContain(`SKU-${1000 + i}`)
    expect(paper.pages.at(-1)?.text).toContain('Gesamtbetrag')
    expect(paper.pages.at(-1)?.text).toContain(`${paper.pages.length} von ${paper.pages.length}`)
    for (const page of paper.pages)
      for (const { left, width, baseline } of page.texts) {
        expect(left).toBeGreaterThanOrEqual(0)
        expect(left + width).toBeLessThanOrEqual(page.width)
        expect(baseline).toBeLessThanOrEqual(page.height)
      }
  })

  test('that cancels names what it takes back, and why', async () => {
    const plain = paperOf(2)
    const content = { ...plain.content, amounts: reversed(plain.content.amounts) }
    const { text } = await printed(
      await documents.invoice({
        ...plain,
        head: {
          ...plain.head,
          kind: 'cancellation',
          number: '2026-00043',
          cancels: { id: 'x', number: '2026-00042' },
          grossMinor: content.amounts.grossMinor,
        },
        content,
        personal: { buyer, reason: 'Falsche Anschrift' },
      }),
    )
    for (const part of ['Stornorechnung', 'Storniert die Rechnung 2026-00042', 'Falsche Anschrift', '-11,61'])
      expect(text).toContain(part)
    expect(text).not.toContain('Zahlbar')
  })

  test.each([
    ['en', 'Invoice', 'Total'],
    ['de', 'Rechnung', 'Gesamtbetrag'],
    ['ja', '請求書', '合計'],
    ['fr', 'Invoice', 'Total'],
  ])('is in the language of the customer: %s', async (locale, title, total) => {
    const { text } = await printed(await documents.invoice(paperOf(1, { content: { locale } })))
    expect(text).toContain(title)
    expect(text).toContain(total)
  })

  test('in Japan shows the registration number and what is taxed at the reduced rate', async () => {
    const lines = [makeLine({ name: '煎茶', taxRate: 8, unitPriceMinor: 1080 }), makeLine({ taxRate: 10 })]
    const seller = {
      ...makeInvoiceContent().seller,
      country: 'JP',
      taxNumber: '',
      vatId: '',
      registrationNumber: 'T1234567890123',
    }
    const amounts = amountsFor(lines, totalsIncludingTax(lines, 0))
    const { text } = await printed(await documents.invoice(paperOf(1, { content: { locale: 'ja', seller, amounts } })))
    for (const part of ['登録番号 T1234567890123', '煎茶 ※', 'は軽減税率対象です。']) expect(text).toContain(part)
  })

  test.each([
    ['Arabic', { ...buyer, name: 'محمد', city: 'القاهرة', country: 'EG' }],
    ['Thai', { ...buyer, name: 'สมชาย ใจดี', city: 'กรุงเทพฯ', country: 'TH' }],
    ['Korean', { ...buyer, name: '김민지', city: '서울', country: 'KR' }],
  ])('prints a buyer who writes %s', async (_script, stranger) => {
    await expect(documents.invoice(paperOf(1, { paper: { personal: { buyer: stranger } } }))).resolves.toBeInstanceOf(
      Uint8Array,
    )
  })

  test('without a buyer has none, and equal invoices are equal byte by byte', async () => {
    const made = { ...paperOf(1), personal: {} }
    const bytes = await documents.invoice(made)
    expect(await documents.invoice(made)).toEqual(bytes)
    expect((await printed(bytes)).text).not.toContain('Berlin')
  })

  test('says nothing of anybody in its metadata', async () => {
    const bytes = await documents.invoice(paperOf(1))
    const { metadata } = await printed(bytes)
    expect(metadata['Title']).toBe('2026-00042')
    expect(JSON.stringify(metadata)).not.toMatch(/Jörg|Beispiel|Corner|Straße/)
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('Beispiel')
  })
})

describe('the slip of a parcel that is collected', () => {
  test('carries code, count and number, a barcode that another program reads, and nobody', async () => {
    const slip = {
      shopName: 'Corner Shop',
      locale: 'en',
      issuedAt: 1_795_338_000_000,
      number: 'C00000000017',
      orderCode: '326-07',
      letter: 'B',
      n: 2,
      of: 3,
      grossG: 2450,
      handling: ['fragile'] as const,
    }
    const { pages, text, metadata } = await printed(await documents.counterSlip(slip))
    for (const part of ['326-07', 'Corner Shop', 'C00000000017', '2.45 kg', 'Fragile']) expect(text).toContain(part)
    expect(metadata['Title']).toBe('C00000000017')
    const codes = await decoded(await pages[0]!.render())
    expect(codes).toEqual([expect.stringContaining('C00000000017')])
  })
})
