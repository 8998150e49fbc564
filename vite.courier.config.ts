import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, defineConfig, type Plugin } from 'vite'

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/**
 * Puts scripts and styles into the HTML file itself, and a policy before them that allows these very texts and
 * nothing else: no network, no other script, no form, no frame. The decoder needs WebAssembly, and a worker that is
 * made from a text of this page.
 */
const oneFile: Plugin = {
  name: 'backroom-one-file',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const page of Object.values(bundle)) {
      if (page.type !== 'asset' || !page.fileName.endsWith('.html')) continue
      const scripts: string[] = []
      const styles: string[] = []
      const take = (href: string): string => {
        const name = href.replace(/^\.?\//, '')
        const file = bundle[name]
        if (!file) throw new Error(`The opener asks for ${name}, which was not built`)
        delete bundle[name]
        return file.type === 'chunk' ? file.code : String(file.source)
      }
      const html = String(page.source)
        .replace(/<script type="module"[^>]* src="([^"]+)"><\/script>/g, (_tag, href: string) => {
          const code = take(href).trim().replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3C!--')
          scripts.push(sha256(code))
          return `<script type="module">${code}</script>`
        })
        .replace(/<link rel="stylesheet"[^>]* href="([^"]+)">/g, (_tag, href: string) => {
          const style = take(href).trim()
          styles.push(sha256(style))
          return `<style>${style}</style>`
        })
      page.source = html.replace(
        '<meta charset="utf-8" />',
        () =>
          `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy(scripts, styles)}" />`,
      )
      const left = Object.keys(bundle).filter((name) => name !== page.fileName && !name.endsWith('.map'))
      if (left.length > 0) throw new Error(`The opener is to be one file, but these are left: ${left.join(', ')}`)
    }
  },
}

const policy = (scripts: readonly string[], styles: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src 'wasm-unsafe-eval' ${scripts.join(' ')}`,
    'worker-src blob:',
    `style-src ${styles.join(' ')}`,
    'img-src blob: data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')

/** The decoder's program, packed: a third of the file would be it otherwise. */
function packedDecoder(): string {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  return gzipSync(readFileSync(path), { level: 9 }).toString('base64')
}

/** The worker as one script without imports. */
async function workerScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    root: here('src-courier/scan'),
    build: {
      write: false,
      target: 'es2023',
      modulePreload: false,
      lib: { entry: here('src-courier/scan/reader-worker.ts'), formats: ['iife'], name: 'reader' },
    },
  })
  const [bundle] = Array.isArray(built) ? built : [built]
  const [chunk] = bundle && 'output' in bundle ? bundle.output : []
  if (chunk?.type !== 'chunk') throw new Error('The worker of the opener was not built')
  return chunk.code
}

export default defineConfig(async () => ({
  root: here('src-courier/page'),
  base: './',
  plugins: [oneFile],
  define: {
    READER_WASM_GZIP: JSON.stringify(packedDecoder()),
    READER_WORKER: JSON.stringify(await workerScript()),
  },
  build: {
    outDir: here('out/courier'),
    emptyOutDir: true,
    target: 'es2023',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    rolldownOptions: { input: here('src-courier/page/opener.html') },
  },
}))
