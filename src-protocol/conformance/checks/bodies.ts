import { limits, packagingRulesAnswer, type WirePackagingRules } from '../../index.ts'
import { expectProblem, expectShape, expectStatus, expectThat, type Check } from '../check.ts'

const rulesOf = (version: string): WirePackagingRules => ({
  version,
  cartons: [{ code: 'S', innerMm: [300, 200, 150], maxGrossG: 10_000 }],
  rules: {},
  products: [],
})

/** Packaging rules, and what a server does with bodies that it cannot use. */
export const bodyChecks: readonly Check[] = [
  {
    rule: 'R44',
    name: 'rules are taken, and the same version again changes nothing',
    needsWrite: true,
    async run({ call, newId }) {
      const body = rulesOf(`conformance-${newId()}`)
      const publish = async () =>
        expectShape(packagingRulesAnswer, expectStatus(await call('PUT', '/packaging-rules', { body }), 200))
      for (const wanted of [true, false]) {
        const { version, changed } = await publish()
        expectThat(version === body.version, 'the version that was sent', 'another')
        expectThat(changed === wanted, `changed: ${wanted}`, `changed: ${changed}`)
      }
    },
  },
  {
    rule: 'R35',
    name: 'a packing rule that is not known is refused, not read over',
    needsWrite: true,
    async run({ call, newId }) {
      const rules = rulesOf(`conformance-${newId()}`)
      for (const body of [
        { ...rules, rules: { stackAllTheWay: true } },
        { ...rules, cartons: [{ ...rules.cartons[0], colour: 'brown' }] },
        { ...rules, cartons: [] },
      ]) {
        expectProblem(await call('PUT', '/packaging-rules', { body }), 422)
      }
    },
  },
  {
    rule: 'R45',
    name: 'a body above the limit is 413',
    async run({ call }) {
      const body = Buffer.alloc(64 * 1024 * 1024 + 1024, ' ')
      expectProblem(await call('POST', '/reports:batch', { body, timeoutMs: 60_000 }), 413)
    },
  },
  {
    rule: 'R45',
    name: 'a body just below 4 MiB is read',
    async run({ call }) {
      const body = `{"reports":[${' '.repeat(limits.bodyBytes - 100)}]}`
      // Read, and then found to be empty.
      expectProblem(await call('POST', '/reports:batch', { body, timeoutMs: 60_000 }), 422)
    },
  },
  {
    rule: 'R46',
    name: 'what is not JSON is 400, another type 415',
    async run({ call }) {
      expectProblem(await call('POST', '/reports:batch', { body: '{"reports": [' }), 400, 'not-json')
      expectProblem(await call('POST', '/reports:batch', { body: 'a=1', contentType: 'text/plain' }), 415)
    },
  },
]
