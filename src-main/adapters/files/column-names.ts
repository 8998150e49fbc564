import type { Dimension } from '../../kernel/measure-units.ts'

/** How the cells of a field are read. */
export type FieldKind =
  'text' | 'word' | 'gtin' | 'count' | 'percent' | 'money' | 'truth' | 'day' | 'places' | 'sizes' | Dimension

export interface FieldNames {
  readonly kind: FieldKind
  /** Headers that mean it, as `plainName` writes them: the shop's own, then English, German and Japanese. */
  readonly names: readonly string[]
}

const field = (kind: FieldKind, names: string): FieldNames => ({ kind, names: names.trim().split(/\s+/) })

/**
 * What a product's column may be called: the simple format of docs/guide/files.md, what spreadsheets of shops have, and
 * the product export of WooCommerce in English, German and Japanese (headers collected from real exports).
 */
export const productFields = {
  sku: field('text', 'sku artikelnummer artikelnr artnr artikelcode itemnumber itemno itemcode productcode produktnummer bestellnummer 商品コード 商品番号 品番 型番'),
  gtin: field('gtin', 'gtin gtinupceanorisbn gtinupceanoderisbn ean ean13 eancode upc isbn barcode strichcode jan janコード バーコード'),
  name: field('text', 'name title productname product itemname produktname produkt bezeichnung artikelbezeichnung artikelname artikel 商品名 名前 品名 名称'),
  description: field('text', 'description productdescription longdescription beschreibung produktbeschreibung 説明 商品説明'),
  category: field('text', 'category categories productcategory kategorie kategorien warengruppe produktkategorie カテゴリー カテゴリ 分類'),
  price: field('money', 'price regularprice unitprice grossprice salesprice preis regulärerpreis verkaufspreis bruttopreis vk vkbrutto 標準価格 通常価格 販売価格 価格 単価 値段'),
  currency: field('text', 'currency währung waehrung 通貨'),
  taxRate: field('percent', 'taxrate tax vat vatrate mwst mwstsatz ust ustsatz steuersatz 税率 消費税率'),
  length: field('length', 'length länge laenge 長さ depth tiefe 奥行 奥行き'),
  width: field('length', 'width breite 幅'),
  height: field('length', 'height höhe hoehe 高さ'),
  sides: field('sizes', 'size dimensions lxwxh abmessungen abmessung maße masse lxbxh サイズ 寸法'),
  volume: field('volume', 'volume volumen 体積 容積'),
  weight: field('weight', 'weight shippingweight grossweight gewicht versandgewicht bruttogewicht 重量 重さ'),
  orientation: field('word', 'orientation ausrichtung 向き'),
  maxLoad: field('weight', 'maxload belastbarkeit auflast 耐荷重'),
  class: field('text', 'class goodsclass warenklasse 貨物区分'),
  temperature: field('word', 'temperature temperatur 温度帯'),
  alone: field('truth', 'alone einzelverpackung 単独梱包'),
  ownBox: field('truth', 'ownbox originalverpackung 外箱発送'),
  fragile: field('truth', 'fragile zerbrechlich 割れ物 壊れ物'),
  dangerous: field('weight', 'dangerous gefahrgut 危険物'),
  folded: field('places', 'folded gefaltet 折りたたみ'),
  stock: field('count', 'stock stockquantity quantity bestand lager lagerbestand lagermenge menge 在庫 在庫数 在庫数量'),
  locations: field('places', 'locations location lagerplatz lagerplätze stellplatz 棚番 ロケーション 保管場所'),
  active: field('truth', 'active published aktiv veröffentlicht 公開済み 公開'),
  type: field('word', 'type typ タイプ'),
  parent: field('text', 'parent übergeordnetesprodukt 親'),
  id: field('text', 'id'),
} as const satisfies { readonly [name: string]: FieldNames } // prettier-ignore

export type ProductField = keyof typeof productFields

/** A header without what does not tell one from another: case, blanks, punctuation. */
export const plainName = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')

const longestHeader = 120

/** A header's name and what it says in brackets or at its end: `Gewicht in kg`, `Länge [cm]`, `重量(g)`, `weight_g`. */
export function headerParts(header: string): readonly { readonly name: string; readonly hint: string }[] {
  // Longer ones are texts; nothing is looked for in them.
  const text = header.slice(0, longestHeader).normalize('NFKC').toLowerCase().trim()
  const parts = [{ name: plainName(text), hint: '' }]
  for (const pattern of [/^(.+?)\s*[([{]([^)\]}]+)[)\]}]$/, /^(.+?)\s+in\s+(\S+)$/, /^(.+?)[\s_/]+([^\s_/]+)$/]) {
    const [, name = '', hint = ''] = pattern.exec(text) ?? []
    if (name !== '') parts.push({ name: plainName(name), hint: hint.trim() })
  }
  return parts
}
