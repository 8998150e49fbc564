import {
  BackSide,
  BoxGeometry,
  type BufferGeometry,
  CanvasTexture,
  EdgesGeometry,
  Group,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  Scene,
  SRGBColorSpace,
} from 'three'
import { paintFace, type FaceMood } from './paint-face.ts'
import { looksOf, type Inks, type PieceLook } from './piece-look.ts'
import { extentOf, type PlacedPiece } from './step-facts.ts'
import type { Viewpoint } from './viewpoint.ts'

type Size = readonly [number, number, number]

/** The parcel as solids that can be turned. Everything it holds on the graphics card goes with `dispose`. */
export interface ParcelModel {
  readonly scene: Scene
  readonly camera: OrthographicCamera
  /** Shows the first `step` pieces with the last of them marked; undefined: all of them, none marked. */
  showStep(step: number | undefined): void
  /** Lifts the marked piece, in shares of the carton's height: 0 = where it stands. */
  lift(share: number): void
  lookFrom(view: Viewpoint, aspect: number): void
  dispose(): void
}

export interface ParcelShape {
  readonly innerMm: Size | null | undefined
  readonly pieces: readonly PlacedPiece[]
}

/** Sides of the canvases that faces are painted on: a number must be sharp, hundreds of pieces must fit. */
const longestFacePx = 256
const manyPieces = 60

/** As in the drawing: top, the side to the left, the side to the right. */
const lights = { top: 1, left: 0.93, right: 0.84 } as const

/**
 * Axes: x stays, z (up) becomes y, y (width) becomes z, so that the usual view is the drawing's.
 * `makeCanvas` is asked for one canvas per side of a piece.
 */
export function buildParcel(
  shape: ParcelShape,
  options: { readonly inks: Inks; readonly makeCanvas: () => HTMLCanvasElement },
): ParcelModel {
  const inner = shape.innerMm ?? extentOf(shape.pieces)
  const scene = new Scene()
  const owned: Owned = []
  const world = new Group()
  world.position.set(-inner[0] / 2, -inner[2] / 2, -inner[1] / 2)
  scene.add(world)
  if (shape.innerMm) world.add(...cartonOf(inner, options.inks, owned))
  const reach = Math.hypot(...inner) / 2
  const looks = looksOf(shape.pieces)
  const pieces = shape.pieces.map((piece, index) =>
    pieceOf(piece, { ...options, owned, reach, isCoarse: shape.pieces.length > manyPieces, index, looks }),
  )
  world.add(...pieces.map((piece) => piece.group))
  const camera = new OrthographicCamera(-reach, reach, reach, -reach, 0, reach * 6)
  let marked: PieceModel | undefined
  return {
    scene,
    camera,
    showStep(step) {
      marked = step === undefined ? undefined : pieces[step - 1]
      for (const [index, piece] of pieces.entries()) {
        piece.group.visible = step === undefined || index < step
        piece.show(marked === undefined || piece === marked ? 'strong' : 'calm', piece === marked)
        piece.group.position.y = piece.restsAt
      }
    },
    lift(share) {
      if (marked) marked.group.position.y = marked.restsAt + share * inner[2]
    },
    lookFrom: (view, aspect) => aim(camera, view, { inner, aspect }),
    dispose() {
      for (const thing of owned) thing.dispose()
      scene.clear()
    },
  }
}

/** What has to be given back to the graphics card. */
type Owned = { dispose(): void }[]

function own<Thing extends { dispose(): void }>(owned: Owned, thing: Thing): Thing {
  owned.push(thing)
  return thing
}

/** Air around the carton. */
const margin = 1.1

/** Near enough to fill the picture, far enough that no corner leaves it however the carton is turned round. */
function aim(camera: OrthographicCamera, view: Viewpoint, fit: { inner: Size; aspect: number }): void {
  const { inner, aspect } = fit
  const [length, width, height] = inner
  const across = Math.hypot(length, width) / 2
  const up = (Math.cos(view.above) * height) / 2 + Math.sin(view.above) * across
  const half = (Math.max(up, across / aspect) * margin) / view.zoom
  camera.left = -half * aspect
  camera.right = half * aspect
  camera.top = half
  camera.bottom = -half
  const far = Math.hypot(...inner) * 1.5
  const flat = Math.cos(view.above) * far
  camera.position.set(Math.sin(view.around) * flat, Math.sin(view.above) * far, Math.cos(view.around) * flat)
  camera.lookAt(0, 0, 0)
  camera.updateProjectionMatrix()
}

const boxOf = ([length, width, height]: Size, grownBy = 0): BoxGeometry =>
  new BoxGeometry(length + grownBy, height + grownBy, width + grownBy)

/** Walls that can be seen through, and their edges. */
function cartonOf(inner: Size, inks: Inks, owned: Owned): readonly (Mesh | LineSegments)[] {
  const box = own(owned, boxOf(inner))
  const walls = new Mesh(
    box,
    own(
      owned,
      new MeshBasicMaterial({ color: inks.muted, transparent: true, opacity: 0.1, side: BackSide, depthWrite: false }),
    ),
  )
  walls.renderOrder = -1
  const edges = new LineSegments(
    own(owned, new EdgesGeometry(box)),
    own(owned, new LineBasicMaterial({ color: inks.muted, transparent: true, opacity: 0.7 })),
  )
  for (const part of [walls, edges]) part.position.set(inner[0] / 2, inner[2] / 2, inner[1] / 2)
  return [walls, edges]
}

interface PieceModel {
  readonly group: Group
  readonly restsAt: number
  show(mood: FaceMood, isMarked: boolean): void
}

interface PieceOptions {
  readonly inks: Inks
  readonly makeCanvas: () => HTMLCanvasElement
  readonly owned: Owned
  readonly reach: number
  readonly isCoarse: boolean
  readonly index: number
  readonly looks: readonly PieceLook[]
}

function pieceOf(piece: PlacedPiece, options: PieceOptions): PieceModel {
  const { owned, inks, reach } = options
  const { sizeMm, atMm } = piece
  const box = own(owned, boxOf(sizeMm))
  const group = new Group()
  const restsAt = atMm[2] + sizeMm[2] / 2
  group.position.set(atMm[0] + sizeMm[0] / 2, restsAt, atMm[1] + sizeMm[1] / 2)
  const faces = facesOf(sizeMm, options)
  // The sides in the order of BoxGeometry: right and left, top and bottom, front and back.
  const materials = [faces[0], faces[0], faces[1], faces[1], faces[2], faces[2]].map(({ material }) => material)
  const edges = own(owned, new EdgesGeometry(box))
  const outline = linesOf(edges, own(owned, new LineBasicMaterial({ color: inks.ink })))
  const mark = markOf(sizeMm, { owned, inks, reach, edges })
  group.add(new Mesh(box, materials), outline, mark)
  let shown = ''
  return {
    group,
    restsAt,
    show(mood, isMarked) {
      mark.visible = isMarked
      if (shown === mood) return
      shown = mood
      for (const face of faces) face.paint(mood)
    },
  }
}

const linesOf = (edges: BufferGeometry, material: LineBasicMaterial): LineSegments => new LineSegments(edges, material)

/** A broad rim around the piece, and its edges through everything that hides them: seen without colour. */
function markOf(sizeMm: Size, given: { owned: Owned; inks: Inks; reach: number; edges: BufferGeometry }): Group {
  const { owned, inks, reach, edges } = given
  const rim = new Mesh(
    own(owned, boxOf(sizeMm, reach * 0.035)),
    own(owned, new MeshBasicMaterial({ color: inks.accent, side: BackSide })),
  )
  const through = linesOf(
    edges,
    own(owned, new LineBasicMaterial({ color: inks.accent, depthTest: false, transparent: true })),
  )
  through.renderOrder = 1
  const mark = new Group()
  mark.add(rim, through)
  return mark
}

interface FaceModel {
  readonly material: MeshBasicMaterial
  paint(mood: FaceMood): void
}

/** Of the right, the upper and the left side, each with a canvas of its own shape. */
function facesOf([length, width, height]: Size, options: PieceOptions): readonly [FaceModel, FaceModel, FaceModel] {
  const scale = (longestFacePx / Math.max(length, width, height)) * (options.isCoarse ? 0.5 : 1)
  const face = (across: number, up: number, light: number): FaceModel => {
    const canvas = options.makeCanvas()
    canvas.width = Math.max(4, Math.round(across * scale))
    canvas.height = Math.max(4, Math.round(up * scale))
    const texture = own(options.owned, new CanvasTexture(canvas))
    texture.colorSpace = SRGBColorSpace
    // Faces are seen at a slant, and their numbers must be read.
    texture.anisotropy = 8
    // Faces lie a little deeper than their edges, which would flicker otherwise.
    const settings = { map: texture, polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 }
    return {
      material: own(options.owned, new MeshBasicMaterial(settings)),
      paint(mood) {
        const context = canvas.getContext('2d')
        const look = options.looks[options.index]
        if (!context || !look) return
        paintFace(context, { look, number: options.index + 1, mood, inks: options.inks, light })
        texture.needsUpdate = true
      },
    }
  }
  return [face(width, height, lights.right), face(length, width, lights.top), face(length, height, lights.left)]
}
