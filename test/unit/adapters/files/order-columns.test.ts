import { expect, test } from 'vitest'
import { openTable } from '../../../../src-main/adapters/files/open-table.ts'
import { orderReader } from '../../../../src-main/adapters/files/order-reader.ts'

const reading = (text: string) =>
  orderReader(openTable(new TextEncoder().encode(text)), {
    currency: 'EUR',
    country: 'DE',
    zone: 'Europe/Berlin',
    locale: 'de',
    userIdOf: (identity) => `user of ${identity.length} signs`,
  })

test.each([
  [
    'English',
    'order,date,status,sku,quantity,unit_price,product_name,name,company,address_1,address_2,postcode,city,region,country,phone,email,note',
  ],
  [
    'German',
    'Bestellnummer;Bestelldatum;Status;Artikelnummer;Menge;Einzelpreis;Artikelname;Empfänger;Firma;Straße;Adresszusatz;PLZ;Ort;Bundesland;Land;Telefon;E-Mail;Hinweis',
  ],
  [
    'Japanese',
    '注文番号,注文日時,注文ステータス,商品コード,数量,単価,商品名,お届け先氏名,会社名,住所1,住所2,郵便番号,市区町村,都道府県,国,電話番号,メールアドレス,備考',
  ],
])('every column of a plain order file is known in %s', (_language, header) => {
  const { columns, missingFields } = reading(`${header}\n`)
  expect([columns.filter(({ field }) => field === undefined), missingFields]).toEqual([[], []])
})

test('rows without a number go on with the order above, whose first row speaks for the whole', () => {
  const file = reading('order,date,sku,quantity,line_total,name,address_1,city,country\n7,15.03.2026,A,2,9.98,X,S 1,Wien,Österreich\n,,B,1,1.00,,,,\n8,16.03.2026,A,1,4.99,Y,S 2,東京,日本\n') // prettier-ignore
  const { rows, problems } = file.read(0, Infinity)
  expect(problems).toEqual([])
  expect(rows).toMatchObject([
    {
      line: 2,
      order: {
        number: '7',
        deliveryAddress: { country: 'AT' },
        lines: [
          { sku: 'A', unitPrice: { minor: 499 } },
          { sku: 'B', quantity: 1 },
        ],
        totals: { goods: { minor: 1098 } },
      },
    },
    { line: 4, order: { number: '8', deliveryAddress: { country: 'JP' } } },
  ])
})

test('days with slashes are read as the column shows, and nobody guesses where it does not', () => {
  const dates = (...cells: readonly string[]) =>
    reading(`order,date,sku,quantity\n${cells.map((cell, i) => `${i},${cell},A,1`).join('\n')}\n`)
  const day = (file: ReturnType<typeof dates>) =>
    file.read(0, 9).rows.map(({ order }) => new Date(order.placedAt).toISOString().slice(0, 10))
  expect(day(dates('03/04/2026 12:00', '25/04/2026 12:00'))).toEqual(['2026-04-03', '2026-04-25'])
  expect(day(dates('03/04/2026 12:00', '04/25/2026 12:00'))).toEqual(['2026-03-04', '2026-04-25'])
  const unclear = dates('03/04/2026', '05/06/2026')
  expect(unclear.columns[1]?.notes).toEqual(['day-ambiguous'])
  expect(unclear.read(0, 9).problems).toMatchObject([{ problem: 'day-or-month' }, { problem: 'day-or-month' }])
})

test('half an order is never taken: one wrong line leaves it out as a whole', () => {
  const { rows, problems } = reading('order,date,sku,quantity\n7,2026-03-15,A,1\n7,2026-03-15,,0\n').read(0, 9)
  expect(rows).toEqual([])
  expect(problems.map(({ line, column }) => [line, column])).toEqual([
    [3, 'sku'],
    [3, 'quantity'],
  ])
})

test('a column that was chosen against its header is never quoted: it may hold anybody', () => {
  const file = openTable(new TextEncoder().encode('order,date,sku,quantity,Remark\n7,2026-03-15,A,x,Ann Example\n'))
  const columns = [
    { header: 'order', field: 'number' },
    { header: 'date', field: 'placedAt' },
    { header: 'sku', field: 'sku' },
    { header: 'Remark', field: 'quantity' },
  ]
  const defaults = { currency: 'EUR', country: 'DE', zone: 'UTC', locale: 'de', userIdOf: () => 'user' }
  expect(orderReader(file, { ...defaults, columns }).read(0, 9).problems).toMatchObject([
    { column: 'Remark', value: '' },
  ])
  expect(orderReader(file, defaults).read(0, 9).problems).toMatchObject([{ column: 'quantity', value: 'x' }])
})
