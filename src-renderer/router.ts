import { createRouter, createWebHashHistory } from 'vue-router'

/** Hash history: the same addresses under app:// and behind any server. Each screen is a file of its own. */
export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'today', component: () => import('./screens/today/TodayScreen.vue') },
    { path: '/orders/:order?', name: 'orders', component: () => import('./screens/orders/OrdersScreen.vue') },
    { path: '/new-order', name: 'new-order', component: () => import('./screens/orders/NewOrderScreen.vue') },
    { path: '/collect', name: 'collect', component: () => import('./screens/orders/CollectScreen.vue') },
    { path: '/invoices', name: 'invoices', component: () => import('./screens/orders/InvoicesScreen.vue') },
    { path: '/waves', name: 'waves', component: () => import('./screens/waves/WavesScreen.vue') },
    { path: '/waves/:wave', name: 'wave', component: () => import('./screens/waves/WaveScreen.vue') },
    { path: '/plan-wave', name: 'plan-wave', component: () => import('./screens/waves/PlanWaveScreen.vue') },
    { path: '/cartons', name: 'cartons', component: () => import('./screens/cartons/CartonsScreen.vue') },
    { path: '/pick', name: 'pick', component: () => import('./screens/pick/PickWavesScreen.vue') },
    { path: '/pick/:wave/:tour?', name: 'pick-tour', component: () => import('./screens/pick/PickScreen.vue') },
    { path: '/pack', name: 'pack', component: () => import('./screens/pack/PackWavesScreen.vue') },
    { path: '/pack/:wave/:parcel?', name: 'pack-parcel', component: () => import('./screens/pack/PackScreen.vue') },
    { path: '/dispatch', name: 'dispatch', component: () => import('./screens/dispatch/DispatchScreen.vue') },
    { path: '/returns', name: 'returns', component: () => import('./screens/returns/ReturnsScreen.vue') },
    { path: '/catalogue', name: 'catalogue', component: () => import('./screens/catalogue/CatalogueScreen.vue') },
    { path: '/floor/:part?', name: 'floor', component: () => import('./screens/floor/FloorScreen.vue') },
    { path: '/reports', name: 'reports', component: () => import('./screens/reports/ReportsScreen.vue') },
    { path: '/activity', name: 'activity', component: () => import('./screens/activity/ActivityScreen.vue') },
    { path: '/couriers', name: 'couriers', component: () => import('./screens/couriers/CouriersScreen.vue') },
    {
      path: '/storefronts',
      name: 'storefronts',
      component: () => import('./screens/storefronts/StorefrontsScreen.vue'),
    },
    { path: '/devices', name: 'devices', component: () => import('./screens/devices/DevicesScreen.vue') },
    { path: '/printing', name: 'printing', component: () => import('./screens/printing/PrintingScreen.vue') },
    {
      path: '/privacy/:part?',
      name: 'privacy',
      component: () => import('./screens/privacy/PrivacyScreen.vue'),
    },
    { path: '/stations/:part?', name: 'stations', component: () => import('./screens/stations/StationsScreen.vue') },
    { path: '/pair/:code?', name: 'pair', component: () => import('./screens/station/PairingScreen.vue') },
    {
      path: '/first-run/:step?',
      name: 'first-run',
      component: () => import('./screens/first-run/FirstRunScreen.vue'),
    },
    { path: '/settings', name: 'settings', component: () => import('./screens/settings/SettingsScreen.vue') },
    // What the shop owns stood at an address of its own once.
    { path: '/setup', redirect: '/settings' },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})
