import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { icnsOf, icoOf } from '../../../packaging/draw-icons.ts'

const icons = fileURLToPath(new URL('../../../resources/icons/', import.meta.url))
const png = (size: number): Buffer => Buffer.alloc(size, 7)

describe('icons', () => {
  test('an ICO file says where each of its pictures lies', () => {
    const file = icoOf([
      { size: 16, png: png(10) },
      { size: 256, png: png(20) },
    ])
    expect(file.readUInt16LE(4)).toBe(2)
    expect([file.readUInt8(6), file.readUInt32LE(14), file.readUInt32LE(18)]).toEqual([16, 10, 38])
    expect([file.readUInt8(22), file.readUInt32LE(30), file.readUInt32LE(34)]).toEqual([0, 20, 48])
    expect(file.length).toBe(68)
  })

  test('an ICNS file says how long it is and what follows', () => {
    const file = icnsOf([{ kind: 'ic07', png: png(5) }])
    expect([file.toString('latin1', 0, 4), file.readUInt32BE(4)]).toEqual(['icns', 21])
    expect([file.toString('latin1', 8, 12), file.readUInt32BE(12)]).toEqual(['ic07', 13])
  })

  test('are there for every system, the large one 512 points wide', () => {
    const large = readFileSync(join(icons, 'icon.png'))
    expect([large.readUInt32BE(16), large.readUInt32BE(20)]).toEqual([512, 512])
    expect(readFileSync(join(icons, 'icon.ico')).readUInt16LE(4)).toBe(7)
    expect(readFileSync(join(icons, 'icon.icns')).toString('latin1', 0, 4)).toBe('icns')
  })
})
