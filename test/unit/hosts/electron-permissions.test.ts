import { expect, test } from 'vitest'
import { mayUse } from '../../../src-main/hosts/electron/permissions.ts'

test('our own pages may use the camera and copy text', () => {
  expect(mayUse('media', { isOwn: true, media: ['video'] })).toBe(true)
  expect(mayUse('clipboard-sanitized-write', { isOwn: true })).toBe(true)
})

test.each([
  ['media', { isOwn: true, media: ['audio'] }],
  ['media', { isOwn: true, media: ['video', 'audio'] }],
  ['media', { isOwn: true, media: [] }],
  ['media', { isOwn: false, media: ['video'] }],
  ['clipboard-sanitized-write', { isOwn: false }],
  ['clipboard-read', { isOwn: true }],
  ['geolocation', { isOwn: true }],
  ['notifications', { isOwn: true }],
  ['openExternal', { isOwn: true }],
])('%s is refused for %o', (permission, asked) => {
  expect(mayUse(permission, asked)).toBe(false)
})
