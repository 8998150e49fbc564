import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'

const here = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rollupOptions: {
        input: {
          index: resolve(here, 'src-main/hosts/electron/main.ts'),
          // The planners' thread: worker-pool.ts looks for it beside the main file.
          'planner-worker': resolve(here, 'src-main/adapters/planners/planner-worker.ts'),
          // The thread that reads carriers' PDFs: split-in-thread.ts looks for it likewise.
          'split-pages-worker': resolve(here, 'src-main/adapters/carrier-files/split-pages-worker.ts'),
          // The drawing thread, in the same way: drawing-pool.ts.
          'drawing-worker': resolve(here, 'src-main/adapters/documents/threads/drawing-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file that requires nothing but electron.
      rollupOptions: {
        input: { index: resolve(here, 'src-main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    // Relative addresses: the same files are served by app:// and by the station.
    base: './',
    plugins: [
      vue(),
      ui({
        root: here,
        ui: { colors: { primary: 'teal', neutral: 'zinc' } },
        // Components are imported by name where they are used; icons are bundled, so that no request leaves the machine.
        components: false,
        autoImport: false,
        dts: false,
        icon: { clientBundle: { scan: { globInclude: ['src-renderer/**/*.{vue,ts}'] } } },
      }),
    ],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // What the screens are made of, for the service worker, which has to lie at the root under a lasting name.
      manifest: 'files.json',
      rollupOptions: {
        input: {
          index: resolve(here, 'src-renderer/index.html'),
          'service-worker': resolve(here, 'src-renderer/offline/service-worker.ts'),
        },
        output: {
          entryFileNames: ({ name }) => (name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
        },
      },
    },
  },
})
