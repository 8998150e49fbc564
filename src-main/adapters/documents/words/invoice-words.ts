import type { Payment } from '../../../domain/order.ts'

/** What an invoice says by itself. `{n}` and the like are filled in by `said`. */
export interface InvoiceWords {
  readonly invoice: string
  readonly cancellation: string
  readonly cancels: string
  readonly reason: string
  readonly number: string
  readonly issuedOn: string
  readonly deliveredOn: string
  readonly order: string
  readonly quantity: string
  readonly product: string
  readonly unitPrice: string
  readonly taxRate: string
  readonly net: string
  readonly tax: string
  readonly gross: string
  readonly shipping: string
  readonly discount: string
  readonly charge: string
  readonly atRate: string
  readonly total: string
  readonly pricesGross: string
  readonly pricesNet: string
  readonly payments: { readonly [payment in Payment]: string }
  readonly taxNumber: string
  readonly vatId: string
  readonly registrationNumber: string
  readonly buyerVatId: string
  /** Marks and explains the reduced rate on Japanese invoices. */
  readonly reducedMark: string
  readonly reducedNote: string
}

const en: InvoiceWords = {
  invoice: 'Invoice',
  cancellation: 'Cancellation invoice',
  cancels: 'Takes back invoice {number}',
  reason: 'Reason: {reason}',
  number: 'Invoice number',
  issuedOn: 'Invoice date',
  deliveredOn: 'Date of supply',
  order: 'Order',
  quantity: 'Qty',
  product: 'Description',
  unitPrice: 'Unit price',
  taxRate: 'Tax %',
  net: 'Net',
  tax: 'Tax',
  gross: 'Gross',
  shipping: 'Shipping',
  discount: 'Discount',
  charge: 'Other charges',
  atRate: 'at {rate} %',
  total: 'Total',
  pricesGross: 'Unit prices include tax. Amounts in {currency}.',
  pricesNet: 'Unit prices are without tax. Amounts in {currency}.',
  payments: {
    'on-delivery': 'Payable when handed over.',
    invoice: 'Payable on receipt of this invoice.',
    paid: 'Paid already. Thank you.',
  },
  taxNumber: 'Tax number {number}',
  vatId: 'VAT id {number}',
  registrationNumber: 'Registration number {number}',
  buyerVatId: 'VAT id {number}',
  reducedMark: '*',
  reducedNote: '* Subject to the reduced tax rate.',
}

const de: InvoiceWords = {
  invoice: 'Rechnung',
  cancellation: 'Stornorechnung',
  cancels: 'Storniert die Rechnung {number}',
  reason: 'Grund: {reason}',
  number: 'Rechnungsnummer',
  issuedOn: 'Rechnungsdatum',
  deliveredOn: 'Lieferdatum',
  order: 'Bestellung',
  quantity: 'Menge',
  product: 'Bezeichnung',
  unitPrice: 'Einzelpreis',
  taxRate: 'USt. %',
  net: 'Netto',
  tax: 'USt.',
  gross: 'Brutto',
  shipping: 'Versand',
  discount: 'Nachlass',
  charge: 'Sonstige Kosten',
  atRate: 'zu {rate} %',
  total: 'Gesamtbetrag',
  pricesGross: 'Einzelpreise enthalten die Umsatzsteuer. Beträge in {currency}.',
  pricesNet: 'Einzelpreise ohne Umsatzsteuer. Beträge in {currency}.',
  payments: {
    'on-delivery': 'Zahlbar bei Übergabe.',
    invoice: 'Zahlbar nach Erhalt dieser Rechnung.',
    paid: 'Bereits bezahlt. Vielen Dank.',
  },
  taxNumber: 'Steuernummer {number}',
  vatId: 'USt-IdNr. {number}',
  registrationNumber: 'Registrierungsnummer {number}',
  buyerVatId: 'USt-IdNr. {number}',
  reducedMark: '*',
  reducedNote: '* Ermäßigter Steuersatz.',
}

const ja: InvoiceWords = {
  invoice: '請求書',
  cancellation: '取消請求書',
  cancels: '請求書{number}を取り消します',
  reason: '理由：{reason}',
  number: '請求書番号',
  issuedOn: '発行日',
  deliveredOn: '納品日',
  order: 'ご注文',
  quantity: '数量',
  product: '品名',
  unitPrice: '単価',
  taxRate: '税率 %',
  net: '税抜',
  tax: '消費税',
  gross: '税込',
  shipping: '送料',
  discount: '値引き',
  charge: 'その他の費用',
  atRate: '{rate} % 対象',
  total: '合計',
  pricesGross: '単価は税込です。金額の単位は{currency}です。',
  pricesNet: '単価は税抜です。金額の単位は{currency}です。',
  payments: {
    'on-delivery': 'お引き渡し時にお支払いください。',
    invoice: 'この請求書の受領後にお支払いください。',
    paid: 'お支払い済みです。ありがとうございました。',
  },
  taxNumber: '税番号 {number}',
  vatId: 'VAT 番号 {number}',
  registrationNumber: '登録番号 {number}',
  buyerVatId: 'VAT 番号 {number}',
  reducedMark: '※',
  reducedNote: '※は軽減税率対象です。',
}

const tables: { readonly [language: string]: InvoiceWords } = { en, de, ja }

/** The words of a locale's language; English where there is no table. */
export const invoiceWordsFor = (locale: string): InvoiceWords => tables[locale.split('-')[0] ?? 'en'] ?? en
