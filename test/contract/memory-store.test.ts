import { memoryStore } from '../../src-main/adapters/memory/memory-store.ts'
import { storeSuite } from './store-suite.ts'

storeSuite('the store in memory', async () => memoryStore())
