import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { applicationPersistence } from '../application.persistence';
import type { ApplicationDraft } from '../application.types';
import { applicationServices } from '../testing/application.fixture';

const TAKEN = 'https://planning.example/callback';
const WEB: ApplicationDraft = {
  kind: 'web',
  name: 'Planning',
  structureId: 'hospital',
  redirectUris: [TAKEN],
};
const refused = (...fields: string[]) => ({
  code: 'validation.failed',
  errors: fields.map((field) => expect.objectContaining({ field, code: 'host-taken' })),
});

describeOnEveryEngine('the host of an application', [applicationPersistence], (fixture) => {
  let services: ReturnType<typeof applicationServices>;

  beforeEach(async () => {
    services = applicationServices(fixture.dataSource, new SettableClock());
    await fixture.empty();
  });

  const create = (draft: Partial<ApplicationDraft> = {}) =>
    fixture.transactions.run((tx) => services.applications.create({ ...WEB, ...draft }, tx));
  const ask = (redirectUris: string[], before = {}) =>
    services.hosts.requireFree(['clinic'], before, { redirectUris });

  it.each<[string, Partial<ApplicationDraft>]>([
    ['another structure', {}],
    ['the whole service', { structureId: null }],
    [
      'pages behind the gate',
      { kind: 'gate', redirectUris: ['https://planning.example/.portillon/callback'] },
    ],
  ])('of %s is not taken, at whatever port or path', async (_, draft) => {
    const { id } = await create(draft);
    await fixture.transactions.run((tx) => services.applications.setStatus(id, 'disabled', tx));
    for (const uri of [TAKEN, 'https://PLANNING.example:8443/x', 'https://planning.example./callback'])
      await expect(ask(['https://clinic.example/', uri])).rejects.toMatchObject(refused('redirectUris'));
    await ask(['https://clinic.example/', 'https://other.planning.example/']);
  });

  it('of this service is refused in every address that people are sent to', async () => {
    const own = 'https://portillon.example/mine';
    const asked = { redirectUris: [own], postLogoutRedirectUris: [own], initiateLoginUri: own, homeUri: own };
    await expect(services.hosts.requireFree(['clinic'], {}, asked)).rejects.toMatchObject(
      refused('redirectUris', 'postLogoutRedirectUris', 'initiateLoginUri', 'homeUri'),
    );
  });

  it('may be reused by its structure, like hosts of national administrators and of the machine', async () => {
    await create({ structureId: 'clinic' });
    await ask([TAKEN, 'http://localhost:4000/cb']);
    await create({ name: 'Étoile', structureId: null, redirectUris: ['https://etoile.example/'] });
    await ask(['https://etoile.example/new'], { redirectUris: ['https://etoile.example/'] });
  });
});
