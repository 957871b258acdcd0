import { concurrently, describeOnEveryEngine, SettableClock, statementsOf } from '@portillon/testing';
import { applicationPersistence } from './application.persistence';
import type { ClientApplication } from './application.repository';
import type { ApplicationService } from './application.service';
import type { ApplicationDraft, ApplicationSettings } from './application.types';
import type { ApplicationSecretService } from './secrets/application-secret.service';
import { applicationServices } from './testing/application.fixture';

const ORIENTATION: ApplicationDraft = {
  kind: 'web',
  name: 'Orientation',
  redirectUris: ['https://orientation.example/callback'],
};

describeOnEveryEngine('an application', [applicationPersistence], (fixture) => {
  const clock = new SettableClock();
  let applications: ApplicationService;
  let secrets: ApplicationSecretService;

  beforeEach(async () => {
    ({ applications, secrets } = applicationServices(fixture.dataSource, clock));
    await fixture.empty();
  });

  const create = (draft: Partial<ApplicationDraft> = {}) =>
    fixture.transactions.run((tx) => applications.create({ ...ORIENTATION, ...draft }, tx));
  const edit = (id: string, changes: Partial<ApplicationSettings>, version: number) =>
    fixture.transactions.run((tx) => applications.edit(id, changes, version, tx));

  it('is stored as created, with restrictive defaults', async () => {
    const made = await create({ name: ' Orientation ' });
    expect(await applications.get(made.id)).toEqual(made);
    expect(made).toMatchObject({
      name: 'Orientation',
      structureId: null,
      authMethod: 'client_secret_basic',
      scopes: ['openid', 'profile'],
      trusted: false,
      claimMail: false,
      claimGroups: false,
      idTokenAlg: 'RS256',
      pkce: 'required',
      offlineAccess: false,
      gateAssertion: false,
      status: 'active',
      version: 1,
      createdAt: clock.now(),
    });
  });

  it('accepts the client_id of a file, in a form that is valid everywhere', async () => {
    expect(await create({ id: 'orientation' })).toMatchObject({ id: 'orientation' });
    for (const id of ['', 'Orientation', 'a b', '-orientation', 'x'.repeat(37)])
      await expect(create({ id })).rejects.toMatchObject({ code: 'validation.failed' });
  });

  it('stores every setting completely', async () => {
    const whole: ApplicationSettings = {
      name: 'L’Étoile “Zoé” 😀',
      redirectUris: ['https://a.example/cb', 'https://b.example/cb?x=1'],
      postLogoutRedirectUris: ['https://a.example/'],
      initiateLoginUri: 'https://a.example/login',
      backchannelLogoutUri: 'https://a.example/logout',
      homeUri: 'https://a.example/',
      authMethod: 'private_key_jwt',
      jwks: null,
      jwksUri: 'https://a.example/jwks',
      tlsSubjectDn: null,
      scopes: ['openid', 'pro_sante'],
      audienceRoles: ['professional'],
      audienceStructures: ['nord', 'sud'],
      audienceProfessions: ['10'],
      minAcr: 'eidas2',
      maxAgeSeconds: 300,
      confirmIdentity: true,
      trusted: true,
      claimsShape: 'psc',
      idTokenAlg: 'ES256',
      pkce: 'nonce',
      claimNames: false,
      claimMail: true,
      claimGroups: true,
      resources: ['https://api.example/'],
      offlineAccess: true,
      gateAssertion: true,
    };
    const { id } = await create(whole);
    expect(await applications.get(id)).toMatchObject(whole);
  });

  it('is read as a client with its secrets, in one statement', async () => {
    const [own, other] = [await create(), await create()];
    const issue = (id: string) => fixture.transactions.run((tx) => secrets.issue(id, null, tx));
    expect(await applications.getClient(own.id)).toEqual({ ...own, secrets: [] });
    await issue(own.id);
    await issue(other.id);
    const [secret] = await secrets.list(own.id);
    let client: ClientApplication | null = null;
    const asked = await statementsOf(
      fixture.dataSource,
      async () => (client = await applications.getClient(own.id)),
    );
    expect(client).toMatchObject({ ...own, secrets: [secret] });
    expect(asked).toHaveLength(1);
  });

  it('is refused and not stored when it is invalid', async () => {
    await expect(create({ redirectUris: ['http://attacker.example/'] })).rejects.toMatchObject({
      code: 'validation.failed',
      errors: [{ field: 'redirectUris', code: 'uri-not-https' }],
    });
    expect((await applications.list({ limit: 10 })).items).toEqual([]);
  });

  it('is edited in the version that was read, or not at all', async () => {
    const { id } = await create();
    clock.advance(1_000);
    expect(await edit(id, { name: 'Étoile', minAcr: 'eidas2' }, 1)).toEqual({ status: 'edited' });
    expect(await edit(id, { name: 'Autre' }, 1)).toEqual({ status: 'moved' });
    expect(await edit('another', { name: 'Autre' }, 1)).toEqual({ status: 'missing' });
    expect(await applications.get(id)).toMatchObject({
      name: 'Étoile',
      minAcr: 'eidas2',
      version: 2,
      updatedAt: clock.now(),
    });
  });

  it('stays unchanged when an edit would make it invalid', async () => {
    const made = await create();
    await expect(edit(made.id, { authMethod: 'private_key_jwt' }, 1)).rejects.toMatchObject({
      errors: [{ field: 'jwks', code: 'keys-required' }],
    });
    expect(await applications.get(made.id)).toEqual(made);
  });

  it('is edited once by sixteen callers who read the same version', async () => {
    const { id } = await create();
    const { results } = await concurrently(16, (index) => edit(id, { name: `Nom ${index}` }, 1));
    expect(results.filter(({ status }) => status === 'edited')).toHaveLength(1);
    expect(results.filter(({ status }) => status === 'moved')).toHaveLength(15);
  });

  it('is open to no one while disabled', async () => {
    const { id } = await create();
    const person = { principal: { roles: [], structure: null }, activity: null };
    expect((await applications.openableBy(person)).map((one) => one.id)).toEqual([id]);
    const disable = () => fixture.transactions.run((tx) => applications.setStatus(id, 'disabled', tx));
    expect([await disable(), await disable()]).toEqual([true, false]);
    expect(await applications.openableBy(person)).toEqual([]);
    expect(await applications.get(id)).toMatchObject({ status: 'disabled', version: 2 });
  });

  it('is listed by name, page by page, and by its structure', async () => {
    for (const name of ['Étoile', 'astre', 'Orbite', 'astre'])
      await create({ name, structureId: name === 'astre' ? 'nord' : null });
    const first = await applications.list({ limit: 3 });
    const second = await applications.list({ limit: 3, cursor: first.nextCursor! });
    const names = [...first.items, ...second.items].map((one) => one.name);
    expect([names, second.nextCursor]).toEqual([['astre', 'astre', 'Orbite', 'Étoile'], null]);
    const ofNord = await applications.list({ structureIds: ['nord'], limit: 10 });
    expect(ofNord.items.map((one) => one.name)).toEqual(['astre', 'astre']);
  });

  it.each(['x', '', 'W10', Buffer.from('[1,2]').toString('base64url')])(
    'is not listed after a forged cursor (%j)',
    async (cursor) => {
      await expect(applications.list({ limit: 2, cursor })).rejects.toMatchObject({
        code: 'validation.failed',
      });
    },
  );
});
