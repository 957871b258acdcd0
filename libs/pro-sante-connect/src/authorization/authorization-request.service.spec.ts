import type { ResolvedAccessOptions, WorkplaceService } from '@portillon/access';
import { AppError, MINUTE } from '@portillon/kernel';
import { CLIENT } from '@portillon/testing';
import { LINKED_PATH, ProSanteConnectOptions } from '../pro-sante-connect.options';
import type { Correlation, ProviderService } from '../provider/provider.service';
import { AuthorizationRequestService, type NewAuthorizationRequest } from './authorization-request.service';

const PSC = 'https://psc.example/authorize';

function leaving(failure?: Error, shared = false) {
  const begun: NewAuthorizationRequest[] = [];
  const cookies: unknown[] = [];
  const unused = {} as never;
  const service = new AuthorizationRequestService(
    unused,
    unused,
    unused,
    unused,
    {
      authorizationUrl: async ({ state, maxAge }: Correlation) => {
        if (failure) throw failure;
        return new URL(`${PSC}?state=${state}&max_age=${maxAge}`);
      },
    } as ProviderService,
    { at: async () => ({ shared }) } as unknown as WorkplaceService,
    { freshMs: 10 * MINUTE } as ResolvedAccessOptions,
    { publicUrl: 'https://portillon.example' } as ProSanteConnectOptions,
  );
  jest.spyOn(service, 'begin').mockImplementation((request, cookie) => {
    begun.push(request);
    cookies.push(cookie);
    return { correlation: { state: 's', maxAge: request.maxAge } as Correlation, browserCookie: 'browser' };
  });
  return { service, begun, cookies };
}

describe('a person who leaves for Pro Santé Connect', () => {
  it('goes there, with a cookie that knows them when they are back, beside that of another tab', async () => {
    const { service, begun, cookies } = leaving();
    expect(
      await service.beginSignIn({ returnTo: '/mon-compte', fresh: false, client: CLIENT }, 'other-tab'),
    ).toEqual({
      status: 'leave',
      url: `${PSC}?state=s&max_age=null`,
      browserCookie: 'browser',
    });
    expect(begun).toEqual([{ returnTo: '/mon-compte', linkFor: null, maxAge: null }]);
    expect(cookies).toEqual(['other-tab']);
  });

  it('is proved anew where the act asks it', async () => {
    const { service, begun } = leaving();
    await service.beginSignIn({ returnTo: '/', fresh: true, client: CLIENT }, undefined);
    expect(begun[0]!.maxAge).toBe(600);
  });

  it('is proved anew on a shared workstation, where who was there before left a session open at PSC', async () => {
    const { service, begun } = leaving(undefined, true);
    await service.beginSignIn({ returnTo: '/', fresh: false, client: CLIENT }, undefined);
    expect(begun[0]!.maxAge).toBe(600);
  });

  it.each(['https://evil.example/', '//evil.example', 12])('never comes back to %j', async (returnTo) => {
    const { service, begun } = leaving();
    await service.beginSignIn({ returnTo, fresh: false, client: CLIENT }, undefined);
    expect(begun[0]!.returnTo).toBe('/');
  });

  it.each([
    [new AppError('means.unavailable'), 'means.unavailable'],
    [new Error('anything'), 'internal'],
  ])('is answered with a page when PSC is down: %s', async (failure, code) => {
    const { service } = leaving(failure);
    expect(
      await service.beginSignIn({ returnTo: '/mon-compte', fresh: false, client: CLIENT }, undefined),
    ).toEqual({
      status: 'refused',
      code,
      returnTo: '/mon-compte',
    });
  });
});

describe('a person who links their account', () => {
  it('is always proved anew: a colleague may have left a session there at this workstation', async () => {
    const { service, begun } = leaving();
    expect(await service.beginLink('session', undefined)).toMatchObject({ browserCookie: 'browser' });
    expect(begun).toEqual([{ returnTo: LINKED_PATH, linkFor: 'session', maxAge: 600 }]);
  });

  it('hears that PSC is down', async () => {
    const { service } = leaving(new AppError('means.unavailable'));
    await expect(service.beginLink('session', undefined)).rejects.toMatchObject({
      code: 'means.unavailable',
    });
  });
});
