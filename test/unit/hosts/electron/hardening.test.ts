import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'

vi.mock('electron', () => ({}))
const { locked } = await import('../../../../src-main/hosts/electron/window.ts')

const folder = fileURLToPath(new URL('../../../../src-main/hosts/electron/', import.meta.url))
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts'))
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8')
const all = sources.map(textOf).join('\n')

describe('the desktop window is hardened', () => {
  test('every window is made with the locked preferences and none loosens them', () => {
    expect(locked).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
    })
    const made = [...all.matchAll(/new BrowserWindow\(\{[\s\S]*?\n {2}\}\)/g)].map(([text]) => text)
    expect(made.length).toBeGreaterThan(1)
    expect(made.filter((text) => !text.includes('webPreferences: { ...locked'))).toEqual([])
    expect(all).not.toMatch(/sandbox: false|contextIsolation: false|nodeIntegration: true|webSecurity: false/)
  })

  test('every contents is locked in as it comes into being, and the sandbox holds for all', () => {
    const main = textOf('main.ts')
    expect(main).toContain("app.on('web-contents-created', (_event, contents) => lockIn(contents))")
    expect(main).toContain('app.enableSandbox()')
    expect(main).toContain('setPermissionRequestHandler')
    expect(main).toContain('setPermissionCheckHandler')
  })

  test('nothing is opened outside, and one channel answers, which looks at the sender first', () => {
    expect(all).not.toMatch(/shell\.openExternal|ipcMain\.on\(|ipcMain\.handleOnce|executeJavaScript|remote/)
    expect(all.match(/ipcMain\.handle\(/g)).toHaveLength(1)
    expect(textOf('requests.ts')).toMatch(
      /ipcMain\.handle\(requestChannel[^\n]*\n\s+if \(!isFromOwnPage\(event\)\) return refused/,
    )
  })

  test('the preload requires electron alone and hands out functions, never ipcRenderer', () => {
    const preload = textOf('preload.ts')
    expect([...preload.matchAll(/^import (?!type)[^\n]* from '([^']+)'/gm)].map(([, from]) => from)).toEqual([
      'electron',
    ])
    expect(preload).not.toMatch(/: ipcRenderer\b|exposeInMainWorld\('[^']+', ipcRenderer/)
  })
})
