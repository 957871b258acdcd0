import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ENTERS, adminAccount, adminAccounts } from '../../../../test/administration';
import { api, beginAsStructureAdmin, refuse, signedInAs } from '../../../../test/administration-server';
import { field, open, page, press, router, settle, text } from '../../../../test/pages';
import { SERVICE } from '../../../../test/samples';
import { serviceState } from '../../../../test/service-state';
import * as accountApi from '../../../api/account.api';
import { listOwnApplications } from '../../../api/applications.api';
import * as journalApi from '../../../api/journal.api';
import * as serviceApi from '../../../api/service.api';
import type { ServiceState, SignInReport } from '../../../api/types';

vi.mock('../../../api/account.api');
vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/journal.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/setup.api');
vi.mock('../../../api/session.api');

const UNTIL = '2026-11-29T14:05:00.000Z';
const rows = () => [...document.querySelectorAll('[data-waiting]')].map((row) => row.textContent!.trim());
const locked = adminAccount({
  locked: true,
  locks: { ...adminAccount().locks, passwordUntil: UNTIL },
});
const none = { items: [], nextCursor: null, total: 0 };

beforeEach(() => {
  beginAsStructureAdmin();
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  vi.mocked(serviceApi.getService).mockImplementation(() => refuse('unreachable'));
  for (const read of [accountApi.getAccount, accountApi.getStrongMeans])
    vi.mocked(read).mockImplementation(() => refuse('internal'));
  vi.mocked(accountApi.listBrowsers).mockResolvedValue([]);
  vi.mocked(listOwnApplications).mockResolvedValue([]);
  vi.mocked(journalApi.getReport).mockResolvedValue({ items: [] } as unknown as SignInReport);
  api.listAccounts.mockResolvedValue(none);
});
afterEach(() => {
  page.unmount();
  document.body.replaceChildren();
});

describe('the search « Qui n’arrive pas à entrer ? », which comes late', () => {
  const search = () => field('Qui n’arrive pas à entrer ?');
  const link = Object.assign(document.createElement('a'), { href: '#' });

  it('leaves the focus on a link that was reached before it', async () => {
    document.body.append(link);
    link.focus();
    await open('/');
    expect(search()).toBeDefined();
    expect(document.activeElement).toBe(link);
  });

  it('takes the focus where it is the first thing, and when one comes from another page by a link', async () => {
    await open('/');
    expect(document.activeElement).toBe(search());
    await router.push('/aide');
    document.body.append(link);
    link.focus();
    await router.push('/');
    await settle();
    expect(document.activeElement).toBe(search());
  });
});

describe('« À traiter » at home', () => {
  it('shows a text when nothing is pending', async () => {
    await open('/');
    expect(text()).toContain('Rien à traiter.');
    expect(rows()).toEqual([]);
  });

  it('begins with a row for each part that needs a look, with when it began, its effect and the state of the service', async () => {
    signedInAs('national-admin');
    const since = '2026-11-24T09:13:00.000Z';
    const failing: ServiceState['sms'] = { state: 'failing', since, providers: [], lastSent: null };
    api.getServiceState.mockResolvedValue(
      serviceState({ sms: failing, redis: { state: 'warning', latencyMs: null } }),
    );
    await open('/');
    expect(rows().map((row) => row.replaceAll(/[\s\u00a0\u202f]+/g, ' '))).toEqual([
      'SMSAucun opérateur ne répond depuis 10:13 : aucun SMS ne part. Voir l’état',
      'RedisNe répond pas : la base de données compte les essais à sa place. Voir l’état',
    ]);
    await press('Voir l’état');
    expect(router.currentRoute.value.name).toBe('admin-service');
  });

  it('shows an administrator of a structure that no mail leaves, without a link to a page that is not theirs', async () => {
    const service = { ...SERVICE, mailFailingSince: '2026-11-24T09:13:00.000Z' };
    vi.mocked(serviceApi.getService).mockResolvedValue(service);
    await open('/');
    expect(rows()).toEqual([expect.stringMatching(/^E‑mailAucun e‑mail ne part depuis le .*10:13/)]);
    expect(text()).not.toContain('Rien à traiter.');
    expect(text()).not.toContain('Voir l’état');
  });

  it('has a row for each person, with the action in it, and moves the focus to the result', async () => {
    api.listAccounts.mockImplementation(async ({ only }) =>
      only === 'LOCKED' ? { items: [{ ...locked, entry: ENTERS }], nextCursor: null, total: 1 } : none,
    );
    api.getAccountOf.mockResolvedValue(locked);
    api.unlock.mockResolvedValue(adminAccount());
    await open('/');
    expect(rows()).toEqual([expect.stringMatching(/^Compte bloqué.*Claire Martin.*Débloquer$/)]);
    await press('Débloquer');
    expect(text()).toContain('Débloquer Claire Martin ?');
    api.listAccounts.mockResolvedValue(none);
    await press('Débloquer');
    expect(api.unlock).toHaveBeenCalledWith('a1', { reason: undefined });
    expect(rows()).toEqual([]);
    expect(document.activeElement?.textContent).toContain('Le compte est débloqué.');
  });

  it('shows three of many, and leads to all of them', async () => {
    api.listAccounts.mockImplementation(async ({ only }) =>
      only === 'INVITATION_EXPIRED'
        ? { items: adminAccounts('Ana', 'Bob', 'Cid'), nextCursor: 'c', total: 12 }
        : none,
    );
    await open('/');
    expect(rows()).toHaveLength(4);
    await press('Voir les 12 invitations expirées');
    expect(router.currentRoute.value.fullPath).toBe('/administration/comptes?only=INVITATION_EXPIRED');
  });

  it('shows whose account is soon erased, and leads to the page that shows the date and stops it', async () => {
    const due = adminAccount({ status: 'DEACTIVATED', erasureDueAt: '2026-12-24T10:00:00.000Z' });
    api.listAccounts.mockImplementation(async ({ only }) =>
      only === 'ERASURE_DUE' ? { items: [{ ...due, entry: ENTERS }], nextCursor: null, total: 1 } : none,
    );
    api.getAccountOf.mockResolvedValue(due);
    await open('/');
    expect(rows()).toEqual([expect.stringMatching(/^Effacement proche.*Claire Martin.*Voir$/)]);
    await press('Voir');
    expect(router.currentRoute.value.fullPath).toBe('/administration/comptes/a1');
    expect(text()).toMatch(/il sera effacé le 24\sdécembre 2026.*Le réactiver arrête l’effacement\./);
    expect(text()).toContain('Réactiver le compte');
  });

  it('leads to the person’s page where the act is another administrator’s', async () => {
    const own = adminAccount({
      pendingChanges: [
        {
          kind: 'email',
          value: 'claire@hopital.example',
          reason: null,
          requestedBy: { id: 'me', displayName: 'Nadia' },
          requestedAt: UNTIL,
          effectiveAt: UNTIL,
        },
      ],
    });
    api.listAccounts.mockImplementation(async ({ only }) =>
      only === 'CHANGE_PENDING' ? { items: [{ ...own, entry: ENTERS }], nextCursor: null, total: 1 } : none,
    );
    api.getAccountOf.mockResolvedValue(own);
    await open('/');
    await press('Confirmer');
    expect(router.currentRoute.value.fullPath).toBe('/administration/comptes/a1');
  });
});
