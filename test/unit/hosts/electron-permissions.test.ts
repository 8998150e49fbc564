import { expect, test } from 'vitest'
import { findScalePort, mayUse, mayUseDevice } from '../../../src-main/hosts/electron/permissions.ts'

test('our own pages may use the camera, copy text and look for a scale', () => {
  expect(mayUse('media', { isOwn: true, media: ['video'] })).toBe(true)
  expect(mayUse('clipboard-sanitized-write', { isOwn: true })).toBe(true)
  expect(mayUse('hid', { isOwn: true })).toBe(true)
  expect(mayUse('serial', { isOwn: true })).toBe(true)
})

test.each([
  ['media', { isOwn: true, media: ['audio'] }],
  ['media', { isOwn: true, media: ['video', 'audio'] }],
  ['media', { isOwn: true, media: [] }],
  ['media', { isOwn: false, media: ['video'] }],
  ['clipboard-sanitized-write', { isOwn: false }],
  ['clipboard-read', { isOwn: true }],
  ['hid', { isOwn: false }],
  ['serial', { isOwn: false }],
  ['usb', { isOwn: true }],
  ['geolocation', { isOwn: true }],
  ['notifications', { isOwn: true }],
  ['openExternal', { isOwn: true }],
])('%s is refused for %o', (permission, asked) => {
  expect(mayUse(permission, asked)).toBe(false)
})

test('the device a page gets is a scale and nothing else', () => {
  const page = { isOwn: true, chosenPorts: new Set(['port-2']) }
  const scale = { collections: [{ usagePage: 0x8d }] }
  expect(mayUseDevice('hid', scale, page)).toBe(true)
  expect(mayUseDevice('hid', scale, { ...page, isOwn: false })).toBe(false)
  expect(mayUseDevice('hid', { collections: [{ usagePage: 1 }] }, page)).toBe(false)
  expect(mayUseDevice('hid', {}, page)).toBe(false)
  expect(mayUseDevice('serial', { portId: 'port-2' }, page)).toBe(true)
  expect(mayUseDevice('serial', { portId: 'port-1' }, page)).toBe(false)
  expect(mayUseDevice('usb', scale, page)).toBe(false)
})

test('a serial port is chosen only when there is no doubt which one the scale hangs on', () => {
  const [built, adapter] = [{ portId: 'ttyS0' }, { portId: 'ttyUSB0', vendorId: '0403' }]
  expect(findScalePort([built, adapter])).toBe(adapter)
  expect(findScalePort([built])).toBe(built)
  expect(findScalePort([built, { portId: 'ttyS1' }])).toBeUndefined()
  expect(findScalePort([adapter, { ...adapter, portId: 'ttyUSB1' }])).toBeUndefined()
  expect(findScalePort([])).toBeUndefined()
})
