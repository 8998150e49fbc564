import { openManifestStore } from './manifest-store.ts'
import { openMemory } from './memory.ts'
import { startOpener } from './opener.ts'
import { Session } from './session.ts'

startOpener(new Session({ memory: openMemory(), manifests: await openManifestStore() }))
