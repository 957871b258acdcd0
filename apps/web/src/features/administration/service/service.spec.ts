import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api, beginAsStructureAdmin, signedInAs } from '../../../../test/administration-server';
import { open, page, router, settle, text } from '../../../../test/pages';
import { NOW } from '../../../../test/samples';
import { serviceState } from '../../../../test/service-state';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/setup.api');

const PATH = '/administration/etat';
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const status = () => page.get('[role=status]').text();

beforeEach(() => {
  beginAsStructureAdmin();
  signedInAs('national-admin');
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setInterval', 'clearInterval'] });
  api.getServiceState.mockResolvedValue(serviceState());
});
afterEach(() => page.unmount());

it('reports that all is well, the last message and its duration, and what is not set up', async () => {
  await open(PATH);
  expect(status()).toBe('Tout va bien.');
  expect(text()).toContain('Dernier e‑mail parti à 11:59, en 0,8 s, par relay.');
  expect(text()).toContain('Aucun opérateur n’est configuré : aucun SMS ne part.');
  expect(text()).toContain('Aucun message n’attend.');
  expect(text()).toContain('Dernier sceau à 11:58, n° 1 042.');
  expect(text()).not.toContain('À faire');
});

it('names failing parts, with the remedy', async () => {
  const providers = [
    { name: 'twilio', up: false, passedOver: false },
    { name: 'ovh', up: true, passedOver: true },
  ];
  const lanes = [
    { lane: 'later', waiting: 14, oldestAt: at(-12) },
    { lane: 'bulk', waiting: 2_400, oldestAt: at(-60) },
  ] as const;
  api.getServiceState.mockResolvedValue(
    serviceState({
      sms: { state: 'warning', since: null, providers, lastSent: null },
      outbox: { state: 'warning', lanes: [...lanes], unreadable: 0 },
      proSanteConnect: { state: 'failing' },
      journal: { state: 'failing', sealedAt: null, sequence: 0, waitingSeconds: 900, missingKeys: ['2026b'] },
      webhooks: { state: 'warning', waiting: 0, failing: 3, failingEndpoints: 1 },
      keys: { state: 'failing', missingKeys: [] },
      clock: { state: 'warning', aheadMs: -1_400 },
    }),
  );
  await open(PATH);
  expect(status().replace(/\s/g, ' ')).toBe(
    'À voir : SMS, File d’attente, Pro Santé Connect, Journal, Webhooks, Clés, Horloge.',
  );
  for (const sentence of [
    'Ne répond pas : twilio. Les autres opérateurs prennent la suite. Essayé en dernier : ovh. Ses codes ne sont presque plus saisis. Aucun SMS n’est parti depuis 24 heures.',
    '14 messages attendent, le plus ancien depuis 12 minutes. 2 400 envois en nombre partent à leur rythme.',
    'Une ligne attend le sien depuis 15 minutes. Cette instance n’a pas la clé 2026b. Aucun sceau pour le moment.',
    '3 envois échouent et seront refaits.',
    'Les clés de cette instance et celles d’une autre ne vont pas ensemble.',
    '1,4 s de retard sur la base de données.',
  ])
    expect(text()).toContain(sentence);
  expect(page.findAll('strong').filter((one) => one.text().startsWith('À faire'))).toHaveLength(7);
  expect(page.get('table a').text()).toBe('Voir les webhooks');
});

it('shows what expires, when, and what has expired', async () => {
  api.getServiceState.mockResolvedValue(
    serviceState({
      expiries: [
        { state: 'failing', setting: 'CPX_CRL_FILES', subject: 'AC PERSONNES', at: null },
        { state: 'failing', setting: 'CPX_TRUST_FILE', subject: 'its file', at: null },
        { state: 'failing', setting: 'DATABASE_CA_FILE', subject: 'AC interne', at: at(-60) },
        { state: 'warning', setting: 'TLS_CERT_FILE', subject: 'portillon.example', at: at(9 * 1_440 + 60) },
        { state: 'warning', setting: 'PUBLIC_URL', subject: 'portillon.example:443', at: at(3 * 1_440 + 60) },
        { state: 'well', setting: 'ANOTHER_FILE', subject: 'x', at: at(200 * 1_440) },
      ],
    }),
  );
  await open(PATH);
  expect(status()).toMatch(
    /Liste de révocation, Autorité des cartes, .*, Certificat du service, Certificat présenté au public\.$/,
  );
  for (const sentence of [
    'AC PERSONNES : aucune liste valable, ses cartes sont refusées.',
    'Son fichier ne peut pas être lu.',
    'AC interne : terminé le 24 novembre 2026.',
    'portillon.example : jusqu’au 3 décembre 2026, encore 9 jours.',
    'Remplacez le fichier que nomme TLS_CERT_FILE',
    'Renouvelez‑le sur le serveur que nomme PUBLIC_URL',
    'ANOTHER_FILE',
  ])
    expect(text()).toContain(sentence);
});

it('polls every 30 seconds while visible, and updates the sentence when a state changes', async () => {
  await open(PATH);
  const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(api.getServiceState).toHaveBeenCalledTimes(1);
  seen.mockReturnValue('visible');
  api.getServiceState.mockResolvedValue(serviceState({ proSanteConnect: { state: 'failing' } }));
  await vi.advanceTimersByTimeAsync(30_000);
  await settle();
  expect(api.getServiceState).toHaveBeenCalledTimes(2);
  expect(status().replace(/\s/g, ' ')).toBe('À voir : Pro Santé Connect.');
  page.unmount();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(api.getServiceState).toHaveBeenCalledTimes(2);
});

it('is no page for the administrator of a structure, nor is it in their menu', async () => {
  signedInAs('structure-admin');
  await open('/administration/structures');
  expect(text()).not.toContain('État du service');
  await router.push(PATH);
  await settle();
  expect(api.getServiceState).not.toHaveBeenCalled();
});
