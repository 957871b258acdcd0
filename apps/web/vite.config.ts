import { fileURLToPath } from 'node:url';
import vueI18n from '@intlify/unplugin-vue-i18n/vite';
import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { compress } from './vite.compress.ts';

const messages = fileURLToPath(new URL('./src/locales/*/*.json', import.meta.url));
const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

/** Small modules of ours that the sign-in page loads anyway: a file each would cost more than what is in it. */
const FIRST_PAGE = [
  'stores/',
  'router/(return-to|link-token|application-request)\\.',
  'api/(account|call|card|client|pro-sante-connect|problem|service|session|sign-in)\\.',
  'composables/(form|help-topic|kept-challenge|known-text|page-title|server-clock|service|wait)\\.',
  'ui/(ActionButton|AppForm|NoticeBox|PageHeading|PasswordField|ProblemNotice|TextField)\\.',
  'features/sign-in/(arrival|sign-in\\.store|DemoNotice)\\.',
];

export default defineConfig({
  base: '/',
  plugins: [
    vue(),
    tailwindcss(),
    vueI18n({ include: messages, fullInstall: false, dropMessageCompiler: true }),
    compress(),
  ],
  // Libs are read from their sources, so that a change shows without a build.
  resolve: { conditions: ['@portillon/source', ...defaultClientConditions] },
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
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs compresses better, and is kept longer, in one file.
            {
              name: 'framework',
              test: /node_modules\/(@?vue|vue-router|pinia|@pinia|nostics|vue-i18n|@intlify)\//,
            },
            {
              name: 'first-page',
              test: new RegExp(`/apps/web/src/(${FIRST_PAGE.join('|')})`),
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': api, '/demo': api } },
  preview: { proxy: { '/api': api, '/demo': api } },
  test: {
    environment: 'jsdom',
    // Pages are compiled when a test first visits them, on a machine that may be busy.
    testTimeout: 30_000,
    include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'],
    setupFiles: ['test/setup.ts'],
  },
});
