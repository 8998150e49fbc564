import { parseArgs } from 'node:util'
import { readFileSync } from 'node:fs'
import { rules } from './rules.ts'
import { runConformance, type Verdict } from './run.ts'

const usage = `npm run conformance -- --url https://my.shop --token T [options]

Holds a server against the rules of the open storefront protocol (docs/protocol/README.md).

  --url URL             base address of the server
  --token T             a bearer token with every scope; @FILE reads it from a file, STOREFRONT_TOKEN holds it too
  --other-token T       a token that lacks scopes, to try refusals
  --write               also tries stock, reports and packaging rules: use a test shop
  --order ID            the order that reports are tried on (default: the newest that is open)
  --touch COMMAND       a command line that places or changes an order, to try that news arrives
  --expired-cursor C    an order cursor that the server has forgotten
  --slow                also tries what takes over a minute
  --only R12,R13        only these rules
  --json                one JSON document instead of lines

Exit code: 0 all passed, 1 a rule is broken, 2 typed wrong or no server at that address.
`

/** Typed wrong, or nothing to test: exit code 2. */
class Unusable extends Error {}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(usage)
    return 0
  }
  const options = readOptions()
  // The one place where the suite reads the real clock.
  const clock = Date
  const now = (): number => clock.now()
  await expectServer(options.url)
  const tell = options.json ? undefined : (verdict: Verdict) => void process.stdout.write(lineOf(verdict) + '\n')
  const verdicts = await runConformance({ ...options, now, tell })
  const count = (outcome: Verdict['outcome']): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length
  const totals = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') }
  process.stdout.write(
    options.json
      ? JSON.stringify({ url: options.url, ...totals, checks: verdicts }, undefined, 2) + '\n'
      : `\n${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`,
  )
  return totals.failed > 0 ? 1 : 0
}

function lineOf(verdict: Verdict): string {
  const head = `${verdict.rule.padEnd(4)} ${verdict.name}`
  switch (verdict.outcome) {
    case 'passed':
      return `pass  ${head}`
    case 'skipped':
      return `skip  ${head}\n           ${verdict.reason}`
    case 'failed':
      return `FAIL  ${head}\n           rule      ${rules[verdict.rule] ?? ''}\n           expected  ${verdict.expected}\n           found     ${verdict.found}`
  }
}

function readOptions() {
  const values = parse()
  const url = values.url ?? ''
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw new Unusable('--url needs an address such as https://my.shop')
  if (new URL(url).username !== '') throw new Unusable('--url holds no user and password')
  const token = secret(values.token) ?? process.env['STOREFRONT_TOKEN']
  if (token === undefined) throw new Unusable('--token is missing')
  const only = values.only?.split(',').map((rule) => rule.trim().toUpperCase())
  const strange = only?.find((rule) => !(rule in rules))
  if (strange !== undefined) throw new Unusable(`--only: there is no rule ${strange}`)
  return {
    url,
    token,
    only,
    otherToken: secret(values['other-token']),
    write: values.write,
    orderId: values.order,
    touch: values.touch,
    expiredCursor: values['expired-cursor'],
    slow: values.slow,
    json: values.json,
  }
}

const secret = (text: string | undefined): string | undefined =>
  text?.startsWith('@') ? readFileSync(text.slice(1), 'utf8').trim() : text

function parse() {
  try {
    return parseArgs({
      options: {
        url: { type: 'string' },
        token: { type: 'string' },
        'other-token': { type: 'string' },
        write: { type: 'boolean', default: false },
        order: { type: 'string' },
        touch: { type: 'string' },
        'expired-cursor': { type: 'string' },
        slow: { type: 'boolean', default: false },
        only: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Unusable(error instanceof Error ? error.message : 'wrong options')
  }
}

async function expectServer(url: string): Promise<void> {
  try {
    await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(15_000) })
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; message?: string } } // what fetch throws
    throw new Unusable(
      `no server answers at ${new URL(url).host} (${cause?.code ?? cause?.message ?? 'no answer in time'})`,
    )
  }
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    if (error instanceof Unusable) process.stderr.write(`${error.message}\n\n${usage}`)
    else console.error(error)
    process.exitCode = 2
  },
)
