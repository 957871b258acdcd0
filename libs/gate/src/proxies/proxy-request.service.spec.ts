import type { GateOptions } from '../gate.options';
import { forwarded, NAVIGATION, proxied, PROXY, SentHeaders } from '../testing/proxied.fixture';
import type { ParseResult } from './gated-request';
import { ProxyRequestService } from './proxy-request.service';

const OPTIONS: GateOptions = {
  publicUrl: 'https://portillon.example',
  proxies: ['10.0.0.0/24'],
  proxySecret: null,
};

function reader(options: Partial<GateOptions> = {}): ProxyRequestService {
  return new ProxyRequestService({ ...OPTIONS, ...options });
}

const whyOf = (reading: ParseResult) =>
  reading.status === 'unreadable' ? reading.why : reading.request.path;
const pathOf = (uri: string, more: SentHeaders = {}) =>
  whyOf(reader().forwardAuth(proxied(forwarded(uri, more))));

describe('a proxy that is not believed', () => {
  it('is logged by its address and by the origin that it claims, and by nothing else', () => {
    const sent = proxied(forwarded('/dossiers/12?nom=Martin'), { peer: '203.0.113.9' });
    expect(reader().forwardAuth(sent)).toEqual({
      status: 'unreadable',
      why: 'proxy-not-named',
      suspicious: { origin: 'https://app.example', proxy: '203.0.113.9' },
    });
    const unclear = proxied({ 'X-Forwarded-Host': 'a b' }, { peer: '203.0.113.9' });
    expect(reader().forwardAuth(unclear)).toEqual({ status: 'unreadable', why: 'proxy-not-named' });
  });
});

describe('a request that a proxy forwards', () => {
  const READ = {
    status: 'read',
    request: {
      origin: 'https://app.example',
      target: '/dossiers/12?tri=nom',
      path: '/dossiers/12',
      method: 'GET',
      wantsPage: true,
      byPerson: true,
      address: PROXY,
      addressBlock: PROXY,
      proxy: PROXY,
    },
  };

  it('is read from Traefik, Caddy and HAProxy by X-Forwarded-…', () => {
    expect(reader().forwardAuth(proxied(forwarded('/dossiers/12?tri=nom')))).toEqual(READ);
  });

  it('is read from nginx by X-Original-URL', () => {
    const url = 'https://app.example/dossiers/12?tri=nom';
    const headers = { 'X-Original-URL': url, 'X-Original-Method': 'GET' };
    expect(reader().authRequest(proxied(headers))).toEqual(READ);
  });

  it('is read from Envoy by its own Host and what follows the prefix', () => {
    const headers = { Host: 'app.example', 'X-Forwarded-Proto': 'https' };
    const url = '/api/gate/ext-authz/dossiers/12?tri=nom';
    expect(reader().extAuthz(proxied(headers, { url }))).toEqual(READ);
    const encoded = '/api/gate/ext%2dauthz/dossiers/12';
    expect(whyOf(reader().extAuthz(proxied(headers, { url: encoded })))).toBe('header-missing');
  });

  it('is for a page of ours on the host that the proxy names, and no other', () => {
    const page = (headers: SentHeaders, peer = PROXY) =>
      reader().ownPage(proxied(headers, { url: '/.portillon/callback?code=x', peer }));
    const headers = {
      Host: 'portillon.example',
      ...forwarded('/elsewhere', { 'X-Forwarded-Method': 'POST' }),
    };
    expect(page(headers)).toMatchObject({
      status: 'read',
      request: {
        origin: 'https://app.example',
        target: '/.portillon/callback?code=x',
        path: '/.portillon/callback',
        method: 'GET',
      },
    });
    expect(whyOf(page(headers, '203.0.113.9'))).toBe('proxy-not-named');
    expect(whyOf(page({ Host: 'portillon.example' }))).toBe('header-missing');
  });

  it('is for one origin, whatever the case of its host and its default port', () => {
    const originOf = (host: string) => {
      const reading = reader().forwardAuth(proxied(forwarded('/', { 'X-Forwarded-Host': host })));
      return reading.status === 'read' ? reading.request.origin : reading.why;
    };
    expect(originOf('APP.example:443')).toBe('https://app.example');
    expect(originOf('app.example:8443')).toBe('https://app.example:8443');
    expect(originOf('[2001:db8::1]:8443')).toBe('https://[2001:db8::1]:8443');
    for (const host of [
      'app.example/x',
      'a@app.example',
      'app.example, evil.example',
      'app.example\\',
      '-a',
      '',
    ])
      expect([host, /^(origin|header-missing)$/.test(originOf(host))]).toEqual([host, true]);
  });

  it('comes from where the proxy saw it, not from where its client says', () => {
    const fromOf = (value: string | string[]) => {
      const reading = reader().forwardAuth(proxied(forwarded('/', { 'X-Forwarded-For': value })));
      return reading.status === 'read' && reading.request.addressBlock;
    };
    expect(fromOf('203.0.113.9')).toBe('203.0.113.9');
    expect(fromOf('10.9.9.9, 203.0.113.9')).toBe('203.0.113.9');
    expect(fromOf(['10.9.9.9', '203.0.113.9'])).toBe('203.0.113.9');
    expect(fromOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  });

  it('wants a page when it is a navigation alone', () => {
    const wants = (headers: SentHeaders) => {
      const reading = reader().forwardAuth(proxied(forwarded('/', headers)));
      return reading.status === 'read' && reading.request.wantsPage;
    };
    expect(wants(NAVIGATION)).toBe(true);
    expect(wants({ 'X-Requested-With': 'XMLHttpRequest' })).toBe(false);
    expect(wants({ 'sec-fetch-mode': 'cors' })).toBe(false);
    for (const accept of ['*/*', 'application/json', 'text/html;q=0', ''])
      expect(wants({ accept })).toBe(false);
  });

  it('is a person’s when the browser says so, or says nothing of it: a page that asks by a clock is not', () => {
    const isByPerson = (headers: SentHeaders) => {
      const reading = reader().forwardAuth(proxied(forwarded('/', headers)));
      return reading.status === 'read' && reading.request.byPerson;
    };
    const old = { 'sec-fetch-mode': [], 'sec-fetch-user': [] };
    expect([isByPerson(NAVIGATION), isByPerson(old)]).toEqual([true, true]);
    expect(isByPerson({ 'sec-fetch-user': [] })).toBe(false);
    expect(isByPerson({ 'sec-fetch-mode': 'cors' })).toBe(false);
    expect(isByPerson({ accept: 'application/json' })).toBe(false);
  });
});

describe('who is believed', () => {
  const seen = (options: Partial<GateOptions>, headers: SentHeaders = {}, peer = PROXY) =>
    whyOf(reader(options).forwardAuth(proxied(forwarded('/', headers), { peer })));

  it('is no proxy by default', () => {
    expect(seen({ proxies: [] })).toBe('proxy-not-named');
  });

  it('is a named address, that of the connection and of no header', () => {
    expect(seen({})).toBe('/');
    expect(seen({}, { 'X-Forwarded-For': PROXY }, '203.0.113.9')).toBe('proxy-not-named');
  });

  it('proves itself too where a secret is set', () => {
    const options = { proxySecret: 'a-secret-of-the-proxies' };
    expect(seen(options, { 'X-Portillon-Proxy-Secret': 'a-secret-of-the-proxies' })).toBe('/');
    expect(seen(options, { 'X-Portillon-Proxy-Secret': 'guessed' })).toBe('proxy-not-proved');
    expect(seen(options)).toBe('proxy-not-proved');
    expect(seen(options, { 'X-Portillon-Proxy-Secret': 'a-secret-of-the-proxies' }, '203.0.113.9')).toBe(
      'proxy-not-named',
    );
  });
});

/** Known bypasses of other gates; each is named by the attacker's action. */
describe('the gate is not passed by', () => {
  it('a malformed URI, which is never answered 200 (CVE-2021-32637)', () => {
    for (const uri of ['/%', '/%zz', '/a b', '/é', 'admin', '*', '/a#b', '/a\u0000', '/?a\nb', '/?\u00e9'])
      expect([uri, pathOf(uri)]).toEqual([uri, 'path']);
    expect(pathOf('')).toBe('header-missing');
  });

  it('a query that looks like a public path (CVE-2025-54576)', () => {
    expect(pathOf('/admin?x=/public')).toBe('/admin');
    expect(pathOf('/admin?/public/../')).toBe('/admin');
    expect(pathOf('/admin%3f/public')).toBe('path');
  });

  it("a client's own X-Forwarded-Uri beside the proxy's (CVE-2026-40575, CVE-2026-76835)", () => {
    expect(pathOf('/admin', { 'X-Forwarded-Uri': ['/public', '/admin'] })).toBe('header-doubled');
    const client = { 'X-Forwarded-Uri': '/public', 'X-Forwarded-Host': 'other.example' };
    const nginx = { 'X-Original-URL': 'https://app.example/admin', 'X-Original-Method': 'GET', ...client };
    expect(reader().authRequest(proxied(nginx))).toMatchObject({
      request: { origin: 'https://app.example', path: '/admin' },
    });
    const envoy = { Host: 'app.example', 'X-Forwarded-Proto': 'https', ...client };
    expect(whyOf(reader().extAuthz(proxied(envoy, { url: '/api/gate/ext-authz/admin' })))).toBe('/admin');
  });

  it('a header sent once by the client where the proxy sends none', () => {
    const headers = { 'X-Original-URL': 'https://app.example/public', 'X-Original-Method': 'GET' };
    expect(whyOf(reader().forwardAuth(proxied(headers)))).toBe('header-missing');
    expect(whyOf(reader().authRequest(proxied(forwarded('/public'))))).toBe('header-missing');
  });

  it('the user agent of a health check (CVE-2026-34457)', () => {
    const request = (agent: string) =>
      reader().forwardAuth(proxied(forwarded('/admin', { 'User-Agent': agent })));
    expect(request('kube-probe/1.30')).toEqual(request('Mozilla/5.0'));
    expect(request('GoogleHC/1.0')).toEqual(request('Mozilla/5.0'));
  });

  it('underscore headers, which CGI reads as ours (CVE-2025-64484)', () => {
    for (const name of ['X_Forwarded_User', 'Remote_User', 'remote_groups', 'Portillon_Assertion'])
      expect([name, pathOf('/', { [name]: 'admin' })]).toEqual([name, 'header-underscore']);
    expect(pathOf('/', { X_Forwarded_Uri: '/public', X_Original_URL: '/public' })).toBe('header-underscore');
    expect(pathOf('/', { X_My_App: '1' })).toBe('/');
  });

  it('a path to which a browser would be sent elsewhere: /\\, /<tab>, // (CVE-2026-83589)', () => {
    for (const uri of [
      '/\\evil.example',
      '/\t/evil.example',
      '//evil.example',
      '/%09/evil.example',
      '/%5cevil.example',
    ])
      expect([uri, pathOf(uri)]).toEqual([uri, 'path']);
  });

  it('X-Forwarded-Prefix, which nothing reads (CVE-2026-35051)', () => {
    expect(pathOf('/admin', { 'X-Forwarded-Prefix': '/public' })).toBe('/admin');
    expect(pathOf('/admin', { 'X-Forwarded-Prefix': '/../..' })).toBe('/admin');
  });

  it('a path that servers normalise differently (CVE-2026-48020)', () => {
    for (const uri of [
      '/public/../admin',
      '/public/%2e%2e/admin',
      '/./admin',
      '//admin',
      '/public//../admin',
    ])
      expect([uri, pathOf(uri)]).toEqual([uri, 'path']);
    expect(pathOf('/%61dmin')).toBe('/admin');
  });

  it('double encoding', () => {
    for (const uri of ['/%2561dmin', '/public/%252e%252e/admin', '/public%252fadmin'])
      expect([uri, pathOf(uri)]).toEqual([uri, 'path']);
  });

  it('parameters after a semicolon', () => {
    for (const uri of ['/admin;x=1', '/public/..;/admin', '/admin%3b'])
      expect([uri, pathOf(uri)]).toEqual([uri, 'path']);
  });

  it('another method than the one of the request', () => {
    expect(pathOf('/', { 'X-HTTP-Method-Override': 'DELETE' })).toBe('method-override');
    for (const method of ['get', 'GET DELETE', 'GET, DELETE', 'X'.repeat(40)])
      expect([method, pathOf('/', { 'X-Forwarded-Method': method })]).toEqual([method, 'method']);
  });
});
