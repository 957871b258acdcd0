import tailwindcss from '@tailwindcss/vite';
import vue from '@vitejs/plugin-vue';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const api = process.env.API_URL ?? 'http://127.0.0.1:3000';

export default defineConfig({
  base: '/',
  plugins: [vue(), tailwindcss()],
  // Libs are read from their sources, so that a change shows without a build.
  resolve: { conditions: ['@portillon/source', ...defaultClientConditions] },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    // Nothing becomes a data: URL, which the content security policy refuses.
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { proxy: { '/api': api, '/demo': api } },
  preview: { proxy: { '/api': api, '/demo': api } },
  test: { environment: 'jsdom', include: ['src/**/*.spec.ts', 'test/**/*.spec.ts'], setupFiles: ['test/setup.ts'] },
});
