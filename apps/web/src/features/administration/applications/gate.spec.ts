import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital } from '../../../../test/administration';
import { api as administration, beginAsStructureAdmin, refuse } from '../../../../test/administration-server';
import { gatedApplication, gateRule } from '../../../../test/applications';
import { field, open, page, press, settle, text, type } from '../../../../test/pages';
import * as applicationsApi from '../../../api/applications.api';
import { setLocale } from '../../../locales';
import SearchPicker from '../shared/SearchPicker.vue';

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
      'Niveau : Moyen attesté par l’opérateur (eidas2)',
      'Dernière authentification : il y a 5 minutes au plus',
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

describe('« Pourquoi ? »', () => {
  const answer = {
    verdict: 'step-up',
    explanation: 'La personne passe après une connexion plus forte.',
    asked: { acr: 'eidas2', maxAgeSeconds: 300 },
    rule: 1,
    path: '/admin',
  } as const;

  it('answers for no session, with the rule and its requirement', async () => {
    api.explainGate.mockResolvedValue(answer);
    await openPage();
    await type('Adresse demandée', ' https://planning.example/admin ');
    await press('Expliquer la réponse');
    const asked = { url: 'https://planning.example/admin', method: 'GET' };
    expect(api.explainGate).toHaveBeenCalledWith('planning', asked);
    for (const words of [
      'La demande ne passe pas.',
      answer.explanation,
      'Niveau : Moyen attesté par l’opérateur (eidas2)',
      'La règle 1 décide pour /admin :',
    ])
      expect(text()).toContain(words);
  });

  it('asks for a person with a level, and with a profession where the application admits some', async () => {
    const claire = { id: 'claire', name: 'Claire Martin' };
    const pick = async () => {
      page.findComponent(SearchPicker).vm.$emit('update:modelValue', claire);
      await flushPromises();
    };
    api.explainGate.mockResolvedValue(answer);
    await openPage();
    await pick();
    expect(text()).not.toContain('Profession (facultatif)');
    page.unmount();
    api.getApplication.mockResolvedValue(gatedApplication({ audienceProfessions: ['10'] }));
    await openPage();
    await pick();
    await type('Connectée à l’instant par', 'eidas3');
    await type('Profession (facultatif)', ' 60 ');
    await press('Expliquer la réponse');
    const asked = { url: 'https://planning.example/', method: 'GET' };
    const who = { account: 'claire', acr: 'eidas3', profession: '60' };
    expect(api.explainGate).toHaveBeenCalledWith('planning', { ...asked, ...who });
  });

  it("starts with the application's address, and requires one", async () => {
    await openPage();
    expect(field('Adresse demandée').value).toBe('https://planning.example/');
    await type('Adresse demandée', ' ');
    await press('Expliquer la réponse');
    expect(text()).toContain('Indiquez une adresse.');
    expect(api.explainGate).not.toHaveBeenCalled();
  });

  it('explains the case where no rule decides', async () => {
    api.explainGate.mockResolvedValue({ ...answer, verdict: 'forbidden', asked: null, rule: null });
    await openPage();
    await press('Expliquer la réponse');
    expect(text()).not.toContain('décide pour');
  });

  it('asks anew in the language that the page takes', async () => {
    api.explainGate.mockResolvedValueOnce(answer);
    api.explainGate.mockResolvedValueOnce({
      ...answer,
      verdict: 'admitted',
      explanation: 'The person may pass.',
    });
    await openPage();
    await press('Expliquer la réponse');
    await setLocale('en');
    await flushPromises();
    expect(text()).toContain('The request passes.The person may pass.');
    await setLocale('fr');
  });

  it('clears its answer when the rules change', async () => {
    api.explainGate.mockResolvedValue(answer);
    await openPage();
    await press('Expliquer la réponse');
    await press('Modifier les règles');
    await press('Supprimer la règle 1');
    stored(8, ALL);
    await save();
    expect(text()).not.toContain('La demande ne passe pas.');
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
