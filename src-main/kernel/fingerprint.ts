/**
 * 256 short English words that are hard to mishear for one another, in alphabetical order: one for every
 * value of a byte. Published: a courier's own program must show the same words. Never reordered.
 */
const words = `
  acorn actor album alley amber anchor angle ankle anvil apple apron arrow atlas attic autumn badge bagel baker
  bamboo banjo barn basil basket beach beaver bell bench berry bike bison blanket bone bottle bowl branch bread
  bridge broom bubble bucket bundle butter button cabin cactus camel camera candle canoe canvas carbon carpet
  carrot castle cedar cello cereal chalk cherry chess chimney cider circus clover coach cobra coffee comet copper
  coral cotton cradle crane crayon cricket crown crystal curtain daisy dancer desert diamond dinner doctor dolphin
  donkey dragon drum eagle echo elbow elephant ember engine falcon feather fiddle finger flag flute forest fossil
  fox frog galaxy garden garlic ginger giraffe glacier globe glove goat gold grape gravel guitar hammer hammock
  harbor hazel hedge helmet hermit honey hornet hotel igloo indigo insect iron island ivory jacket jaguar jasmine
  jelly jigsaw jungle kayak kettle kitten kiwi ladder lagoon lantern lemon lentil leopard letter lilac lizard
  lobster locket magnet mango maple marble meadow melon mirror monkey mosaic muffin museum mustard napkin nectar
  needle nickel noodle nutmeg oasis ocean olive onion orange orbit orchid otter oven owl oyster paddle panda paper
  parrot peanut pebble pencil pepper piano picnic pigeon pillow pirate planet plum pocket poem pony potato pretzel
  pumpkin puzzle pyramid quartz quilt rabbit radar radish raft raven ribbon river robin rocket saddle salad salmon
  sandal saturn scarf seal shovel silver sketch snow socket spider sponge spoon squirrel stable sugar summit
  sunset swan tailor tango teapot temple thimble thunder ticket tiger timber tomato tulip tunnel turtle umbrella
  velvet violin wagon walnut
`
  .trim()
  .split(/\s+/)

const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** How many words are read out. Eight bytes: a second key with the same words takes about 2^63 tries to find. */
const wordCount = 8

/**
 * The first eight bytes of a key's RFC 7638 thumbprint (base64url, 43 signs) as eight words, to be compared by
 * telephone. Shorter or broken text gives fewer words.
 */
export function fingerprintWords(thumbprint: string): readonly string[] {
  const found: string[] = []
  let bits = 0
  let held = 0
  for (const sign of thumbprint) {
    const value = base64url.indexOf(sign)
    if (value < 0 || found.length === wordCount) break
    bits = (bits << 6) | value
    held += 6
    if (held >= 8) {
      held -= 8
      found.push(words[(bits >> held) & 0xff] ?? '')
      bits &= (1 << held) - 1
    }
  }
  return found
}
