import { acrOfMeans, ApplicationEntity } from '@portillon/application';
import { proofsOf, SigningKeyService } from '@portillon/openid';
import { SettableClock } from '@portillon/testing';
import { application, sessionOf } from '../testing/gate-bench';
import { AssertionService } from './assertion.service';

const clock = new SettableClock();
const now = Math.floor(clock.now().getTime() / 1_000);

async function signed(changes: Partial<ApplicationEntity> = {}) {
  const keys = { sign: async (claims: object, header: object) => JSON.stringify({ claims, header }) };
  const options = { publicUrl: 'https://portillon.example', proxies: [], proxySecret: null };
  const service = new AssertionService(keys as unknown as SigningKeyService, clock, options);
  const person = { session: sessionOf('session', clock.now()), sid: 'sid', email: 'claire@hopital.example' };
  const [proof] = proofsOf(person.session, acrOfMeans());
  const text = await service.sign(person, application('app', clock.now(), changes), proof!);
  return JSON.parse(text) as { claims: Record<string, unknown>; header: unknown };
}

describe('an assertion', () => {
  it('says who asks, for one application and one minute', async () => {
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
});
