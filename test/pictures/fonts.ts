import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { programFolder } from '../e2e/built.ts'

/** A machine without a screen has no letters for half of the world; on Linux the program's own are named to it. */
export function withOurFonts(): Readonly<Record<string, string>> {
  if (process.platform !== 'linux') return {}
  const folder = join(tmpdir(), 'backroom-picture-fonts')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'fonts.conf')
  writeFileSync(
    path,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(programFolder, 'resources/fonts')}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>system-ui</family><prefer><family>Noto Sans</family><family>Noto Sans JP</family></prefer></alias>
</fontconfig>
`,
  )
  return { FONTCONFIG_FILE: path }
}

export const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
