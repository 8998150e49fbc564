export { sealedBlockLimit, type LabelSize } from './label/label-geometry.ts'
export { threadedDocuments } from './threads/threaded-documents.ts'
