/**
 * Signs that Japanese, Chinese and older Japanese writing share in different shapes, on words a shop has. The first of
 * each group stands for all: a customer whose keyboard gives another shape still finds the product.
 */
const groups =
  '巻卷 餃饺 醤醬酱 麺麵面麪 塩鹽盐 緑綠绿 黒黑 円圓圆 楽樂乐 気氣气 湯汤 図圖图 書书 画畫画 絵繪绘 灯燈 鉄鐵铁 薬藥药 鶏雞鸡 魚鱼 紙纸 ' +
  '筆笔 車车 電电 機机 竜龍龙 広廣广 桜櫻樱 麦麥 糸絲丝 帯帶带 缶罐 飲饮 飯饭 館馆 風风 飴饴 餅饼 猫貓 鍋锅 銀银 銅铜 針针 ' +
  '鏡镜 鐘钟 長长 門门 開开 関關关 間间 陶匋 隠隱隐 雑雜杂 霊靈灵 静靜 頭头 顔顏颜 類类 髪髮发 鳥鸟 点點 歯齒齿 縄繩绳 総總总 ' +
  '続續续 経經经 給给 結结 線线 練练 編编 縫缝 織织 綿棉 紅红 純纯 級级 細细 組组 習习 聖圣 職职 脳腦脑 臓臟脏 葉叶 蔵藏 虫蟲 蚕蠶 ' +
  '衛卫 裏裡里 補补 製制 複复 見见 規规 覚覺觉 親亲 観觀观 計计 訂订 記记 設设 話话 詩诗 語语 読讀读 調调 豊豐丰 貝贝 買买 売賣卖 ' +
  '質质 軽輕轻 転轉转 輪轮 辞辭辞 辺邊边 遠远 選选 適适 郵邮 醸釀酿 両兩两 並竝 乾干 亀龜龟 争爭 仏佛 会會会 伝傳传 価價价 児兒儿 ' +
  '氷冰 処處处 剣劍剑 剤劑剂 労勞劳 動动 勝胜 区區区 医醫医 単單单 厳嚴严 参參参 双雙双 収收 台臺 号號号 囲圍围 国國国 園园 団團团 ' +
  '圧壓压 声聲声 変變变 宝寶宝 実實实 写寫写 対對对 専專专 将將将 尽盡尽 届屆 岩巌 島岛 帰歸归 庁廳厅 応應应 恋戀恋 悪惡恶 戦戰战 ' +
  '択擇择 拡擴扩 挙舉举 掃扫 採采 数數数 断斷断 旧舊旧 時时 晩晚 暁曉晓 条條条 来來来 東东 栄榮荣 検檢检 楼樓楼 様樣样 権權权 横橫 歓歡欢 ' +
  '歴歷历 残殘残 毎每 沢澤泽 浄淨净 浅淺浅 済濟济 渓溪 滝瀧泷 満滿满 漁渔 潔洁 濃浓 焼燒烧 熱热 爐炉 状狀状 獣獸兽 産产 畳疊叠 痩瘦 ' +
  '発發发 砕碎 礼禮礼 種种 穀谷 窓窗 窯窑 節节 簡简 粋粹 糧粮'

/** By any shape the one that stands for it. */
export const commonShape: ReadonlyMap<string, string> = new Map(
  groups.split(' ').flatMap((group) => {
    const [first = '', ...others] = [...group]
    return others.filter((other) => other !== first).map((other): [string, string] => [other, first])
  }),
)
