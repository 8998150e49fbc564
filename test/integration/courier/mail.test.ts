import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { courierDelivery } from '../../../src-main/adapters/carriers/courier-delivery.ts'
import { tryMailServer } from '../../../src-main/adapters/carriers/mail-channel.ts'
import { exportManifest } from '../../../src-main/application/export-manifest.ts'
import { setCourierChannel } from '../../../src-main/application/import-carriers.ts'
import { reportStatus } from '../../../src-main/application/report-status.ts'
import { forgetShopMail, mailAccessOf, saveShopMail } from '../../../src-main/application/shop-mail.ts'
import { handOverOf } from '../../../src-main/domain/hand-over.ts'
import type { MailAccess } from '../../../src-main/ports/carriers.ts'
import { openPostOffice, user, type PostOffice } from '../storefront/post-office.ts'
import { fixture } from '../storefront/running-storefront.ts'
import { storefrontOrder } from '../../unit/application/fake-storefront.ts'
import { packed, takeOrders } from '../../unit/application/line-of-work.ts'
import { openTestShop, removeTestShops } from '../../unit/application/test-shop.ts'

const open: PostOffice[] = []
afterEach(async () => {
  removeTestShops()
  for (const office of open.splice(0)) await office.stop()
})

async function office(options: Parameters<typeof openPostOffice>[0] = {}): Promise<PostOffice> {
  const opened = await openPostOffice(options)
  open.push(opened)
  return opened
}

const certificates = readFileSync(fixture('smtp-localhost.crt'), 'utf8')
const plain = (port: number): MailAccess => ({ host: '127.0.0.1', port, security: 'none', from: 'shop@corner.example' })
const guarded = (port: number): MailAccess => ({
  ...plain(port),
  host: 'localhost',
  security: 'starttls',
  user: user.name,
  password: user.password,
  certificates,
})

const sealed = `eyJhbGciOiJFQ0RILUVTIn0..${'c2VhbGVk'.repeat(3000)}.aaaa.bbbb`
const file = { fileName: 'VAN-20261122-1.manifest.jwe', content: sealed, idempotencyKey: '0199-key', writtenAt: 1_795_338_000_000 } // prettier-ignore
const send = (access: MailAccess | undefined, to = 'desk@courier.example') =>
  courierDelivery({ mailAccess: async () => access }).send({ kind: 'mail', to }, file)

/** The attachment as the courier's program saves it. */
function attachment(raw: string): { readonly name: string; readonly content: string } {
  const part = raw.split(/\r\n--/).find((one) => one.includes('attachment')) ?? ''
  const name = /filename="?([^"\r\n;]+)/.exec(part)?.[1] ?? ''
  const body = part.slice(part.indexOf('\r\n\r\n') + 4)
  return { name, content: /base64/i.test(part) ? Buffer.from(body, 'base64').toString('latin1') : body.trim() }
}

describe('a manifest by e-mail', () => {
  test('is one attachment, ciphertext alone; subject, text and file name hold its number and nothing else', async () => {
    const { port, mails } = await office()
    expect(await send(plain(port))).toEqual({ outcome: 'sent' })
    const [mail] = mails
    expect(mail?.to).toEqual(['desk@courier.example'])
    expect(mail?.headers['subject']).toBe('VAN-20261122-1')
    expect(mail?.headers['message-id']).toBe('<0199-key@corner.example>')
    expect(mail?.text.trim()).toBe('VAN-20261122-1')
    expect(attachment(mail?.raw ?? '')).toEqual({ name: file.fileName, content: sealed })
  })

  test('sent again after the line broke has the same Message-ID and date: mailboxes show one', async () => {
    const { port, mails, faults } = await office()
    faults.push('drop-after-data')
    await expect(send(plain(port))).rejects.toMatchObject({ code: 'ERR_COURIER_UNREACHABLE' })
    expect(await send(plain(port))).toEqual({ outcome: 'sent' })
    expect(mails).toHaveLength(2)
    for (const name of ['message-id', 'date', 'subject'])
      expect(new Set(mails.map(({ headers }) => headers[name])).size, name).toBe(1)
  })

  test('greylisted is later, an unknown mailbox is never, no address is one of several', async () => {
    const { port, faults } = await office()
    faults.push('greylist')
    await expect(send(plain(port))).rejects.toMatchObject({ details: { channel: 'mail', reason: 'smtp-451' } })
    faults.push('refuse')
    expect(await send(plain(port))).toEqual({ outcome: 'refused', problem: 'smtp-550' })
    for (const to of ['a@b.example, c@d.example', 'a@b.example\r\nBcc: x@y.example', 'nobody', '"x y"@b.example'])
      expect(await send(plain(port), to)).toEqual({ outcome: 'refused', problem: 'address-invalid' })
  })

  test('goes over TLS with a password; an unknown certificate, none at all and a wrong password wait', async () => {
    const { port, mails } = await office({ isGuarded: true })
    const access = guarded(port)
    expect(await tryMailServer(access)).toBeUndefined()
    expect(await send(access)).toEqual({ outcome: 'sent' })
    expect(mails[0]?.isSecure).toBe(true)
    const refusals: readonly (readonly [MailAccess, string])[] = [
      [{ ...access, certificates: undefined }, 'no-tls'],
      [{ ...access, password: 'wrong' }, 'sign-in-refused'],
      [{ ...plain((await office()).port), host: 'localhost', security: 'starttls' }, 'no-tls'],
      [plain(1), 'unreachable'],
      [{ ...access, from: 'nobody' }, 'sender-address'],
    ]
    for (const [wrong, reason] of refusals) {
      await expect(send(wrong), reason).rejects.toMatchObject({ code: 'ERR_COURIER_UNREACHABLE', details: { reason } })
      expect(await tryMailServer(wrong), reason).toBe(reason)
    }
    await expect(send(undefined)).rejects.toMatchObject({ details: { reason: 'mail-not-set-up' } })
    expect(mails).toHaveLength(1)
  })
})

describe("the shop's mail server", () => {
  test('sends what waits in the outbox; the password lies sealed and never leaves for another server', async () => {
    const { port, mails } = await office({ isGuarded: true })
    const shop = await openTestShop()
    await takeOrders(shop, [storefrontOrder({ TEA: 1 })])
    await packed(shop)
    await setCourierChannel(shop.workshop, shop.caller, { carrier: 'VAN', channel: { kind: 'mail', to: 'desk@courier.example' } }) // prettier-ignore
    const { number } = await exportManifest(shop.workshop, shop.caller, 'VAN')
    const workshop = { ...shop.workshop, couriers: courierDelivery({ mailAccess: () => mailAccessOf(shop.workshop) }) }
    const stateNow = async () => {
      const { manifest } = await shop.store.loadManifest(number)
      const messages = await shop.store.listManifestMessages([manifest.id])
      return handOverOf(manifest, messages, { now: shop.clock.now(), receiptHours: 4 })
    }
    await reportStatus(workshop, shop.caller)
    expect(await stateNow()).toMatchObject({ state: 'waiting', problem: 'mail-not-set-up' })
    const { password = '', ...mail } = guarded(port)
    const save = (more: object) => saveShopMail(shop.workshop, shop.caller, { ...mail, ...more })
    await expect(save({})).rejects.toMatchObject({ code: 'ERR_INPUT_INVALID', details: { path: 'password' } })
    await expect(save({ security: 'none', host: 'mail.example' })).rejects.toMatchObject({ details: { path: 'security' } }) // prettier-ignore
    await save({ password })
    await save({ from: 'other@corner.example' })
    await expect(save({ host: 'evil.example' })).rejects.toMatchObject({ details: { path: 'password' } })
    expect(shop.written()).not.toContain(password)
    shop.clock.forward(60_000)
    await reportStatus(workshop, shop.caller)
    expect(await stateNow()).toMatchObject({ state: 'sent', way: 'mail' })
    await reportStatus(workshop, shop.caller)
    expect(mails).toHaveLength(1)
    await forgetShopMail(shop.workshop, shop.caller)
    expect(await mailAccessOf(shop.workshop)).toBeUndefined()
  })

  test('gets each manifest under one Message-ID, also from a program that was killed after the mail was taken', async () => {
    const { port, mails, received } = await office({ slowMs: 400 })
    open[0]?.faults.push('slow')
    const script = `
      import { courierDelivery } from '${new URL('../../../src-main/adapters/carriers/courier-delivery.ts', import.meta.url).href}'
      const access = ${JSON.stringify(plain(port))}
      await courierDelivery({ mailAccess: async () => access }).send({ kind: 'mail', to: 'desk@courier.example' }, ${JSON.stringify(file)})`
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'ignore' })
    await received(1)
    child.kill('SIGKILL')
    expect(await send(plain(port))).toEqual({ outcome: 'sent' })
    expect(mails).toHaveLength(2)
    expect(new Set(mails.map(({ headers }) => headers['message-id']))).toEqual(new Set(['<0199-key@corner.example>']))
  })
})
