import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccounts, wayInReason } from '../../../../../test/administration';
import {
  api,
  beginAsStructureAdmin,
  refuse,
  sessions,
  signedInAs,
} from '../../../../../test/administration-server';
import { field, open, page, press, router, settle, text, type } from '../../../../../test/pages';
import * as serviceApi from '../../../../api/service.api';
import AccountTable from './AccountTable.vue';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({
  listEvents: async () => ({ items: [], nextCursor: null }),
  getEventProof: async () => ({ head: null, proof: null }),
}));
vi.mock('../../../../api/service.api');
vi.mock('../../../../api/session.api');

beforeEach(() => {
  beginAsStructureAdmin();
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  vi.mocked(serviceApi.getService).mockImplementation(() => refuse('unreachable'));
});
afterEach(() => page.unmount());

describe('« Administration »', () => {
  it("is closed to people without an administrator's role, and names a contact", async () => {
    signedInAs('professional');
    await open('/administration/comptes');
    expect(router.currentRoute.value.name).toBe('not-allowed');
    expect(text()).toContain('adressez‑vous à l’administrateur de votre structure');
    expect(api.listAccounts).not.toHaveBeenCalled();
  });

  it('redirects people without a session to the sign-in', async () => {
    sessions.readSession.mockImplementation(() => refuse('session.required'));
    await open('/administration/comptes');
    expect(router.currentRoute.value.fullPath).toBe('/connexion?returnTo=/administration/comptes');
  });

  it('shows an auditor the journal and the statistics, and no account', async () => {
    signedInAs('auditor');
    await open('/administration/journal');
    expect(router.currentRoute.value.name).toBe('admin-journal');
    await open('/administration/comptes');
    expect(router.currentRoute.value.name).toBe('not-allowed');
  });

  it('keeps the registration of structures for national administrators', async () => {
    await open('/administration/structures/nouvelle');
    expect(router.currentRoute.value.name).toBe('not-allowed');
  });
});

describe('the list of accounts', () => {
  it('updates during typing, after a pause', async () => {
    await open('/administration/comptes');
    vi.useFakeTimers();
    try {
      for (const typed of ['m', 'ma', 'mar']) await type('Chercher une personne', typed);
      await vi.advanceTimersByTimeAsync(300);
    } finally {
      vi.useRealTimers();
    }
    expect(api.listAccounts.mock.calls.map(([query]) => query.q)).toEqual([undefined, 'mar']);
  });

  it('shows the answer to the latest question, whichever comes last', async () => {
    await open('/administration/comptes');
    let answerSlowly: (page: Awaited<ReturnType<typeof api.listAccounts>>) => void = () => undefined;
    api.listAccounts.mockReturnValueOnce(new Promise((resolve) => (answerSlowly = resolve)));
    await type('Accès', 'INVITED');
    api.listAccounts.mockResolvedValueOnce({
      items: adminAccounts('Paul Durand'),
      nextCursor: null,
      total: null,
    });
    await type('Accès', 'DEACTIVATED');
    answerSlowly({ items: adminAccounts('Claire Martin'), nextCursor: null, total: 1 });
    await settle();
    expect(text()).toContain('Paul Durand');
    expect(text()).not.toContain('Claire Martin');
  });

  it('goes on, and the keyboard with it', async () => {
    api.listAccounts.mockResolvedValueOnce({
      items: adminAccounts('Anne', 'Bruno'),
      nextCursor: 'c2',
      total: 122,
    });
    await open('/administration/comptes');
    expect(text()).toContain('2 sur 122.');
    api.listAccounts.mockResolvedValueOnce({ items: adminAccounts('Chloé'), nextCursor: null, total: null });
    await press('Afficher la suite');
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ cursor: 'c2' }));
    expect(document.activeElement?.textContent?.trim()).toBe('Chloé');
    expect(text()).not.toContain('Afficher la suite');
  });

  it('explains what to do when no account matches', async () => {
    api.listAccounts.mockResolvedValue({ items: [], nextCursor: null, total: null });
    await open('/administration/comptes');
    await type('Accès', 'INVITED');
    expect(text()).toContain('Aucun compte ne correspond. Vérifiez l’orthographe, ou effacez les filtres.');
    await press('Effacer');
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ status: undefined }));
  });

  it('keeps the search while the person reads an account', async () => {
    await open('/administration/comptes');
    await type('Accès', 'LOCKED');
    await press('Claire Martin');
    await press('Tous les comptes');
    expect(field('Accès').value).toBe('LOCKED');
  });

  it('is sorted by the names of its columns, which say so, and in the address', async () => {
    await open('/administration/comptes');
    const header = (name: string) =>
      page.findAll('[role=columnheader]').find((one) => one.text().startsWith(name))!;
    expect(header('Nom').attributes('aria-sort')).toBe('ascending');
    expect(header('Rôles').attributes('aria-sort')).toBeUndefined();
    for (const [sort, direction] of [
      ['-lastSignedInAt', 'descending'],
      ['lastSignedInAt', 'ascending'],
    ]) {
      await header('Connecté le').find('button').trigger('click');
      await settle();
      expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ sort }));
      expect(header('Connecté le').attributes('aria-sort')).toBe(direction);
      expect(router.currentRoute.value.query).toEqual({ sort });
    }
    expect(header('Nom').attributes('aria-sort')).toBe('none');
  });

  it('follows the address, which contains no search text; unknown values are ignored', async () => {
    await open('/administration/comptes?only=LOCKED&sort=status&status=X&q=dupont');
    const asked = { q: undefined, only: 'LOCKED', sort: 'status', status: undefined, structure: undefined };
    expect(api.listAccounts).toHaveBeenLastCalledWith({ ...asked, cursor: undefined });
    await type('Chercher une personne', 'dupont');
    await press('Claire Martin');
    await press('Tous les comptes');
    expect(router.currentRoute.value.query).not.toHaveProperty('q');
    expect(JSON.stringify(router.currentRoute.value.query)).not.toContain('upont');
    expect(field('Chercher une personne').value).toBe('dupont');
  });

  it('keeps a rare filter of an address, or two at once, beside the eight usual ones', async () => {
    const choices = () =>
      [...(field('Accès') as unknown as HTMLSelectElement).options].map((one) => one.text);
    await open('/administration/comptes?status=DEACTIVATED');
    expect(choices()).toHaveLength(8);
    expect(field('Accès').value).toBe('DEACTIVATED');
    page.unmount();
    await open('/administration/comptes?status=ACTIVE&only=IDENTITY_DUE');
    const asked = { status: 'ACTIVE', only: 'IDENTITY_DUE' };
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining(asked));
    expect(choices().at(-1)).toBe('Comptes actifs, Identité à revoir');
    await type('Accès', 'INVITED');
    expect(router.currentRoute.value.query).toEqual({ status: 'INVITED' });
    expect(choices()).toHaveLength(8);
  });

  it('unticks a box whose accounts are not all chosen, as beyond the most that can be', async () => {
    await open('/administration/comptes');
    const accounts = adminAccounts('Anne', 'Bruno');
    const picked = new Map([['Anne', accounts[0]!]]);
    const props = { accounts, chosen: [], only: '', several: false, picked, sort: '' };
    const table = mount(AccountTable, { props, global: { stubs: ['RouterLink'] } });
    const all = table.get<HTMLInputElement>('thead input');
    await all.setValue(true);
    await settle();
    expect(table.emitted('pick')).toEqual([[accounts, true]]);
    expect(all.element.checked).toBe(false);
  });

  it('shows for each person whether they can sign in, by which means, or why not', async () => {
    const since = '2026-10-31T23:00:00.000Z';
    const rule = wayInReason('strong-means-only', { since });
    const entries = [
      { canEnter: 'yes', by: ['password'], reason: null },
      { canEnter: 'only-by', by: ['cpx'], reason: rule },
      { canEnter: 'no', by: [], reason: rule },
      {
        canEnter: 'no',
        by: [],
        reason: wayInReason('invitation-sent', { until: '2027-01-07T10:00:00.000Z' }),
      },
    ] as const;
    const items = adminAccounts('Anne', 'Bruno', 'Chloé', 'Denis').map((account, at) => {
      const { canEnter, by, reason } = entries[at]!;
      return { ...account, entry: { canEnter, by: [...by], reason } };
    });
    api.listAccounts.mockResolvedValue({ items, nextCursor: null, total: 4 });
    await open('/administration/comptes');
    const lines = page.findAll('tbody tr').map((line) => line.text());
    expect(lines[0]).toContain('Oui');
    expect(lines[1]).toContain('Par carte seulement');
    expect(lines[2]).toMatch(/Règle du 1er\snov\./);
    expect(lines[3]).toMatch(/Invitée, jusqu’au 7\sjanv\. 2027/);
    for (const only of ['CAN_ENTER', 'KEPT_OUT_BY_RULE']) {
      await type('Accès', only);
      expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ only }));
    }
  });

  it('shows the date of erasure for accounts that have one, without that column', async () => {
    const [due] = adminAccounts('Claire');
    const erasureDueAt = '2026-12-24T10:00:00.000Z';
    api.listAccounts.mockResolvedValue({
      items: [{ ...due!, status: 'DEACTIVATED', erasureDueAt }],
      nextCursor: null,
      total: 1,
    });
    const titles = () => page.findAll('th').map((title) => title.text());
    await open('/administration/comptes');
    expect(titles()).not.toContain('Effacé le');
    page.unmount();
    await open('/administration/comptes?only=ERASURE_DUE');
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ only: 'ERASURE_DUE' }));
    expect(titles()).toContain('Effacé le');
    expect(text()).toMatch(/24\s(?:déc|décembre)/);
  });

  it('shows names as they are, whatever they hold', async () => {
    const names = ['O’Brien "Zoé" <b>', '=1+1', '\u202eetirw', '😀'.repeat(60), 'n'.repeat(200)];
    api.listAccounts.mockResolvedValue({ items: adminAccounts(...names), nextCursor: null, total: null });
    await open('/administration/comptes');
    expect(page.findAll('tbody a').map((link) => link.text())).toEqual(names);
    expect(page.findAll('tbody b')).toEqual([]);
  });
});
