import { BroadcastChannel as NodeChannel } from 'node:worker_threads';
import { config } from '@vue/test-utils';
import { createPinia, getActivePinia, setActivePinia } from 'pinia';
import { afterAll, afterEach, beforeEach, vi } from 'vitest';
import type { App } from 'vue';
import { installQueries } from '../src/composables/queries';
import { i18n, loadMessages } from '../src/locales';

const stores = {
  install(app: App) {
    app.use(getActivePinia()!);
    installQueries(app);
  },
};
config.global.plugins = [i18n, stores];
await loadMessages('problems');

const inBrowser = typeof document !== 'undefined';

/** A page that is left has no channel. Here Node's outlive it, and the next file has the same process. */
const channels: NodeChannel[] = [];
vi.stubGlobal(
  'BroadcastChannel',
  class extends NodeChannel {
    constructor(name: string) {
      super(name);
      channels.push(this);
    }
  },
);

/** No server: a request that a spec does not mock gets no answer, whatever runs on this machine. */
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));

beforeEach(() => {
  setActivePinia(createPinia());
  if (!inBrowser) return;
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(async () => {
  vi.useRealTimers();
  // A page's data is dropped a turn after it is left: not in the middle of the next test.
  await new Promise((resolve) => setTimeout(resolve));
  if (inBrowser) document.body.replaceChildren();
});
afterAll(() => channels.splice(0).forEach((channel) => channel.close()));
