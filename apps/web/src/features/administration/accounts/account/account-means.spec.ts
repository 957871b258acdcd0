import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { adminAccount } from '../../../../../test/administration';
import { api, beginAsStructureAdmin, refuse } from '../../../../../test/administration-server';
import { open, page, press, text, type } from '../../../../../test/pages';
import * as serviceApi from '../../../../api/service.api';
import type { AdminPasskey } from '../../../../api/types';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/journal.api', () => ({ listEvents: async () => ({ items: [], nextCursor: null }) }));
vi.mock('../../../../api/service.api');
vi.mock('../../../../api/session.api');

beforeEach(() => {
  beginAsStructureAdmin();
  vi.mocked(serviceApi.listMeans).mockResolvedValue([]);
  vi.mocked(serviceApi.getService).mockImplementation(() => refuse('unreachable'));
});
afterEach(() => page.unmount());

const PASSKEY: AdminPasskey = {
  id: 'key',
  name: 'Téléphone',
  kind: 'synced',
  identityProof: null,
  identityProvedAt: null,
  createdAt: '2026-11-24T12:00:00.000Z',
  lastUsedAt: null,
};

describe('the means of a person', () => {
  it('are shown with dates, attested with a reason, and the result is where one looks', async () => {
    api.getMeansOf.mockResolvedValue({ passkeys: [PASSKEY], totp: null, recoveryCodes: null });
    const proven = {
      ...PASSKEY,
      identityProof: 'in-person' as const,
      identityProvedAt: '2026-11-25T12:00:00.000Z',
    };
    api.attestPasskey.mockResolvedValue({ passkeys: [proven], totp: null, recoveryCodes: null });
    await open('/administration/comptes/a1');
    expect(text()).toContain('Synchronisée');
    expect(text()).toContain('Identité non vérifiée');
    await press('Attester l’identité');
    await press('Attester');
    expect(text()).toContain('comment vous avez reconnu la personne');
    expect(api.attestPasskey).not.toHaveBeenCalled();
    await type('Motif', 'badge vu');
    await press('Attester');
    expect(api.attestPasskey).toHaveBeenCalledWith('a1', 'key', { reason: 'badge vu' });
    expect(text()).toContain('Identité vérifiée en face à face');
    expect(document.activeElement?.textContent).toContain('L’identité est attestée');
    expect(api.getWaysInOf).toHaveBeenCalledTimes(2);
  });

  it('show an app with its date, which is removed with a reason', async () => {
    api.getMeansOf.mockResolvedValue({
      passkeys: [],
      totp: { confirmedAt: '2026-11-24T15:39:00.000Z' },
      recoveryCodes: null,
    });
    api.endTotpOf.mockResolvedValue({ passkeys: [], totp: null, recoveryCodes: null });
    await open('/administration/comptes/a1');
    expect(text()).toContain('Donne les codes depuis le mardi 24 novembre');
    await press('Supprimer');
    await type('Motif (facultatif)', 'téléphone perdu');
    await press('Supprimer');
    expect(api.endTotpOf).toHaveBeenCalledWith('a1', { reason: 'téléphone perdu' });
    expect(text()).toContain('Pas d’application.');
    expect(document.activeElement?.textContent).toContain('L’application est supprimée');
  });

  it('say how many recovery codes are left, and end them with a reason', async () => {
    const recoveryCodes = { createdAt: '2026-11-24T12:00:00.000Z', remaining: 7 };
    api.getMeansOf.mockResolvedValue({ passkeys: [], totp: null, recoveryCodes });
    api.endRecoveryCodesOf.mockResolvedValue({ passkeys: [], totp: null, recoveryCodes: null });
    await open('/administration/comptes/a1');
    expect(text()).toContain('7 restent de ceux créés le 24 novembre 2026.');
    await press('Supprimer les codes');
    expect(text()).toContain('Ils n’ouvriront plus rien.');
    await type('Motif (facultatif)', 'feuille perdue');
    await press('Supprimer les codes');
    expect(api.endRecoveryCodesOf).toHaveBeenCalledWith('a1', { reason: 'feuille perdue' });
    expect(document.activeElement?.textContent).toContain('Les codes de secours sont supprimés.');
    expect(text()).not.toContain('restent de ceux');
  });

  it('of the reader are attested by another administrator', async () => {
    api.getMeansOf.mockResolvedValue({ passkeys: [PASSKEY], totp: null, recoveryCodes: null });
    api.getAccountOf.mockResolvedValue(adminAccount({ id: 'me' }));
    await open('/administration/comptes/me');
    const buttons = page.findAll('button').map((button) => button.text());
    expect(buttons).toContain('Supprimer');
    expect(buttons).not.toContain('Attester l’identité');
  });
});

describe('the sessions of a person', () => {
  it('are closed one by one, and the result is where one looks', async () => {
    const at = '2026-11-24T10:00:00.000Z';
    const session = (id: string, device: string) => ({
      ...{ id, means: 'cpx' as const, device, address: '192.0.2.7', signedInAt: at },
    });
    const [firefox, chrome] = [session('s1', 'Firefox/1 (Windows)'), session('s2', 'Chrome/1 (Android)')];
    api.getDevicesOf.mockResolvedValueOnce({ sessions: [firefox, chrome], browsers: [] });
    api.getAccountOf.mockResolvedValue(adminAccount({ openSessions: 2 }));
    await open('/administration/comptes/a1');
    api.getDevicesOf.mockResolvedValue({ sessions: [firefox], browsers: [] });
    api.endSessionOf.mockResolvedValue(adminAccount({ openSessions: 1 }));
    await press('Fermer');
    expect(text()).toContain('Chrome sur Android revient à la page de connexion');
    await press('Fermer');
    expect(api.endSessionOf).toHaveBeenCalledWith('a1', 's2', {});
    expect(document.activeElement?.textContent).toContain('La session est fermée.');
    expect(text()).not.toContain('Chrome sur Android');
    expect(text()).toContain('Firefox sur Windows');
  });
});
