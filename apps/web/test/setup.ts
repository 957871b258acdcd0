import { config } from '@vue/test-utils';
import { afterEach, beforeEach, vi } from 'vitest';
import { i18n } from '../src/locales';

config.global.plugins = [i18n];

const inBrowser = typeof document !== 'undefined';

beforeEach(() => {
  if (!inBrowser) return;
  sessionStorage.clear();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  if (inBrowser) document.body.replaceChildren();
});
