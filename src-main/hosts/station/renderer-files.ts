import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { Hono } from 'hono'
import type { StationEnv } from './refuse.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** The built renderer as files; without a build, one sentence says how to make it. */
export function serveRenderer(app: Hono<StationEnv>, folder: string): void {
  app.get('/*', async (context) => {
    const asked = decoded(context.req.path)
    const path = normalize(join(folder, asked === '/' ? 'index.html' : (asked ?? '..')))
    if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return context.text('Not here.', 404)
    if (!existsSync(join(folder, 'index.html')))
      return context.text('The screens are not built yet. Run "npm run build" once, then load this page again.', 503)
    try {
      const bytes = await readFile(path)
      return context.body(new Uint8Array(bytes).buffer, 200, {
        'content-type': mediaTypes[extname(path)] ?? 'application/octet-stream',
      })
    } catch {
      return context.text('Not here.', 404)
    }
  })
}

/** Undefined where the percent signs make no letters. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
