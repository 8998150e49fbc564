import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { OutputOf } from '../../src-main/contract/operations.ts'
import { useBridge } from '../bridge/index.ts'

type Photo = NonNullable<OutputOf<'products.photo'>>

/** A tour has fewer stops; a photo weighs 80 kB at most. */
const mostKept = 200

/**
 * Photos of products as this page has seen them: each is asked for once, and again after one was changed. Out of the
 * shop's reach those seen before are still there, and the others are missing.
 */
export const useProductPhotos = defineStore('product-photos', () => {
  const bridge = useBridge()
  const kept = new Map<string, Promise<Photo | null>>()
  /** Grows when photos may look otherwise than before. */
  const revision = ref(0)

  function find(sku: string): Promise<Photo | null> {
    const known = kept.get(sku)
    if (known) return known
    const asked = bridge.call('products.photo', { sku }).catch(() => {
      // No answer is not "no photo": the next one who wants it asks again.
      if (kept.get(sku) === asked) kept.delete(sku)
      return null
    })
    kept.set(sku, asked)
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break
      kept.delete(oldest)
    }
    return asked
  }

  bridge.subscribe('changed', ({ operation }) => {
    if (!operation.startsWith('products.photo') && operation !== 'reconnected') return
    kept.clear()
    revision.value++
  })
  return { find, revision }
})
