import { seededRandom, type Random } from '../../../src-main/kernel/random.ts'
import type { CatalogueProduct } from '../../../src-storefront/catalogue-file.ts'

const english = {
  before: 'red blue white black green small large heavy light classic organic folding digital wooden steel cotton linen glass copper bamboo portable waterproof insulated vintage smooth round square double garden kitchen travel'.split(' '), // prettier-ignore
  things: 'hammer kettle blanket lamp mug teapot brush knife pan chair table shelf basket bottle candle clock mirror towel pillow saw drill torch jug bowl plate fork spoon grater whisk scale toaster mixer fan heater rug vase frame box bag rope ladder bucket broom glove scarf hat sock shirt apron notebook pencil pen stapler globe puzzle kite ball doll train biscuit honey chocolate coffee tea rice flour lentil noodle sauce vinegar mustard soap shampoo'.split(' '), // prettier-ignore
  tail: 'with handle|for two|set of six|500 g|1 kg|250 ml|2 l|40 cm|with lid|for beginners'.split('|'),
}
const german = {
  first: 'kaffee tee küchen garten holz stahl glas bade bett wolle baumwoll leinen wasser brot käse fisch obst gemüse apfel birnen nuss honig senf mehl zucker salz hand haus schul büro reise winter sommer kinder puppen fahrrad auto werkzeug farb wand boden decken licht strom'.split(' '), // prettier-ignore
  last: 'filter maschine messer brett schere schlauch kanne tasse teller schüssel dose kasten korb tuch decke kissen lampe leuchte bürste eimer besen hammer säge zange leiter regal stuhl tisch schrank spiegel uhr rahmen beutel tasche heft stift papier kleber lack öl seife creme brot kuchen saft wein'.split(' '), // prettier-ignore
  tail: 'rot|blau|aus Holz|für Kinder|mit Deckel|500 g|1 kg|0,75 l|30 cm|im Glas'.split('|'),
}
const japanese = {
  first: '木製 竹製 鉄製 陶器 有機 北海道産 京都 九州 天然 特選 無添加 国産 手作り 軽量 折りたたみ 防水 子供用 業務用'.split(' '), // prettier-ignore
  last: '水筒 茶碗 湯呑み 包丁 まな板 フライパン 急須 弁当箱 箸 タオル 毛布 枕 ランプ 時計 鏡 かばん 傘 手袋 石鹸 醤油 味噌 緑茶 煎茶 玄米 うどん そば 海苔 梅干し だし昆布 ノート 鉛筆 折り紙 絵本 けん玉 歯ブラシ シャンプー コーヒー豆 オリーブオイル'.split(' '), // prettier-ignore
  tail: '大|小|五本入り|二個組|赤|青|500g|1L|ステンレス|ギフト'.split('|'),
}
const syllables = 'ba be bo da de do fa fe ga go ha he jo ka ke ko la le lo ma me mo na ne no pa po ra re ro sa se so ta te to va ve wa yo za zu rin tal von mar kel dor sen'.split(' ') // prettier-ignore

/**
 * A shop of any size with names in English, German and Japanese, from a seed: the same on every machine. Each name
 * holds one of about 2,000 invented makers, each code is its own.
 */
export function largeCatalogue(products: number, seed: number): readonly CatalogueProduct[] {
  const random = seededRandom(seed)
  const makers = Array.from({ length: 2000 }, () => capital(Array.from({ length: 2 + random.below(2) }, () => pick(random, syllables)).join(''))) // prettier-ignore
  return Array.from({ length: products }, (_, index) => {
    const [name, description] = nameOf(random, pick(random, makers), index % 3)
    return {
      sku: `L-${String(index).padStart(6, '0')}`,
      gtin: gtinOf(index),
      name,
      description,
      category: `Category ${1 + random.below(40)}`,
      priceMinor: 100 + random.below(10_000),
      taxRate: '19',
      sizeMm: undefined,
      weightG: 100 + random.below(5000),
      volumeCm3: undefined,
      handling: {},
      stock: random.below(20),
    }
  })
}

function nameOf(random: Random, maker: string, language: number): readonly [name: string, description: string] {
  if (language === 0) {
    const { before, things, tail } = english
    const told = `A ${pick(random, before)} ${pick(random, things)} and a ${pick(random, things)} for every ${pick(random, things)}.`
    return [`${maker} ${pick(random, before)} ${pick(random, before)} ${pick(random, things)}, ${pick(random, tail)}`, told] // prettier-ignore
  }
  if (language === 1) {
    const { first, last, tail } = german
    const told = `Passt zu ${capital(pick(random, first) + pick(random, last))} und ${capital(pick(random, last))}.`
    return [`${maker} ${capital(pick(random, first) + pick(random, last))} ${pick(random, tail)}`, told]
  }
  const { first, last, tail } = japanese
  const told = `${pick(random, first)}の${pick(random, last)}にも合います。`
  return [`${maker} ${pick(random, first)}${pick(random, last)} ${pick(random, tail)}`, told]
}

const pick = <One>(random: Random, list: readonly One[]): One => {
  const one = list[random.below(list.length)]
  if (one === undefined) throw new Error('an empty list')
  return one
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1)

/** A GTIN-13 of the range for internal use, with its check digit. */
function gtinOf(index: number): string {
  const digits = `21${String(index).padStart(10, '0')}`
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return digits + String((10 - (sum % 10)) % 10)
}
