import { flushPromises, mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { session } from '../../../test/samples';
import { serviceState } from '../../../test/service-state';
import { getServiceState } from '../../api/administration.api';
import type { SessionMembership } from '../../api/types';
import { routes } from '../../router/routes';
import { useSessionStore } from '../../stores/session.store';
import RailLinks from './RailLinks.vue';

vi.mock('../../api/administration.api');

const place = (id: string, kind: SessionMembership['kind'] = 'establishment'): SessionMembership => ({
  ...{ id, kind, name: 'Hôpital des Lilas', finess: null, function: null, manages: true },
  roles: ['structure-admin'],
});

describe('the rail', () => {
  it('has what the roles open, between home and the own account', async () => {
    const shared = ['Applications', 'Journal'];
    expect(await entriesOf({ roles: ['structure-admin'] })).toEqual([
      ...['Accueil', 'Comptes', 'Structures', ...shared, 'Mon compte'],
    ]);
    expect(await entriesOf({ roles: ['national-admin'] })).toEqual([
      ...['Accueil', 'Comptes', 'Structures', ...shared, 'Service', 'Mon compte'],
    ]);
  });

  it('opens the page of the one structure of its administrator, and a list for several', async () => {
    const hrefsOf = async (roles: string[], structures = [place('s1')]) =>
      (await railOf('/mon-compte', roles, { structures }))
        .filter((link) => /tructure/.test(link.text()))
        .map((link) => [link.text(), link.attributes('href')]);
    expect(await hrefsOf(['structure-admin'])).toEqual([['Ma structure', '/administration/structures/s1']]);
    const list = [['Structures', '/administration/structures']];
    expect(await hrefsOf(['national-admin'])).toEqual(list);
    expect(await hrefsOf(['structure-admin'], [place('s1'), place('s2')])).toEqual(list);
    expect(await hrefsOf(['structure-admin'], [place('s1', 'grouping')])).toEqual(list);
  });

  it('has the journal alone for an auditor', async () => {
    const entries = await entriesOf({ roles: ['professional', 'auditor'] });
    expect(entries).toEqual(['Accueil', 'Journal', 'Mon compte']);
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
        .find((link) => link.text().startsWith('Service'))!
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
    expect(await currentAt('/administration/webhooks')).toEqual({ Applications: 'true' });
    expect(await currentAt('/')).toEqual({ Accueil: 'page' });
  });
});

interface Changes {
  structures?: SessionMembership[];
  limitedTo?: 'enrolment';
}
async function railOf(path: string, roles: string[], { structures = [], limitedTo }: Changes = {}) {
  const { account, ...rest } = session({ structures });
  const changed = { ...account, roles };
  useSessionStore().adopt({ ...rest, limitedTo: limitedTo ?? null, account: changed });
  const router = createRouter({ history: createMemoryHistory(), routes });
  await router.push(path);
  return mount(RailLinks, { global: { plugins: [router] } }).findAll('a');
}

async function entriesOf({ roles, limitedTo }: { roles: string[]; limitedTo?: 'enrolment' }) {
  return (await railOf('/mon-compte', roles, { limitedTo })).map((link) => link.text());
}

async function currentAt(path: string) {
  const links = await railOf(path, ['structure-admin']);
  const current = links.map((link) => [link.text(), link.attributes('aria-current')]);
  return Object.fromEntries(current.filter(([, value]) => value));
}
