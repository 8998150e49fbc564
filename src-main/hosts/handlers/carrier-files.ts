import { setOwnLabels } from '../../application/set-own-labels.ts'
import { takeCarrierAnswer } from '../../application/take-carrier-answer.ts'
import type { Workshop } from '../../application/workshop.ts'
import { writeCarrierUpload } from '../../application/write-carrier-upload.ts'
import type { carrierFileOperations } from '../../contract/operations/carrier-files.ts'
import { fromBase64, toBase64 } from '../../kernel/base64.ts'
import { AppError } from '../../kernel/errors.ts'
import type { AnswerFile } from '../../ports/carrier-labels.ts'
import type { Handlers } from '../handlers.ts'

type CarrierFileHandlers = Pick<Handlers, keyof typeof carrierFileOperations>

export function carrierFileHandlers(workshop: Workshop): CarrierFileHandlers {
  const { store, carrierLabels } = workshop
  return {
    'couriers.label-profiles': () => carrierLabels.profiles(),
    async 'couriers.own-labels'() {
      return Promise.all(
        (await store.loadCarriers()).map(async ({ code, name, ownLabels }) => {
          const { parcels } = await store.loadCollection(code)
          const tracked = parcels.filter(({ tracking }) => tracking !== undefined).length
          return { carrier: code, name, ownLabels, waiting: parcels.length, tracked }
        }),
      )
    },
    async 'couriers.set-own-labels'(input, caller) {
      await setOwnLabels(workshop, caller, { carrier: input.carrier, ownLabels: input.ownLabels })
      return null
    },
    async 'couriers.write-upload'(input, caller) {
      const { bytes, ...upload } = await writeCarrierUpload(workshop, caller, input)
      return { ...upload, base64: toBase64(bytes) }
    },
    'couriers.take-labels': async (input, caller) =>
      takeCarrierAnswer(workshop, caller, { ...input, files: input.files.map(answerFile) }),
  }
}

function answerFile({ name, base64 }: { readonly name: string; readonly base64: string }): AnswerFile {
  const bytes = fromBase64(base64)
  if (!bytes) throw new AppError('ERR_INPUT_INVALID', { path: 'files', expected: 'base64', file: name })
  return { name, bytes }
}
