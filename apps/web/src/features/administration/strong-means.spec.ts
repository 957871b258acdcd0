import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccounts } from '../../../test/administration';
import {
  api,
  beginAsStructureAdmin,
  refuse,
  sessions,
  signedInAs,
} from '../../../test/administration-server';
import { open, page, press, router, settle, text } from '../../../test/pages';
import * as serviceApi from '../../api/service.api';
import { useSessionStore } from '../../stores/session.store';

vi.mock('../../api/account.api');
vi.mock('../../api/administration.api');
vi.mock('../../api/applications.api');
vi.mock('../../api/journal.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');

const weak = () => refuse('means.too-weak');
const SENTENCE = 'avec votre carte ou Pro Santé Connect';

beforeEach(() => {
  beginAsStructureAdmin();
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  for (const read of [api.listAccounts, api.getAccountOf, api.listStructures, api.listImports, api.getPolicy])
    read.mockImplementation(weak);
});
afterEach(() => page.unmount());

describe('administration that requires a card or Pro Santé Connect, after a sign-in with a password', () => {
  it.each(['comptes', 'comptes/a1', 'import', 'structures', 'structures/s-hospital'])(
    'shows this instead of the page %s, once and with the way on',
    async (path) => {
      await open(`/administration/${path}`);
      expect(document.querySelector('h1')!.textContent).toBe('Carte ou Pro Santé Connect nécessaire');
      expect(text().split(SENTENCE)).toHaveLength(2);
      expect(text()).toContain('adressez‑vous à un autre administrateur');
      expect(document.querySelector('[role=alert], nav, form')).toBeNull();
    },
  );

  it('signs out, and the means can be chosen', async () => {
    sessions.signOut.mockResolvedValue(null);
    await open('/administration/comptes');
    await press('Se déconnecter et choisir un autre moyen');
    expect(useSessionStore().farewell).toBe('signed-out');
    expect(router.currentRoute.value.fullPath).toBe('/connexion');
  });

  it('is no alarm at home, which says nothing of what waits', async () => {
    await open('/');
    expect(text()).toContain('Bonjour Claire Martin');
    expect(api.listAccounts).toHaveBeenCalled();
    expect(document.querySelector('[role=alert]')).toBeNull();
    expect(text()).not.toContain('À traiter');
  });

  it('opens after a new sign-in with the card', async () => {
    await open('/administration/comptes');
    await router.push('/');
    api.listAccounts.mockResolvedValue({
      items: adminAccounts('Claire Martin'),
      nextCursor: null,
      total: null,
    });
    signedInAs('structure-admin');
    await router.push('/administration/comptes');
    await settle();
    expect(text()).toContain('Claire Martin');
    expect(text()).not.toContain(SENTENCE);
  });

  it('keeps its pages when something else is refused', async () => {
    api.listAccounts.mockImplementation(() => refuse('service.busy'));
    await open('/administration/comptes');
    expect(text()).not.toContain(SENTENCE);
    expect(document.querySelector('[role=alert]')).not.toBeNull();
  });
});
