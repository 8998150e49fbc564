import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { problemOfBreak } from '../../../src-main/adapters/storefronts/probe/broken-connection.ts'
import { baseText, typedAddress } from '../../../src-main/adapters/storefronts/probe/typed-address.ts'
import { accessProblemOf } from '../../../src-main/application/access-problem.ts'
import type { AccessCheck } from '../../../src-main/ports/storefront.ts'
import { accessProblems } from '../../../src-main/ports/storefront-probe.ts'

type Words = Readonly<Record<string, string>>
const wordsOf = (language: string): Words => {
  const file = new URL(`../../../resources/translations/${language}.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { storefronts: { problems: Words } }).storefronts.problems // our own file
}
const facts = ['host', 'toHost', 'status', 'scope', 'minutes', 'found', 'needed']

describe('every problem of an address or a key', () => {
  test.each(['en', 'de', 'ja'])('has its sentence in %s, which names facts that there are', (language) => {
    const words = wordsOf(language)
    expect(Object.keys(words).toSorted()).toEqual(accessProblems.toSorted())
    for (const sentence of Object.values(words)) {
      expect(sentence.length).toBeGreaterThan(20)
      for (const [, name] of sentence.matchAll(/\{(\w+)\}/g)) expect(facts).toContain(name)
      // The screen's translations give these signs a meaning of their own.
      expect(sentence).not.toMatch(/[@|]/)
    }
  })
})

describe('what a person types', () => {
  test.each([
    ['my.shop', 'https://my.shop'],
    ['  https://my.shop/  ', 'https://my.shop'],
    ['https://my.shop/wp-admin/index.php?page=wc', 'https://my.shop'],
    ['https://my.site/shop-berlin/wp-json/wc/v3', 'https://my.site/shop-berlin'],
    ['http://localhost:8080/.well-known/storefront', 'http://localhost:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['192.168.1.20:8443', 'https://192.168.1.20:8443'],
    ['http://[::1]:80/', 'http://[::1]'],
  ])('%j is meant as %s', (typed, meant) => {
    const address = typedAddress(typed)
    expect('url' in address ? baseText(address.url) : address.problem).toBe(meant)
  })

  test.each([
    ['', 'address-invalid'],
    ['my shop', 'address-invalid'],
    ['https://', 'address-invalid'],
    ['https://ck_1:cs_2@my.shop', 'address-has-credentials'],
    ['ftp://my.shop', 'scheme-not-allowed'],
    ['file:///etc/passwd', 'scheme-not-allowed'],
    ['javascript:alert(1)', 'scheme-not-allowed'],
    ['gopher://127.0.0.1', 'scheme-not-allowed'],
    ['http://169.254.169.254/latest/meta-data', 'address-invalid'],
    ['http://2852039166/latest/meta-data', 'address-invalid'],
    ['http://0xa9fea9fe/', 'address-invalid'],
    ['http://[::ffff:169.254.169.254]/latest/meta-data', 'address-invalid'],
    ['http://[fd00:ec2::254]/', 'address-invalid'],
    ['http://[fe90::1]/', 'address-invalid'],
    ['http://[::]:8080', 'address-invalid'],
    ['http://0xA9FEA9FE/', 'address-invalid'],
    ['http://0.0.0.0:80', 'address-invalid'],
  ])('%j is refused as %s, and nothing is asked', (typed, problem) => {
    expect(typedAddress(typed)).toEqual({ problem })
  })
})

describe('a connection that breaks', () => {
  const broken = (code: string): Error =>
    Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error(code), { code }) })
  test.each([
    ['ENOTFOUND', 'host-unknown'],
    ['EAI_AGAIN', 'host-unknown'],
    ['ECONNREFUSED', 'no-connection'],
    ['ECONNRESET', 'no-connection'],
    ['CERT_HAS_EXPIRED', 'certificate-expired'],
    ['CERT_NOT_YET_VALID', 'certificate-not-yet-valid'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-other-name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-invalid'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-https-there'],
    ['UND_ERR_CONNECT_TIMEOUT', 'too-slow'],
  ])('with %s is named %s', (code, problem) => {
    expect(problemOfBreak(broken(code))).toBe(problem)
  })

  test('is named by the first address of a name that says more than "refused"', () => {
    const several = new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })])
    expect(problemOfBreak(Object.assign(new TypeError('fetch failed'), { cause: several }))).toBe('no-connection')
    expect(problemOfBreak(new DOMException('', 'TimeoutError'))).toBe('too-slow')
  })
})

describe('a check that a connector failed', () => {
  const check = (part: Partial<AccessCheck>): AccessCheck => ({ check: 'read', ok: false, details: {}, ...part })
  test.each([
    ['woocommerce', check({ details: { what: 'unauthorised', status: 401 } }), 'key-wrong'],
    ['woocommerce', check({ check: 'write', details: { what: 'unauthorised', status: 401 } }), 'key-read-only'],
    ['woocommerce', check({ details: { what: 'forbidden', status: 403 } }), 'firewall'],
    ['woocommerce', check({ details: { what: 'unauthorised', reason: 'invalid_timestamp' } }), 'clock-off'],
    ['woocommerce', check({ details: { code: 'ERR_INPUT_INVALID', path: 'token' } }), 'key-form'],
    ['open-protocol', check({ details: { what: 'unauthorised', status: 401 } }), 'key-wrong'],
    ['open-protocol', check({ check: 'write', details: { what: 'forbidden', scope: 'stock:write' } }), 'key-scope'],
    ['open-protocol', check({ details: { what: 'html-page' } }), 'captcha'],
    ['open-protocol', check({ details: { what: 'no-answer-in-time' } }), 'too-slow'],
    ['open-protocol', check({ details: { what: 'wrong-shape', field: 'entries' } }), 'answer-wrong'],
    ['open-protocol', check({ check: 'clock', details: { clockOffsetMs: -1_200_000 } }), 'clock-off'],
  ] as const)('at %s with %j means %s', (platform, failed, problem) => {
    expect(accessProblemOf(failed, { platform }).code).toBe(problem)
  })

  test('tells minutes and scopes, and nothing of what an adapter found besides', () => {
    const clock = check({ check: 'clock', details: { clockOffsetMs: -1_200_000 } })
    expect(accessProblemOf(clock, { platform: 'open-protocol' }).facts).toEqual({ minutes: 20 })
    const told = check({ details: { what: 'forbidden', scope: 'stock:write', body: 'a name', token: 'secret' } })
    expect(accessProblemOf(told, { platform: 'open-protocol' }).facts).toEqual({ scope: 'stock:write' })
  })
})

describe('the guide', () => {
  test('explains every problem in the words that are shown', () => {
    const file = new URL('../../../docs/guide/connect-a-storefront.md', import.meta.url)
    const guide = readFileSync(file, 'utf8').replaceAll(/\s+/g, ' ')
    for (const [name, sentence] of Object.entries(wordsOf('en'))) {
      expect([name, guide.includes(`\`${name}\``) && guide.includes(sentence)]).toEqual([name, true])
    }
  })
})
