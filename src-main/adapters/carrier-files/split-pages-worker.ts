// The entry of a thread that reads one stranger's PDF and ends.
import { parentPort, workerData } from 'node:worker_threads'
import { splitPages } from './split-pages.ts'

// Written by split-in-thread.ts, the only one who starts this thread.
const { bytes, mostPages } = workerData as { bytes: Uint8Array; mostPages: number }
parentPort?.postMessage(await splitPages(bytes, mostPages))
