import { stockAnswer, type WireStockAnswer } from '../../index.ts'
import { Broken, expectProblem, expectShape, expectStatus, expectThat, NotTried, type Bench, type Check } from '../check.ts' // prettier-ignore

/** A level that no shop has: with it as the expected one nothing is written, and the present one is told. */
const impossible = 99_999_999

async function anySku(bench: Bench): Promise<string> {
  const product = (await bench.products()).find((entry) => entry.kind === 'product')
  if (product === undefined) throw new NotTried('the shop sells nothing yet')
  return product.sku
}

async function put(bench: Bench, levels: readonly object[]): Promise<WireStockAnswer['answers']> {
  return expectShape(stockAnswer, expectStatus(await bench.call('PUT', '/stock', { body: { levels } }), 200)).answers
}

async function presentOf(bench: Bench, sku: string): Promise<number> {
  const [answer] = await put(bench, [{ sku, quantity: 0, expected: impossible }])
  if (answer?.outcome !== 'conflict') throw new Broken('outcome "conflict" where expected does not hold', answer?.outcome ?? 'no answer') // prettier-ignore
  return answer.present
}

export const stockChecks: readonly Check[] = [
  {
    rule: 'R33',
    name: 'a level with the wrong expectation is left alone and told',
    needsWrite: true,
    async run(bench) {
      const sku = await anySku(bench)
      const before = await presentOf(bench, sku)
      const after = await presentOf(bench, sku)
      expectThat(before === after, 'a conflict changes nothing', `${before} became ${after}`)
    },
  },
  {
    rule: 'R33',
    name: 'one answer per level in the order sent, unknown SKUs among them',
    needsWrite: true,
    async run(bench) {
      const sku = await anySku(bench)
      const present = await presentOf(bench, sku)
      const strange = `no-such-sku-${bench.newId()}`
      const answers = await put(bench, [
        { sku: strange, quantity: 1 },
        { sku, quantity: present, expected: present },
        { sku, quantity: present, expected: impossible },
      ])
      const told = answers.map((answer) => `${answer.sku === sku ? 'known' : 'unknown'}:${answer.outcome}`).join(' ')
      expectThat(told === 'unknown:unknown-sku known:set known:conflict', 'unknown-sku, set, conflict, in this order', told) // prettier-ignore
    },
  },
  {
    rule: 'R33',
    name: 'a level that is set is the level that is there, and an empty list sets nothing',
    needsWrite: true,
    async run(bench) {
      const sku = await anySku(bench)
      const present = await presentOf(bench, sku)
      const [set] = await put(bench, [{ sku, quantity: present + 1, expected: present }])
      const now = await presentOf(bench, sku)
      await put(bench, [{ sku, quantity: present }])
      expectThat(set?.outcome === 'set' && now === present + 1, 'the level that was set', `${set?.outcome ?? 'no answer'}, then ${now}`) // prettier-ignore
      expectThat((await put(bench, [])).length === 0, 'no levels, no answers', 'answers')
    },
  },
  {
    rule: 'R34',
    name: 'a wrong level is refused with its place, and no other is set',
    needsWrite: true,
    async run(bench) {
      const sku = await anySku(bench)
      const present = await presentOf(bench, sku)
      const levels = [{ sku, quantity: present + 5 }, { sku, quantity: -1 }] // prettier-ignore
      const answer = expectProblem(await bench.call('PUT', '/stock', { body: { levels } }), 422)
      expectThat(/levels[.[]1/.test(answer.text), 'details.path names levels.1', 'another place')
      const after = await presentOf(bench, sku)
      if (after !== present) await put(bench, [{ sku, quantity: present }])
      expectThat(after === present, 'nothing is set', 'the good level was set')
    },
  },
  {
    rule: 'R35',
    name: 'an unknown field is refused',
    needsWrite: true,
    async run(bench) {
      expectProblem(await bench.call('PUT', '/stock', { body: { levels: [], surprise: 1 } }), 422)
    },
  },
]
