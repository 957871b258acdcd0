import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { wayInReason, waysIn } from '../../../../test/administration';
import { api as administration, beginAsStructureAdmin } from '../../../../test/administration-server';
import { gatedApplication, gateRule } from '../../../../test/applications';
import { open, page, press, router, settle, text } from '../../../../test/pages';
import * as applicationsApi from '../../../api/applications.api';
import SearchPicker from '../shared/SearchPicker.vue';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/applications.api');
vi.mock('../../../api/session.api');

const api = vi.mocked(applicationsApi);
const PAGE = '/administration/applications/planning';

beforeEach(() => {
  beginAsStructureAdmin();
  api.getApplication.mockResolvedValue(gatedApplication());
  api.getGateRules.mockResolvedValue({ items: [gateRule()], version: 7 });
  api.getApplicationStatistics.mockResolvedValue([]);
  api.listRefusals.mockResolvedValue([]);
});
afterEach(() => page.unmount());

const tabs = () =>
  [...document.querySelectorAll('nav[aria-label^=Parties] a')].map((one) => one.textContent!.trim());
const current = () => document.querySelector('nav [aria-current=page]')?.textContent?.trim();
const sections = () => [...document.querySelectorAll('h2')].map((one) => one.textContent);

describe('the page of an application', () => {
  it('is in tabs, each with a separate address', async () => {
    await open(PAGE);
    expect([tabs(), current()]).toEqual([['Aperçu', 'Accès', 'Intégration', 'Activité'], 'Aperçu']);
    expect(sections()).toEqual(['Réglages', 'Vérifier l’application', 'Désactiver']);
    await press('Accès');
    expect([router.currentRoute.value.path, current()]).toEqual([`${PAGE}/acces`, 'Accès']);
    expect(sections()).toEqual(['Qui peut l’ouvrir', 'Règles d’accès', 'Pourquoi\u202f?']);
    await press('Intégration');
    expect(sections()).toEqual(['Réglages à copier', 'Réglages techniques']);
    await press('Activité');
    expect(sections()).toEqual(['Entrées des 30 derniers jours', 'Derniers refus']);
    await press('Aperçu');
    expect(router.currentRoute.value.path).toBe(PAGE);
  });

  it('warns first that everyone is refused without a rule, and leads to where one is written', async () => {
    api.getGateRules.mockResolvedValue({ items: [], version: 7 });
    await open(PAGE);
    expect(text()).toContain('Aucune règle : personne ne passe.');
    await press('Ajouter une règle');
    expect(current()).toBe('Accès');
  });

  it('warns first that an application without its secret cannot prove its identity', async () => {
    api.getApplication.mockResolvedValue(
      gatedApplication({ kind: 'web', authMethod: 'client_secret_basic' }),
    );
    await open(PAGE);
    await press('Créer un secret');
    expect(current()).toBe('Intégration');
    expect(api.getGateRules).not.toHaveBeenCalled();
  });

  it('of a machine has the words of a machine', async () => {
    api.getApplication.mockResolvedValue(
      gatedApplication({ kind: 'service', authMethod: 'client_secret_basic', scopes: ['accounts:read'] }),
    );
    await open(PAGE);
    expect(text()).not.toContain('Adresse d’accueil');
    await press('Accès');
    expect(sections()).toEqual(['Ce que la machine peut faire']);
    expect(text()).toContain('Consulter les comptes (accounts:read)');
    await press('Intégration');
    expect(text()).not.toContain('Adresses de retour');
    await press('Activité');
    expect(sections()).toEqual(['Derniers refus']);
  });

  it('explains why a person is refused at an OpenID Connect application, by their means and its audience', async () => {
    api.getApplication.mockResolvedValue(gatedApplication({ kind: 'web' }));
    const since = '2026-10-31T23:00:00.000Z';
    const rule = wayInReason('pro-sante-connect-only', { since });
    const explanation = 'La personne doit d’abord se connecter.';
    const application = {
      id: 'planning',
      name: 'Planning',
      verdict: 'sign-in' as const,
      explanation,
      by: [],
      usable: [],
      receives: [],
    };
    administration.getWaysInOf.mockResolvedValue(
      waysIn({ canEnter: 'no', by: [], reasons: [rule], application }),
    );
    await open(`${PAGE}/acces`);
    expect(sections()).toEqual(['Qui peut l’ouvrir', 'Pourquoi\u202f?']);
    page.findComponent(SearchPicker).vm.$emit('update:modelValue', { id: 'a1', name: 'Claire Martin' });
    await settle();
    expect(administration.getWaysInOf).toHaveBeenCalledWith('a1', 'planning');
    expect(text()).toContain('Cette personne ne peut pas ouvrir l’application.');
    expect(text()).toContain(explanation);
    expect(text()).toMatch(/sa structure n’accepte que Pro Santé Connect depuis le 1er\snovembre 2026/);
    expect(text()).not.toContain('Ce que l’application reçoit');
  });

  it('shows the claims that an OpenID Connect application receives about a person', async () => {
    api.getApplication.mockResolvedValue(gatedApplication({ kind: 'web' }));
    const admitted = { id: 'planning', name: 'Planning', verdict: 'admitted' as const, explanation: '' };
    const receives = [{ name: 'groups', value: '["professional"]' }];
    administration.getWaysInOf.mockResolvedValue(
      waysIn({ application: { ...admitted, by: ['password'], usable: [], receives } }),
    );
    await open(`${PAGE}/acces`);
    page.findComponent(SearchPicker).vm.$emit('update:modelValue', { id: 'a1', name: 'Claire Martin' });
    await settle();
    expect(page.get('section[aria-labelledby="entry-why"] dl').text()).toBe('groups["professional"]');
    expect(text()).toContain('Celles de la connexion (moyen, niveau, activité) s’y ajoutent.');
  });
});

describe('the list of applications', () => {
  it('shows recent sign-ins and refusals of each', async () => {
    const { id, name, kind, status, structure, createdAt, version } = gatedApplication();
    const line = { id, name, kind, status, structure, createdAt, version };
    api.listApplications.mockResolvedValue({
      items: [
        { ...line, entered: 1204, refused: 3, lastEnteredOn: '2026-11-24' },
        { ...line, id: 'new', entered: 0, refused: 0, lastEnteredOn: null },
        { ...line, id: 'machine', kind: 'service', entered: 0, refused: 0, lastEnteredOn: null },
      ],
      nextCursor: null,
    });
    await open('/administration/applications');
    const rows = [...document.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td')].slice(2, 5).map((cell) => cell.textContent!.split(':').at(-1)!.trim()),
    );
    expect(rows.map((row) => row.map((cell) => cell.replace(/\s/g, ' ')))).toEqual([
      ['1 204', '3', '24 nov. 2026'],
      ['0', '0', 'Jamais'],
      ['–', '–', '–'],
    ]);
  });

  it('shows first that its proxy has sent no request yet, with a link to the settings to copy', async () => {
    api.getApplication.mockResolvedValue(gatedApplication({ firstSeenAt: null, seenFrom: null }));
    await open(PAGE);
    await press('Brancher l’application');
    expect(current()).toBe('Intégration');
    expect(text()).toContain('En attente de la première requête…');
  });
});
