import { describe, expect, test } from 'vitest'
import { LineSegments, Mesh, type Material, type Object3D, type Texture, Vector3 } from 'three'
import { buildParcel } from '../../../../src-renderer/components/parcel/parcel-model.ts'
import { createStages, type Painter } from '../../../../src-renderer/components/parcel/stage.ts'
import { asOnPaper } from '../../../../src-renderer/components/parcel/viewpoint.ts'

const inks = { ink: '#000000', muted: '#777777', paper: '#ffffff', accent: '#0000ff' }
const pieces = [
  { sku: 'A', atMm: [0, 0, 0], sizeMm: [100, 100, 50] },
  { sku: 'B', atMm: [100, 0, 0], sizeMm: [100, 200, 80] },
  { sku: 'A', atMm: [0, 0, 50], sizeMm: [100, 100, 50] },
] as const

/** A canvas as far as the model touches one; nothing is painted here. */
const bareCanvas = () => ({ width: 0, height: 0, getContext: () => null }) as unknown as HTMLCanvasElement

const build = () => buildParcel({ innerMm: [300, 200, 150], pieces }, { inks, makeCanvas: bareCanvas })

/** Everything that has a `dispose` of its own, found by walking the scene as an outsider would. */
function resourcesOf(root: Object3D): Set<{ addEventListener(type: 'dispose', listener: () => void): void }> {
  const found = new Set<{ addEventListener(type: 'dispose', listener: () => void): void }>()
  root.traverse((object) => {
    if (!(object instanceof Mesh) && !(object instanceof LineSegments)) return
    found.add(object.geometry)
    // Of the scene's own making: one material or several.
    const materials = [object.material].flat() as (Material & { map?: Texture | null })[]
    for (const material of materials) {
      found.add(material)
      if (material.map) found.add(material.map)
    }
  })
  return found
}

/** Groups of pieces that can be seen. */
const visiblePieces = (root: Object3D): number =>
  (root.children[0]?.children ?? []).filter((child) => child.type === 'Group' && child.visible).length

describe('the parcel in 3-D', () => {
  test('gives back everything it took from the graphics card', () => {
    const model = build()
    const resources = resourcesOf(model.scene)
    expect(resources.size).toBeGreaterThan(20)
    let given = 0
    for (const resource of resources) resource.addEventListener('dispose', () => given++)
    model.dispose()
    expect(given).toBe(resources.size)
    expect(model.scene.children).toEqual([])
  })

  test('shows the first pieces, step by step, or all at once', () => {
    const model = build()
    model.showStep(2)
    expect(visiblePieces(model.scene)).toBe(2)
    model.showStep(undefined)
    expect(visiblePieces(model.scene)).toBe(3)
  })

  test('is seen first as the drawing on paper shows it: length to the right, width to the left, both to the front', () => {
    const model = build()
    model.lookFrom(asOnPaper, 1)
    model.camera.updateMatrixWorld()
    const seen = (x: number, y: number, z: number) => new Vector3(x - 150, z - 75, y - 100).project(model.camera)
    const origin = seen(0, 0, 0)
    const [right, left, top] = [seen(300, 0, 0), seen(0, 200, 0), seen(0, 0, 150)]
    expect(right.x).toBeGreaterThan(origin.x)
    expect(left.x).toBeLessThan(origin.x)
    expect(right.y).toBeLessThan(origin.y)
    expect(left.y).toBeLessThan(origin.y)
    expect(top.y).toBeGreaterThan(origin.y)
    // The paper's angle: the three axes are shortened alike.
    const length = (to: Vector3): number => Math.hypot(to.x - origin.x, to.y - origin.y)
    expect(length(right) / 300).toBeCloseTo(length(left) / 200, 5)
    expect(length(top) / 150).toBeCloseTo(length(right) / 300, 5)
  })
})

describe('the renderer that all pictures share', () => {
  function lit() {
    const made: { disposed: number; lose: (() => void) | undefined }[] = []
    const stages = createStages(() => {
      const one: (typeof made)[number] = { disposed: 0, lose: undefined }
      made.push(one)
      const painter = {
        domElement: {
          width: 0,
          height: 0,
          addEventListener: (_type: string, listener: () => void) => (one.lose = listener),
          removeEventListener: () => (one.lose = undefined),
        },
        setSize: () => undefined,
        setViewport: () => undefined,
        render: () => undefined,
        dispose: () => one.disposed++,
        forceContextLoss: () => undefined,
      }
      return painter as unknown as Painter // as much of three's renderer as is used
    })
    return { stages, made }
  }

  test('hundreds of pictures take one graphics context, given back with the last of them', () => {
    const { stages, made } = lit()
    const all = Array.from({ length: 300 }, () => stages.open(() => undefined))
    expect(made).toHaveLength(1)
    for (const stage of all.slice(1)) stage.leave()
    expect(made[0]?.disposed).toBe(0)
    all[0]?.leave()
    all[0]?.leave()
    expect(made[0]).toEqual({ disposed: 1, lose: undefined })
    stages.open(() => undefined)
    expect(made).toHaveLength(2)
  })

  test('a lost graphics context is told to every picture once, and nothing renders on it any more', () => {
    const { stages, made } = lit()
    let told = 0
    stages.open(() => told++)
    stages.open(() => told++).leave()
    made[0]?.lose?.()
    expect(told).toBe(1)
    expect(stages.views).toBe(0)
  })

  test('without WebGL opening throws and nothing is kept', () => {
    const stages = createStages(() => {
      throw new Error('no WebGL')
    })
    expect(() => stages.open(() => undefined)).toThrow()
    expect(stages.views).toBe(0)
  })
})
