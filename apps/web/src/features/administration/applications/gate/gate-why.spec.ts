import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { waysIn } from '../../../../../test/administration';
import { api as administration, beginAsStructureAdmin } from '../../../../../test/administration-server';
import { gatedApplication, gateRule } from '../../../../../test/applications';
import { field, open, page, press, text, type } from '../../../../../test/pages';
import * as applicationsApi from '../../../../api/applications.api';
import type { AdminWaysIn } from '../../../../api/types';
import { setLocale } from '../../../../locales';
import SearchPicker from '../../shared/SearchPicker.vue';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/applications.api');
vi.mock('../../../../api/session.api');

const api = vi.mocked(applicationsApi);
const ADMIN = gateRule({ paths: ['/admin'], roles: ['structure-admin'], acr: 'eidas2', maxAgeSeconds: 300 });
const ALL = gateRule();

beforeEach(() => {
  beginAsStructureAdmin();
  api.getApplication.mockResolvedValue(gatedApplication());
  api.listRefusals.mockResolvedValue([]);
  api.getGateRules.mockResolvedValue({ items: [ADMIN, ALL], version: 7 });
});
afterEach(() => page.unmount());

const openPage = () => open('/administration/applications/planning/acces');

/** Of a person at the application, which admits them. */
function waysInto(changes: Partial<NonNullable<AdminWaysIn['application']>>) {
  const admitted = { id: 'planning', name: 'Planning', verdict: 'admitted', explanation: '' } as const;
  return waysIn({ application: { ...admitted, by: [], usable: [], receives: [], ...changes } });
}

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
      'Niveau : Moyen attesté par l’opérateur',
      'La règle 1 décide pour /admin :',
    ])
      expect(text()).toContain(words);
  });

  it('asks for a person by a means that lets them in, and with a profession where the application admits some', async () => {
    const claire = { id: 'claire', name: 'Claire Martin' };
    const pick = async () => {
      page.findComponent(SearchPicker).vm.$emit('update:modelValue', claire);
      await flushPromises();
    };
    const usable = [
      { means: 'password', acr: 'eidas1' },
      { means: 'cpx', acr: 'eidas3' },
    ] as const;
    administration.getWaysInOf.mockResolvedValue(waysInto({ usable: [...usable] }));
    api.explainGate.mockResolvedValue(answer);
    await openPage();
    await pick();
    expect(text()).not.toContain('Profession (facultatif)');
    const offered = [...field('Connectée à l’instant par').querySelectorAll('option')];
    expect(offered.map(({ textContent }) => textContent)).toEqual([
      'le mot de passe et un code',
      'une carte',
    ]);
    page.unmount();
    api.getApplication.mockResolvedValue(gatedApplication({ audienceProfessions: ['10'] }));
    await openPage();
    await pick();
    await type('Connectée à l’instant par', 'cpx');
    await type('Profession (facultatif)', ' 60 ');
    await press('Expliquer la réponse');
    const asked = { url: 'https://planning.example/', method: 'GET' };
    const who = { account: 'claire', acr: 'eidas3', profession: '60' };
    expect(api.explainGate).toHaveBeenCalledWith('planning', { ...asked, ...who });
  });

  it('offers no means for a person whom the sign-in refuses, and asks all the same', async () => {
    administration.getWaysInOf.mockResolvedValue(waysInto({ usable: [] }));
    api.explainGate.mockResolvedValue(answer);
    await openPage();
    page.findComponent(SearchPicker).vm.$emit('update:modelValue', { id: 'paul', name: 'Paul' });
    await flushPromises();
    expect(text()).not.toContain('Connectée à l’instant par');
    await press('Expliquer la réponse');
    expect(api.explainGate).toHaveBeenCalledWith('planning', expect.objectContaining({ account: 'paul' }));
  });

  it('shows the headers of the chosen person, and none of a person without entry or of no one', async () => {
    const pick = async (choice: object | null) => {
      page.findComponent(SearchPicker).vm.$emit('update:modelValue', choice);
      await flushPromises();
    };
    const receives = [{ name: 'remote-name', value: 'Claire Martin' }];
    administration.getWaysInOf.mockResolvedValueOnce(waysInto({ receives }));
    administration.getWaysInOf.mockResolvedValueOnce(waysInto({}));
    await openPage();
    await pick({ id: 'claire', name: 'Claire' });
    expect(page.get('section[aria-labelledby="gate-why"] dl').text()).toBe('remote-nameClaire Martin');
    expect(text()).toContain('Les en-têtes d’une demande admise');
    await pick(null);
    expect(text()).not.toContain('Ce que l’application reçoit');
    await pick({ id: 'paul', name: 'Paul' });
    expect(text()).not.toContain('Ce que l’application reçoit');
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
    api.setGateRules.mockResolvedValue({ items: [], version: 8 });
    api.getGateRules.mockResolvedValue({ items: [ALL], version: 8 });
    await press('Enregistrer les règles d’accès');
    expect(text()).not.toContain('La demande ne passe pas.');
  });
});
