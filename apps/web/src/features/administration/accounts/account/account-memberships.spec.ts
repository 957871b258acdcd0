import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, hospital, NADIA } from '../../../../../test/administration';
import { api, beginAsStructureAdmin, refuse, sessions } from '../../../../../test/administration-server';
import { open, page, press, router, text, type } from '../../../../../test/pages';
import { session } from '../../../../../test/samples';
import type { AdminMembership, AdminPendingChange } from '../../../../api/types';
import * as serviceApi from '../../../../api/service.api';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({
  listEvents: async () => ({ items: [], nextCursor: null }),
}));
vi.mock('../../../../api/service.api');
vi.mock('../../../../api/session.api');

const clinic = { id: 's-clinic', name: 'Clinique de la Baie' };
function membership(structure: typeof hospital, changes: Partial<AdminMembership> = {}): AdminMembership {
  return {
    structure,
    roles: ['professional'],
    function: null,
    source: 'console',
    since: '2026-01-05T08:00:00.000Z',
    until: null,
    endedAt: null,
    manages: structure === hospital,
    version: 2,
    ...changes,
  };
}
const inBoth = [membership(hospital), membership(clinic, { function: 'Cardiologue' })];
const buttons = () => page.findAll('button').map((one) => one.attributes('aria-label') ?? one.text());

/** As the administrator of this structure. */
function administering({ id, name }: typeof hospital) {
  const base = session({
    structures: [
      {
        id,
        name,
        finess: null,
        kind: 'establishment',
        roles: ['structure-admin'],
        function: null,
        manages: true,
      },
    ],
  });
  const account = { ...base.account, id: 'me', roles: ['structure-admin'] };
  sessions.readSession.mockResolvedValue({ ...base, account });
}

beforeEach(() => {
  beginAsStructureAdmin();
  administering(hospital);
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  vi.mocked(serviceApi.getService).mockImplementation(() => refuse('unreachable'));
  api.getAccountOf.mockResolvedValue(adminAccount({ memberships: inBoth }));
});
afterEach(() => page.unmount());

describe('the structures of a person', () => {
  it('are all shown to the structure that manages the account, which changes only its own', async () => {
    await open('/administration/comptes/a1');
    expect(text()).toContain('Compte géré par Hôpital des Trois Dames.');
    expect(text()).toContain('Cardiologue · Professionnel · depuis le 5 janvier 2026');
    expect(buttons()).toContain('Modifier Hôpital des Trois Dames');
    expect(buttons()).not.toContain('Modifier Clinique de la Baie');
  });

  it('are changed until the end of the last day, with the version that was read', async () => {
    administering(clinic);
    const only = [membership(clinic)];
    const limited = adminAccount({ managedHere: false, memberships: only });
    api.getAccountOf.mockResolvedValue(limited);
    api.editMembership.mockResolvedValue(only[0]!);
    await open('/administration/comptes/a1');
    await press('Modifier');
    await type('Fonction (facultatif)', ' Urgentiste ');
    await type('Dernier jour (facultatif)', '2027-06-30');
    await press('Enregistrer');
    expect(api.editMembership).toHaveBeenCalledWith('a1', only[0], {
      function: 'Urgentiste',
      roles: ['professional'],
      until: '2027-06-30T21:59:59.999Z',
    });
    expect(text()).toContain('Le rattachement est modifié.');
  });

  it('show nothing of an account that is managed elsewhere, and who manages it', async () => {
    administering(clinic);
    const limited = { managedHere: false, memberships: [membership(clinic)], email: '' };
    api.getAccountOf.mockResolvedValue(adminAccount(limited));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Hôpital des Trois Dames gère ce compte.');
    for (const hidden of ['Actions', 'Moyens de connexion', 'Sessions ouvertes', 'Non vérifiée'])
      expect(text()).not.toContain(hidden);
    expect(api.getMeansOf).not.toHaveBeenCalled();
    expect(api.getDevicesOf).not.toHaveBeenCalled();
  });

  it('end with a reason, after which the person may be out of reach', async () => {
    administering(clinic);
    const limited = adminAccount({ managedHere: false, memberships: [membership(clinic)] });
    api.getAccountOf.mockResolvedValueOnce(limited).mockImplementation(() => refuse('not-found'));
    await open('/administration/comptes/a1');
    await press('Mettre fin');
    await press('Mettre fin');
    expect(text()).toContain('Écrivez pourquoi : c’est obligatoire.');
    expect(api.endMembership).not.toHaveBeenCalled();
    const [label] = [...document.querySelectorAll<HTMLLabelElement>('[role=alertdialog] label')];
    await type(label!.textContent!.replace(/[\u00a0\u202f]/g, ' '), 'Départ');
    await press('Mettre fin');
    expect(api.endMembership).toHaveBeenCalledWith('a1', clinic.id, 'Départ');
    expect(router.currentRoute.value.name).toBe('admin-accounts');
  });

  it('take the account over when one of their administrators accepts', async () => {
    administering(clinic);
    const waiting: AdminPendingChange = {
      kind: 'management',
      value: clinic.id,
      reason: 'Elle y travaille surtout',
      requestedBy: NADIA,
      requestedAt: '2026-11-24T08:00:00.000Z',
      effectiveAt: '2026-12-24T08:00:00.000Z',
    };
    const handed = adminAccount({ memberships: inBoth, pendingChanges: [waiting] });
    api.getAccountOf.mockResolvedValue(handed);
    api.confirmChange.mockResolvedValue(adminAccount({ managedBy: clinic, memberships: inBoth }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Gestion du compte à confier à Clinique de la Baie');
    await press('Accepter la gestion');
    await press('Accepter');
    expect(api.confirmChange).toHaveBeenCalledWith('a1', 'management', 3, { reason: undefined });
    expect(text()).toContain('Votre établissement gère ce compte.');
  });

  it('receive the account from its manager by a request with a reason', async () => {
    api.handOver.mockResolvedValue(adminAccount({ memberships: inBoth }));
    await open('/administration/comptes/a1');
    await press('Confier la gestion du compte');
    const [label] = [...document.querySelectorAll<HTMLLabelElement>('[role=dialog] label')].slice(-1);
    await type(label!.textContent!.replace(/[\u00a0\u202f]/g, ' '), 'Elle y travaille surtout');
    document.querySelector('[role=dialog] form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    await vi.waitFor(() =>
      expect(api.handOver).toHaveBeenCalledWith('a1', {
        structureId: clinic.id,
        reason: 'Elle y travaille surtout',
      }),
    );
  });
});
