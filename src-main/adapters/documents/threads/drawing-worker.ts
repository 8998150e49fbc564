// The entry of a drawing thread. It waits for papers to draw, draws them with its own fonts, and answers their bytes.
import { parentPort, workerData } from 'node:worker_threads'
import { createDocuments } from '../create-documents.ts'
import { sentFailure, type DrawingAnswer, type DrawingRequest } from './drawing-messages.ts'

const { fontsFolder } = workerData as { readonly fontsFolder: string } // what drawing-pool.ts hands over
const documents = createDocuments({ fontsFolder })
let shared: { readonly id: number; readonly value: object } | undefined

parentPort?.on('message', (request: DrawingRequest) => {
  draw(request).then(
    (answer) =>
      parentPort?.postMessage(
        { kind: 'done', answer },
        typeof answer === 'string' ? [] : [answer.buffer as ArrayBuffer],
      ), // prettier-ignore -- never shared memory
    (error: unknown) => parentPort?.postMessage(sentFailure(error)),
  )
})

async function draw({ call, args, shared: given }: DrawingRequest): Promise<DrawingAnswer> {
  if (given?.value) shared = { id: given.id, value: given.value }
  if (given && shared?.id !== given.id) throw new TypeError('the thread was not sent what the paper is drawn from')
  const told = given ? [shared?.value, ...args] : args
  const method = documents[call] as (...told: readonly unknown[]) => Promise<DrawingAnswer> // the arguments were checked where they were sent
  return method(...told)
}
