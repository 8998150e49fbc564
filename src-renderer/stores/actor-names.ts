import { useI18n } from 'vue-i18n'
import { useBridge } from '../bridge/index.ts'
import { useLoaded } from './loaded.ts'
import { useSession } from './session.ts'

/**
 * Who an actor of the log is, as people know them: `staff:<id>` by name, those who left too, and `station:<id>` by the
 * terminal's; doors by the name that screens give them (`desktop`); anything else as it stands.
 */
export function useActorNames(): (actor: string) => string {
  const bridge = useBridge()
  const session = useSession()
  const { t, te } = useI18n()
  const { value: names } = useLoaded(
    () => undefined,
    async (): Promise<ReadonlyMap<string, string>> => {
      if (!session.may('staff.everybody')) return new Map()
      const [staff, terminals] = await Promise.all([
        bridge.call('staff.everybody', {}),
        bridge.call('terminals.list', {}),
      ])
      return new Map([
        ...staff.map(({ id, name }) => [`staff:${id}`, name] as const),
        ...terminals.map(({ id, name }) => [`station:${id}`, name] as const),
      ])
    },
  )
  return (actor) => names.value?.get(actor) ?? (te(`sources.${actor}`) ? t(`sources.${actor}`) : actor)
}
