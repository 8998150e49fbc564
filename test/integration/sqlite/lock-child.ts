import process from 'node:process'
import { takeLock } from '../../../src-main/adapters/sqlite/lock.ts'

// Takes a lock, says how that went, and stays until it is killed.
const [, , path = ''] = process.argv
process.stdout.write('heldBy' in takeLock(path) ? 'held\n' : 'taken\n')
setInterval(() => undefined, 1_000)
