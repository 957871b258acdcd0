import type { FastifyRequest } from 'fastify';
import { execFileSync } from 'node:child_process';
import { describeWithProgram } from '@portillon/testing';
import { CardFixture } from './testing/card.fixture';

const fixture = new CardFixture();
const { authority } = fixture;
beforeAll(() => authority.make(), 60_000);
beforeEach(() => fixture.resetClock());
afterAll(() => authority.remove());

const SECRET = 'proof-of-the-proxy';
const list = (name: string) => authority.path(`authorities/${name}.crl`);
const proxied = () => ({
  trustBundle: authority.text('whole-trust.pem'),
  revocationListFiles: [list('persons'), list('organisations')],
  proxySecret: SECRET,
  trustedProxies: ['192.0.2.7'],
});

/** The certificate headers that the proxy sends. */
function handed(name: string, { peer = '192.0.2.7', secret = SECRET } = {}): FastifyRequest {
  const headers = {
    'x-client-cert': encodeURIComponent(authority.text(`cards/${name}.pem`)),
    'x-portillon-proxy-secret': secret,
  };
  return { headers, raw: { socket: { remoteAddress: peer } } } as unknown as FastifyRequest;
}

const read = (request: FastifyRequest, changes = {}) =>
  fixture.applicationCertificates({ ...proxied(), ...changes }).of(request);

describeWithProgram('openssl', 'the certificate of an application', () => {
  it('has its whole subject in the words of RFC 4514, as openssl prints it', async () => {
    const found = await read(handed('application'));
    expect(found!.subjectDn).toBe(
      'CN=portail.hopital.example,OU=10B0057881,O=HÔPITAL\\, DES 3 DAMES,ST=Paris (75),C=FR',
    );
    const printed = execFileSync('openssl', [
      ...['x509', '-in', authority.path('cards/application.pem'), '-noout', '-subject'],
      ...['-nameopt', 'RFC2253,-esc_msb'],
    ]).toString();
    expect(printed).toBe(`subject=${found!.subjectDn}\n`);
    expect(found!.pem.trim()).toBe(authority.text('cards/application.pem').trim());
  });

  it.each([
    ['its time is over', 'application-expired'],
    ['it was revoked', 'application-revoked'],
    ['it signed itself', 'application-foreign'],
    ['an authority of persons made it', 'application-as-person'],
    ['it is a person’s card', 'cps'],
    ['it is not readable', 'garbage'],
  ])('is none when %s', async (_why, name) => {
    expect(await read(handed(name))).toBeUndefined();
  });

  it('is none when its authority is not in the bundle', async () => {
    expect(await read(handed('application'), { trustBundle: authority.text('trust.pem') })).toBeUndefined();
  });

  it('is none when nothing says that it was not revoked', async () => {
    expect(await read(handed('application'), { revocationListFiles: [list('persons')] })).toBeUndefined();
  });

  it('is none of the test chain where test cards are refused', async () => {
    expect(await read(handed('application'), { allowTestCards: false })).toBeUndefined();
  });

  it.each([
    ['from another address', { peer: '192.0.2.8' }],
    ['with another proof', { secret: 'x'.repeat(SECRET.length) }],
  ])('is not believed in a header %s', async (_how, from) => {
    expect(await read(handed('application', from))).toBeUndefined();
  });

  it('is none where cards are off', async () => {
    expect(await read(handed('application'), { enabled: false })).toBeUndefined();
  });

  it('of an organisation is no person’s card', async () => {
    expect(await fixture.outcome('organisation-as-card', proxied())).toBe('not-a-person-authority');
  });
});
