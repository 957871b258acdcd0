import { useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const CALLBACK = 'https://orientation.example/callback';
/** At a host of the structure's own. */
const PLANNING = { name: 'Planning', redirectUris: ['https://planning.example/callback'] };
const NEW = { kind: 'web', name: 'Orientation', redirectUris: [CALLBACK] };

describe('applications', () => {
  const stage = useSharedStage();

  let national: Visitor;
  let hospital: string;
  let administrator: Visitor;

  beforeAll(async () => {
    hospital = await stage.structure();
    national = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    administrator = (await stage.signedIn({ role: 'structure-admin', structureId: hospital })).browser;
  }, 30_000);

  const create = (changes: object = {}, browser = national) =>
    browser.post('/api/admin/applications', { ...NEW, ...changes });
  const patch = (id: string, changes: object, version: number, browser = national) =>
    browser.patch(`/api/admin/applications/${id}`, changes, { headers: { 'if-match': `"${version}"` } });
  const post = (id: string, act: string, body: object = {}, browser = national) =>
    browser.post(`/api/admin/applications/${id}/${act}`, body);

  it('are registered, shown and listed', async () => {
    const made = await create({ homeUri: 'https://orientation.example/' });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'Orientation', structure: null, version: 1, secrets: [] },
    });
    const shown = await national.get(`/api/admin/applications/${made.body.id}`);
    expect(shown.body).toMatchObject({ redirectUris: [CALLBACK], trusted: false, claimMail: false });
    const { items } = (await national.get('/api/admin/applications')).body;
    expect(items.map(({ id }: { id: string }) => id)).toContain(made.body.id);
  });

  it('describe the fault of each field', async () => {
    const wrong = await create({ redirectUris: ['http://orientation.example/cb'], minAcr: 'eidas9' });
    expect(wrong.outcome).toBe('422 validation.failed');
    const address = await create({ redirectUris: ['http://orientation.example/cb'] });
    expect(address.body.errors).toEqual([
      { field: 'redirectUris', code: 'uri-not-https', message: 'Cette adresse doit commencer par https://.' },
    ]);
    expect((await create({ name: undefined })).outcome).toBe('422 validation.failed');
    expect((await create({ status: 'active' })).outcome).toBe('422 validation.failed');
  });

  it('are changed as they were seen', async () => {
    const { id } = (await create()).body;
    expect((await patch(id, { name: 'Étoile', reason: 'new name' }, 1)).body).toMatchObject({
      name: 'Étoile',
      version: 2,
    });
    expect((await patch(id, { name: 'Autre' }, 1)).outcome).toBe('412 precondition.failed');
    expect((await national.patch(`/api/admin/applications/${id}`, {})).outcome).toBe(
      '428 precondition.required',
    );
    const sql = "SELECT reason, data FROM auditEvent WHERE name = 'application_updated' AND data LIKE ?";
    const line = await stage.database.row<{ reason: string; data: string }>(sql, [`%${id}%`]);
    expect([line!.reason, JSON.parse(line!.data)]).toEqual([
      'new name',
      { fields: ['name'], application: id },
    ]);
  });

  it('behind the gate accept rules with valid references, and show each completely', async () => {
    const callback = 'https://rules.example/.portillon/callback';
    const { id } = (await create({ kind: 'gate', name: 'Règles', redirectUris: [callback] })).body;
    const put = (rule: object) =>
      national.put(
        `/api/admin/applications/${id}/rules`,
        { rules: [rule] },
        { headers: { 'if-match': '"1"' } },
      );
    const wrong = await put({ paths: ['/'], access: 'signed-in', roles: null, who: 'all' });
    expect(wrong.outcome).toBe('422 validation.failed');
    expect((await put({ paths: ['/'], access: 'signed-in' })).body.items).toEqual([
      {
        ...{ paths: ['/'], methods: [], access: 'signed-in' },
        ...{ roles: [], structures: [], acr: null, maxAgeSeconds: null },
      },
    ]);
  });

  it('have two secrets at most, each shown once and kept as a digest', async () => {
    const { id } = (await create()).body;
    const first = await post(id, 'secrets', { expiresInDays: 30 });
    const second = await post(id, 'secrets');
    expect([first.status, second.status]).toEqual([201, 201]);
    const days = (Date.parse(first.body.expiresAt) - Date.parse(first.body.createdAt)) / 86_400_000;
    expect([Math.round(days), second.body.expiresAt]).toEqual([30, null]);
    expect((await post(id, 'secrets')).outcome).toBe('409 application.secrets-exceeded');
    const rows = JSON.stringify(await stage.database.rows('SELECT * FROM applicationSecret'));
    const shown = JSON.stringify((await national.get(`/api/admin/applications/${id}`)).body);
    const secret = first.body.value.split('.')[1];
    expect([
      rows.includes(secret),
      shown.includes(secret),
      JSON.stringify(stage.server.log).includes(secret),
    ]).toEqual([false, false, false]);
    const ended = await post(id, `secrets/${first.body.id}/end`, { reason: 'rotated' });
    expect(ended.body.secrets).toMatchObject([{ id: second.body.id }]);
    expect((await post(id, `secrets/${first.body.id}/end`)).outcome).toBe('404 not-found');
  });

  it.each([
    [{ authMethod: 'none' }],
    [{ authMethod: 'private_key_jwt', jwksUri: 'https://planning.example/jwks' }],
  ])('of %j have no secret', async (proof) => {
    const { id } = (await create(proof)).body;
    expect((await post(id, 'secrets')).outcome).toBe('409 application.no-secret');
  });

  it('are closed and opened again', async () => {
    const { id } = (await create()).body;
    expect((await post(id, 'disable', { reason: 'leak' })).body.status).toBe('disabled');
    expect((await post(id, 'test')).body.items).toContainEqual({
      check: 'status',
      ok: false,
      explanation: 'L’application est désactivée\u00a0: personne ne peut l’ouvrir.',
    });
    expect((await post(id, 'disable')).body.status).toBe('disabled');
    const ofIt = "SELECT data FROM auditEvent WHERE name = 'application_disabled'";
    const lines = JSON.stringify(await stage.database.rows(ofIt)).split(id);
    expect(lines).toHaveLength(2);
    expect((await post(id, 'enable')).body.status).toBe('active');
  });

  it('show why they were refused, in the reader’s language', async () => {
    const { id } = (await create()).body;
    const now = new Date();
    await stage.database.execute(
      'INSERT INTO applicationRefusal (applicationId, digest, code, detail, times, firstAt, lastAt) VALUES (?, ?, ?, ?, ?, ?, ?)',
      [id, 'd'.repeat(64), 'invalid_redirect_uri', 'https://orientation.example/retour', 3, now, now],
    );
    const refusals = (headers: Record<string, string>) =>
      national.get(`/api/admin/applications/${id}/refusals`, { headers });
    const [french] = (await refusals({ 'accept-language': 'fr' })).body.items;
    const [english] = (await refusals({ 'accept-language': 'en' })).body.items;
    expect(french).toMatchObject({
      times: 3,
      explanation: expect.stringMatching(
        /^L’adresse de retour n’est pas enregistrée\u00a0: https:\/\/orientation.example\/retour\./,
      ),
    });
    expect(english.explanation).toMatch(/^The redirect address is not registered/);
  });

  it('show by which means a person could come in, with the level that each proves, and none once excluded', async () => {
    const { id } = (await create()).body;
    const person = await stage.person();
    const ways = () => national.get(`/api/admin/accounts/${person.id}/ways-in?application=${id}`);
    expect((await ways()).body.application).toMatchObject({
      verdict: 'admitted',
      by: ['password'],
      usable: [{ means: 'password', acr: 'eidas1' }],
    });
    await national.post(`/api/admin/accounts/${person.id}/deactivate`, {});
    expect((await ways()).body.application).toMatchObject({ verdict: 'sign-in', by: [], usable: [] });
  });

  describe('of a structure', () => {
    it('are created by its administrator, for its users only', async () => {
      const own = await create(PLANNING, administrator);
      expect(own.body).toMatchObject({ structure: { id: hospital }, trusted: false });
      expect((await create({ structureId: await stage.structure() }, administrator)).outcome).toBe(
        '404 not-found',
      );
      for (const beyond of [
        { trusted: true },
        { audienceStructures: [await stage.structure()] },
        { resources: ['https://api.example/'] },
        { kind: 'resource', redirectUris: [] },
      ])
        expect((await create({ ...PLANNING, ...beyond }, administrator)).outcome).toBe(
          '403 permission.denied',
        );
      expect((await patch(own.body.id, { trusted: true }, 1, administrator)).outcome).toBe(
        '403 permission.denied',
      );
      const { items } = (await administrator.get('/api/admin/applications')).body;
      expect(items.every(({ structure }: { structure: { id: string } }) => structure.id === hospital)).toBe(
        true,
      );
    });

    it('that a national administrator made trusted or shared keep their addresses, keys and secrets', async () => {
      for (const given of [{ trusted: true }, { audienceStructures: [hospital, await stage.structure()] }]) {
        const { id } = (await create(PLANNING, administrator)).body;
        const { body: secret } = await post(id, 'secrets', {}, administrator);
        await patch(id, given, 1);
        const evil = 'https://evil.example/callback';
        const answers = [
          await patch(id, { redirectUris: [evil] }, 2, administrator),
          await patch(id, { backchannelLogoutUri: evil }, 2, administrator),
          await patch(id, { authMethod: 'private_key_jwt', jwksUri: evil }, 2, administrator),
          await patch(id, { authMethod: 'none' }, 2, administrator),
          await post(id, 'secrets', {}, administrator),
          await post(id, `secrets/${secret.id}/end`, {}, administrator),
        ];
        expect(answers.map(({ outcome }) => outcome)).toEqual(
          answers.map(() => '403 application.national-only'),
        );
        expect((await patch(id, { name: 'Étoile' }, 2, administrator)).body.name).toBe('Étoile');
        expect((await patch(id, { redirectUris: [evil] }, 3)).body.redirectUris).toEqual([evil]);
        await patch(id, { redirectUris: PLANNING.redirectUris }, 4);
      }
    });

    it('cannot use a host of the whole service, of another structure, or of this service', async () => {
      await create();
      await create({ kind: 'gate', redirectUris: ['https://gated.example/.portillon/callback'] });
      const { id } = (await create(PLANNING, administrator)).body;
      for (const host of ['orientation.example', 'gated.example', 'portillon.test']) {
        const redirectUris = [`https://${host}/.portillon/callback`];
        for (const asked of [
          await create({ ...PLANNING, redirectUris }, administrator),
          await create({ ...PLANNING, kind: 'gate', redirectUris }, administrator),
          await patch(id, { redirectUris }, 1, administrator),
        ])
          expect(asked.body.errors).toMatchObject([{ field: 'redirectUris', code: 'host-taken' }]);
      }
    });

    it('of another structure or of the whole service look unknown in every route', async () => {
      const other = await stage.structure();
      const ids = [
        (await create()).body.id,
        (await create({ structureId: other })).body.id,
        '01a20e4e-456f-7512-ad13-30b1f69779ef',
      ];
      for (const id of ids) {
        const secret = `secrets/${id}/end`;
        const answers = [
          await administrator.get(`/api/admin/applications/${id}`),
          await administrator.get(`/api/admin/applications/${id}/refusals`),
          await patch(id, { name: 'Mine' }, 1, administrator),
          ...(await Promise.all(
            ['disable', 'enable', 'test', 'secrets', secret].map((act) => post(id, act, {}, administrator)),
          )),
        ];
        expect(answers.map(({ outcome }) => outcome)).toEqual(answers.map(() => '404 not-found'));
      }
    });
  });

  it('are opened by those they are for, and listed to them', async () => {
    const { browser: claire } = await stage.signedIn({ structureId: hospital });
    const { browser: paul } = await stage.signedIn({ structureId: await stage.structure() });
    const all = (await create({ homeUri: 'https://orientation.example/' })).body;
    const some = (await create(PLANNING, administrator)).body;
    const closed = (await create()).body;
    await post(closed.id, 'disable');
    const listed = async (browser: Visitor) =>
      (await browser.get('/api/account/applications')).body.items.map(({ id }: { id: string }) => id);
    const [ofClaire, ofPaul] = [await listed(claire), await listed(paul)];
    const seen = (ids: string[]) => [all, some, closed].map(({ id }) => ids.includes(id));
    expect([seen(ofClaire), seen(ofPaul)]).toEqual([
      [true, true, false],
      [true, false, false],
    ]);
  });

  it('are no matter of a professional', async () => {
    const { browser } = await stage.signedIn();
    expect((await browser.get('/api/admin/applications')).outcome).toBe('403 permission.denied');
    expect((await create({}, browser)).outcome).toBe('403 permission.denied');
  });
});
