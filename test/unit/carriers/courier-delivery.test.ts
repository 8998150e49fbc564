import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { courierDelivery } from '../../../src-main/adapters/carriers/courier-delivery.ts'
import { codeOf } from '../labels/keys.ts'

const file = { fileName: 'M-231-1.manifest.jwe', content: 'eyJh..b.c.d', idempotencyKey: 'key-1', writtenAt: 0 }

describe('the folder channel', () => {
  let folder: string
  const delivery = courierDelivery()
  const send = (more: object = {}) => delivery.send({ kind: 'folder', path: folder }, { ...file, ...more })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'backroom-folder-'))
  })
  afterEach(async () => {
    await chmod(folder, 0o700).catch(() => undefined)
    await rm(folder, { recursive: true, force: true })
  })

  test('leaves the whole file under its name and nothing else', async () => {
    expect(await send()).toEqual({ outcome: 'sent' })
    expect(await readdir(folder)).toEqual([file.fileName])
    expect(await readFile(join(folder, file.fileName), 'utf8')).toBe(file.content)
  })

  test('has one effect however often the same file is sent', async () => {
    await send()
    expect(await send()).toEqual({ outcome: 'sent' })
    expect(await readdir(folder)).toHaveLength(1)
  })

  test('never replaces a manifest by another of the same name', async () => {
    await send()
    expect(await send({ content: 'other' })).toEqual({ outcome: 'refused', problem: 'name-taken' })
    expect(await readFile(join(folder, file.fileName), 'utf8')).toBe(file.content)
  })

  test('asks for another try when the stick is not plugged in', async () => {
    const gone = delivery.send({ kind: 'folder', path: join(folder, 'nowhere') }, file)
    const found = await codeOf(gone)
    expect(found).toMatchObject({ code: 'ERR_COURIER_UNREACHABLE', details: { channel: 'folder', reason: 'ENOENT' } })
  })

  test('refuses a path that is a file, and names that lead out of the folder', async () => {
    await writeFile(join(folder, 'plain'), '')
    const toFile = delivery.send({ kind: 'folder', path: join(folder, 'plain') }, file)
    expect(await toFile).toEqual({ outcome: 'refused', problem: 'not-a-folder' })
    for (const fileName of ['../x', 'a/b', '.hidden', '', 'C:x', 'a\\b'])
      expect((await codeOf(send({ fileName }))).code).toBe('ERR_INPUT_INVALID')
  })

  test('finds the receipt that the courier put beside the file', async () => {
    const channel = { kind: 'folder', path: folder } as const
    expect(await delivery.findReceipt(channel, file.fileName)).toBeUndefined()
    await writeFile(join(folder, 'M-231-1.receipt.jws'), 'a.b.c')
    expect(await delivery.findReceipt(channel, file.fileName)).toBe('a.b.c')
  })
})

describe('the HTTPS channel', () => {
  const seen: { headers: IncomingMessage['headers']; body: string }[] = []
  let answer: (response: ServerResponse) => void
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push({ headers: request.headers, body })
      answer(response)
    })
  })
  let url: string
  const delivery = courierDelivery({ timeoutMs: 300 })
  const send = () => delivery.send({ kind: 'https', url, token: 'secret-token' }, file)

  beforeEach(async () => {
    seen.length = 0
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/manifests` // a TCP server has an AddressInfo
  })
  afterEach(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  test('posts the ciphertext with key and token and hands the receipt back', async () => {
    answer = (response) => response.writeHead(201, { 'content-type': 'application/jose' }).end('a.b.c')
    expect(await send()).toEqual({ outcome: 'sent', receipt: 'a.b.c' })
    expect(seen[0]?.body).toBe(file.content)
    expect(seen[0]?.headers).toMatchObject({
      'idempotency-key': 'key-1',
      authorization: 'Bearer secret-token',
      'content-type': 'application/jose',
      'content-disposition': "attachment; filename*=UTF-8''M-231-1.manifest.jwe",
    })
  })

  test('is sent without a receipt when the answer is something else', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>thanks')
    expect(await send()).toEqual({ outcome: 'sent', receipt: undefined })
  })

  test('is refused for good by 4xx and by a redirect, which is not followed', async () => {
    answer = (response) => response.writeHead(403).end()
    expect(await send()).toEqual({ outcome: 'refused', problem: 'status-403' })
    answer = (response) => response.writeHead(307, { location: url }).end()
    expect(await send()).toEqual({ outcome: 'refused', problem: 'redirect' })
    expect(seen).toHaveLength(2)
  })

  test('may be tried again after 5xx, 429, silence and a closed door', async () => {
    for (const status of [500, 503, 429, 408]) {
      answer = (response) => response.writeHead(status).end()
      expect(await codeOf(send())).toMatchObject({ code: 'ERR_COURIER_UNREACHABLE', details: { status } })
    }
    answer = () => undefined
    expect((await codeOf(send())).details).toMatchObject({ reason: 'TimeoutError' })
    answer = (response) => response.destroy()
    expect((await codeOf(send())).code).toBe('ERR_COURIER_UNREACHABLE')
    url = 'http://127.0.0.1:9/'
    const found = await codeOf(send())
    expect(found.code).toBe('ERR_COURIER_UNREACHABLE')
    expect(found.text).not.toContain('secret-token')
  })

  test('is refused without a single byte sent when the address would give the file or the token away', async () => {
    const problems = [
      ['http://courier.example/in', 'plain-http'],
      ['http://127.0.0.1.example/in', 'plain-http'],
      ['ftp://courier.example/in', 'address-invalid'],
      ['courier', 'address-invalid'],
      ['https://user:word@courier.example/in', 'address-with-password'],
    ]
    for (const [address = '', problem] of problems) {
      url = address
      expect(await send()).toEqual({ outcome: 'refused', problem })
    }
  })
})

test('pick-up waits at the station', async () => {
  expect(await courierDelivery().send({ kind: 'pick-up' }, file)).toEqual({ outcome: 'waiting-for-pick-up' })
})
