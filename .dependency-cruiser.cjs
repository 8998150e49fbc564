// The import table of docs/decisions/0001-house.md, room by room. `own` is always allowed.
const room = (name, path, allowed, npm) => [
  {
    name: `${name}-imports`,
    severity: 'error',
    from: { path },
    to: { pathNot: [path, ...allowed, '^node_modules/', '^node:'], dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
  },
  {
    name: `${name}-packages`,
    severity: 'error',
    from: { path },
    to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-no-pkg'], ...(npm === '*' ? { path: '^$' } : { pathNot: npm.map((p) => `node_modules/${p}(/|$)`).concat(npm.length ? [] : ['^$']) }) },
  },
]
const pureCore = (name, path) => ({ name: `${name}-no-node`, severity: 'error', from: { path }, to: { dependencyTypes: ['core'] } })

const kernel = '^src-main/kernel/'
const domain = '^src-main/domain/'
const ports = '^src-main/ports/'
const drawing = '^src-main/drawing/'
const contract = '^src-main/contract/'
const protocol = '^src-protocol/'

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '[?]url$' } },
    ...room('kernel', kernel, [], []),
    ...['packing', 'picking', 'delivery'].flatMap((engine) => room(`engine-${engine}`, `^src-main/engines/${engine}/`, [kernel], [])),
    ...room('domain', domain, [kernel], []),
    ...room('ports', ports, [kernel, domain, '^src-main/engines/[^/]+/index[.]ts$'], []),
    { name: 'ports-engines-types-only', severity: 'error', from: { path: ports }, to: { path: '^src-main/engines/', dependencyTypesNot: ['type-only'] } },
    ...room('application', '^src-main/application/', [kernel, domain, ports], []),
    ...room('drawing', drawing, [kernel], []),
    ...room('contract', contract, [kernel, domain], ['zod']),
    { name: 'contract-domain-types-only', severity: 'error', from: { path: contract }, to: { path: domain, dependencyTypesNot: ['type-only'] } },
    ...room('adapter-planners', '^src-main/adapters/planners/', [kernel, domain, ports, '^src-main/engines/'], []),
    ...room('adapter-sqlite', '^src-main/adapters/sqlite/', [kernel, domain, ports], ['better-sqlite3', '@types/better-sqlite3']),
    ...room('adapter-memory', '^src-main/adapters/memory/', [kernel, domain, ports], []),
    ...room('adapter-storefronts', '^src-main/adapters/storefronts/', [kernel, domain, ports, protocol], ['zod']),
    ...room('adapter-carriers', '^src-main/adapters/carriers/', [kernel, domain, ports], ['zod', 'jose', 'nodemailer', '@types/nodemailer']),
    ...room('adapter-carrier-files', '^src-main/adapters/carrier-files/', [kernel, domain, ports], ['zod', 'csv-parse', 'pdfjs-dist', '@cantoo/pdf-lib']),
    ...room('adapter-documents', '^src-main/adapters/documents/', [kernel, domain, ports, drawing], ['pdfkit', '@types/pdfkit', 'bwip-js', 'qr', 'bidi-js', 'fontkit', 'zod']),
    ...room('adapter-labels', '^src-main/adapters/labels/', [kernel, domain, ports], ['jose', 'zod']),
    ...room('adapter-vault', '^src-main/adapters/vault/', [kernel, domain, ports], ['zod', 'jose']),
    ...room('adapter-certificates', '^src-main/adapters/certificates/', [kernel, domain, ports], ['@peculiar/x509', 'zod']),
    ...room('adapter-backup', '^src-main/adapters/backup/', [kernel, domain, ports], ['age-encryption', '@scure/base', 'zod']),
    ...room('adapter-files', '^src-main/adapters/files/', [kernel, domain, ports], ['csv-parse', 'zod']),
    ...room('adapter-maps', '^src-main/adapters/maps/', [kernel, domain, ports], ['zod']),
    ...room('adapter-printing', '^src-main/adapters/printing/', [kernel, domain, ports], ['@cantoo/pdf-lib']),
    ...room('adapter-system', '^src-main/adapters/system/', [kernel, domain, ports], ['zod']),
    ...room('host-electron', '^src-main/hosts/electron/', [kernel, domain, ports, '^src-main/application/', contract, '^src-main/hosts/[^/]+[.]ts$'], ['electron']),
    ...room('host-station', '^src-main/hosts/station/', [kernel, domain, ports, '^src-main/application/', contract, '^src-main/hosts/[^/]+[.]ts$'], ['hono', '@hono/node-server']),
    ...room('host-handlers', '^src-main/hosts/handlers/', [kernel, domain, ports, '^src-main/application/', contract, '^src-main/hosts/handlers[.]ts$'], []),
    ...room('host-cli', '^src-main/hosts/cli/', [kernel, domain, ports, '^src-main/application/', contract, '^src-main/hosts/'], ['qr']),
    { name: 'electron-only-in-its-host', severity: 'error', from: { pathNot: '^src-main/hosts/electron/' }, to: { path: 'node_modules/electron/' } },
    { name: 'adapters-meet-ports-in-compose', severity: 'error', from: { path: '^src-main/hosts/', pathNot: '^src-main/hosts/compose' }, to: { path: '^src-main/adapters/' } },
    ...room('renderer', '^src-renderer/', [kernel, drawing, contract], ['vue', 'pinia', 'vue-router', 'vue-i18n', '@nuxt/ui', '@vueuse/core', 'tailwindcss', '@vue', 'zxing-wasm', 'qr', 'three', '@types/three']),
    // The schemas bring zod, which compiles code at run time: the screens' policy forbids it, and they need types alone.
    { name: 'renderer-schemas-types-only', severity: 'error', from: { path: '^src-renderer/' }, to: { path: '^src-main/contract/(operations|formats|documents)', dependencyTypesNot: ['type-only'] } },
    ...room('protocol', protocol, [kernel], ['zod']),
    ...room('storefront', '^src-storefront/', [kernel, drawing, protocol, '^src-main/engines/packing/'], ['hono', '@hono/node-server', 'better-sqlite3', '@types/better-sqlite3', 'zod', 'csv-parse', 'nodemailer', '@types/nodemailer']),
    ...room('courier', '^src-courier/', [kernel, drawing], ['jose', 'qr', 'zxing-wasm', 'zod']),
    ...[['kernel', kernel], ['engines', '^src-main/engines/'], ['domain', domain], ['ports', ports], ['application', '^src-main/application/'], ['drawing', drawing], ['contract', contract], ['protocol', '^src-protocol/(?!conformance/)']].map(([n, p]) => pureCore(n, p)),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.vue', '.mjs', '.cjs', '.json'], conditionNames: ['import', 'require', 'node', 'default', 'types'], exportsFields: ['exports'] },
    exclude: { path: '[.]d[.]ts$' },
  },
}
