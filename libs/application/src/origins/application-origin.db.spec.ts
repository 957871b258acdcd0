import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { applicationPersistence } from '../application.persistence';
import type { ApplicationService } from '../application.service';
import type { ApplicationDraft, ApplicationSettings } from '../application.types';
import { applicationServices } from '../testing/application.fixture';

const callbackAt = (origin: string) => `${origin}/.portillon/callback`;
const PLANNING: ApplicationDraft = {
  kind: 'gate',
  name: 'Planning',
  structureId: 'hospital',
  redirectUris: [callbackAt('https://planning.example')],
};
const TAKEN = {
  code: 'validation.failed',
  errors: [expect.objectContaining({ field: 'redirectUris', code: 'origin-taken' })],
};

describeOnEveryEngine('the origin of an application behind the gate', [applicationPersistence], (fixture) => {
  let applications: ApplicationService;

  beforeEach(async () => {
    ({ applications } = applicationServices(fixture.dataSource, new SettableClock()));
    await fixture.empty();
  });

  const create = (draft: Partial<ApplicationDraft> = {}) =>
    fixture.transactions.run((tx) => applications.create({ ...PLANNING, ...draft }, tx));
  const edit = (id: string, changes: Partial<ApplicationSettings>, version = 1) =>
    fixture.transactions.run((tx) => applications.edit(id, changes, version, tx));
  const at = (...origins: string[]) => ({ redirectUris: origins.map(callbackAt) });

  it.each([
    ['to the letter', 'https://planning.example'],
    ['in capitals', 'https://PLANNING.example'],
    ['with the port that https has', 'https://planning.example:443'],
  ])('is not given to another structure, written %s', async (_, origin) => {
    await create();
    await expect(create({ structureId: 'clinic', ...at(origin) })).rejects.toMatchObject(TAKEN);
    expect((await applications.list({ limit: 10 })).items).toHaveLength(1);
  });

  it('is refused in an edit, which then changes nothing', async () => {
    await create();
    const hostile = await create({ structureId: 'clinic', ...at('https://clinic.example') });
    const both = at('https://clinic.example', 'https://planning.example');
    await expect(edit(hostile.id, both)).rejects.toMatchObject(TAKEN);
    expect(await applications.get(hostile.id)).toMatchObject({ ...at('https://clinic.example'), version: 1 });
  });

  it('stays reserved while its application is disabled, and is freed when the application moves', async () => {
    const { id } = await create();
    await fixture.transactions.run((tx) => applications.setStatus(id, 'disabled', tx));
    await expect(create({ structureId: 'clinic' })).rejects.toMatchObject(TAKEN);
    await edit(id, at('https://new.example'), 2);
    await create({ structureId: 'clinic' });
    await expect(edit(id, at('https://planning.example'), 3)).rejects.toMatchObject(TAKEN);
  });

  it("survives edits of other fields, and of the application's own addresses", async () => {
    const { id } = await create();
    await edit(id, { name: 'Autre' });
    await edit(id, at('https://planning.example', 'https://planning-2.example'), 2);
    await expect(create(at('https://planning-2.example'))).rejects.toMatchObject(TAKEN);
  });

  it('does not restrict OpenID Connect applications', async () => {
    await create();
    await create({ kind: 'web' });
    await create({ kind: 'web' });
    expect((await applications.list({ limit: 10 })).items).toHaveLength(3);
  });

  it('is held by one of sixteen concurrent registrations', async () => {
    const { results, errors } = await concurrently(16, (at) => create({ structureId: `structure-${at}` }));
    expect([results.length, errors.length]).toEqual([1, 15]);
    expect((await applications.list({ limit: 20 })).items).toHaveLength(1);
  });
});
