import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount, ME, NADIA, waitingFor, wayInReason, waysIn } from '../../../../../test/administration';
import { api, beginAsStructureAdmin, refuse } from '../../../../../test/administration-server';
import { field, open, page, press, text, type } from '../../../../../test/pages';
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

describe('an account', () => {
  it('is unblocked with a reason, and the page confirms it', async () => {
    api.getAccountOf.mockResolvedValue(
      adminAccount({
        locks: { ...adminAccount().locks, passwordUntil: '2026-11-24T12:00:00.000Z' },
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

  it('shows by which means the person can sign in', async () => {
    api.getWaysInOf.mockResolvedValue(waysIn({ by: ['password', 'cpx'] }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Peut entrer avec le mot de passe et un code ou une carte.');
  });

  it('shows the obstacle with the action that fixes it, which is not repeated below', async () => {
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

  it('shows the rule that keeps an active person out, since when, and the fix', async () => {
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
    expect(text()).toContain('Aucune carte ni e‑CPS n’est rattachée.');
    expect(text()).toContain('Aucune clé d’accès n’est enregistrée.');
    for (const act of ['Ouvrir un accès de secours', 'Rattacher une carte'])
      expect(page.findAll('button').filter((one) => one.text() === act)).toHaveLength(1);
  });

  it('shows the address that waits, which another administrator confirms as it was seen', async () => {
    const pending = waitingFor(NADIA);
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingChanges: [pending] }));
    api.confirmChange.mockResolvedValue(adminAccount({ email: pending.value }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('claire.durand@hopital.example, demandée par Nadia Roux');
    await press('Confirmer la nouvelle adresse');
    expect(text()).toContain('Les messages et les codes iront à claire.durand@hopital.example');
    await press('Confirmer l’adresse');
    expect(api.confirmChange).toHaveBeenCalledWith('a1', 'email', 3, { reason: undefined });
    expect(text()).toContain('L’adresse est maintenant claire.durand@hopital.example.');
  });

  it('offers its requester to cancel the new address, not to confirm it', async () => {
    const pending = waitingFor(ME);
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingChanges: [pending] }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Annuler la nouvelle adresse');
    expect(text()).not.toContain('Confirmer la nouvelle adresse');
  });

  it('lets no administrator confirm a request of an application', async () => {
    api.getAccountOf.mockResolvedValue(
      adminAccount({ pendingChanges: [waitingFor({ id: 'ldap', displayName: null })] }),
    );
    await open('/administration/comptes/a1');
    expect(text()).toContain('demandée par une application');
    expect(text()).toContain('Annuler la nouvelle adresse');
    expect(text()).not.toContain('Confirmer la nouvelle adresse');
  });

  it('shows the card and the roles that wait, each confirmed or cancelled for itself', async () => {
    const roles = waitingFor(NADIA, { kind: 'roles', value: 'professional structure-admin' });
    const identity = waitingFor(NADIA, { kind: 'identity', value: '899700366240' });
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingChanges: [identity, roles] }));
    api.confirmChange.mockResolvedValue(
      adminAccount({ nationalId: '899700366240', pendingChanges: [roles] }),
    );
    await open('/administration/comptes/a1');
    expect(text()).toContain('899700366240, demandée par Nadia Roux');
    expect(text()).toContain('Professionnel, Administrateur de la structure, demandés par Nadia Roux');
    expect(text()).not.toContain('Rattacher une carte');
    await press('Confirmer la carte');
    await press('Confirmer la carte');
    expect(api.confirmChange).toHaveBeenCalledWith('a1', 'identity', 3, { reason: undefined });
    expect(text()).toContain('Confirmer les rôles');
  });

  it('shows how the identity was verified, by whom, and when it is to be verified again', async () => {
    api.getAccountOf.mockResolvedValue(
      adminAccount({
        identity: {
          method: 'face-to-face',
          verifiedAt: '2025-11-24T12:00:00.000Z',
          verifiedBy: { id: 'nadia', displayName: 'Nadia Roux' },
          dueAt: '2028-11-24T12:00:00.000Z',
          isDue: false,
        },
        directory: { state: 'not-found', lookedUpAt: '2026-11-20T12:00:00.000Z' },
      }),
    );
    await open('/administration/comptes/a1');
    expect(text()).toMatch(
      /Vérifiée le 24\snovembre 2025 en face à face par Nadia Roux, à revoir le 24\snovembre 2028/,
    );
    expect(text()).toMatch(/Annuaire Santé\s*Inconnu le 20\snovembre 2026/);
  });

  it('is attested with how the person was recognised, and not without', async () => {
    api.getAccountOf.mockResolvedValue(adminAccount());
    api.verifyIdentity.mockResolvedValue(adminAccount());
    await open('/administration/comptes/a1');
    expect(text()).toContain('Non vérifiée');
    await press('Attester l’identité');
    await press('Attester');
    expect(text()).toContain('Écrivez comment vous avez vérifié qui est la personne');
    expect(api.verifyIdentity).not.toHaveBeenCalled();
    await type('Motif', 'Carte d’identité vue');
    await press('Attester');
    expect(api.verifyIdentity).toHaveBeenCalledWith('a1', { reason: 'Carte d’identité vue' });
    expect(text()).toContain('L’identité est attestée pour trois ans.');
  });

  it('that is not proven is asked for by mail, and not where it is', async () => {
    api.getAccountOf.mockResolvedValue(adminAccount());
    api.askIdentity.mockResolvedValue(adminAccount());
    await open('/administration/comptes/a1');
    await press('Demander de vérifier l’identité');
    await press('Envoyer l’e‑mail');
    expect(api.askIdentity).toHaveBeenCalledWith('a1', { reason: undefined });
    expect(text()).toContain('L’e‑mail part à claire.martin@hopital.example.');
    page.unmount();
    const [verifiedAt, dueAt] = ['2026-11-20T12:00:00.000Z', '2029-11-20T12:00:00.000Z'];
    const identity = { method: 'card' as const, verifiedAt, verifiedBy: null, dueAt, isDue: false };
    api.getAccountOf.mockResolvedValue(adminAccount({ identity }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('par sa carte');
    expect(text()).not.toContain('Demander de vérifier l’identité');
  });

  it('shows that a card is waiting', async () => {
    const pending = waitingFor(ME, { kind: 'identity', value: '899700366240' });
    api.getAccountOf.mockResolvedValue(adminAccount({ roles: ['structure-admin'] }));
    api.linkNationalId.mockResolvedValue(adminAccount({ pendingChanges: [pending] }));
    await open('/administration/comptes/a1');
    await press('Rattacher une carte');
    await type('Identifiant national', '899700366240');
    await press('Rattacher');
    expect(text()).toContain(
      'un autre administrateur la confirme, ou la carte ouvre le compte dans 24 heures',
    );
  });

  it('is erased at the request of a letter: when it came and how are asked for, and that it waits is said', async () => {
    const wished = { kind: 'erasure', value: '2026-11-20', reason: 'Lettre recommandée' } as const;
    const pending = waitingFor(ME, wished);
    api.requestErasure.mockResolvedValue(adminAccount({ pendingChanges: [pending] }));
    await open('/administration/comptes/a1');
    await press('Noter une demande d’effacement');
    await press('Noter la demande');
    expect(text()).toMatch(/n’y écrivez pas le nom de la personne.*Écrivez comment la demande est arrivée/s);
    expect(api.requestErasure).not.toHaveBeenCalled();
    await type('Demande reçue le', '2026-11-20');
    await type('Motif', 'Lettre recommandée');
    await press('Noter la demande');
    const wish = { receivedOn: '2026-11-20', reason: 'Lettre recommandée' };
    expect(api.requestErasure).toHaveBeenCalledWith('a1', wish);
    expect(text()).toContain('un autre administrateur la confirme');
    expect(text()).toMatch(/Lettre recommandée \(reçu le 20\snovembre 2026\)/);
    expect(text()).not.toContain('Noter une demande d’effacement');
    expect(text()).toContain('Annuler l’effacement');
    expect(text()).not.toContain('Confirmer l’effacement');
  });

  it('exports the data of a person who cannot sign in, with a reason, as a file', async () => {
    const save = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:data');
    api.exportDataOf.mockResolvedValue({ exportedAt: '2026-11-24T10:00:00.000Z' } as never);
    await open('/administration/comptes/a1');
    await press('Exporter ses données');
    await press('Exporter');
    expect(text()).toContain('Écrivez comment la demande est arrivée');
    expect(api.exportDataOf).not.toHaveBeenCalled();
    await type('Motif', 'Lettre recommandée');
    await press('Exporter');
    expect(api.exportDataOf).toHaveBeenCalledWith('a1', { reason: 'Lettre recommandée' });
    expect(save).toHaveBeenCalledOnce();
    expect(text()).toContain('Le fichier est enregistré.');
    save.mockRestore();
  });

  it('whose erasure waits is erased by another administrator, as it was seen, and offers nothing after', async () => {
    const pending = waitingFor(NADIA, { kind: 'erasure', value: '2026-11-20', reason: 'Lettre' });
    api.getAccountOf.mockResolvedValue(adminAccount({ pendingChanges: [pending] }));
    api.confirmChange.mockResolvedValue(adminAccount({ status: 'DEACTIVATED', email: '' }));
    await open('/administration/comptes/a1');
    await press('Confirmer l’effacement');
    await press('Effacer pour toujours');
    expect(api.confirmChange).toHaveBeenCalledWith('a1', 'erasure', 3, { reason: undefined });
    expect(text()).toContain('Les données sont effacées.');
    for (const button of ['Réactiver le compte', 'Noter une demande d’effacement'])
      expect(text()).not.toContain(button);
  });

  it('offers only actions that apply to its state', async () => {
    api.getAccountOf.mockResolvedValue(adminAccount({ status: 'DEACTIVATED' }));
    await open('/administration/comptes/a1');
    expect(text()).toContain('Réactiver le compte');
    for (const button of ['Désactiver le compte', 'Débloquer', 'Renvoyer l’invitation', 'Modifier'])
      expect(text()).not.toContain(button);
  });

  it('cannot be deactivated by its own holder', async () => {
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
    expect(text()).toContain('Invitez‑en un autre d’abord.');
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
