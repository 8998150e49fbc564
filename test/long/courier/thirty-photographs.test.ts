import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeys, publicSet } from '../../../src-courier/core/courier-keys.ts'
import { sealKeys } from '../../../src-courier/core/passphrase.ts'
import { sscc } from '../../../src-main/kernel/ids.ts'
import { readPhotographs, startOpener, type Opener } from '../../e2e/courier-browser.ts'
import { keySetOf } from '../../e2e/courier-forgeries.ts'
import { manyRecipients, printLabels, type RealLabel } from '../../integration/courier/real-labels.ts'
import { closedAt, sealRun } from '../../unit/courier/shop-side.ts'
import { makeShopKey } from '../../unit/labels/keys.ts'

const passphrase = 'rain on the garden'
let opener: Opener
let labels: readonly RealLabel[]

beforeAll(async () => {
  const keys = await makeKeys()
  const to = Array.from({ length: 30 }, (_, i) => manyRecipients[i % manyRecipients.length]!)
  const run = await sealRun({
    key: await keySetOf(JSON.stringify(publicSet(keys))),
    shop: await makeShopKey(),
    pids: to.map((_, i) => sscc('9521234', 3, 100 + i)),
    to,
  })
  labels = await printLabels(run)
  opener = await startOpener({ at: closedAt })
  const { page } = opener
  const give = (field: string, name: string, text: string): Promise<void> =>
    page.setInputFiles(field, { name, mimeType: 'application/jose', buffer: Buffer.from(text) })
  await page.click('#other-ways > summary')
  await give('#key-file', 'courier-keys.private.jwe', await sealKeys(keys, passphrase))
  await page.fill('#passphrase-file', passphrase)
  await page.press('#passphrase-file', 'Enter')
  await page.waitForSelector('#manifest-file')
  await give('#manifest-file', 'a.manifest.jwe', run.file)
  await page.click('#trust-shop')
  await page.waitForSelector('#stop-card')
})
afterAll(() => opener?.close())

test('the opener reads all of 30 photographs of labels: turned, tilted, blurred, creased, dim', async () => {
  const { missed, compared } = await readPhotographs(opener, labels)
  expect(missed).toEqual([])
  // The bars were read too, and so the number was compared by the page itself.
  expect(compared).toBeGreaterThanOrEqual(27)
}, 600_000)
