import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital, policy } from '../../../../test/administration';
import { api, beginAsStructureAdmin } from '../../../../test/administration-server';
import { open, page, press, text, type } from '../../../../test/pages';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');

beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

const nobody = { count: 0, items: [] };
const effect = {
  people: 122,
  withoutCard: nobody,
  withoutStrongMeans: nobody,
  withoutIdentity: { count: 5, items: [{ id: 'lea', username: 'lea.petit', displayName: 'Léa Petit' }] },
  identityRequiredFrom: null,
  strongMeansFrom: null,
  enrolmentUntil: null,
};

describe('the rules of a structure', () => {
  it('say whom a day for verified identities would keep out, and how identities are verified until then', async () => {
    api.setPolicy.mockResolvedValue(policy({ version: 6 }));
    api.getPolicyEffect.mockResolvedValue(effect);
    await open(`/administration/structures/${hospital.id}`);
    expect(text()).not.toContain('5 personnes');
    await type('Identité vérifiée obligatoire à partir du', '2027-03-01');
    const identityRequiredFrom = '2027-02-28T23:00:00.000Z';
    const asked = expect.objectContaining({ identityRequiredFrom });
    expect(api.getPolicyEffect).toHaveBeenLastCalledWith(hospital.id, asked);
    expect(text()).toContain('5 personnes sur 122 n’ont ni identité vérifiée, ni carte, ni e‑CPS.');
    expect(text()).toContain(
      'Un bandeau prévient les personnes concernées 30 jours avant. À partir du 1er mars 2027',
    );
    await press('Enregistrer');
    expect(text()).toContain('Léa Petit');
    await press('Confirmer les règles');
    expect(api.setPolicy).toHaveBeenCalledWith(hospital.id, 5, asked);
    await type('Identité vérifiée obligatoire à partir du', '2026-11-01');
    expect(text()).toContain('de qui n’a pas d’identité vérifiée n’ouvrent plus rien');
  });
});
