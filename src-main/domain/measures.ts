import type { Handling, MeasureLayer, MeasureLayers, MeasureOrigin, Product, Space } from './catalogue.ts'

/** How a product wants to be packed as long as nobody has said anything about it. */
export const usualHandling: Handling = {
  orientation: 'any',
  temperature: 'ambient',
  alone: false,
  ownBox: false,
  fragile: false,
  dangerousG: 0,
  foldedMm: [],
}

/** The three measures an origin may speak of; the sides and the volume are one, because they must fit together. */
export type MeasureName = 'space' | 'weight' | 'handling'

/** Whose word goes first. */
const byStrength: readonly MeasureOrigin[] = ['staff', 'storefront', 'estimated']

/** What a product without any word on its measures starts from. */
export const unmeasured: Pick<Product, 'handling' | 'layers'> = { handling: usualHandling, layers: {} }

/**
 * The product with one origin's word replaced (`undefined` or an empty layer = it says nothing any more); the other
 * origins keep theirs. Of each measure the strongest origin that speaks of it is in force: staff, storefront, estimated.
 * A confirmation stays only while size and weight in force stay as they were.
 */
export function withMeasures(product: Product, origin: MeasureOrigin, layer: MeasureLayer | undefined): Product {
  const { [origin]: _former, ...others } = product.layers
  const said = layer && spoken(layer)
  const layers: MeasureLayers = said ? { ...others, [origin]: said } : others
  const after: Product = { ...product, ...inForce(layers), layers }
  return { ...after, measuresConfirmed: isSameMeasure(product, after) ? product.measuresConfirmed : undefined }
}

/** Which origin's word is in force, for each measure that anybody speaks of. */
export function originsOf({ layers }: Pick<Product, 'layers'>): { readonly [Name in MeasureName]?: MeasureOrigin } {
  const space = originOf(layers, (layer) => layer.space)
  const weight = originOf(layers, (layer) => layer.weightG)
  const handling = originOf(layers, (layer) => layer.handling)
  return { ...(space && { space }), ...(weight && { weight }), ...(handling && { handling }) }
}

/** True when size and weight in force are the same in both, whoever said so. */
export const isSameMeasure = (one: Product, other: Product): boolean => measuresText(one) === measuresText(other)

const measuresText = ({ sizeMm, volumeCm3, weightG }: Product): string => JSON.stringify([sizeMm, volumeCm3, weightG])

/** Sides and volume in force, as one measure; undefined where neither is known. */
export const spaceOf = ({ sizeMm, volumeCm3 }: Space): Space | undefined =>
  sizeMm === undefined && volumeCm3 === undefined
    ? undefined
    : { ...(sizeMm && { sizeMm }), ...(volumeCm3 !== undefined && { volumeCm3 }) }

function inForce(layers: MeasureLayers): Pick<Product, 'sizeMm' | 'volumeCm3' | 'weightG' | 'handling'> {
  const space = strongest(layers, (layer) => layer.space)
  return {
    sizeMm: space?.sizeMm,
    volumeCm3: space?.volumeCm3,
    weightG: strongest(layers, (layer) => layer.weightG),
    handling: strongest(layers, (layer) => layer.handling) ?? usualHandling,
  }
}

function strongest<Value>(layers: MeasureLayers, of: (layer: MeasureLayer) => Value | undefined): Value | undefined {
  const layer = layers[originOf(layers, of) ?? 'estimated']
  return layer && of(layer)
}

const originOf = (layers: MeasureLayers, of: (layer: MeasureLayer) => unknown): MeasureOrigin | undefined =>
  byStrength.find((origin) => {
    const layer = layers[origin]
    return layer !== undefined && of(layer) !== undefined
  })

/** The layer without what it does not say; undefined where nothing is left. */
function spoken({ space, weightG, handling }: MeasureLayer): MeasureLayer | undefined {
  const room = space && spaceOf(space)
  if (room === undefined && weightG === undefined && handling === undefined) return undefined
  return { ...(room && { space: room }), ...(weightG !== undefined && { weightG }), ...(handling && { handling }) }
}
