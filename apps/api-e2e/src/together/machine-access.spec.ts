import { createHash, randomUUID } from 'node:crypto';
import { concurrently } from '@portillon/testing/servers';
import { bearer, Machines, Service, TokenChanges } from '../harness/server/machine';
import { insertSecret } from '../harness/applications/relying-party';
import { STRUCTURE, useSharedStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

describe('an application with a token', () => {
  const stage = useSharedStage();

  let machines: Machines;
  let directory: Service;
  let national: Service;
  let client: Visitor;
  let count = 0;

  beforeAll(async () => {
    machines = new Machines(stage);
    await machines.open();
    directory = await machines.service(STRUCTURE.id);
    national = await machines.service(null);
    client = stage.visitor();
  }, 30_000);

  const as = (service: Service, changes: TokenChanges = {}, headers: Record<string, string> = {}) =>
    bearer(machines.token(service, changes), headers);
  const list = (changes: TokenChanges = {}) => client.get('/api/admin/accounts', as(directory, changes));
  const draft = () => {
    const username = `machine.${count++}.${stage.server.port}`;
    return { username, email: `${username}@hopital.example`, displayName: 'Claire Martin' };
  };
  const create = (body: object, key: string, service = directory) =>
    client.post('/api/admin/accounts', body, as(service, {}, { 'idempotency-key': key }));
  const lines = (actorId: string) =>
    stage.database.rows<{ name: string; reason: string | null; accountId: string | null; data: string }>(
      'SELECT name, reason, accountId, data FROM auditEvent WHERE actorId = ? ORDER BY id',
      [actorId],
    );

  it('reads only the accounts of its structure, and all accounts without a structure', async () => {
    const here = await stage.person();
    const there = await stage.person({ structureId: await stage.structure() });
    const seen = (await list()).body.items as { structure: { id: string } }[];
    expect(new Set(seen.map(({ structure }) => structure.id))).toEqual(new Set([STRUCTURE.id]));
    for (const { id } of [here, there])
      expect((await client.get(`/api/admin/accounts/${id}`, as(national))).status).toBe(200);
  });

  it('is let in with the token that the provider gives it, into its structure', async () => {
    const there = await stage.person({ structureId: await stage.structure() });
    const token = bearer(await machines.issued(directory));
    expect((await client.get('/api/admin/accounts', token)).status).toBe(200);
    const other = await client.get(`/api/admin/accounts/${there.id}`, token);
    expect(other.outcome).toBe('404 not-found');
  });

  it('is given no token for a scope that it does not have, by whichever way its secret comes', async () => {
    const { id } = await machines.service(STRUCTURE.id);
    const secret = await insertSecret(stage, id);
    const ask = async (scope: string, isBasic: boolean) => {
      const own: Record<string, string> = isBasic ? {} : { client_id: id, client_secret: secret };
      const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
      const body = new URLSearchParams({ grant_type: 'client_credentials', scope, ...own });
      const request = { method: 'POST', body, ...(isBasic && { headers: basic }) };
      const answer = await fetch(`${stage.server.url}/oidc/token`, request);
      const { error, scope: given } = (await answer.json()) as { error?: string; scope?: string };
      return [answer.status, error ?? given];
    };
    for (const isBasic of [true, false]) {
      expect(await ask('accounts:read', isBasic)).toEqual([200, 'accounts:read']);
      for (const scope of ['roles:grant', 'accounts:read roles:grant', 'openid'])
        expect(await ask(scope, isBasic)).toEqual([400, 'invalid_scope']);
    }
    const { body } = await client.get('/.well-known/openid-configuration');
    expect(body.token_endpoint_auth_methods_supported).toEqual(
      expect.arrayContaining(['client_secret_basic', 'client_secret_post']),
    );
  });

  it('of one structure finds no account of another, and is named in the journal', async () => {
    const there = await stage.person({ structureId: await stage.structure() });
    const service = await machines.service(STRUCTURE.id);
    const path = `/api/admin/accounts/${there.id}`;
    expect((await client.get(path, as(service))).outcome).toBe('404 not-found');
    expect((await client.post(`${path}/deactivate`, {}, as(service))).outcome).toBe('404 not-found');
    const asked = await client.get(`/api/admin/accounts?structure=${await stage.structure()}`, as(service));
    expect(asked.outcome).toBe('404 not-found');
    expect((await lines(service.id)).map(({ name, reason }) => [name, reason])).toEqual(
      Array(3).fill(['authz_fail', 'other-structure']),
    );
  });

  it('creates an account with an idempotency key, one of sixteen at once, and is named as who did', async () => {
    const service = await machines.service(STRUCTURE.id);
    const [body, key] = [draft(), randomUUID()];
    const { results } = await concurrently(16, () => create(body, key, service));
    const made = results.filter(({ status }) => status === 201);
    expect(new Set(made.map((answer) => answer.body.id as string)).size).toBe(1);
    expect(made[0]!.body).toMatchObject({ structure: { id: STRUCTURE.id }, roles: ['professional'] });
    const { username } = body;
    expect(await stage.database.rows('SELECT id FROM account WHERE username = ?', [username])).toHaveLength(
      1,
    );
    const created = (await lines(service.id)).filter(({ name }) => name === 'user_created');
    expect(created.map(({ accountId }) => accountId)).toEqual([made[0]!.body.id]);
    expect((await client.post('/api/admin/accounts', draft(), as(service))).outcome).toBe(
      '400 idempotency-key.required',
    );
  });

  it('needs no fresh proof within its scope, and ends sessions at once', async () => {
    const { person, browser } = await stage.signedIn();
    const path = `/api/admin/accounts/${person.id}`;
    expect((await client.post(`${path}/revoke-sessions`, {}, as(directory))).status).toBe(200);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const closed = await client.post(`${path}/deactivate`, {}, as(directory));
    expect(closed.body.status).toBe('DEACTIVATED');
  });

  it.each(['reset-factors', 'unlock', 'link', 'unlink', 'erase', 'emergency-access'])(
    'never does %s, whatever its scopes',
    async (act) => {
      const person = await stage.person();
      const answer = await client.post(`/api/admin/accounts/${person.id}/${act}`, {}, as(national));
      expect([403, 404]).toContain(answer.status);
      if (answer.status === 403) expect(answer.outcome).toBe('403 permission.denied');
    },
  );

  it('grants no role and touches no national administrator', async () => {
    const made = { ...draft(), roles: ['structure-admin'] };
    expect((await create(made, randomUUID())).outcome).toBe('403 permission.denied');
    const person = await stage.person();
    const edit = (id: string, changes: object) =>
      client.patch(`/api/admin/accounts/${id}`, changes, as(national, {}, { 'if-match': '"1"' }));
    expect((await edit(person.id, { roles: ['national-admin'] })).outcome).toBe('403 permission.denied');
    const nadia = await stage.person({ role: 'national-admin', structureId: null });
    expect((await edit(nadia.id, { displayName: 'X' })).outcome).toBe('403 permission.denied');
    const close = await client.post(`/api/admin/accounts/${nadia.id}/deactivate`, {}, as(national));
    expect(close.outcome).toBe('403 permission.denied');
  });

  it('delays a change of mail address: the thief of its secret cannot take an account over', async () => {
    const person = await stage.person();
    const headers = { 'if-match': '"1"' };
    const email = 'thief@evil.example';
    const path = `/api/admin/accounts/${person.id}`;
    const answer = await client.patch(path, { email }, as(directory, {}, headers));
    expect(answer.body).toMatchObject({
      email: person.email,
      pendingChanges: [{ kind: 'email', value: email }],
    });
  });

  it.each<[string, TokenChanges]>([
    ['for another resource', { claims: { aud: 'https://other.example' } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['that is over', { claims: { exp: Math.floor(Date.now() / 1_000) - 1 } }],
    ['without an end', { claims: { exp: undefined } }],
    ['that is an ID token', { header: { typ: 'JWT' } }],
    ['that is a logout token', { header: { typ: 'logout+jwt' } }],
    ['of no algorithm', { header: { alg: 'none' }, sign: () => '' }],
    [
      'signed with the public key as a secret',
      { header: { alg: 'HS256' }, sign: (text) => machines.signAsHmac(text) },
    ],
    ['signed by another key', { sign: (text) => machines.signElsewhere(text) }],
    ['of a key that is not published', { header: { kid: 'unknown' } }],
    [
      'that brings its own key',
      { header: { kid: undefined, jwk: {} }, sign: (text) => machines.signElsewhere(text) },
    ],
    ['of a person', { claims: { sub: 'claire' } }],
    ['of an application that does not exist', { claims: { sub: 'nobody', client_id: 'nobody' } }],
    ['of another structure', { claims: { structure: 'clinic' } }],
    ['of every structure', { claims: { structure: undefined } }],
  ])('is refused with a token %s', async (_, changes) => {
    const answer = await list(changes);
    expect(answer.outcome).toBe('401 access-token.rejected');
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="portillon", error="invalid_token"/);
  });

  it.each(['', 'x', 'a.b.c', '..', 'é', `${'a'.repeat(5_000)}`])(
    'is refused with no token: %j',
    async (token) => {
      const answer = await client.get('/api/admin/accounts', bearer(Buffer.from(token).toString('latin1')));
      expect(answer.outcome).toBe('401 access-token.rejected');
    },
  );

  it('is refused scopes that its token or its registration lacks', async () => {
    const narrow = await list({ claims: { scope: 'accounts:write' } });
    expect(narrow.outcome).toBe('403 scope.insufficient');
    expect(narrow.headers['www-authenticate']).toContain('error="insufficient_scope", scope="accounts:read"');
    const service = await machines.service(STRUCTURE.id);
    await stage.database.execute('UPDATE application SET scopes = ? WHERE id = ?', [
      'accounts:write',
      service.id,
    ]);
    expect((await client.get('/api/admin/accounts', as(service))).outcome).toBe('403 scope.insufficient');
    expect((await lines(service.id)).map(({ reason }) => reason)).toEqual(['scope']);
  });

  it('is out at once when it is disabled, is no service, or its structure is gone', async () => {
    const disabled = await machines.service(STRUCTURE.id);
    await stage.database.execute("UPDATE application SET status = 'disabled' WHERE id = ?", [disabled.id]);
    const web = await machines.service(STRUCTURE.id, 'web');
    const orphan = await machines.service(randomUUID());
    for (const service of [disabled, web, orphan]) {
      const answer = await client.get('/api/admin/accounts', as(service));
      expect(answer.outcome).toBe('401 access-token.rejected');
      expect(await lines(service.id)).toMatchObject([{ name: 'authz_fail', reason: 'application-refused' }]);
    }
  });

  it('is refused when a session comes with it', async () => {
    const { browser } = await stage.signedIn({ role: 'structure-admin' });
    const answer = await browser.get('/api/admin/accounts', as(directory));
    expect(answer.outcome).toBe('400 credentials.ambiguous');
    expect(answer.headers['www-authenticate']).toContain('error="invalid_request"');
  });

  it('opens only administration', async () => {
    for (const path of ['/api/account', '/api/session', '/api/account/sessions'])
      expect((await client.get(path, as(national))).outcome).toBe('401 session.required');
  });

  it('learns how much it may still ask, and is refused beyond', async () => {
    const service = await machines.service(STRUCTURE.id);
    const first = await client.get('/api/admin/accounts?limit=1', as(service));
    expect(first.headers['ratelimit-policy']).toBe('"machine-requests";q=600;w=60');
    expect(first.headers['ratelimit']).toMatch(/^"machine-requests";r=599;t=(60|5\d)$/);
    const id = createHash('sha256')
      .update(JSON.stringify(['machine-requests', service.id]))
      .digest('hex');
    expect(await stage.database.execute('UPDATE rateLimit SET hits = 600 WHERE id = ?', [id])).toBe(1);
    const refused = await client.get('/api/admin/accounts?limit=1', as(service));
    expect(refused.outcome).toBe('429 requests.exceeded');
    expect(refused.headers['ratelimit']).toMatch(/^"machine-requests";r=0;t=\d+$/);
    expect(Number(refused.headers['retry-after'])).toBe(refused.body.retryAfterSeconds);
  });

  it('is shown where tokens come from, also by the refusal of a request without one', async () => {
    const { body } = await client.get('/.well-known/oauth-protected-resource');
    const url = stage.environment['PUBLIC_URL']!;
    expect(body).toMatchObject({
      resource: url,
      authorization_servers: [url],
      bearer_methods_supported: ['header'],
    });
    const nothing = await stage.visitor().get('/api/admin/accounts');
    expect(nothing.outcome).toBe('401 session.required');
    expect(nothing.headers['www-authenticate']).toBe(
      `Bearer realm="portillon", resource_metadata="${url}/.well-known/oauth-protected-resource"`,
    );
  });

  it('leaves no token in the log of the server', async () => {
    const token = machines.token(directory);
    await client.get('/api/admin/accounts', bearer(token));
    await client.get('/api/admin/accounts', bearer(`${token}x`));
    expect(JSON.stringify(stage.server.log)).not.toContain(token.split('.')[2]!.slice(0, 40));
  });
});
