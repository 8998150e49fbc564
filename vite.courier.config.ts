import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`

/**
 * Puts scripts and styles into the HTML file itself, and a policy before them that allows these very texts and
 * nothing else: no network, no other script, no form, no frame.
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
      const policy = [
        "default-src 'none'",
        `script-src ${scripts.join(' ')}`,
        `style-src ${styles.join(' ')}`,
        'img-src blob: data:',
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; ')
      page.source = html.replace(
        '<meta charset="utf-8" />',
        () => `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
      )
      const left = Object.keys(bundle).filter((name) => name !== page.fileName && !name.endsWith('.map'))
      if (left.length > 0) throw new Error(`The opener is to be one file, but these are left: ${left.join(', ')}`)
    }
  },
}

export default defineConfig({
  root: fileURLToPath(new URL('src-courier/page', import.meta.url)),
  base: './',
  plugins: [oneFile],
  build: {
    outDir: fileURLToPath(new URL('out/courier', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    cssCodeSplit: false,
    modulePreload: false,
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    rolldownOptions: { input: fileURLToPath(new URL('src-courier/page/opener.html', import.meta.url)) },
  },
})
