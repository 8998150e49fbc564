import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { percentEncoded, signatureBase, signedUrl } from '../../../src-main/adapters/storefronts/woocommerce/oauth.ts'

describe('a signature', () => {
  test('has the base string of the example in RFC 5849, section 3.4.1.1', () => {
    const parameters = [
      ['b5', '=%3D'],
      ['a3', 'a'],
      ['c@', ''],
      ['a2', 'r b'],
      ['oauth_consumer_key', '9djdj82h48djs9d2'],
      ['oauth_token', 'kkk9d7dh3k39sjv7'],
      ['oauth_signature_method', 'HMAC-SHA1'],
      ['oauth_timestamp', '137131201'],
      ['oauth_nonce', '7d8f3e4a'],
      ['c2', ''],
      ['a3', '2 q'],
    ] as const
    expect(signatureBase({ method: 'post', url: 'http://example.com/request', parameters })).toBe(
      'POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2' +
        '%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth' +
        '_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7',
    )
  })

  test('encodes as RFC 3986 wants it, other than encodeURIComponent', () => {
    expect(percentEncoded("Ladies + Gentlemen!*'()")).toBe('Ladies%20%2B%20Gentlemen%21%2A%27%28%29')
    expect(percentEncoded('☃-._~')).toBe('%E2%98%83-._~')
  })

  test('covers every parameter of the address and leaves the address as it is', () => {
    const url = new URL('http://shop.test/?rest_route=/wc/v3/orders&_via=wp-json/wc/&status=any')
    const key = { key: 'ck_1', secret: 'cs_1' }
    const signed = signedUrl(url, 'GET', { key, stamp: { timestamp: 1_795_000_000, nonce: 'n1' } })
    expect(signed.href.startsWith(url.href)).toBe(true)
    const parameters = [...signed.searchParams].filter(([name]) => name !== 'oauth_signature')
    const base = signatureBase({ method: 'GET', url: 'http://shop.test/', parameters })
    const wanted = createHmac('sha256', 'cs_1&').update(base).digest('base64')
    expect(signed.searchParams.get('oauth_signature')).toBe(wanted)
    expect(signed.href).not.toContain('cs_1')
  })
})
