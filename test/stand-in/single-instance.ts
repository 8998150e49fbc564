import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync, type FSWatcher } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

type Heard = (argv: readonly string[], workingDirectory: string, additionalData: unknown) => void

/**
 * One instance per `userData`, as documented: the first gets the lock; a later one gets false, and the first hears its
 * arguments, its folder and what it handed over.
 */
export class SingleInstance {
  #folder = ''
  #watcher: FSWatcher | undefined

  request(userData: string, additionalData: unknown, heard: Heard): boolean {
    this.#folder = join(userData, 'stand-in-instance')
    mkdirSync(this.#folder, { recursive: true })
    const owner = join(this.#folder, 'owner')
    if (isAlive(owner)) {
      const message = JSON.stringify({ argv: process.argv, workingDirectory: process.cwd(), additionalData })
      writeFileSync(join(this.#folder, `message-${process.pid}`), message)
      return false
    }
    writeFileSync(owner, String(process.pid))
    this.#watcher = watch(this.#folder, () => this.#read(heard)).unref()
    return true
  }

  release(): void {
    if (!this.#watcher) return
    this.#watcher.close()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #read(heard: Heard): void {
    for (const name of readdirSync(this.#folder).filter((one) => one.startsWith('message-'))) {
      const path = join(this.#folder, name)
      const text = readFileSync(path, 'utf8')
      // Seen while it is being written; there will be another look.
      if (!text.endsWith('}')) continue
      rmSync(path)
      // Written above, by another process of ours.
      const said = JSON.parse(text) as { argv: string[]; workingDirectory: string; additionalData: unknown }
      heard(said.argv, said.workingDirectory, said.additionalData)
    }
  }
}

function isAlive(owner: string): boolean {
  try {
    process.kill(Number(readFileSync(owner, 'utf8')), 0)
    return true
  } catch {
    return false
  }
}
