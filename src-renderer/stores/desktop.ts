import { onScopeDispose, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { useToast } from '@nuxt/ui/composables'
import type { DesktopSettings, DesktopState } from '../../src-main/contract/desktop.ts'
import { useBridge, type DesktopBridge } from '../bridge/index.ts'
import { useLanguage } from './language.ts'
import { useOverlays } from './overlays.ts'

/** The desktop window's part of the page: does what menu, links and a second start want, and tells what fell over. */
export function useDesktopWindow(): void {
  const { desktop } = useBridge()
  if (!desktop) return
  const router = useRouter()
  const overlays = useOverlays()
  const language = useLanguage()
  const { t } = useI18n()
  const toast = useToast()

  async function tellMishaps(from: DesktopBridge): Promise<void> {
    const { mishaps, logPath, settings } = await from.state()
    for (const mishap of mishaps)
      toast.add({
        title: t(`desktop.mishaps.${mishap}`),
        description: t('desktop.mishaps.text', { path: logPath }),
        icon: 'i-lucide-life-buoy',
        color: 'warning',
        duration: 20_000,
      })
    // The menu speaks the language of the screens, also at the next start.
    if (settings.language !== language.locale.value) await from.save({ ...settings, language: language.locale.value })
  }

  const leave = desktop.onCommand((command) => {
    if (command.kind === 'go') void router.push(command.path)
    else if (command.kind === 'commands') overlays.isPaletteOpen = true
    else if (command.kind === 'shortcuts') overlays.areShortcutsShown = true
    else void tellMishaps(desktop)
  })
  watch(language.locale, () => void tellMishaps(desktop), { immediate: true })
  onScopeDispose(leave)
}

/** What this machine's window does, to be looked at and changed; `state` stays undefined in a browser. */
export function useDesktopSettings() {
  const { desktop } = useBridge()
  const state = ref<DesktopState>()
  const load = async (): Promise<void> => {
    state.value = await desktop?.state()
  }
  async function save(by: Partial<DesktopSettings>): Promise<void> {
    if (!state.value || !desktop) return
    await desktop.save({ ...state.value.settings, ...by })
    await load()
  }
  void load()
  return { state, save, desktop }
}
