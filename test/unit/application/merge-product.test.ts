import { describe, expect, test } from 'vitest'
import { mergeStorefrontProduct } from '../../../src-main/application/merge-product.ts'
import { productFrom } from '../../../src-main/application/patch-product.ts'
import { originsOf, withMeasures } from '../../../src-main/domain/measures.ts'
import type { Measures } from '../../../src-main/ports/storefront.ts'
import type { ProductPatch } from '../../../src-main/ports/imports.ts'
import { makeHandling, makeProduct } from '../../fixtures/builders.ts'

const told = (measures: Measures) => ({
  id: '7',
  sku: 'TEA',
  name: 'Tea',
  price: { minor: 100, currency: 'EUR' },
  taxRate: 7,
  measures,
  changedAt: 1,
})
const fromStorefront = mergeStorefrontProduct(undefined, told({ weightG: 300, sizeMm: [160, 90, 70] }))
const file = (patch: ProductPatch, before = fromStorefront) =>
  productFrom({ before, sku: 'TEA', patch, currency: 'EUR' }).product

describe('a pull', () => {
  test('replaces what the storefront said and leaves what staff said in force', () => {
    const measured = withMeasures(fromStorefront, 'staff', { weightG: 320 })
    const after = mergeStorefrontProduct(measured, told({ weightG: 305, sizeMm: [150, 90, 70] }))
    expect(after).toMatchObject({ weightG: 320, sizeMm: [150, 90, 70], layers: { storefront: { weightG: 305 } } })
    expect(originsOf(after)).toEqual({ space: 'storefront', weight: 'staff' })
    expect(withMeasures(after, 'staff', undefined)).toMatchObject({ weightG: 305 })
  })

  test('without measures takes back only what the storefront said', () => {
    const measured = withMeasures(fromStorefront, 'staff', { weightG: 320 })
    expect(mergeStorefrontProduct(measured, told({}))).toMatchObject({ weightG: 320, sizeMm: undefined })
  })

  test('without measures takes nothing back while another listing sells the same', () => {
    expect(mergeStorefrontProduct(fromStorefront, told({ weightG: 280 }), true)).toMatchObject({
      weightG: 280,
      sizeMm: [160, 90, 70],
    })
  })
})

describe('a file', () => {
  test('that repeats what is in force leaves it to whoever said it', () => {
    expect(file({ weightG: 300, sizeMm: [160, 90, 70], handling: { fragile: false } })).toEqual(fromStorefront)
  })

  test('that says something else speaks for staff, of that measure alone', () => {
    const after = file({ weightG: 350, handling: { fragile: true } })
    expect(originsOf(after)).toEqual({ space: 'storefront', weight: 'staff', handling: 'staff' })
    expect(after.handling).toEqual(makeHandling({ fragile: true }))
  })

  test('with an empty cell takes staff’s word back, never the storefront’s', () => {
    const measured = withMeasures(fromStorefront, 'staff', { weightG: 320, space: { sizeMm: [1, 2, 3] } })
    expect(file({ weightG: undefined, sizeMm: undefined }, measured)).toEqual(fromStorefront)
  })

  test('with a volume alone keeps the sides beside it', () => {
    expect(file({ volumeCm3: 900 })).toMatchObject({ volumeCm3: 900, sizeMm: [160, 90, 70] })
  })

  test('that repeats an estimate leaves it an estimate', () => {
    const guessed = withMeasures(makeProduct({ layers: {}, weightG: undefined, sizeMm: undefined }), 'estimated', {
      weightG: 90,
    })
    expect(originsOf(file({ weightG: 90 }, guessed))).toEqual({ weight: 'estimated' })
    expect(originsOf(file({ weightG: 91 }, guessed))).toEqual({ weight: 'staff' })
  })
})
