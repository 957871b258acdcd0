import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { face, hospital, NO_TEXTS, policy, structure } from '../../../../test/administration';
import { api, beginAsStructureAdmin, refuse, signedInAs } from '../../../../test/administration-server';
import { field, open, page, press, router, settle, text, type } from '../../../../test/pages';
import { NOW } from '../../../../test/samples';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/session.api');

// Its dates are before and after this day.
beforeEach(() => vi.setSystemTime(NOW));
beforeEach(beginAsStructureAdmin);
afterEach(() => page.unmount());

const effect = {
  people: 122,
  withoutCard: { count: 40, items: [] },
  withoutStrongMeans: {
    count: 37,
    items: [{ id: 'paul', username: 'paul.durand', displayName: 'Paul Durand' }],
  },
  withoutIdentity: { count: 0, items: [] },
  identityRequiredFrom: null,
  strongMeansFrom: null,
  enrolmentUntil: null,
};

describe('structures', () => {
  it('are registered with one of their two numbers at least', async () => {
    signedInAs('national-admin');
    await open('/administration/structures/nouvelle');
    await type('Nom de la structure', 'Clinique des Lilas');
    await press('Créer la structure');
    expect(text()).toContain('Saisissez le numéro FINESS ou le numéro SIRET.');
    expect(api.createStructure).not.toHaveBeenCalled();
    api.createStructure.mockResolvedValue(structure());
    await type('Numéro FINESS', '750712184');
    await press('Créer la structure');
    const place = { kind: 'establishment', parentId: null };
    const body = { ...NO_TEXTS, ...place, name: 'Clinique des Lilas', finess: '750712184' };
    expect(api.createStructure).toHaveBeenCalledWith(body);
    expect(text()).toContain('La structure est créée.');
    await press('Inviter l’administrateur');
    expect(router.currentRoute.value.query).toEqual({ structure: hospital.id, role: 'structure-admin' });
  });

  it('have rules that begin in Paris time, and show whom they exclude', async () => {
    api.setPolicy.mockResolvedValue(policy({ version: 6 }));
    await open(`/administration/structures/${hospital.id}`);
    await type('Redemander un code', '8');
    await type('Pro Santé Connect obligatoire à partir du', '2027-01-01');
    expect(text()).toContain('À partir du 1er janvier 2027, qui n’a pas d’e‑CPS ou de carte');
    await press('Enregistrer');
    await press('Confirmer les règles');
    expect(api.setPolicy).toHaveBeenCalledWith(hospital.id, 5, {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      fourEyes: false,
      codeWindowHours: 8,
      proSanteConnectFrom: '2026-12-31T23:00:00.000Z',
      strongMeansFrom: null,
      identityRequiredFrom: null,
      totpIsStrong: false,
      passkeyKind: 'any',
      passkeyIdentity: 'any',
      sharedWorkstations: false,
      egressAddresses: [],
    });
    expect(text()).toContain('Les changements sont enregistrés.');
  });

  it('show the changes and the excluded people before saving', async () => {
    api.setPolicy.mockResolvedValue(policy({ version: 6 }));
    api.getPolicyEffect.mockResolvedValue(effect);
    await open(`/administration/structures/${hospital.id}`);
    expect(text()).toContain('37 personnes sur 122 n’ont ni carte, ni e‑CPS, ni clé d’accès acceptée.');
    await type('Moyens forts obligatoires à partir du', '2027-03-01');
    expect(text()).toContain('à partir du 15 mars 2027, ils n’ouvrent plus rien');
    await press('Enregistrer');
    expect(api.setPolicy).not.toHaveBeenCalled();
    expect(text()).toContain('aucune date → 1er mars 2027');
    expect(text()).toContain('Paul Durand');
    await press('Annuler');
    await press('Enregistrer');
    await press('Confirmer les règles');
    const strongMeansFrom = '2027-02-28T23:00:00.000Z';
    expect(api.setPolicy).toHaveBeenCalledWith(hospital.id, 5, expect.objectContaining({ strongMeansFrom }));
    expect(document.activeElement?.textContent).toContain('Les changements sont enregistrés.');
  });

  it('say that a day that has come takes effect at once', async () => {
    api.getPolicyEffect.mockResolvedValue(effect);
    await open(`/administration/structures/${hospital.id}`);
    const label = 'Moyens forts obligatoires à partir du';
    await type(label, '2026-11-20');
    expect(text()).toContain('Cette date est atteinte. Effet immédiat');
    expect(text()).toContain('à partir du 4 décembre 2026, ils n’ouvrent plus rien');
    await type(label, '2026-11-01');
    expect(text()).toContain('le mot de passe et le code n’ouvrent plus rien');
    expect(text()).not.toContain('Un bandeau prévient vos équipes');
    await type('Pro Santé Connect obligatoire à partir du', '2026-11-01');
    expect(text()).toContain('qui n’a pas d’e‑CPS ou de carte ne peut plus se connecter');
    await press('Enregistrer');
    expect(text()).toContain('aucune date → 1er novembre 2026 (effet immédiat)');
    expect(api.setPolicy).not.toHaveBeenCalled();
  });

  it('count those without a card where Pro Santé Connect alone will do', async () => {
    api.getPolicyEffect.mockResolvedValue(effect);
    await open(`/administration/structures/${hospital.id}`);
    await type('Pro Santé Connect obligatoire à partir du', '2027-01-01');
    expect(text()).toContain('40 personnes sur 122 n’ont ni carte ni e‑CPS.');
  });

  it('count an authenticator app where the structure does, and say so before they are saved', async () => {
    api.setPolicy.mockResolvedValue(policy({ version: 6, totpIsStrong: true }));
    api.getPolicyEffect.mockResolvedValue(effect);
    await open(`/administration/structures/${hospital.id}`);
    const option = 'Une application d’authentification compte aussi comme moyen fort';
    await type('Moyens forts obligatoires à partir du', '2027-03-01');
    field(option).click();
    await settle();
    expect(api.getPolicyEffect).toHaveBeenLastCalledWith(
      hospital.id,
      expect.objectContaining({ totpIsStrong: 'true' }),
    );
    expect(text()).toContain('37 personnes sur 122 n’ont ni carte, ni e‑CPS, ni clé d’accès ou application');
    await press('Enregistrer');
    expect(text()).toContain('non → oui');
    await press('Confirmer les règles');
    expect(api.setPolicy).toHaveBeenCalledWith(
      hospital.id,
      5,
      expect.objectContaining({ totpIsStrong: true }),
    );
  });

  it('name the addresses by which their people leave, one a line, whatever they were pasted from', async () => {
    const label = 'Adresses de sortie de l’établissement';
    api.getPolicy.mockResolvedValue(policy({ egressAddresses: ['192.0.2.10', '192.0.2.11'] }));
    api.setPolicy.mockResolvedValue(policy());
    await open(`/administration/structures/${hospital.id}`);
    expect(field(label).value).toBe('192.0.2.10\n192.0.2.11');
    await type(label, '192.0.2.10\n\n198.51.100.0/24, 2001:db8:1::/48 ');
    await press('Enregistrer');
    const egressAddresses = ['192.0.2.10', '198.51.100.0/24', '2001:db8:1::/48'];
    expect(api.setPolicy).toHaveBeenCalledWith(hospital.id, 5, expect.objectContaining({ egressAddresses }));
  });

  it('confirm shared workstations, and the effect without IP addresses', async () => {
    api.setPolicy.mockResolvedValue(policy());
    await open(`/administration/structures/${hospital.id}`);
    field('Postes partagés').click();
    await settle();
    expect(text()).toContain('la page de connexion reste celle d’un ordinateur personnel');
    await type('Adresses de sortie de l’établissement', '192.0.2.10');
    expect(text()).not.toContain('la page de connexion reste celle d’un ordinateur personnel');
    await press('Enregistrer');
    const asked = expect.objectContaining({ sharedWorkstations: true, egressAddresses: ['192.0.2.10'] });
    expect(api.setPolicy).toHaveBeenCalledWith(hospital.id, 5, asked);
  });

  it('are recognised by a name, a logo and a colour, which is darkened where it could not be read', async () => {
    api.setFace.mockResolvedValue({ ...face(), accent: '#b50000', version: 6 });
    await open(`/administration/structures/${hospital.id}`);
    await type('Nom affiché (facultatif)', 'CHU Nord');
    field('Une couleur').click();
    await settle();
    await type('Couleur', '#ff0000');
    expect(page.get('figure').text()).toContain('CHU Nord');
    await press('Enregistrer');
    const asked = { displayName: 'CHU Nord', accent: '#ff0000' };
    expect(api.setFace).toHaveBeenCalledWith(hospital.id, 5, asked);
    expect(text()).toContain('La couleur a été assombrie en #b50000');
  });

  it('say at the field why a logo is refused', async () => {
    const errors = [{ field: 'logo', code: 'active', message: '' }];
    api.setFace.mockImplementation(() => refuse('validation.failed', { errors }));
    await open(`/administration/structures/${hospital.id}`);
    await type('Nom affiché (facultatif)', 'CHU Nord');
    await press('Enregistrer');
    expect(text()).toContain('Ce SVG contient du code ou une animation');
  });

  it.each([
    ['choice', 'sans bloc plus large que /16 en IPv4 ou /32 en IPv6'],
    ['too-long', '20 adresses ou blocs au plus'],
  ])('say at the field why its addresses are refused: %s', async (code, sentence) => {
    const label = 'Adresses de sortie de l’établissement';
    const errors = [{ field: 'egressAddresses', code, message: '' }];
    api.setPolicy.mockImplementation(() => refuse('validation.failed', { errors }));
    await open(`/administration/structures/${hospital.id}`);
    await type(label, '192.0.0.0/8');
    await press('Enregistrer');
    const input = field(label);
    expect(document.activeElement).toBe(input);
    expect(
      document.getElementById(input.getAttribute('aria-describedby')!.split(' ')[0]!)!.textContent,
    ).toContain(sentence);
    expect(input.value).toBe('192.0.0.0/8');
  });

  it('offer no rule that is laxer than the deployment', async () => {
    const none = {
      proSanteConnectOffered: false,
      cardOffered: false,
      passkeysOffered: false,
      totpOffered: false,
    };
    const deployment = { smsAvailable: false, codeWindowHours: 4, ...none };
    api.getPolicy.mockResolvedValue(policy({ deployment }));
    await open(`/administration/structures/${hospital.id}`);
    const choices = [...(field('Redemander un code') as unknown as HTMLSelectElement).options];
    expect(choices.map(({ value }) => value)).toEqual(['deployment', '4', '2', '1', '0']);
    expect(text()).not.toContain('Le code par e‑mail seulement la première fois');
    expect(text()).toContain('Pro Santé Connect n’est pas proposé');
    expect(text()).not.toContain('Moyens forts obligatoires');
  });

  it('keep the typed text after a concurrent change, and take over the fields left alone', async () => {
    await open(`/administration/structures/${hospital.id}`);
    await type('Redemander un code', '8');
    api.setPolicy.mockImplementationOnce(() => refuse('precondition.failed'));
    api.getPolicy.mockResolvedValue(policy({ smsForbidden: true, version: 6 }));
    await press('Enregistrer');
    expect(text()).toContain('Rien n’a été écrasé');
    expect(field('Redemander un code').value).toBe('8');
    api.setPolicy.mockResolvedValue(policy({ version: 7 }));
    await press('Enregistrer');
    expect(api.setPolicy).toHaveBeenLastCalledWith(
      hospital.id,
      6,
      expect.objectContaining({ codeWindowHours: 8, smsForbidden: true }),
    );
  });

  it('are corrected by national administrators, and only shown to the others', async () => {
    await open(`/administration/structures/${hospital.id}`);
    expect(text()).toContain('Demandez à un administrateur national de le corriger');
    expect(text()).not.toContain('Modifier');
    expect(page.findAll('label').map((label) => label.text())).not.toContain('Nom de la structure');
  });

  it('are saved as a whole, by one button that counts what differs', async () => {
    signedInAs('national-admin');
    api.editStructure.mockResolvedValue(structure());
    api.setPolicy.mockResolvedValue(policy());
    await open(`/administration/structures/${hospital.id}`);
    const shown = () => page.get('[role=tab][data-state=active]').text();
    expect(text()).not.toContain('changement');
    await type('Numéro FINESS', '');
    await type('Redemander un code', '8');
    await type('Nom affiché (facultatif)', 'CHU Nord');
    expect(text()).toContain('3 changements');
    await press('Enregistrer');
    expect(shown()).toBe('Identité');
    expect(document.activeElement).toBe(field('Numéro FINESS'));
    expect(api.setPolicy).not.toHaveBeenCalled();

    api.setFace.mockImplementationOnce(() => refuse('unreachable'));
    const [identity, rules] = [
      structure({ finess: '990000036', version: 6 }),
      { codeWindowHours: 8, version: 7 },
    ];
    api.getStructure.mockResolvedValue(identity);
    api.getPolicy.mockResolvedValue(policy(rules));
    api.getFace.mockResolvedValue(face({ version: 7 }));
    await type('Numéro FINESS', '990000036');
    await type('Motif pour le journal (facultatif), sans rien sur un patient', 'déménagement');
    await press('Enregistrer');
    expect(shown()).toBe('Apparence');
    expect(text()).toContain('1 changement');
    api.setFace.mockResolvedValue(face());
    api.getFace.mockResolvedValue(face({ displayName: 'CHU Nord', version: 8 }));
    await press('Enregistrer');
    const asked = { displayName: 'CHU Nord', accent: null, reason: 'déménagement' };
    expect(api.setFace).toHaveBeenLastCalledWith(hospital.id, 7, asked);
    expect(api.editStructure).toHaveBeenCalledTimes(1);
    expect(api.setPolicy).toHaveBeenCalledTimes(1);
    expect(text()).toContain('Les changements sont enregistrés.');
    expect(text()).not.toContain('1 changement');
  });
});
