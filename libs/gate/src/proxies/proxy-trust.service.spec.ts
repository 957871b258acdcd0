import type { GateOptions } from '../gate.options';
import { proxied, SentHeaders } from '../testing/proxied.fixture';
import { ProxyRequestService } from './proxy-request.service';

const SECRET = 'a secret of the proxy';

function fault(options: Partial<GateOptions>, peer: string, headers: SentHeaders = {}) {
  const named = { publicUrl: 'https://portillon.example', proxies: ['10.0.0.0/24'], proxySecret: null };
  return new ProxyRequestService({ ...named, ...options }).faultOfProxy(proxied(headers, { peer }));
}

describe('a proxy', () => {
  it.each(['10.0.0.2', '::ffff:10.0.0.2'])('is believed by the address of its connection: %s', (peer) => {
    expect(fault({}, peer)).toBeUndefined();
  });

  it.each(['10.0.1.2', '192.0.2.1', '2001:db8::1', ''])('is not believed from %j', (peer) => {
    expect(fault({}, peer)).toBe('proxy-not-named');
  });

  it('is not believed by an address that a header claims', () => {
    expect(fault({}, '192.0.2.1', { 'X-Forwarded-For': '10.0.0.2', 'X-Real-IP': '10.0.0.2' })).toBe(
      'proxy-not-named',
    );
  });

  it('is none where none is named', () => {
    expect(fault({ proxies: [] }, '10.0.0.2')).toBe('proxy-not-named');
  });

  it('proves itself by its secret too, where it has one', () => {
    const secret = { proxySecret: SECRET };
    expect(fault(secret, '10.0.0.2', { 'X-Portillon-Proxy-Secret': SECRET })).toBeUndefined();
    expect(fault(secret, '10.0.0.2', { 'X-Portillon-Proxy-Secret': `${SECRET}!` })).toBe('proxy-not-proved');
    expect(fault(secret, '10.0.0.2')).toBe('proxy-not-proved');
  });

  it('is not believed by its secret from elsewhere', () => {
    const headers = { 'X-Portillon-Proxy-Secret': SECRET };
    expect(fault({ proxySecret: SECRET }, '192.0.2.1', headers)).toBe('proxy-not-named');
  });
});
