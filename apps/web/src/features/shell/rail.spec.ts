import { flushPromises, mount } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { session } from '../../../test/samples';
import { serviceState } from '../../../test/service-state';
import { getServiceState } from '../../api/administration.api';
import { routes } from '../../router/routes';
import { useSessionStore } from '../../stores/session.store';
import RailLinks from './RailLinks.vue';

vi.mock('../../api/administration.api');

const SECTIONS = ['Comptes', 'Structures', 'Applications', 'Webhooks', 'Journal', 'Statistiques'];

beforeEach(() => setActivePinia(createPinia()));

describe('the rail', () => {
  it('has what the roles open, between home and the own account', async () => {
    expect(await entriesOf({ roles: ['structure-admin'] })).toEqual(['Accueil', ...SECTIONS, 'Mon compte']);
    expect(await entriesOf({ roles: ['national-admin'] })).toEqual([
      'Accueil',
      ...SECTIONS,
      'État du service',
      'Réglages',
      'Mon compte',
    ]);
  });

  it('has the journal and the statistics alone for an auditor', async () => {
    const entries = await entriesOf({ roles: ['professional', 'auditor'] });
    expect(entries).toEqual(['Accueil', 'Journal', 'Statistiques', 'Mon compte']);
  });

  it('is absent for people who administer nothing, and in a session that may only add a means', async () => {
    expect(await entriesOf({ roles: ['professional'] })).toEqual([]);
    expect(await entriesOf({ roles: ['national-admin'], limitedTo: 'enrolment' })).toEqual([]);
  });

  it('has a dot where the service fails, with its name', async () => {
    vi.mocked(getServiceState).mockResolvedValue(serviceState({ proSanteConnect: { state: 'failing' } }));
    const links = await railOf('/mon-compte', ['national-admin']);
    await flushPromises();
    expect(links.filter((link) => link.text().includes('(une panne)'))).toHaveLength(1);
    expect(
      links
        .find((link) => link.text().startsWith('État du service'))!
        .find('.bg-danger')
        .exists(),
    ).toBe(true);
    vi.mocked(getServiceState).mockClear();
    await railOf('/mon-compte', ['structure-admin']);
    expect(getServiceState).not.toHaveBeenCalled();
  });

  it('says on which page one is, or under which', async () => {
    expect(await currentAt('/administration/comptes')).toEqual({ Comptes: 'page' });
    expect(await currentAt('/administration/import')).toEqual({ Comptes: 'true' });
    expect(await currentAt('/')).toEqual({ Accueil: 'page' });
  });
});

async function railOf(path: string, roles: string[], limitedTo: 'enrolment' | null = null) {
  const { account, ...rest } = session();
  useSessionStore().adopt({ ...rest, limitedTo, account: { ...account, roles } });
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(path);
  return mount(RailLinks, { global: { plugins: [router] } }).findAll('a');
}

async function entriesOf({ roles, limitedTo }: { roles: string[]; limitedTo?: 'enrolment' }) {
  return (await railOf('/mon-compte', roles, limitedTo)).map((link) => link.text());
}

async function currentAt(path: string) {
  const links = await railOf(path, ['structure-admin']);
  const current = links.map((link) => [link.text(), link.attributes('aria-current')]);
  return Object.fromEntries(current.filter(([, value]) => value));
}
