import { acrOfMeans, ApplicationEntity } from '@portillon/application';
import { epochSeconds, SECOND } from '@portillon/kernel';
import { proofsOf, SigningKeyService } from '@portillon/openid';
import type { Session } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import { application, CLAIRE, sessionOf } from '../testing/gate.fixture';
import { AssertionService } from './assertion.service';

const clock = new SettableClock();
const SIGNED_IN = clock.now();
const now = epochSeconds(SIGNED_IN);

const AT = SIGNED_IN.toISOString();
const PRINCIPAL = sessionOf('session', SIGNED_IN).principal;

/** A server's assertions, and how many it has signed. */
function server() {
  let signatures = 0;
  const keys = {
    sign: async (claims: object, header: object) => JSON.stringify({ claims, header, number: ++signatures }),
  };
  const options = { publicUrl: 'https://portillon.example', proxies: [], proxySecret: null };
  const service = new AssertionService(keys as unknown as SigningKeyService, clock, options);
  const sign = async (
    changes: Partial<ApplicationEntity> = {},
    { session = {}, ...person }: { session?: Partial<Session>; sid?: string; email?: string } = {},
  ) => {
    const of = {
      session: sessionOf('session', SIGNED_IN, session),
      sid: 'sid',
      email: CLAIRE.email,
      ...person,
    };
    const [proof] = proofsOf(of.session, acrOfMeans());
    return service.sign(of, application('app', SIGNED_IN, changes), proof!);
  };
  return { sign, signatures: () => signatures };
}

async function signed(changes: Partial<ApplicationEntity> = {}) {
  return JSON.parse(await server().sign(changes)) as { claims: Record<string, unknown>; header: unknown };
}

describe('an assertion', () => {
  beforeEach(() => clock.set(SIGNED_IN));

  it('identifies the person, for one application and one minute', async () => {
    const { claims, header } = await signed();
    expect(header).toEqual({ typ: 'portillon-assertion+jwt', alg: 'ES256' });
    expect(claims).toEqual({
      iss: 'https://portillon.example',
      sub: 'claire',
      aud: 'app',
      iat: now,
      exp: now + 60,
      sid: 'sid',
      acr: 'eidas1',
      amr: ['pwd', 'mail'],
      auth_time: now,
      name: 'Hélène Martin',
      preferred_username: 'claire.martin',
      groups: ['professional'],
      structure: { id: 'hospital', name: 'Hôpital des Trois Dames' },
    });
  });

  it('says no more than the application may know', async () => {
    const { claims } = await signed({ claimNames: false, claimGroups: false, claimMail: true });
    expect(claims).toMatchObject({ sub: 'claire', email: 'claire@hopital.example' });
    for (const claim of ['name', 'preferred_username', 'groups']) expect(claims).not.toHaveProperty(claim);
  });

  it('is the same for the requests of one page, within a quarter of a minute', async () => {
    const { sign, signatures } = server();
    const first = await sign();
    clock.advance(14 * SECOND);
    expect([await sign(), await sign()]).toEqual([first, first]);
    clock.advance(SECOND);
    const next = await sign();
    expect(next).not.toBe(first);
    clock.advance(-15 * SECOND);
    expect([first, next]).not.toContain(await sign());
    expect(signatures()).toBe(3);
  });

  it.each([
    ['another application', { id: 'other' }, {}],
    ['a switch that was turned off', { claimGroups: false }, {}],
    ['an address that it now receives', { claimMail: true }, {}],
    ['another person', {}, { session: { accountId: 'paul' } }],
    ['a sign-in of its own', {}, { sid: 'other' }],
    [
      'a code given since',
      {},
      { session: { proof: { code: 'mail', confirmations: [{ by: 'sms', at: AT }] } } },
    ],
    ['another means', {}, { session: { means: 'cpx', amr: [] } }],
    ['other roles', {}, { session: { principal: { ...PRINCIPAL, roles: ['structure-admin'] } } }],
    ['another name', {}, { session: { principal: { ...PRINCIPAL, displayName: 'Hélène Durand' } } }],
    ['another structure', {}, { session: { principal: { ...PRINCIPAL, structure: null } } }],
  ] as [string, Partial<ApplicationEntity>, { session?: Partial<Session>; sid?: string }][])(
    'is another one at once for %s',
    async (_, changes, person) => {
      const { sign } = server();
      const before = await sign();
      expect(await sign(changes, person)).not.toBe(before);
      expect(await sign()).toBe(before);
    },
  );

  it('is another one for an address that was changed', async () => {
    const { sign } = server();
    const before = await sign({ claimMail: true });
    expect(await sign({ claimMail: true }, { email: 'claire@clinique.example' })).not.toBe(before);
  });

  it('is kept for a bounded number of people', async () => {
    const { sign, signatures } = server();
    await sign();
    for (let person = 1; person < 4_096; person++) await sign({}, { sid: `sid-${person}` });
    await sign({}, { sid: 'one more' });
    await sign();
    expect(signatures()).toBe(4_098);
  });
});
