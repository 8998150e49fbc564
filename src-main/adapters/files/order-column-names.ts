import type { FieldNames } from './column-names.ts'

const text = (names: string): FieldNames => ({ kind: 'text', names: names.trim().split(/\s+/) })

/** Parts of an address, by what the columns of order exports call them; `shipping` and `billing` stand before or behind. */
const address = {
  FirstName: 'firstname vorname 名',
  LastName: 'lastname surname nachname 姓',
  Name: 'name fullname recipient empfänger kunde kundenname 氏名 お名前 宛名 届け先氏名 お届け先氏名',
  Company: 'company firma 会社名',
  Address1: 'address address1 address12 addressline1 street straße strasse adresse adresse1 住所 住所1 番地',
  Address2: 'address2 addressline2 adresszusatz adresse2 住所2 建物名',
  Postcode: 'postcode postalcode zip zipcode plz postleitzahl 郵便番号',
  City: 'city town ort stadt 市区町村',
  Region: 'state region province county bundesland kanton 都道府県',
  Country: 'country countrycode land 国',
  Phone: 'phone telephone telefon 電話番号 電話',
} as const

export type AddressPart = keyof typeof address
const addressParts = Object.keys(address) as readonly AddressPart[] // the keys of the object above, nothing else

const shippingWords = ['shipping', 'delivery', 'lieferung', 'liefer', 'versand', '配送先', 'お届け先']
const billingWords = ['billing', 'rechnung', 'rechnungs', '請求先']

/** `shippingfirstname`, `firstnameshipping` ...; the bare word too, where it says where the parcel goes. */
function addressField(part: AddressPart, words: readonly string[], bare: boolean): FieldNames {
  const names = address[part].split(' ')
  const joined = words.flatMap((word) => names.flatMap((name) => [word + name, name + word]))
  return { kind: 'text', names: bare ? [...joined, ...names] : joined }
}

type ToField = `to${AddressPart}`
type BillingField = `billing${AddressPart}`
const fieldsOf = <Name extends string>(prefix: string, words: readonly string[], bare: boolean) =>
  Object.fromEntries(addressParts.map((part) => [`${prefix}${part}`, addressField(part, words, bare)])) as {
    readonly [Key in Name]: FieldNames // built from addressParts, as the name is
  }

/**
 * What a column of an order file may be called: the simple format of docs/guide/files.md, and the order exports that
 * WooCommerce shops use (Customer/Order Export, Advanced Order Export), in English, German and Japanese.
 */
export const orderFields = {
  number: text('order ordernumber orderno orderid number bestellnummer bestellnr bestellung auftragsnummer 注文番号 受注番号'),
  placedAt: { kind: 'day', names: ['placedat', 'orderdate', 'date', 'datecreated', 'createdat', 'created', 'bestelldatum', 'datum', '注文日', '注文日時', '受注日'] },
  status: text('status orderstatus bestellstatus ステータス 注文ステータス 注文状況'),
  sku: text('sku itemsku productsku lineitemsku artikelnummer artikelnr 商品コード 商品番号 品番'),
  itemName: text('itemname productname lineitemname product artikel artikelname produkt produktname 商品名 品名'),
  quantity: { kind: 'count', names: ['quantity', 'qty', 'itemquantity', 'lineitemquantity', 'menge', 'anzahl', '数量', '個数'] },
  unitPrice: { kind: 'money', names: ['unitprice', 'price', 'itemprice', 'itemcost', 'lineitemprice', 'preis', 'einzelpreis', 'stückpreis', '単価', '価格'] },
  lineTotal: { kind: 'money', names: ['linetotal', 'itemtotal', 'lineitemtotal', 'ordertotallines', 'gesamtpreis', 'zeilensumme', '小計', '金額'] },
  taxRate: { kind: 'percent', names: ['taxrate', 'vatrate', 'mwst', 'mwstsatz', 'steuersatz', '税率'] },
  lineItems: text('lineitems lineitem1 items'),
  currency: text('currency ordercurrency währung waehrung 通貨'),
  service: text('service shippingmethod shippingmethodtitle versandart 配送方法'),
  email: text('email emailaddress billingemail emailbilling customeremail mail メールアドレス メール'),
  note: text('note notes customernote ordernotes instructions deliveryinstructions hinweis kundenhinweis bemerkung 備考 お客様メモ'),
  ...fieldsOf<ToField>('to', shippingWords, true),
  ...fieldsOf<BillingField>('billing', billingWords, false),
} as const satisfies { readonly [name: string]: FieldNames } // prettier-ignore
