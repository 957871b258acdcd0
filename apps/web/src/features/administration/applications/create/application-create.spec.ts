import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hospital } from '../../../../../test/administration';
import { beginAsStructureAdmin, refuse, signedInAs } from '../../../../../test/administration-server';
import { gatedApplication } from '../../../../../test/applications';
import { field, open, page, press, router, settle, text, type } from '../../../../../test/pages';
import * as applicationsApi from '../../../../api/applications.api';
import SearchPicker from '../../shared/SearchPicker.vue';

vi.mock('../../../../api/administration.api');
vi.mock('../../../../api/applications.api');
vi.mock('../../../../api/session.api');

const api = vi.mocked(applicationsApi);
const SECRET = { id: 's', createdAt: '2026-11-24T08:00:00Z', expiresAt: null, lastUsedAt: null };
const EVERYBODY = { paths: ['/'], methods: [], access: 'signed-in', roles: [], structures: [], acr: null };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  beginAsStructureAdmin();
  signedInAs('national-admin');
  registers(gatedApplication({ firstSeenAt: null, seenFrom: null, homeUri: 'https://planning.example/' }));
});
afterEach(() => {
  page.unmount();
  vi.useRealTimers();
});

function registers(application: ReturnType<typeof gatedApplication>) {
  api.createApplication.mockResolvedValue(application);
  api.getApplication.mockResolvedValue(application);
}
const begin = () => open('/administration/applications/nouvelle');
async function choose(label: string) {
  field(label).click();
  await settle();
}
async function reachSite(kind: string) {
  await begin();
  await choose(kind);
  await press('Continuer');
}
async function reachWho(kind: string, site = 'planning.hopital.example') {
  await reachSite(kind);
  await type('Adresse du site', site);
  await press('Continuer');
}
const sent = () => api.createApplication.mock.lastCall![0];
const step = () => document.querySelector('h2')?.textContent;

describe('a new application', () => {
  it('takes the address of its site alone: its name and its own addresses follow from it', async () => {
    await reachWho('Site ou application web', 'planning.hopital.example/agenda');
    await press('Créer l’application');
    expect(sent()).toMatchObject({
      kind: 'web',
      structureId: null,
      name: 'Planning',
      redirectUris: ['https://planning.hopital.example/callback'],
      homeUri: 'https://planning.hopital.example/agenda',
      audienceProfessions: [],
    });
  });

  it('keeps edited fields, and updates the derived ones', async () => {
    await reachSite('Derrière le proxy');
    await type('Adresse du site', 'planning.example');
    await type('Nom', 'Gardes');
    await type('Adresse du site', 'gardes.example');
    expect(field('Nom').value).toBe('Gardes');
    expect(field('Adresses de retour').value).toBe('https://gardes.example/.portillon/callback');
  });

  it('rejects an invalid address beside its field', async () => {
    await reachSite('Derrière le proxy');
    await type('Adresse du site', 'pas une adresse');
    await press('Continuer');
    expect([step(), document.activeElement]).toEqual(['Son adresse', field('Adresse du site')]);
    expect(text()).toContain('Indiquez l’adresse du site');
  });

  it("keeps typed values on the way back, also with the browser's button", async () => {
    await reachWho('Derrière le proxy');
    expect(step()).toBe('Qui peut l’ouvrir');
    router.back();
    await settle();
    expect([step(), field('Adresse du site').value]).toEqual(['Son adresse', 'planning.hopital.example']);
    await press('Retour');
    expect([step(), field('Derrière le proxy').checked]).toEqual(['Son type', true]);
    expect(document.activeElement!.textContent).toBe('Son type');
    router.forward();
    await settle();
  });

  it('begins at its first step where an address names another one and nothing is typed', async () => {
    await open('/administration/applications/nouvelle?etape=public');
    await settle();
    expect([step(), router.currentRoute.value.fullPath]).toEqual([
      'Son type',
      '/administration/applications/nouvelle',
    ]);
  });

  it('behind a proxy has its first rule at once, and is waited for until its proxy asks', async () => {
    await reachWho('Derrière le proxy');
    await press('Créer l’application');
    expect(api.setGateRules).toHaveBeenCalledWith('planning', 7, [{ ...EVERYBODY, maxAgeSeconds: null }]);
    expect(step()).toBe('La brancher');
    expect(text()).toContain('En attente de la première requête…');
    const waiting = gatedApplication({ firstSeenAt: null, seenFrom: '192.0.2.7' });
    await afterAWhile(waiting);
    expect(text()).toContain('Des requêtes viennent de 192.0.2.7, mais ce proxy n’est pas cru.');
    expect(text()).toContain('GATE_PROXIES=192.0.2.7');
    await afterAWhile(gatedApplication());
    expect(text()).toContain('Première requête reçue le');
    expect(text()).toContain('de 10.0.0.2.');
    const asked = api.getApplication.mock.calls.length;
    await afterAWhile(gatedApplication());
    expect(api.getApplication.mock.calls.length).toBe(asked);
  });

  it('has settings to copy with the addresses that the proxy knows', async () => {
    await reachWho('Derrière le proxy');
    await press('Créer l’application');
    expect(document.querySelector('pre')!.textContent).toContain('proxy_pass http://application:8080;');
    await type('Adresse de l’application', 'srv-planning:8443');
    await type('Adresse de Portillon', '10.0.0.5:3000');
    const copied = document.querySelector('pre')!.textContent;
    expect(copied).toContain('proxy_pass http://srv-planning:8443;');
    expect(copied).toContain('proxy_pass http://10.0.0.5:3000/api/gate/auth-request;');
    await type('Adresse de Portillon', 'x; return 200');
    expect(text()).toContain('Écrivez un nom et un port');
    expect(document.querySelector('pre')!.textContent).toContain('http://portillon:3000/api/gate');
  });

  it('is of one structure, or for some professions', async () => {
    await reachWho('Derrière le proxy');
    await choose('Une structure');
    await press('Créer l’application');
    expect(text()).toContain('Choisissez une structure.');
    page.findComponent(SearchPicker).vm.$emit('update:modelValue', hospital);
    await settle();
    await press('Créer l’application');
    expect(sent()).toMatchObject({ structureId: hospital.id, audienceProfessions: [] });
    page.unmount();
    await reachWho('Derrière le proxy');
    await choose('Des professions');
    await type('Professions', '10\n60');
    await press('Créer l’application');
    expect(sent()).toMatchObject({ structureId: null, audienceProfessions: ['10', '60'] });
  });

  it('goes back to the address that the service refuses', async () => {
    const errors = [{ field: 'redirectUris', code: 'uri-not-https', message: '' }];
    api.createApplication.mockImplementationOnce(() => refuse('validation.failed', { errors }));
    await reachWho('Site ou application web', 'http://planning.example');
    await press('Créer l’application');
    await settle();
    expect(step()).toBe('Son adresse');
    expect(text()).toContain('Cette adresse doit commencer par https://');
  });

  it('for a machine client shows its scopes, its secret and a call to copy', async () => {
    registers(
      gatedApplication({
        kind: 'service',
        authMethod: 'client_secret_basic',
        scopes: ['accounts:read'],
        redirectUris: [],
        resources: [window.location.origin],
        secrets: [SECRET],
      }),
    );
    api.createSecret.mockResolvedValue({ ...SECRET, secret: 'shown-once', value: 'shown-once' });
    await reachSite('Machine');
    expect([step(), text().includes('Adresse')]).toEqual(['Son nom', false]);
    await type('Nom', 'Annuaire');
    await press('Continuer');
    await press('Créer l’application');
    expect(text()).toContain('Cochez au moins une case.');
    await choose('Consulter les comptes (accounts:read)');
    await press('Créer l’application');
    expect(sent()).toMatchObject({
      kind: 'service',
      scopes: ['accounts:read'],
      resources: [window.location.origin],
    });
    expect(text()).toContain('shown-once');
    const copied = document.querySelector('pre')!.textContent;
    expect(copied).toContain("--data-urlencode 'scope=accounts:read'");
    expect(copied).toContain(`base=${window.location.origin}`);
    expect(copied).toContain('$base/api/admin/accounts');
    expect(api.setGateRules).not.toHaveBeenCalled();
  });
});

/** The page polls every three seconds. */
async function afterAWhile(found: ReturnType<typeof gatedApplication>) {
  api.getApplication.mockResolvedValue(found);
  vi.advanceTimersByTime(3_000);
  await settle();
}
