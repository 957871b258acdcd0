import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { beginAsStructureAdmin, refuse, signedInAs } from '../../../../test/administration-server';
import { NO_LEGAL_FACTS, published } from '../../../../test/legal-notice';
import { open, page, press, router, text, type } from '../../../../test/pages';
import * as setupApi from '../../../api/setup.api';
import type { AdminLegalNotice, SetupState } from '../../../api/types';

vi.mock('../../../api/administration.api');
vi.mock('../../../api/service.api');
vi.mock('../../../api/session.api');
vi.mock('../../../api/setup.api');

const api = vi.mocked(setupApi);

function setup(changes: Partial<SetupState> = {}): SetupState {
  return {
    done: 4,
    total: 7,
    name: { state: 'done', serviceName: 'Portillon', operatorName: 'GCS Santé' },
    mail: { state: 'todo', openedAt: null },
    sms: { state: 'off' },
    strongMeans: {
      state: 'failing',
      findings: [
        {
          of: 'psc',
          state: 'failing',
          sentence: 'does not answer (ENOTFOUND)',
          advice: 'check PSC_DISCOVERY_URL',
        },
        { of: 'cards', state: 'off', sentence: 'off: not set', advice: null },
      ],
    },
    structure: { state: 'done', hasStructure: true, hasAdministrator: true },
    secondAdministrator: { state: 'done', count: 2 },
    legal: { state: 'todo', missing: ['hostName', 'hostPhone'], keyIds: ['k1'], unconfirmedKeyIds: ['k1'] },
    ...changes,
  };
}

function notice(changes: Partial<AdminLegalNotice> = {}): AdminLegalNotice {
  const missing: AdminLegalNotice['missing'] = ['hostName'];
  return { ...NO_LEGAL_FACTS, publisherName: 'GCS Santé', missing, toldByFiles: [], version: 3, ...changes };
}

beforeEach(() => {
  beginAsStructureAdmin();
  signedInAs('national-admin');
  api.getSetup.mockResolvedValue(setup());
  api.getAdminLegalNotice.mockResolvedValue(notice());
  api.getLegalNotice.mockResolvedValue(published({ publisherName: 'GCS Santé' }));
});
afterEach(() => page.unmount());

it('shows the progress of the set-up, and the instructions of each step', async () => {
  await open('/administration/demarrage');
  const said = text();
  for (const sentence of [
    '4 étapes sur 7 sont faites.',
    'Envoyez‑vous un e‑mail, puis ouvrez son lien',
    'Aucun opérateur n’est configuré (SMS_PROVIDERS)',
    'Pro Santé Connect : ne répond pas, ou refuse.',
    'does not answer (ENOTFOUND): check PSC_DISCOVERY_URL',
    '2 administrateurs nationaux sont actifs.',
    'il manque le nom de l’hébergeur et le téléphone de l’hébergeur.',
  ])
    expect(said).toContain(sentence);
});

it('sends a test mail, and shows its delivery', async () => {
  api.sendTestMail.mockResolvedValue({ delivery: 'SENT' });
  await open('/administration/demarrage');
  await press('Envoyez‑moi un essai');
  expect(text()).toContain('ouvrez son lien dans l’heure');
});

it('notes that the mail arrived whose link opened the page, and drops the proof from the address', async () => {
  api.confirmTestMail.mockResolvedValue(undefined);
  await open('/administration/demarrage?essai=1764.k1.ab');
  expect(api.confirmTestMail.mock.calls[0]![0]).toBe('1764.k1.ab');
  expect(text()).toContain('Votre e‑mail d’essai est arrivé');
  expect(router.currentRoute.value.fullPath).toBe('/administration/demarrage');
});

it('has a person confirm that the keys are kept elsewhere', async () => {
  api.confirmKeys.mockResolvedValue(undefined);
  await open('/administration/demarrage');
  api.getSetup.mockResolvedValue(setup({ legal: { ...setup().legal, unconfirmedKeyIds: [] } }));
  await press('Les clés sont gardées hors de cette machine');
  expect(text()).toContain('Clés gardées ailleurs : k1.');
});

it('is no page for the administrator of a structure', async () => {
  signedInAs('structure-admin');
  await open('/administration/demarrage');
  expect(router.currentRoute.value.name).toBe('not-allowed');
});

it('publishes the texts of the law under the version that was read', async () => {
  api.setLegalNotice.mockResolvedValue(notice({ version: 4 }));
  await open('/administration/mentions-legales');
  await type('Nom et forme juridique', ' GCS des Trois Dames ');
  await press('Publier');
  const [version, body] = api.setLegalNotice.mock.calls[0]!;
  expect(version).toBe(3);
  expect(body).toMatchObject({
    publisherName: 'GCS des Trois Dames',
    hostName: null,
    accessibilityState: 'none',
  });
  expect(text()).toContain('Les mentions légales sont publiées.');
});

it('takes nothing where a file of the server sets it', async () => {
  const toldByFiles = ['accessibilityState', 'accessibilityAuditedOn', 'accessibilityEmail'];
  api.getAdminLegalNotice.mockResolvedValue(notice({ toldByFiles }));
  await open('/administration/mentions-legales');
  expect(text()).toContain('Un fichier du serveur le dit');
  expect(text()).not.toContain('État de conformité');
  expect(text()).toContain('E‑mail du délégué');
});

it('shows beside its field why a value cannot be published', async () => {
  const errors = [{ field: 'publisherPhone', code: 'invalid', message: '' }];
  api.setLegalNotice.mockImplementation(() => refuse('validation.failed', { errors }));
  await open('/administration/mentions-legales');
  await press('Publier');
  expect(text()).toContain('Un numéro, par exemple : 01 23 45 67 89');
});

it('shows all operators of the service, and the missing facts', async () => {
  await open('/mentions-legales');
  expect(text()).toContain('GCS Santé');
  expect(text()).toContain('L’organisme qui exploite ce service n’a pas encore publié ces informations.');
  expect(text()).not.toContain('à compléter');
});

it('shows the state of accessibility with the day and the author of the audit', async () => {
  const audited = { accessibilityAuditedOn: '2026-03-01', accessibilityAuditor: 'Cabinet Accès' };
  api.getLegalNotice.mockResolvedValue(published({ accessibilityState: 'partial', ...audited }));
  await open('/accessibilite');
  expect(text()).toContain('D’après l’audit du 1er mars 2026, fait par Cabinet Accès');
});
