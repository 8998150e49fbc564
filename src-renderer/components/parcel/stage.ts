import { WebGLRenderer, type Camera, type Scene } from 'three'

/** What is used of three's renderer. */
export type Painter = Pick<
  WebGLRenderer,
  'domElement' | 'setSize' | 'setViewport' | 'render' | 'dispose' | 'forceContextLoss'
>

/** A share in the one renderer of the page. */
export interface Stage {
  /** Renders and copies onto `canvas`, which has its own size in pixels. */
  render(view: { readonly scene: Scene; readonly camera: Camera; readonly canvas: HTMLCanvasElement }): void
  /** The last one to leave turns the light off. */
  leave(): void
}

/**
 * Browsers allow a handful of graphics contexts and a list shows hundreds of parcels, so that all pictures share one:
 * it renders when a picture changes, never by itself. `makePainter` throws where there is no WebGL.
 */
export function createStages(makePainter: () => Painter): { open(onLost: () => void): Stage; readonly views: number } {
  let painter: Painter | undefined
  const views = new Set<() => void>()

  function close(): void {
    const closing = painter
    painter = undefined
    closing?.domElement.removeEventListener('webglcontextlost', tellLost)
    closing?.dispose()
    // Disposing keeps the context until the canvas is collected, and browsers count contexts.
    closing?.forceContextLoss()
  }
  function tellLost(): void {
    const all = [...views]
    views.clear()
    close()
    for (const onLost of all) onLost()
  }
  function current(): Painter {
    if (painter) return painter
    painter = makePainter()
    painter.domElement.addEventListener('webglcontextlost', tellLost)
    return painter
  }

  return {
    get views() {
      return views.size
    },
    open(onLost) {
      current()
      const tell = (): void => onLost()
      views.add(tell)
      return {
        render: (view) => (views.has(tell) ? paint(current(), view) : undefined),
        leave() {
          if (views.delete(tell) && views.size === 0) close()
        },
      }
    },
  }
}

/** The renderer's canvas only grows: making it smaller and larger for every picture costs more than the picture. */
function paint(painter: Painter, { scene, camera, canvas }: Parameters<Stage['render']>[0]): void {
  const { width, height } = canvas
  const source = painter.domElement
  if (width > source.width || height > source.height)
    painter.setSize(Math.max(width, source.width), Math.max(height, source.height), false)
  painter.setViewport(0, 0, width, height)
  painter.render(scene, camera)
  const context = canvas.getContext('2d')
  context?.clearRect(0, 0, width, height)
  // The viewport lies at the bottom of the renderer's canvas.
  context?.drawImage(source, 0, source.height - height, width, height, 0, 0, width, height)
}

function webGlPainter(): Painter {
  const renderer = new WebGLRenderer({ antialias: true, alpha: true })
  renderer.setPixelRatio(1)
  return renderer
}

export const stages = createStages(webGlPainter)
