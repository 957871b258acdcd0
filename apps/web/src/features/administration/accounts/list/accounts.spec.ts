import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, adminAccounts, wayInReason, waysIn } from '../../../../../test/administration';
import {
  api,
  beginAsStructureAdmin,
  refuse,
  sessions,
  signedInAs,
} from '../../../../../test/administration-server';
import { field, open, page, press, router, settle, text, type } from '../../../../../test/pages';
import * as serviceApi from '../../../../api/service.api';

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

function waitingFor(requestedBy: { id: string; displayName: string | null }) {
  const [requestedAt, effectiveAt] = ['2026-11-24T12:00:00.000Z', '2026-11-25T12:00:00.000Z'];
  return { email: 'claire.durand@hopital.example', requestedBy, requestedAt, effectiveAt };
}

describe('« Administration »', () => {
  it('is not for who administers nothing, and says whom to ask', async () => {
    signedInAs('professional');
    await open('/administration/comptes');
    expect(router.currentRoute.value.name).toBe('not-allowed');
    expect(text()).toContain('adressez-vous à l’administrateur de votre structure');
    expect(api.listAccounts).not.toHaveBeenCalled();
  });

  it('asks who is not signed in to sign in first', async () => {
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
  it('answers as one types, once the typing pauses', async () => {
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
    await type('État du compte', 'INVITED');
    api.listAccounts.mockResolvedValueOnce({
      items: adminAccounts('Paul Durand'),
      nextCursor: null,
      total: null,
    });
    await type('État du compte', 'DEACTIVATED');
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

  it('says what to do when nobody is found', async () => {
    api.listAccounts.mockResolvedValue({ items: [], nextCursor: null, total: null });
    await open('/administration/comptes');
    await type('État du compte', 'INVITED');
    expect(text()).toContain('Aucun compte ne correspond. Vérifiez l’orthographe, ou effacez les filtres.');
    await press('Effacer');
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ status: undefined }));
  });

  it('keeps what was searched for while one looks at an account', async () => {
    await open('/administration/comptes');
    await type('État du compte', 'ACTIVE');
    await press('Claire Martin');
    await press('Tous les comptes');
    expect(field('État du compte').value).toBe('ACTIVE');
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
      await header('Dernière connexion').find('button').trigger('click');
      await settle();
      expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ sort }));
      expect(header('Dernière connexion').attributes('aria-sort')).toBe(direction);
      expect(router.currentRoute.value.query).toEqual({ sort });
    }
    expect(header('Nom').attributes('aria-sort')).toBe('none');
  });

  it('is the one of the address, which has no words that were typed; what is none of ours is left out', async () => {
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

  it('says of each whether they can enter, and else by what, or why not', async () => {
    const since = '2026-10-31T23:00:00.000Z';
    const rule = wayInReason('strong-means-only', { since });
    const entries = [
      { canEnter: 'yes', by: ['password'], reason: null },
      { canEnter: 'only-by', by: ['cpx'], reason: rule },
      { canEnter: 'no', by: [], reason: rule },
    ] as const;
    const items = adminAccounts('Anne', 'Bruno', 'Chloé').map((account, at) => {
      const { canEnter, by, reason } = entries[at]!;
      return { ...account, entry: { canEnter, by: [...by], reason } };
    });
    api.listAccounts.mockResolvedValue({ items, nextCursor: null, total: 3 });
    await open('/administration/comptes');
    const lines = page.findAll('tbody tr').map((line) => line.text());
    expect(lines[0]).toContain('Oui');
    expect(lines[1]).toContain('Seulement par carte');
    expect(lines[2]).toMatch(/Non\s: règle du 1er\snovembre 2026/);
    await type('À voir', 'KEPT_OUT_BY_RULE');
    expect(api.listAccounts).toHaveBeenLastCalledWith(expect.objectContaining({ only: 'KEPT_OUT_BY_RULE' }));
  });

  it('shows names as they are, whatever they hold', async () => {
    const names = ['O’Brien "Zoé" <b>', '=1+1', '\u202eetirw', '😀'.repeat(60), 'n'.repeat(200)];
    api.listAccounts.mockResolvedValue({ items: adminAccounts(...names), nextCursor: null, total: null });
    await open('/administration/comptes');
    expect(page.findAll('tbody a').map((link) => link.text())).toEqual(names);
    expect(page.findAll('tbody b')).toEqual([]);
  });
});

describe('an account', () => {
  it('is unblocked with a reason, and the page says so', async () => {
    api.getAccountOf.mockResolvedValue(
      adminAccount({
        locks: { passwordUntil: '2026-11-24T12:00:00.000Z', codeUntil: null, codeUntilReopened: false },
      }),
    );
    const [until, acts] = ['2026-11-24T12:00:00.000Z', ['unlock' as const]];
    const locked = wayInReason('password-locked', { until, acts });
    api.getWaysInOf.mockResolvedValueOnce(waysIn({ canEnter: 'no', by: [], reasons: [locked] }));
    api.unlock.mockResolvedValue(adminAccount());
    await open('/administration/comptes/a1');
    expect(text()).toContain('connexion bloquée jusqu’au mardi 24 novembre à 13:00');
    await press('Débloquer');
    await type('Motif (facultatif)', 'Elle m’a appelé');
    await press('Débloquer');
    expect(api.unlock).toHaveBeenCalledWith('a1', { reason: 'Elle m’a appelé' });
    expect(text()).toContain('Le compte est débloqué.');
    expect(text()).not.toContain('bloquée jusqu’au');
  });

  it('says what keeps the person out, with the act that mends it beside, and not once more below', async () => {
    const [at, codeValidUntil] = ['2026-11-24T10:00:00.000Z', null];
    api.getDevicesOf.mockResolvedValue({
      sessions: [
        { id: 's1', means: 'cpx', device: 'Firefox/1 (Windows)', address: '192.0.2.7', signedInAt: at },
      ],
      browsers: [{ device: 'Chrome/1 (Android)', codeValidUntil, lastUsedAt: at }],
    });
    const invitedUntil = '2026-11-03T10:00:00.000Z';
    api.getAccountOf.mockResolvedValue(adminAccount({ status: 'INVITED', invitedUntil }));
    const over = wayInReason('invitation-over', { until: invitedUntil, acts: ['resend-invitation'] });
    api.getWaysInOf.mockResolvedValue(waysIn({ canEnter: 'no', by: [], reasons: [over] }));
    await open('/administration/comptes/a1');
    expect(text()).toMatch(/Ne peut pas entrer\s: invitation expirée le 3\snovembre 2026\./);
    expect(page.findAll('button').filter((one) => one.text() === 'Renvoyer l’invitation')).toHaveLength(1);
    expect(page.findAll('.button-danger')).toHaveLength(0);
    expect(text()).toContain('Firefox sur Windows');
    expect(text()).toContain('Chrome sur Android');
    expect(text()).toContain('192.0.2.7');
  });

  it('says of who is active by what rule they are kept out, since when, and what mends it', async () => {
    const accepts = ['pro-sante-connect', 'cpx', 'passkey'] as const;
    const acts = ['open-emergency-access', 'edit-structure'] as const;
    const since = '2026-10-31T23:00:00.000Z';
    const rule = wayInReason('strong-means-only', { since, accepts: [...accepts], acts: [...acts] });
    const reasons = [
      rule,
      wayInReason('no-identity', { acts: ['link-identity'] }),
      wayInReason('no-passkey'),
    ];
    api.getWaysInOf.mockResolvedValue(waysIn({ canEnter: 'no', by: [], reasons }));
    await open('/administration/comptes/a1');
    expect(text()).toMatch(
      /Ne peut pas entrer\s: sa structure n’accepte que Pro Santé Connect, une carte ou une clé d’accès depuis le 1er\snovembre 2026\./,
    );
    expect(text()).toContain('Aucune carte ni e-CPS n’est rattachée.');
    expect(text()).toContain('Aucune clé d’accès n’est enregistrée.');
    for (const act of ['Ouvrir un accès de secours', 'Rattacher une carte'])
      expect(page.findAll('button').filter((one) => one.text() === act)).toHaveLength(1);
  });

  it('shows the address that waits, which another administrator confirms as it was seen', async () => {
    const pendingEmail = waitingFor({ id: 'nadia', displayName: 'Nadia Roux' });
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingEmail }));
    api.confirmEmail.mockResolvedValue(adminAccount({ email: pendingEmail.email }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('claire.durand@hopital.example, demandée par Nadia Roux');
    await press('Confirmer la nouvelle adresse');
    expect(text()).toContain('Les messages et les codes iront à claire.durand@hopital.example');
    await press('Confirmer l’adresse');
    expect(api.confirmEmail).toHaveBeenCalledWith('a1', 3, { reason: undefined });
    expect(text()).toContain('L’adresse est maintenant claire.durand@hopital.example.');
  });

  it('offers who asked for the address to cancel it, not to confirm it', async () => {
    const pendingEmail = waitingFor({ id: 'me', displayName: 'Moi' });
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingEmail }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Annuler la nouvelle adresse');
    expect(text()).not.toContain('Confirmer la nouvelle adresse');
  });

  it('lets no administrator confirm what an application asked for', async () => {
    api.getAccountOf.mockResolvedValue(
      adminAccount({ pendingEmail: waitingFor({ id: 'ldap', displayName: null }) }),
    );
    await open('/administration/comptes/a1');
    expect(text()).toContain('demandée par une application');
    expect(text()).toContain('Annuler la nouvelle adresse');
    expect(text()).not.toContain('Confirmer la nouvelle adresse');
  });

  it('shows the card and the roles that wait, each confirmed or cancelled for itself', async () => {
    const asked = waitingFor({ id: 'nadia', displayName: 'Nadia Roux' });
    const pendingRoles = { ...asked, roles: ['professional', 'structure-admin'] };
    const pendingIdentity = { ...asked, nationalId: '899700366240' };
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingIdentity, pendingRoles }));
    api.confirmLink.mockResolvedValue(adminAccount({ nationalId: '899700366240', pendingRoles }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('899700366240, demandée par Nadia Roux');
    expect(text()).toContain('Professionnel, Administrateur de la structure, demandés par Nadia Roux');
    expect(text()).not.toContain('Rattacher une carte');
    await press('Confirmer la carte');
    await press('Confirmer la carte');
    expect(api.confirmLink).toHaveBeenCalledWith('a1', 3, { reason: undefined });
    expect(text()).toContain('Confirmer les rôles');
  });

  it('says that a card waits, where it does', async () => {
    const pendingIdentity = { ...waitingFor({ id: 'me', displayName: 'Moi' }), nationalId: '899700366240' };
    api.getAccountOf.mockResolvedValue(adminAccount({ roles: ['structure-admin'] }));
    api.linkNationalId.mockResolvedValue(adminAccount({ pendingIdentity }));
    await open('/administration/comptes/a1');
    await press('Rattacher une carte');
    await type('Identifiant national', '899700366240');
    await press('Rattacher');
    expect(text()).toContain(
      'un autre administrateur la confirme, ou la carte ouvre le compte dans 24 heures',
    );
  });

  it('offers what makes sense for its state only', async () => {
    api.getAccountOf.mockResolvedValue(adminAccount({ status: 'DEACTIVATED' }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Réactiver le compte');
    for (const button of ['Désactiver le compte', 'Débloquer', 'Renvoyer l’invitation', 'Modifier'])
      expect(text()).not.toContain(button);
  });

  it('of oneself is deactivated by somebody else', async () => {
    api.getAccountOf.mockResolvedValue(adminAccount({ id: 'me' }));
    await open('/administration/comptes/me');
    expect(text()).toContain('certaines actions demandent un autre administrateur');
    expect(text()).not.toContain('Désactiver le compte');
  });

  it('keeps the dialog, with a way on, when the act is refused', async () => {
    api.deactivate.mockImplementation(() => refuse('administrator.last'));
    await open('/administration/comptes/a1');
    await press('Désactiver le compte');
    await type('Motif (facultatif)', 'Départ');
    await press('Désactiver');
    expect(text()).toContain('Invitez-en un autre d’abord.');
    expect(field('Motif (facultatif)').value).toBe('Départ');
  });

  it('gets no emergency access without a reason', async () => {
    api.openEmergencyAccess.mockResolvedValue(
      adminAccount({ emergencyAccess: { means: 'password', until: '2026-11-24T15:00:00.000Z' } }),
    );
    await open('/administration/comptes/a1');
    await press('Ouvrir un accès de secours');
    await press('Ouvrir l’accès');
    expect(text()).toContain('c’est obligatoire pour un accès de secours');
    expect(api.openEmergencyAccess).not.toHaveBeenCalled();
    await type('Motif', 'Panne de SMS');
    await type('Pour combien de temps', '8');
    await press('Ouvrir l’accès');
    const asked = { means: 'password', hours: 8, reason: 'Panne de SMS' };
    expect(api.openEmergencyAccess).toHaveBeenCalledWith('a1', asked);
    expect(text()).toContain('Un accès de secours est ouvert');
  });
});
