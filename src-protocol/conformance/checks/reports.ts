import { limits, reportAccepted, reportBatchAnswer, reportStale, type WireReport, type WireReportKind } from '../../index.ts' // prettier-ignore
import { Broken, expectProblem, expectShape, expectStatus, expectThat, type Bench, type Check } from '../check.ts'
import type { Answer } from '../server-call.ts'

type Sent = Pick<WireReport, 'id' | 'orderId' | 'kind' | 'sequence' | 'at'> & { readonly reason?: string }

function post(bench: Bench, report: Sent, key = report.id): Promise<Answer> {
  return bench.call('POST', `/orders/${encodeURIComponent(report.orderId)}/reports`, {
    body: report,
    headers: { 'idempotency-key': key },
  })
}

interface Word {
  readonly kind: WireReportKind
  readonly sequence: number
}

/** Runs are short of nothing but sequences: each report takes the one after the last. */
const lastWordByBench = new WeakMap<Bench, Word>()

/**
 * A report that says what the order's last one said, one sequence further: it changes nothing a customer sees.
 * What was said last is found by a report so old that the server must answer what it knows.
 */
async function nextReport(bench: Bench): Promise<Sent> {
  const orderId = await bench.testOrder()
  const last = lastWordByBench.get(bench) ?? (await lastWord(bench, orderId))
  const next = { kind: last.kind, sequence: last.sequence + 1 }
  lastWordByBench.set(bench, next)
  return { id: bench.newId(), orderId, ...next, at: new Date(bench.now()).toISOString() }
}

async function lastWord(bench: Bench, orderId: string): Promise<Word> {
  const at = new Date(bench.now()).toISOString()
  const answer = await post(bench, { id: bench.newId(), orderId, kind: 'received', sequence: 1, at })
  if (answer.status === 409) return expectShape(reportStale, answer).present
  return expectShape(reportAccepted, expectStatus(answer, 200)).present
}

/** The same answer but for the mark that it was given before. */
const essence = ({ json }: Answer): string => JSON.stringify({ ...(json as object), replayed: undefined }) // expectShape has looked

export const reportChecks: readonly Check[] = [
  {
    rule: 'R36',
    name: 'a report is on record, with the present state',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      const { id, present } = expectShape(reportAccepted, expectStatus(await post(bench, report), 200))
      expectThat(id === report.id, 'the id of the report', 'another')
      const isPresent = present.sequence === report.sequence && present.kind === report.kind
      expectThat(isPresent, `present is ${report.kind} ${report.sequence}`, `${present.kind} ${present.sequence}`)
    },
  },
  {
    rule: 'R37',
    name: 'the same report again gets the same answer, marked replayed',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      const first = expectStatus(await post(bench, report), 200)
      for (let time = 0; time < 2; time += 1) {
        const again = expectStatus(await post(bench, report), 200)
        const { replayed } = expectShape(reportAccepted, again)
        expectThat(essence(first) === essence(again), 'the same answer', 'another')
        expectThat(replayed === true, 'replayed: true', String(replayed))
      }
    },
  },
  {
    rule: 'R37',
    name: 'also when something newer has come in between',
    needsWrite: true,
    async run(bench) {
      const older = await nextReport(bench)
      const first = expectStatus(await post(bench, older), 200)
      expectStatus(await post(bench, await nextReport(bench)), 200)
      const again = expectStatus(await post(bench, older), 200)
      expectThat(essence(first) === essence(again), 'the same answer', 'another')
    },
  },
  {
    rule: 'R37',
    name: 'also when both are sent at the same time',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      const answers = await Promise.all([post(bench, report), post(bench, report), post(bench, report)])
      for (const answer of answers) expectShape(reportAccepted, expectStatus(answer, 200))
      expectThat(new Set(answers.map(essence)).size === 1, 'one answer', 'different ones')
    },
  },
  {
    rule: 'R38',
    name: 'the same key with other words is refused',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      expectStatus(await post(bench, report), 200)
      expectProblem(await post(bench, { ...report, reason: 'other words' }), 422, 'other-body')
    },
  },
  {
    rule: 'R39',
    name: 'an older report is answered with the present state and changes nothing',
    needsWrite: true,
    async run(bench) {
      const newer = await nextReport(bench)
      expectStatus(await post(bench, newer), 200)
      for (const sequence of [newer.sequence, 1]) {
        const stale = expectStatus(await post(bench, { ...newer, id: bench.newId(), sequence }), 409)
        const { present } = expectShape(reportStale, stale)
        expectThat(present.sequence === newer.sequence, `present is ${newer.sequence}`, String(present.sequence))
      }
    },
  },
  {
    rule: 'R40',
    name: 'key and path belong to the report',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      expectProblem(await post(bench, report, bench.newId()), 422)
      const path = `/orders/${encodeURIComponent(report.orderId)}/reports`
      expectProblem(await bench.call('POST', path, { body: report }), 422)
      const foreign = { ...report, orderId: 'another-order' }
      const headers = { 'idempotency-key': report.id }
      expectProblem(await bench.call('POST', path, { body: foreign, headers }), 422)
      // A refused report has used nothing up.
      expectStatus(await post(bench, report), 200)
    },
  },
  {
    rule: 'R41',
    name: 'a report on an unknown order is refused',
    needsWrite: true,
    async run(bench) {
      const report = { ...(await nextReport(bench)), orderId: `no-such-order-${bench.newId()}` }
      expectProblem(await post(bench, report), 404, 'order-not-found')
    },
  },
  {
    rule: 'R42',
    name: 'a batch is answered report by report, under the same keys',
    needsWrite: true,
    async run(bench) {
      const [first, second] = [await nextReport(bench), await nextReport(bench)]
      expectStatus(await post(bench, first), 200)
      const unknown = { ...second, id: bench.newId(), orderId: `no-such-order-${bench.newId()}` }
      const old = { ...first, id: bench.newId() }
      const reports = [unknown, first, second, old]
      const answer = expectStatus(await bench.call('POST', '/reports:batch', { body: { reports } }), 200)
      const { answers } = expectShape(reportBatchAnswer, answer)
      const isInOrder = answers.length === 4 && answers.every(({ id }, index) => id === reports[index]?.id)
      expectThat(isInOrder, 'an answer for each report in the order sent', 'another order or number')
      const told = answers.map(({ outcome }) => outcome).join(' ')
      expectThat(told === 'rejected accepted accepted stale', 'rejected, accepted, accepted, stale', told)
      const [, again] = answers
      if (again?.outcome !== 'accepted' || again.replayed !== true) throw new Broken('the report sent singly before is replayed', 'taken as new') // prettier-ignore
    },
  },
  {
    rule: 'R43',
    name: 'too large and empty batches are refused',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      const reports = Array.from({ length: limits.reportsPerBatch + 1 }, () => ({ ...report, id: bench.newId() }))
      expectProblem(await bench.call('POST', '/reports:batch', { body: { reports } }), 422)
      expectProblem(await bench.call('POST', '/reports:batch', { body: { reports: [] } }), 422)
    },
  },
  {
    rule: 'R34',
    name: 'a wrong report is refused with its place',
    needsWrite: true,
    async run(bench) {
      const report = await nextReport(bench)
      for (const [place, wrong] of [
        ['kind', { ...report, kind: 'teleported' }],
        ['at', { ...report, at: 'yesterday' }],
        ['sequence', { ...report, sequence: 0 }],
      ] as const) {
        const answer = expectProblem(await post(bench, wrong as Sent), 422) // wrong on purpose
        expectThat(answer.text.includes(`"${place}"`), `details.path is ${place}`, 'another place')
      }
    },
  },
]
