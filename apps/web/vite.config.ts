import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { compress } from './vite.compress.ts';

const messages = fileURLToPath(new URL('./src/locales/*/*.json', import.meta.url));
const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    tailwindcss(),
    vueI18n({ include: messages, fullInstall: false, dropMessageCompiler: true }),
    compress(),
  ],
  // Libs are read from their sources, so that a change shows without a build.
  resolve: {
    conditions: ['@portillon/source', ...defaultClientConditions],
    // The generated client brings a reader of server-sent events, which no page uses.
    alias: [{ find: /^.*\/serverSentEvents\.gen(\.js)?$/, replacement: '/src/api/no-event-stream.ts' }],
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    // Nothing becomes a data: URL, which the content security policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // 2 kB smaller on the first page than the default.
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 2 } },
    rolldownOptions: {
      output: {
        // The provider's own pages name the typeface (libs/openid/src/provider/pages/provider-pages.ts).
        assetFileNames: ({ names }) =>
          names.some((name) => name.endsWith('.woff2'))
            ? 'assets/[name][extname]'
            : 'assets/[name]-[hash][extname]',
        codeSplitting: {
          groups: [
            // What the first page needs is two files: other people's, which is kept longer, and ours.
            { name: 'framework', tags: ['$initial'], test: /node_modules/ },
            { name: 'first-page', tags: ['$initial'] },
            // The parts that pages of the administration share are one file: each name of a file weighs on the first page.
            {
              name: 'administration',
              test: /features\/administration\/shared\//,
              minShareCount: 2,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/demo': api } },
  preview: { proxy: { '/api': api, '/demo': api } },
  test: {
    // Pages are compiled when a test first visits them, on a machine that may be busy.
    testTimeout: 30_000,
    // The default of Vitest leaves a core free: half of a machine that has two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'pages',
          environment: 'happy-dom',
          // A process keeps compiled code from one file to the next; each file has a separate window all the same.
          pool: 'vmForks',
          include: ['src/**/*.spec.ts'],
          setupFiles: ['test/setup.ts'],
        },
      },
      // Vite itself builds there: it takes no object of another context.
      { extends: true, test: { name: 'build', include: ['test/**/*.spec.ts'] } },
    ],
  },
});
