import { follow, RelyingParty } from '../harness/applications/relying-party';
import { useSharedStage, useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const HEADERS = {
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
/** Of what is shown, only the service's own files run. */
const PAGE_POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob:;font-src 'self';connect-src 'self';" +
  "manifest-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";
/** The reader of the documentation holds its icons as data: addresses. */
const READER_POLICY = PAGE_POLICY.replace("img-src 'self'", "img-src 'self' data:");
/** Of what is data, nothing. */
const DATA_POLICY = "default-src 'none';frame-ancestors 'none'";

describe('every answer', () => {
  const stage = useSharedStage();
  const passwords = { username: 'nobody', password: 'nothing' };

  it('bears the security headers, an error too, and no name of the software', async () => {
    const visitor = stage.visitor();
    const answers = [
      await visitor.get('/api/service'),
      await visitor.get('/api/session'),
      await visitor.get('/api/docs'),
      await visitor.get('/nowhere'),
      await visitor.post('/api/sign-in/password', undefined, { raw: '{' }),
      await visitor.post('/api/sign-in/password', passwords, { headers: { origin: 'https://evil.example' } }),
      await visitor.post('/api/sign-in/password', undefined, { raw: ' '.repeat(70_000) }),
    ];
    for (const { headers } of answers) {
      expect(headers).toMatchObject(HEADERS);
      expect([PAGE_POLICY, READER_POLICY, DATA_POLICY]).toContain(headers['content-security-policy']);
      expect(headers).toHaveProperty('x-request-id');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it('that is a page runs only the files of the service', async () => {
    const policies = { '/api/docs': READER_POLICY, '/anywhere': PAGE_POLICY };
    for (const [path, policy] of Object.entries(policies)) {
      const { headers } = await stage.visitor().get(path);
      expect(headers['content-security-policy']).toBe(policy);
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    }
  });

  it.each(['/.env', '/.git/config', '/robots.txt', '/nowhere.js', '/.well-known/security.txt'])(
    'for a file that is not there is no page: %s',
    async (path) => {
      expect((await stage.visitor().get(path)).outcome).toBe('404 not-found');
    },
  );

  it('of the API is kept by no cache', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const answers = [
      await claire.signIn(browser),
      await browser.get('/api/account'),
      await browser.get('/api/nowhere'),
    ];
    for (const { headers } of answers) expect(headers['cache-control']).toBe('no-store');
  });

  it('that is a page contains its first API answers, and is not cached', async () => {
    const page = async (visitor: Visitor) => {
      const { headers, text } = await visitor.get('/connexion');
      expect(headers['cache-control']).toBe('no-store');
      return JSON.parse(/id="answers">(.*?)<\/script>/.exec(text)![1]!) as Record<string, unknown>;
    };
    const { person, browser } = await stage.signedIn();
    const [service, means] = [await browser.get('/api/service'), await browser.get('/api/sign-in/means')];
    const mine = await page(browser);
    expect(mine).toMatchObject({ service: service.body, ...means.body });
    expect(mine['session']).toEqual((await browser.get('/api/session')).body.session);
    expect(mine['session']).toMatchObject({ account: { username: person.username } });
    expect((await page(stage.visitor()))['session']).toBeNull();
  });

  describe('that is a refusal', () => {
    it.each([
      [undefined, 'Connexion nécessaire'],
      ['fr-FR', 'Connexion nécessaire'],
      ['en-GB,en;q=0.9,fr;q=0.8', 'Sign-in required'],
      ['de, en;q=0.5', 'Sign-in required'],
      ['de', 'Connexion nécessaire'],
      ['en;q=0, fr', 'Connexion nécessaire'],
      ['*', 'Connexion nécessaire'],
      ['en'.repeat(5_000), 'Connexion nécessaire'],
    ])('speaks the language of Accept-Language %s', async (language, title) => {
      const answer = await stage.visitor().get('/api/session', { headers: { 'accept-language': language } });
      expect(answer.body).toMatchObject({
        status: 401,
        code: 'session.required',
        title,
        instance: '/api/session',
      });
    });

    it.each([
      ['GET', '/api/nowhere', '404 not-found'],
      ['GET', '/metrics', '404 not-found'],
      ['GET', '/oidc/nope', '404 not-found'],
      ['GET', `/api/admin/accounts/${'x'.repeat(101)}`, '404 not-found'],
      ['POST', '/oidc/nope', '404 not-found'],
      ['GET', '/oidc%2fzzz', '404 not-found'],
      ['GET', '/OIDC/zzz', '404 not-found'],
      ['GET', '/Api/nowhere', '404 not-found'],
      ['GET', '/health/nope', '404 not-found'],
      ['GET', '/.well-known/nope', '404 not-found'],
      ['PUT', '/oidc/token', '405 method.not-allowed'],
      ['GET', '/api/session/', '404 not-found'],
      ['GET', '/api//session', '404 not-found'],
      ['GET', '/api/../etc/passwd', '404 not-found'],
      ['GET', '/api/%2e%2e/%2e%2e/etc/passwd', '404 not-found'],
      ['GET', '/demo/mailbox', '404 not-found'],
      ['GET', '/demo/messages', '404 not-found'],
      ['POST', '/api/session', '405 method.not-allowed'],
      ['PUT', '/api/sign-in/password', '405 method.not-allowed'],
      ['GET', '/api/sign-in/password', '405 method.not-allowed'],
      ['DELETE', '/api/service', '405 method.not-allowed'],
      ['OPTIONS', '/api/sign-in/password', '405 method.not-allowed'],
    ])('of %s %s is %s', async (method, path, outcome) => {
      expect((await stage.visitor().send(method, path)).outcome).toBe(outcome);
    });

    it('is explained by a page, in the language of the reader, where its type leads', async () => {
      const { type } = (await stage.visitor().get('/api/nope')).body as { type: string };
      const page = await stage.visitor().get(type, { headers: { 'accept-language': 'en' } });
      expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('<h1>Not found</h1>');
      expect((await stage.visitor().get('/api/errors/nope')).outcome).toBe('404 not-found');
    });

    it('for a wrong method names the right ones', async () => {
      const answer = await stage.visitor().put('/api/session');
      expect(answer.headers.allow!.split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD']);
    });

    it.each([
      ['text/plain', '415 media-type.unsupported'],
      ['application/x-www-form-urlencoded', '415 media-type.unsupported'],
      ['multipart/form-data; boundary=x', '415 media-type.unsupported'],
      ['application/xml', '415 media-type.unsupported'],
      ['application/jsonp', '415 media-type.unsupported'],
      ['text/json', '415 media-type.unsupported'],
      ['application/json; charset=utf-8', '401 credentials.rejected'],
    ])('for the content type %s is %s', async (type, outcome) => {
      const answer = await stage
        .visitor()
        .post('/api/sign-in/password', passwords, { headers: { 'content-type': type } });
      expect(answer.outcome).toBe(outcome);
    });

    it.each([
      ['{', '400 body.malformed'],
      ['nothing', '400 body.malformed'],
      ['{"username":"a","password":"b",}', '400 body.malformed'],
      ['', '422 validation.failed'],
      ['null', '422 validation.failed'],
      ['[]', '422 validation.failed'],
      ['"text"', '422 validation.failed'],
      ['{}', '422 validation.failed'],
      [JSON.stringify({ ...passwords, admin: true }), '422 validation.failed'],
      [JSON.stringify({ ...passwords, username: 1 }), '422 validation.failed'],
      [JSON.stringify({ ...passwords, password: ['b'] }), '422 validation.failed'],
      [JSON.stringify({ ...passwords, password: '' }), '422 validation.failed'],
      [JSON.stringify({ ...passwords, username: 'x'.repeat(255) }), '422 validation.failed'],
      [' '.repeat(64 * 1024 + 1), '413 body.too-large'],
    ])('for the body %.60s is %s', async (raw, outcome) => {
      expect((await stage.visitor().post('/api/sign-in/password', undefined, { raw })).outcome).toBe(outcome);
    });

    it('names every field that is wrong, in the language of the person', async () => {
      const answer = await stage
        .visitor()
        .post(
          '/api/sign-in/password',
          { username: 7, surprise: 1 },
          { headers: { 'accept-language': 'en' } },
        );
      expect(answer.body.errors).toEqual(
        expect.arrayContaining([
          { field: 'username', code: 'type', message: expect.stringMatching(/\w/) },
          { field: 'password', code: 'required', message: expect.stringMatching(/\w/) },
          { field: 'surprise', code: 'unknown-field', message: expect.stringMatching(/\w/) },
        ]),
      );
    });
  });

  describe('to a request of another site', () => {
    it.each([
      [{ origin: 'https://evil.example' }],
      [{ origin: 'http://portillon.test.evil.example' }],
      [{ origin: 'http://sub.portillon.test' }],
      [{ origin: 'https://portillon.test' }],
      [{ origin: 'http://portillon.test:8080' }],
      [{ origin: 'null' }],
      [{ origin: undefined, 'sec-fetch-site': 'cross-site' }],
      [{ origin: undefined, 'sec-fetch-site': 'same-site' }],
      [{ 'sec-fetch-site': 'cross-site' }],
    ])('is a refusal and has no effect: %j', async (headers) => {
      const claire = await stage.person();
      const browser = stage.visitor();
      await claire.signIn(browser);
      expect((await browser.delete('/api/session', { headers })).outcome).toBe('403 origin.refused');
      expect((await browser.get('/api/session')).outcome).toBe('200');
    });

    it('accepts a program that sends no origin', async () => {
      const claire = await stage.person();
      const program = stage.visitor();
      await claire.signIn(program);
      const headers = { origin: undefined, 'sec-fetch-site': undefined };
      expect((await program.post('/api/session/renew', undefined, { headers })).outcome).toBe('200');
    });
  });

  it('sets cookies that no script reads and no other site sends', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const [signIn] = (await claire.givePassword(browser)).cookies;
    expect(signIn).toMatch(/^portillon_sign_in=[^;]{60,}; Max-Age=900; Path=\/; HttpOnly; SameSite=Lax$/);
    const { cookies } = await browser.post('/api/sign-in/code', { code: claire.codeInMail() });
    expect(cookies).toEqual([
      expect.stringMatching(
        /^portillon_browser=[^;]{60,}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
      ),
      'portillon_sign_in=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      expect.stringMatching(/^portillon_session=[^;]{60,}; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    const out = await browser.delete('/api/session');
    expect(out.cookies).toEqual(['portillon_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
  });

  it('makes the browser delete its data at a sign-out, except the cookie that remembers it', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.delete('/api/session')).headers['clear-site-data']).toBe('"cache"');
    expect((await claire.givePassword(browser)).body.status).toBe('signed-in');
  });
});

describe('over HTTPS', () => {
  const stage = useStage({ environment: { PUBLIC_URL: 'https://portillon.test' } });

  it('every cookie is Secure and the one of the session bound to the host', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    const { cookies } = await claire.signIn(browser);
    expect(cookies.every((one) => one.includes('; Secure'))).toBe(true);
    expect(cookies.at(-1)).toMatch(/^__Host-portillon_session=/);
    expect((await browser.get('/api/session')).outcome).toBe('200');
    browser.cookies.set('portillon_session', browser.cookies.get('__Host-portillon_session')!);
    browser.cookies.delete('__Host-portillon_session');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('browsers receive the instruction to use HTTPS only', async () => {
    const { headers } = await stage.visitor().get('/api/service');
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
  });

  it('the cookies of a sign-in for an application have the same attributes, and continue it', async () => {
    const party = await RelyingParty.register(stage);
    const person = await stage.person();
    const browser = stage.visitor();
    const { url, checks } = await party.request();
    const asked = await browser.get(`${url.pathname}${url.search}`);
    expect(asked.cookies.map((one) => one.split('=')[0]).sort()).toEqual([
      '__Secure-_interaction',
      '__Secure-_interaction_resume',
    ]);
    expect(asked.cookies.every((one) => /; secure/i.test(one))).toBe(true);
    await person.signIn(browser);
    const path = new URL(asked.headers.location!, url).pathname;
    const { redirectTo } = (await browser.post(`${path}/complete`, {})).body;
    const back = await follow(browser, redirectTo);
    expect((await party.redeem({ back, checks })).claims()!.sub).toBe(person.id);
    const question = await stage.visitor().get('/oidc/logout');
    expect(question.cookies[0]).toMatch(/^__Host-_openid_session=.*; path=\/;.* secure/i);
  });
});
