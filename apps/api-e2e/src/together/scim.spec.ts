import { bearer, Machines, Service, TokenChanges } from '../harness/server/machine';
import { fault, PATCH, ScimClient, USER } from '../harness/applications/scim-client';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

describe('a hospital’s directory', () => {
  const stage = useSharedStage();

  let machines: Machines;
  let directory: Service;
  let client: Visitor;
  let scim: ScimClient;

  beforeAll(async () => {
    machines = new Machines(stage);
    await machines.open();
    directory = await machines.service(STRUCTURE.id);
    client = stage.visitor();
    scim = new ScimClient(stage, machines, directory);
  }, 30_000);

  const as = (service = directory, changes: TokenChanges = {}) => bearer(machines.token(service, changes));
  const send: ScimClient['send'] = (...request) => scim.send(...request);
  const find = (filter: string, service = directory) => new ScimClient(stage, machines, service).find(filter);
  const patch: ScimClient['patch'] = (...request) => scim.patch(...request);
  const resource = (changes: object = {}) => scim.resource(changes);
  const create = (changes: object = {}) => scim.create(changes);

  it('is let in with the token that the provider gives it', async () => {
    const token = bearer(await machines.issued(directory));
    const found = await client.get('/scim/v2/Users?filter=userName%20eq%20%22nobody%22', token);
    expect([found.status, found.body.totalResults]).toEqual([200, 0]);
  });

  it('creates an account and its invitation, as an administrator does', async () => {
    const wanted = resource();
    const made = await send('POST', 'Users', wanted);
    expect(made).toMatchObject({
      status: 201,
      body: {
        userName: wanted.userName,
        externalId: wanted.externalId,
        displayName: 'Claire Martin',
        active: true,
      },
    });
    expect(made.headers['content-type']).toContain('application/scim+json');
    expect(made.headers['location']).toContain(`/scim/v2/Users/${made.body.id as string}`);
    const [row] = await stage.database.rows('SELECT status, structureId, roles FROM account WHERE id = ?', [
      made.body.id,
    ]);
    expect(row).toEqual({ status: 'INVITED', structureId: STRUCTURE.id, roles: 'professional' });
    expect(fault(await send('POST', 'Users', wanted))).toEqual([409, '409', 'uniqueness']);
  });

  it('finds an account by the names that Entra and Okta ask for, and pages through the rest', async () => {
    const { body } = await create();
    for (const filter of [
      `userName eq "${body.userName as string}"`,
      `externalId eq "${body.externalId as string}"`,
      `id eq "${body.id as string}"`,
      `${USER}:userName eq "${body.userName as string}"`,
    ]) {
      const found = await find(filter);
      expect([filter, found.body.totalResults, found.body.Resources[0]?.id]).toEqual([filter, 1, body.id]);
    }
    expect((await find('userName eq "nobody.at.all"')).body).toMatchObject({
      totalResults: 0,
      Resources: [],
    });
    const page = await send('GET', 'Users?startIndex=2&count=1');
    expect(page.body).toMatchObject({ startIndex: 2, itemsPerPage: 1 });
    expect((await send('GET', 'Users?count=0')).body).toMatchObject({ itemsPerPage: 0, Resources: [] });
  });

  it.each([
    `userName eq "x" or userName pr`,
    `userName eq "x" or "1" eq "1"`,
    `userName sw "a"`,
    `password eq "x"`,
    `passwordDigest pr`,
    `userName eq "x"; DROP TABLE account`,
    `userName eq 'x'`,
    `userName eq true`,
    `not (userName eq "x")`,
    `((((((`,
    `__proto__ eq "x"`,
    `emails[value eq "x"].value eq "y"`,
    'a'.repeat(600),
    '',
  ])('is refused the filter %j, in SCIM’s own words', async (filter) => {
    expect(fault(await find(filter))).toEqual([400, '400', 'invalidFilter']);
  });

  it.each([`' OR '1'='1`, `%`, `_`, `*`, `x' UNION SELECT passwordDigest FROM account -- `, `\u0000`])(
    'finds no account by the name %j: it is only a value',
    async (value) => {
      for (const name of ['userName', 'externalId', 'id']) {
        const found = await find(`${name} eq "${value}"`);
        expect([200, 400]).toContain(found.status);
        if (found.status === 200) expect(found.body.totalResults).toBe(0);
      }
    },
  );

  it.each([
    ['Entra', { op: 'Replace', path: 'active', value: 'False' }],
    ['Okta', { op: 'replace', value: { active: false } }],
  ])('closes an account as %s says it, and its sessions end at once', async (_, operation) => {
    const { person, browser } = await stage.signedIn();
    const closed = await patch(person.id, operation);
    expect([closed.status, closed.body.active]).toEqual([200, false]);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const lines = await stage.database.rows(
      "SELECT actorId FROM auditEvent WHERE accountId = ? AND name = 'user_archived'",
      [person.id],
    );
    expect(lines).toEqual([{ actorId: directory.id }]);
    expect((await patch(person.id, { op: 'Replace', path: 'active', value: 'True' })).body.active).toBe(true);
  });

  it('changes names under a version, and is refused when the version moved', async () => {
    const { body, headers } = await create();
    const id = body.id as string;
    const seen = String(headers['etag']);
    const changed = await patch(id, { op: 'Replace', path: 'displayName', value: 'Claire Durand' });
    expect(changed.body.displayName).toBe('Claire Durand');
    const late = await send('PUT', `Users/${id}`, resource(), { 'if-match': seen });
    expect(fault(late)).toEqual([412, '412', undefined]);
    const put = await send('PUT', `Users/${id}`, resource({ displayName: 'C. D.' }), {
      'if-match': String(changed.headers['etag']),
    });
    expect(put.body).toMatchObject({ displayName: 'C. D.' });
    expect(
      (await patch(id, { op: 'Add', path: 'roles', value: [{ value: 'national-admin' }] })).status,
    ).toBeLessThan(500);
    expect(await stage.database.rows('SELECT roles FROM account WHERE id = ?', [id])).toEqual([
      { roles: 'professional' },
    ]);
  });

  it('has a new mail address wait where the account was opened, and asks for it in vain again', async () => {
    const person = await stage.person();
    const mail = () =>
      patch(person.id, { op: 'Replace', path: 'emails[type eq "work"].value', value: 'new@evil.example' });
    expect((await mail()).body.emails[0].value).toBe(person.email);
    const due = () =>
      stage.database.rows('SELECT effectiveAt FROM pendingChange WHERE accountId = ?', [person.id]);
    const first = await due();
    await mail();
    expect([first.length, await due()]).toEqual([1, first]);
  });

  it('reaches no account of another structure, and the journal names it', async () => {
    const service = await machines.service(await stage.structure());
    const person = await stage.person();
    const [{ username }] = (await stage.database.rows<{ username: string }>(
      'SELECT username FROM account WHERE id = ?',
      [person.id],
    )) as [{ username: string }];
    expect((await find(`userName eq "${username}"`, service)).body.totalResults).toBe(0);
    expect((await find(`id eq "${person.id}"`, service)).body.totalResults).toBe(0);
    const answer = await client.get(`/scim/v2/Users/${person.id}`, as(service));
    expect(fault(answer)).toEqual([404, '404', undefined]);
    const lines = await stage.database.rows('SELECT reason FROM auditEvent WHERE actorId = ?', [service.id]);
    expect(lines).toEqual([{ reason: 'other-structure' }]);
  });

  it('reads roles as groups and grants none', async () => {
    const groups = await send('GET', 'Groups');
    expect(groups.body.totalResults).toBe(4);
    const grant = { schemas: [PATCH], Operations: [{ op: 'Add', path: 'members', value: [{ value: 'x' }] }] };
    expect(fault(await send('PATCH', 'Groups/national-admin', grant))).toEqual([403, '403', undefined]);
    expect(fault(await send('POST', 'Groups', { displayName: 'root' }))).toEqual([403, '403', undefined]);
  });

  it('gets the supported features of the service', async () => {
    expect((await send('GET', 'ServiceProviderConfig')).body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
    });
    expect((await send('GET', 'ResourceTypes')).body.totalResults).toBe(2);
    expect((await send('GET', 'ResourceTypes/User')).body).toMatchObject({ id: 'User', endpoint: '/Users' });
    expect(fault(await send('GET', 'ResourceTypes/Printer'))).toEqual([404, '404', undefined]);
    for (const { id } of (await send('GET', 'Schemas')).body.Resources as { id: string }[])
      expect((await send('GET', `Schemas/${id}`)).body.id).toBe(id);
    expect(fault(await send('GET', 'Schemas/urn:nothing'))).toEqual([404, '404', undefined]);
    const schema = await send('GET', `Schemas/${USER}`);
    expect((schema.body.attributes as { name: string }[]).map(({ name }) => name)).not.toContain('password');
  });

  it.each([
    [{ schemas: [PATCH] }],
    [{ schemas: [PATCH], Operations: [] }],
    [{ schemas: [PATCH], Operations: [null] }],
    [{ schemas: [PATCH], Operations: [{ op: 'steal', path: 'active' }] }],
    [{ schemas: [PATCH], Operations: [{ op: 'replace', path: 'active', value: 'maybe' }] }],
    [{ schemas: [PATCH], Operations: [{ op: 'replace', path: '__proto__.x', value: 1 }] }],
  ])('is refused a change that cannot be read: %j', async (body) => {
    const person = await stage.person();
    const answer = await send('PATCH', `Users/${person.id}`, body);
    expect([answer.status, answer.body.status]).toEqual([400, '400']);
  });

  it.each([
    ['GET', '', '404'],
    ['GET', 'Bulk', '404'],
    ['POST', 'Bulk', '404'],
    ['GET', 'Users/', '404'],
    ['GET', 'Users/x/y', '404'],
    ['GET', '../../scim', '404'],
    ['GET', '../v3/Users', '404'],
    ['GET', 'Me', '501'],
    ['POST', '.search', '501'],
    ['GET', '../../SCIM/v2/Me', '404'],
    ['POST', '../../scim%2fv2/Users', '404'],
    ['PATCH', 'Me', '405'],
    ['POST', 'ServiceProviderConfig', '405'],
  ])('is answered %s of %j, which is not there, by an error of SCIM', async (method, path, status) => {
    const answer = await send(method, path, method === 'GET' ? undefined : {});
    expect(fault(answer)).toEqual([Number(status), status, undefined]);
    expect(answer.headers['content-type']).toContain('application/scim+json');
  });

  it('is closed without a token, with a narrow one, and with a session', async () => {
    const none = await stage.visitor().get('/scim/v2/Users');
    expect(fault(none)).toEqual([401, '401', undefined]);
    expect(none.headers['content-type']).toContain('application/scim+json');
    const narrow = await client.get('/scim/v2/Users', as(directory, { claims: { scope: 'events:read' } }));
    expect(fault(narrow)).toEqual([403, '403', undefined]);
    const { browser } = await stage.signedIn({ role: 'national-admin', structureId: null });
    expect((await browser.get('/scim/v2/Users')).status).toBe(403);
  });
});
