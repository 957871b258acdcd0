import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginAsStructureAdmin } from '../../../test/administration-server';
import { published } from '../../../test/legal-notice';
import { open, page, text } from '../../../test/pages';
import * as setupApi from '../../api/setup.api';
import type { AccessibilityDeclaration, StatementText } from '../../api/types';

vi.mock('../../api/administration.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');
vi.mock('../../api/setup.api');

const api = vi.mocked(setupApi);
const NONE = published().statements;
const plain = (words: string) => ({ text: words, strong: false, href: null });

const TEXT: StatementText = {
  fr: [
    { kind: 'heading', runs: [plain('Médiation')] },
    { kind: 'item', runs: [plain('par courrier')] },
    {
      kind: 'item',
      runs: [plain('par '), { text: 'sa page', strong: false, href: 'https://sante.example/mediation' }],
    },
    {
      kind: 'paragraph',
      runs: [{ text: 'Gratuit.', strong: true, href: null }, plain('<img src=x onerror=alert(1)>')],
    },
  ],
  en: null,
};

const DECLARED: AccessibilityDeclaration = {
  entity: 'GCS Santé',
  state: 'partial',
  rate: 78.5,
  auditedOn: '2026-11-24',
  auditor: 'Cabinet Accès',
  nonConformities: ['Critère 1.1'],
  disproportionateBurden: [],
  exempt: [],
  establishedOn: '2026-11-25',
  updatedOn: null,
  technologies: ['HTML'],
  environment: ['NVDA et Firefox'],
  tools: [],
  pages: [],
  email: 'acces@sante.example',
  phone: '01 23 45 67 89',
  address: null,
  schemeUrl: 'https://sante.example/schema',
  planUrl: null,
};

beforeEach(() => beginAsStructureAdmin());
afterEach(() => page.unmount());

it('shows the additions of the operator as text, lists and links, and none of their markup', async () => {
  api.getLegalNotice.mockResolvedValue(published({ statements: { ...NONE, legal: TEXT } }));
  await open('/mentions-legales');
  expect(text()).toContain('<img src=x onerror=alert(1)>');
  expect(page.find('article img').exists()).toBe(false);
  expect(page.findAll('article h2').map((one) => one.text())).toContain('Médiation');
  expect(page.findAll('article ul li').map((one) => one.text())).toEqual(['par courrier', 'par sa page']);
  expect(page.find('a[href="https://sante.example/mediation"]').text()).toBe('sa page');
});

it('shows the whole declaration of accessibility, and claims no test of the software beyond it', async () => {
  api.getLegalNotice.mockResolvedValue(published({ statements: { ...NONE, accessibility: DECLARED } }));
  await open('/accessibilite');
  const said = text();
  for (const sentence of [
    'GCS Santé s’engage à rendre ses services en ligne accessibles',
    'L’audit réalisé le 24 novembre 2026 par Cabinet Accès révèle que 78,5 % des critères applicables',
    'Critère 1.1',
    'Cette déclaration a été établie le 25 novembre 2026.',
    'NVDA et Firefox',
    'acces@sante.example',
    'Libre réponse 71120',
  ])
    expect(said).toContain(sentence);
  expect(said).not.toContain('Aucun essai complet avec un lecteur d’écran');
  expect(page.find('a[href="https://sante.example/schema"]').exists()).toBe(true);
});

it('names the data protection officer where people read what is kept of them', async () => {
  const officer = {
    name: 'Nadia Benali',
    email: 'dpo@sante.example',
    phone: null,
    address: '12 rue du Port',
  };
  api.getLegalNotice.mockResolvedValue(
    published({
      dataProtectionEmail: officer.email,
      statements: { ...NONE, dataProtectionOfficer: officer, privacy: TEXT },
    }),
  );
  await open('/donnees-personnelles');
  expect(text()).toMatch(/Nadia Benali, *dpo@sante\.example/);
  expect(text()).toContain('12 rue du Port');
  expect(text()).toContain('Médiation');
});

it('shows each line of the register with its data and its times, and each cookie with its life', async () => {
  api.getLegalNotice.mockResolvedValue(published());
  await open('/donnees-personnelles');
  const said = text();
  for (const sentence of [
    'Données : empreinte du mot de passe (Argon2id) et sa date',
    'Un compte qui n’a pas servi depuis 183 jours est désactivé ; vous êtes prévenu 30 jours et 7 jours avant.',
    '365 jours, ou moins si l’exploitant l’a choisi, et 6 mois au moins. Après un effacement, il garde un pseudonyme',
    'une demande, 24 heures.',
  ])
    expect(said).toContain(sentence);
  expect(said).toMatch(/portillon_browser\s*reconnaît le navigateur.*?Durée :\s*30 jours/);
  expect(said).toMatch(/portillon_session\s*votre session.*?Durée :\s*Jusqu’à la fermeture du navigateur/);
  expect(said).not.toMatch(/privacy\.|\{\w+\}/);
});
