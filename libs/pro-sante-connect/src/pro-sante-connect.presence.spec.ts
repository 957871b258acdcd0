import type { CookieJar } from '@portillon/access';
import type { Session } from '@portillon/session';
import { ProSanteConnectPresence } from './pro-sante-connect.presence';
import type { ProviderDiscoveryService } from './provider/provider-discovery.service';
import type { ProviderSessionService } from './sign-out/provider-session.service';
import type { PscCookie, PscCookies } from './psc.cookies';

const SESSION = { id: 'session' } as Session;
const PATH = '/api/sign-in/pro-sante-connect/sign-out';

function presence(beginSignOut: () => Promise<string | undefined>) {
  const set: string[] = [];
  const cookies = {
    set: (_jar: CookieJar, cookie: PscCookie, value: string) => void set.push(`${cookie} ${value}`),
  };
  const one = new ProSanteConnectPresence(
    { available: true } as ProviderDiscoveryService,
    { beginSignOut } as unknown as ProviderSessionService,
    cookies as PscCookies,
  );
  return { one, set };
}

describe('signing out where Pro Santé Connect proved the person', () => {
  it('goes on there, with a token for this browser', async () => {
    const { one, set } = presence(async () => 'token');
    expect(await one.signOut(SESSION, {} as CookieJar, 'signed-out')).toBe(PATH);
    expect(await one.signOut(SESSION, {} as CookieJar, 'application')).toBe(`${PATH}?state=application`);
    expect(set).toEqual(['signOut token', 'signOut token']);
  });

  it('ends here where the session is none of PSC’s', async () => {
    const { one, set } = presence(async () => undefined);
    expect(await one.signOut(SESSION, {} as CookieJar, 'signed-out')).toBeUndefined();
    expect(set).toEqual([]);
  });

  it('keeps no person signed in when a table cannot be read', async () => {
    const { one } = presence(() => Promise.reject(new Error('no database')));
    expect(await one.signOut(SESSION, {} as CookieJar, 'signed-out')).toBeUndefined();
  });
});
