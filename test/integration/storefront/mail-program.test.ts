import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { CustomerClient } from './customer-client.ts'
import { mailSettings } from './mailing-shop.ts'
import { openPostOffice, user, type PostOffice } from './post-office.ts'
import { fixture, newFolder, startProcess, type StorefrontProcess } from './running-storefront.ts'

let office: PostOffice
let storefront: StorefrontProcess | undefined
afterEach(async () => {
  await storefront?.stop()
  storefront = undefined
  await office.stop()
})

const start = async (folder: string, mail: object, environment: NodeJS.ProcessEnv = {}): Promise<StorefrontProcess> => {
  const settings = { mail: mailSettings(office.port, mail) }
  return (storefront = await startProcess(folder, { configuration: settings, environment }))
}
const diskOf = (folder: string): string =>
  ['storefront.sqlite', 'storefront.sqlite-wal'].map((name) => readFileSync(join(folder, 'data', name), 'latin1')).join('') // prettier-ignore

const main = new URL('../../../src-storefront/main.ts', import.meta.url).pathname
const run = (flags: readonly string[]): Promise<{ exitCode: number; out: string; words: string }> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...flags], (_error, out, words) =>
      resolve({ exitCode: child.exitCode ?? -1, out, words }),
    )
  })

describe('the running storefront', () => {
  test('mails through TLS with a password from the environment; nothing secret or personal in log or file', async () => {
    office = await openPostOffice({ isGuarded: true })
    const folder = newFolder()
    const smtp = {
      host: 'localhost',
      port: office.port,
      user: user.name,
      certificateFile: fixture('smtp-localhost.crt'),
    }
    const running = await start(folder, { smtp }, { STOREFRONT_SMTP_PASSWORD: user.password })
    const client = new CustomerClient(running.address)
    office.faults.push('refuse')
    await client.identify('refused.person@hidden.example', { name: 'Unmistakable Nameson' })
    await client.order([{ sku: 'TEA-01', quantity: 1 }])
    const other = new CustomerClient(running.address)
    await other.identify('ada@hidden.example', { name: 'Unmistakable Nameson', locale: 'de' })
    const { id } = (await other.order([{ sku: 'TEA-01', quantity: 1 }])).json
    const [mail] = await office.received(1)
    expect([mail?.to, mail?.isSecure]).toEqual([['ada@hidden.example'], true])
    const link = new RegExp(`https://corner\\.example(/orders/${id}/link/\\S+)`).exec(mail?.text ?? '')?.[1] ?? ''
    const elsewhere = new CustomerClient(running.address)
    const opened = await elsewhere.page(link)
    expect([opened.status, opened.headers.get('location')], 'the link opens the order on another terminal').toEqual([
      303,
      `/orders/${id}`,
    ])
    for (const secret of ['hidden.example', 'refused.person', 'Unmistakable', user.password, 'Teststra']) {
      expect(running.log().includes(secret), secret).toBe(false)
      expect(diskOf(folder).includes(secret), secret).toBe(false)
    }
    expect(running.log()).toContain('"failure":"smtp-550"')
    const status = await run(['--data', join(folder, 'data'), '--mail-status'])
    expect(JSON.parse(status.out)).toMatchObject({
      counts: { refused: 1 },
      troubles: [{ kind: 'order-placed', orderNumber: '1001', state: 'refused', reason: 'smtp-550' }],
    })
  })

  test('killed between sending and noting it, repeats that mail once, with its Message-ID', async () => {
    office = await openPostOffice({ slowMs: 5000 })
    office.faults.push('slow')
    const folder = newFolder()
    const first = await start(folder, {})
    const client = new CustomerClient(first.address)
    await client.identify('killed@example.org')
    await client.order([{ sku: 'TEA-01', quantity: 1 }])
    await office.received(1)
    await first.kill()
    const second = await start(folder, {})
    await office.received(2)
    const next = new CustomerClient(second.address)
    await next.identify('next@bücher.example')
    await next.order([{ sku: 'TEA-01', quantity: 1 }])
    const mails = await office.received(3)
    expect(mails[1]?.headers['message-id']).toBe(mails[0]?.headers['message-id'])
    expect(mails.map(({ to }) => to[0])).toEqual(['killed@example.org', 'killed@example.org', 'next@bücher.example'])
    expect(mails[2]?.headers['to'], 'a domain as the mail system writes it').toBe('next@xn--bcher-kva.example')
  })

  test('a sign-up with a known address is answered alike, and the mail tells its owner', async () => {
    office = await openPostOffice()
    const { address } = await start(newFolder(), {})
    const signUp = (password: string) =>
      new CustomerClient(address).send('POST', '/session', { body: { mode: 'sign-up', email: 'known@example.org', password } }) // prettier-ignore
    expect([(await signUp('the first one')).status, (await signUp('another one')).status]).toEqual([200, 200])
    const [mail] = await office.received(1)
    expect(mail?.headers['subject']).toBe('You have an account already')
    expect(mail?.text).toContain('https://corner.example/password/forgotten')
  })
})

describe('a forgotten password', () => {
  const tokenIn = (text: string | undefined): string => /\/password\/reset\?token=([\w-]+)/.exec(text ?? '')?.[1] ?? ''
  const account = async (address: string, email: string): Promise<CustomerClient> => {
    const client = new CustomerClient(address)
    await client.send('POST', '/session', { body: { mode: 'sign-up', email, password: 'forgotten one', locale: 'de' } })
    return client
  }
  const fieldsOf = (html: string): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/<input type="hidden" name="(formToken|token)" value="([^"]*)"/g)].map(([, name, value]) => [name, value]), // prettier-ignore
    )

  test('is replaced by forms alone: once, by the newest link, and every session ends', async () => {
    office = await openPostOffice()
    const folder = newFolder()
    const { address } = await start(folder, {})
    const signedIn = await account(address, 'grace@example.org')
    const client = new CustomerClient(address)
    const asking = { ...fieldsOf((await client.page('/password/forgotten')).text), email: 'grace@example.org' }
    const asked = await client.send('POST', '/password/forgotten', { form: asking })
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/password/forgotten?sent'])
    await office.received(1)
    await client.send('POST', '/password/forgotten', { form: asking })
    const [older, newer] = (await office.received(2)).map(({ text }) => tokenIn(text))
    expect((await client.page(`/password/reset?token=${older}`)).text).toContain('This link has ended')
    const form = (await client.page(`/password/reset?token=${newer}`)).text
    expect(diskOf(folder)).not.toContain(newer)
    const set = { ...fieldsOf(form), newPassword: 'a better one' }
    const short = await client.send('POST', '/password/reset', { form: { ...set, newPassword: 'short' } })
    expect([short.status, short.text.includes('at least 8 characters')]).toEqual([422, true])
    const done = await client.send('POST', '/password/reset', { form: set })
    expect([done.status, done.headers.get('location')]).toEqual([303, '/password/reset?done'])
    expect((await client.send('POST', '/password/reset', { form: set })).status, 'once').toBe(410)
    expect((await signedIn.get('/session')).json.user.kind, 'the other session').toBe('guest')
    const signIn = (password: string) =>
      new CustomerClient(address).send('POST', '/session', { body: { mode: 'sign-in', email: 'grace@example.org', password } }) // prettier-ignore
    expect([(await signIn('forgotten one')).status, (await signIn('a better one')).status]).toEqual([401, 200])
    const notice = (await office.received(3))[2]
    expect(notice?.headers['subject']).toBe('Ihr Passwort wurde geändert')
  })

  test('is replaced as JSON, and an unknown address gets the same answer and no mail', async () => {
    office = await openPostOffice()
    const { address } = await start(newFolder(), {})
    await account(address, 'known@example.org')
    const client = new CustomerClient(address)
    const ask = (email: string) => client.send('POST', '/password/forgotten', { body: { email } })
    const unknown = await ask('nobody@example.org')
    const known = await ask('known@example.org')
    expect([unknown.status, unknown.json]).toEqual([202, { asked: true }])
    expect([known.status, known.json]).toEqual([unknown.status, unknown.json])
    expect([...known.headers.keys()].sort()).toEqual([...unknown.headers.keys()].filter((name) => name !== 'set-cookie').sort()) // prettier-ignore
    const [mail] = await office.received(1)
    expect(mail?.to).toEqual(['known@example.org'])
    const token = tokenIn(mail?.text)
    expect((await client.get(`/password/reset?token=${token}`)).json).toEqual({ isValid: true })
    const reset = (password: string) => client.send('POST', '/password/reset', { body: { token, password } })
    const answers = await Promise.all([reset('one new word'), reset('another word')])
    expect(answers.map(({ status }) => status).sort(), 'of two at once, one').toEqual([200, 410])
    expect(office.mails.filter(({ to }) => to[0] === 'nobody@example.org')).toEqual([])
  })

  test('cannot be asked for often, for a known address as little as for an unknown one', async () => {
    office = await openPostOffice()
    const { address } = await start(newFolder(), {})
    await account(address, 'often@example.org')
    for (const email of ['often@example.org', 'never@example.org']) {
      const codes: number[] = []
      for (let i = 0; i < 6; i++) {
        codes.push((await new CustomerClient(address).send('POST', '/password/forgotten', { body: { email } })).status)
      }
      expect(codes).toEqual([202, 202, 202, 202, 202, 429])
    }
  })
})

describe('for whoever runs the shop', () => {
  const configurationWith = (mail: object | undefined): string => {
    const file = join(newFolder(), 'shop.json')
    writeFileSync(file, JSON.stringify({ name: 'Corner Shop', locale: 'de', ...(mail && { mail }) }))
    return file
  }

  test('a test mail says that it was sent, or what to do', async () => {
    office = await openPostOffice()
    const flags = (file: string) => ['--data', newFolder(), '--seed-config', file, '--test-mail', 'you@example.org']
    const sent = await run(flags(configurationWith(mailSettings(office.port))))
    expect([sent.exitCode, JSON.parse(sent.out).sent]).toEqual([0, true])
    expect(office.mails[0]?.headers['subject']).toBe('Test-E-Mail von Corner Shop')
    office.faults.push('refuse')
    const refused = await run(flags(configurationWith(mailSettings(office.port))))
    expect([refused.exitCode, JSON.parse(refused.words).error]).toMatchObject([
      3,
      { code: 'ERR_MAIL_FAILED', details: { reason: 'smtp-550' } },
    ])
    const off = await run(flags(configurationWith(undefined)))
    expect([off.exitCode, JSON.parse(off.words).error.code]).toEqual([2, 'ERR_MAIL_OFF'])
  })

  test('a password in the configuration file, a server elsewhere without TLS, and a user without password are refused', async () => {
    office = await openPostOffice()
    const failure = async (smtp: object) => {
      const file = configurationWith(mailSettings(office.port, { smtp }))
      const { exitCode, words } = await run(['--data', newFolder(), '--seed-config', file])
      return [exitCode, JSON.parse(words).error.details.path]
    }
    expect(await failure({ host: 'localhost', password: 'secret' })).toEqual([2, 'mail.smtp'])
    expect(await failure({ host: 'mail.example.org', security: 'none' })).toEqual([2, 'mail.smtp.security'])
    expect(await failure({ host: 'localhost', user: 'shop' })).toEqual([2, 'mail.smtp.user'])
  })

  test('a shop without a mail server says so at the start, and on the page for a forgotten password', async () => {
    office = await openPostOffice()
    storefront = await startProcess(newFolder())
    const client = new CustomerClient(storefront.address)
    expect((await client.page('/password/forgotten')).text).toContain('This shop cannot send mails.')
    expect((await client.send('POST', '/password/forgotten', { body: { email: 'a@example.org' } })).status).toBe(503)
    expect(storefront.log()).toContain('Mail is off')
  })
})
