import { config } from '@vue/test-utils';
import { createPinia, getActivePinia } from 'pinia';
import { afterEach, beforeEach, vi } from 'vitest';
import type { App } from 'vue';
import { installQueries } from '../src/composables/queries';
import { i18n } from '../src/locales';

const stores = {
  install(app: App) {
    app.use(getActivePinia() ?? createPinia());
    installQueries(app);
  },
};
config.global.plugins = [i18n, stores];

const inBrowser = typeof document !== 'undefined';

beforeEach(() => {
  if (!inBrowser) return;
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(async () => {
  vi.useRealTimers();
  // What a page was told is forgotten a turn after it is left: not in the middle of the next test.
  await new Promise((resolve) => setTimeout(resolve));
  if (inBrowser) document.body.replaceChildren();
});
