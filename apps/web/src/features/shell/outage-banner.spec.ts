import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { session } from '../../../test/samples';
import { serviceState } from '../../../test/service-state';
import { getServiceState } from '../../api/administration.api';
import type { ServiceState } from '../../api/types';
import { loadMessages } from '../../locales';
import { routes } from '../../router/routes';
import { useSessionStore } from '../../stores/session.store';
import OutageBanner from './OutageBanner.vue';

vi.mock('../../api/administration.api');

const down: ServiceState['sms'] = { state: 'failing', since: null, providers: [], lastSent: null };

beforeEach(() => loadMessages('service-state'));

async function bannerFor(id: string, changes: Partial<ServiceState>) {
  setActivePinia(createPinia());
  vi.mocked(getServiceState).mockResolvedValue(serviceState(changes));
  const { account, ...rest } = session();
  useSessionStore().adopt({ ...rest, account: { ...account, id, roles: ['national-admin'] } });
  const router = createRouter({ history: createMemoryHistory(), routes });
  const banner = mount(OutageBanner, { global: { plugins: [router] } });
  await flushPromises();
  return banner;
}
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

it('names what fails, until it is dismissed, and again when it changes or for another person', async () => {
  expect((await bannerFor('me', {})).text()).toBe('');
  const banner = await bannerFor('me', { sms: down });
  expect(plain(banner.text())).toContain('En panne : SMS');
  await banner.get('button').trigger('click');
  expect(banner.text()).toBe('');
  expect((await bannerFor('me', { sms: down })).text()).toBe('');
  expect(plain((await bannerFor('me', { sms: down, mail: down })).text())).toContain('E‑mail et SMS');
  expect((await bannerFor('other', { sms: down })).text()).not.toBe('');
});
