import process from 'node:process'

/** better-sqlite3 ends older Nodes without a word, so nothing else is loaded before this has spoken. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if ((major === 22 && minor >= 18) || major > 24 || (major === 24 && minor >= 11)) {
  const { runDemo } = await import('./run-demo.ts')
  process.exitCode = await runDemo(process.argv.slice(2))
} else {
  process.stderr.write(
    `The demo needs Node 22.18 or 24.11 and later, this is ${process.versions.node}. Start it with "npm run demo", which brings its own.\n`,
  )
  process.exitCode = 3
}
