import { enableCompileCache } from 'node:module'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** better-sqlite3 ends older Nodes without a word, so nothing else is loaded before this has spoken. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const isRightNode = (major === 22 && minor >= 18) || major > 24 || (major === 24 && minor >= 11)
if (isRightNode) {
  // Half of a command's time is compiling; a folder of our own, because a shared one could be filled by others.
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/compile', import.meta.url)))
  // Whoever reads us (`| head`) may have read enough: no failure, and nothing more to say.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    process.stderr.write(`The result could not be written to standard output (${error.code ?? error.message}).\n`)
    process.exit(3)
  })
  const { crashed, run } = await import('./run.ts')
  // Node itself would print the message of whatever nobody caught; that may quote what a customer typed.
  process.once('uncaughtException', crashed)
  process.exitCode = await run(process.argv.slice(2))
} else {
  process.stderr.write(
    `Backroom needs Node 22.18 or 24.11 and later, this is ${process.versions.node}. Start it with "npm run --silent backroom -- <command>", which brings its own.\n`,
  )
  process.exitCode = 3
}
