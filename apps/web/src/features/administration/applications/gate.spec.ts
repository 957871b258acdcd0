import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital } from '../../../../test/administration';
import { api as administration, beginAsStructureAdmin, refuse } from '../../../../test/administration-server';
import { gatedApplication, gateRule } from '../../../../test/applications';
import { field, open, page, press, settle, text } from '../../../../test/pages';
import * as applicationsApi from '../../../api/applications.api';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/session.api');

const api = vi.mocked(applicationsApi);
const ADMIN = gateRule({ paths: ['/admin'], roles: ['structure-admin'], acr: 'eidas2', maxAgeSeconds: 300 });
const ALL = gateRule();

beforeEach(() => {
  beginAsStructureAdmin();
  api.getApplication.mockResolvedValue(gatedApplication());
  api.listRefusals.mockResolvedValue([]);
  api.setGateRules.mockResolvedValue({ items: [], version: 8 });
  stored(7, ADMIN, ALL);
});
afterEach(() => page.unmount());

function stored(version: number, ...items: (typeof ALL)[]) {
  api.getGateRules.mockResolvedValue({ items, version });
}
const openPage = () => open('/administration/applications/planning/acces');
const saved = () => api.setGateRules.mock.lastCall;
const cards = () => [...document.querySelectorAll('ol > li > fieldset')];
async function change(place: number, selector: string, value: string) {
  const input = cards()[place - 1]!.querySelector<HTMLTextAreaElement>(selector)!;
  input.value = value;
  input.dispatchEvent(new Event('input'));
  await settle();
}
async function changeSettings() {
  await press('Modifier');
  await press('Enregistrer');
}
const save = () => press('Enregistrer les règles d’accès');

describe('the rules of an application behind a proxy', () => {
  it('are shown as sentences, in order, with the result for other requests', async () => {
    stored(
      7,
      { ...ADMIN, methods: ['POST', 'PUT'], structures: [hospital.id] },
      gateRule({ access: 'public' }),
    );
    await openPage();
    expect(text()).toContain('Quand aucune ne correspond, personne ne passe.');
    for (const words of [
      'Règle 1/adminMéthodes : POST ou PUT',
      'Les personnes connectées',
      'Rôle : Administrateur de la structure',
      'Structure : Hôpital des Trois Dames',
      'Niveau : Moyen attesté par l’opérateur',
      'Authentification de moins de 5 minutes',
      'Règle 2/Tout le monde, sans connexionTout le reste est refusé.',
    ])
      expect(text()).toContain(words);
  });

  it('name a structure out of reach by its id', async () => {
    administration.getStructure.mockImplementation(() => refuse('not-found'));
    stored(7, gateRule({ structures: ['s-far'] }));
    await openPage();
    expect(text()).toContain('Structure : s-far');
  });

  it('let nothing pass when there are none', async () => {
    stored(7);
    await openPage();
    expect(text()).toContain('Aucune règle : personne ne passe.');
  });

  it('are only of applications behind a proxy', async () => {
    api.getApplication.mockResolvedValue(gatedApplication({ kind: 'web' }));
    await openPage();
    expect(text()).not.toContain('Règles d’accès');
    expect(api.getGateRules).not.toHaveBeenCalled();
  });

  it('change places by buttons, and the focus goes along', async () => {
    await openPage();
    await press('Modifier les règles');
    await press('Monter la règle 2');
    expect(text()).toContain('La règle est maintenant à la place 1 sur 2.');
    // At an end, the button that is left.
    expect(document.activeElement!.textContent!.replace(/[\u00a0\u202f]/g, ' ')).toBe('Descendre la règle 1');
    await save();
    expect(saved()).toEqual(['planning', 7, [ALL, ADMIN]]);
  });

  it('are added at the end and taken away, and saved under the version that was seen', async () => {
    await openPage();
    await press('Modifier les règles');
    await press('Ajouter une règle');
    expect(document.activeElement).toBe(cards()[2]!.querySelector('textarea'));
    await change(3, 'textarea', '/public\n/aide');
    await change(3, 'input[type=text]', 'get');
    cards()[2]!.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]!.click();
    await settle();
    await press('Supprimer la règle 1');
    expect(text()).toContain('La règle 1 est supprimée.');
    api.getApplication.mockResolvedValue(gatedApplication({ version: 8 }));
    await save();
    const added = gateRule({ paths: ['/public', '/aide'], methods: ['GET'], access: 'public' });
    expect(saved()).toEqual(['planning', 7, [ALL, added]]);
    expect(document.activeElement!.textContent).toContain('Elles valent dès la prochaine demande.');
    expect(cards()).toEqual([]);
  });

  it('take the focus when they are opened to be changed, and give it back when that is given up', async () => {
    await openPage();
    await press('Modifier les règles');
    expect(document.activeElement).toBe(cards()[0]!.querySelector('textarea'));
    await press('Annuler');
    expect(document.activeElement!.textContent!.trim()).toBe('Modifier les règles');
    expect(api.setGateRules).not.toHaveBeenCalled();
  });

  it('ask for structures by name', async () => {
    stored(7, gateRule({ structures: [hospital.id] }));
    await openPage();
    await press('Modifier les règles');
    await press('Retirer Hôpital des Trois Dames');
    expect(document.activeElement).toBe(field('Structures (facultatif)'));
    await save();
    expect(saved()).toEqual(['planning', 7, [ALL]]);
  });

  it('are not sent with a path that cannot be, and say so at the field', async () => {
    await openPage();
    await press('Modifier les règles');
    await change(2, 'textarea', 'admin/');
    await save();
    const input = cards()[1]!.querySelector('textarea')!;
    expect(api.setGateRules).not.toHaveBeenCalled();
    expect(text()).toContain('Chaque chemin commence par une barre');
    expect(document.activeElement).toBe(input);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it("show the API's error at the field, until they change places", async () => {
    const errors = [{ field: 'rules.1.paths', code: 'invalid', message: '' }];
    api.setGateRules.mockImplementation(() => refuse('validation.failed', { errors }));
    await openPage();
    await press('Modifier les règles');
    await change(2, 'textarea', '/a//b');
    await save();
    expect(cards()[1]!.textContent).toContain('Cette valeur n’est pas acceptée');
    expect(cards()[0]!.textContent).not.toContain('Cette valeur n’est pas acceptée');
    await press('Monter la règle 2');
    expect(text()).not.toContain('Cette valeur n’est pas acceptée');
  });

  it('are kept as typed after a concurrent change, with the stored ones beside, and saved on request', async () => {
    await openPage();
    await press('Modifier les règles');
    await change(2, 'textarea', '/mien');
    api.setGateRules.mockImplementationOnce(() => refuse('precondition.failed'));
    stored(9, gateRule({ paths: ['/leur'] }));
    await save();
    expect(document.activeElement!.textContent).toContain('Quelqu’un d’autre a modifié cette application');
    expect(document.activeElement!.textContent).toContain('/leur');
    expect(cards()[1]!.querySelector('textarea')!.value).toBe('/mien');
    await save();
    expect(saved()).toEqual(['planning', 9, [ADMIN, gateRule({ paths: ['/mien'] })]]);
  });

  it('of another administrator are never replaced unseen, when the settings were read again meanwhile', async () => {
    api.editApplication.mockResolvedValue(gatedApplication({ version: 9 }));
    await openPage();
    await press('Modifier les règles');
    stored(9, gateRule({ paths: ['/leur'] }));
    await changeSettings();
    await save();
    expect(saved()).toEqual(['planning', 7, [ADMIN, ALL]]);
  });

  it('go under the version that another act on the application gave it', async () => {
    api.editApplication.mockResolvedValue(gatedApplication({ version: 8 }));
    await openPage();
    await press('Modifier les règles');
    stored(8, ADMIN, ALL);
    await changeSettings();
    await save();
    expect(saved()).toEqual(['planning', 8, [ADMIN, ALL]]);
  });
});

describe('the settings of an application', () => {
  it('can be changed when the name of a structure cannot be read: its id is shown', async () => {
    administration.getStructure.mockImplementation(() => refuse('unavailable'));
    api.getApplication.mockResolvedValue(gatedApplication({ audienceStructures: ['s-far'] }));
    await openPage();
    expect(text()).toContain('s-far');
    await press('Modifier');
    expect(field('Professions (facultatif)').value).toBe('');
  });
});
