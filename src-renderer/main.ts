import './styles/main.css'
import ui from '@nuxt/ui/vue-plugin'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { tellWholeTexts } from './components/whole-text.ts'
import { createBridge, provideBridge } from './bridge/index.ts'
import { keepShell } from './offline/shell.ts'
import { router } from './router.ts'
import { i18n } from './stores/language.ts'

const app = createApp(App)
provideBridge(app, createBridge())
app.use(createPinia()).use(i18n).use(router).use(ui).mount('#app')
void keepShell()
tellWholeTexts()
