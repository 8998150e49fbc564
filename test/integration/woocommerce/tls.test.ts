import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wooCommerceStorefront } from '../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts'
import { createFakeWooCommerce } from '../../fake-woocommerce/fake-woocommerce.ts'
import { serveFake, type Served } from '../../fake-woocommerce/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'woo-tls-'))
const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]

function makeCertificate(): boolean {
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  try {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-keyout', keyFile, '-out', certFile, ...subject], { stdio: 'ignore' }) // prettier-ignore
    return true
  } catch {
    return false
  }
}

/** Only another program can be told at its start whom to trust. */
const program = `
  import { wooCommerceStorefront } from ${JSON.stringify(new URL('../../../src-main/adapters/storefronts/woocommerce/woocommerce-storefront.ts', import.meta.url).href)}
  const [address, token] = process.argv.slice(1)
  const shop = wooCommerceStorefront({ address, token, clock: { now: () => Date.now() } })
  const checks = await shop.testAccess()
  const page = await shop.pullOrders(undefined)
  console.log(JSON.stringify({ checks, orders: page.entries.length }))
`

describe.skipIf(!makeCertificate())('over real TLS', () => {
  const fake = createFakeWooCommerce({ seed: 5, address: 'https://127.0.0.1' })
  let served: Served
  beforeAll(async () => {
    const tea = fake.addProduct({ name: 'Tea', sku: 'TEA' })
    fake.placeOrder({ lines: [{ productId: tea, quantity: 1 }] })
    const tls = { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') }
    served = await serveFake(fake, { tls })
  })
  afterAll(() => served.close())

  test('a certificate that nobody vouches for is named, and no key is sent to it', async () => {
    const clock = { now: () => Date.now() }
    const shop = wooCommerceStorefront({
      address: served.address,
      token: fake.token,
      clock,
      sleep: async () => undefined,
    })
    const address = (await shop.testAccess()).find(({ check }) => check === 'address')
    expect(address).toMatchObject({
      ok: false,
      details: { what: 'no-connection', cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    })
    expect(fake.requests).toEqual([])
  })

  test('a trusted one is talked to with Basic and without keys in any address', async () => {
    const flags = ['--input-type=module-typescript', '--eval', program, served.address, fake.token]
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certFile }
    const { stdout } = await promisify(execFile)(process.execPath, flags, { env })
    const { checks, orders } = JSON.parse(stdout) as {
      checks: { ok: boolean; details: { auth?: string } }[]
      orders: number
    } // our own line
    expect(checks.every(({ ok }) => ok)).toBe(true)
    expect(checks.find(({ details }) => details.auth)?.details.auth).toBe('basic')
    expect(orders).toBe(1)
    expect(fake.requests.every(({ url, headers }) => !url.href.includes('cs_') && headers.get('authorization') !== null)).toBe(true) // prettier-ignore
  })
})
