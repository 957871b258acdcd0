import type { ClientApplication } from '@portillon/application';
import { application, contextOf } from '../testing/openid.fixture';
import { joinGrant, loadGrant } from './grants';

/** The part of the library's grant that this service writes. */
class Grant {
  static kept = new Map<string, Grant>();
  static async find(id: string): Promise<Grant | undefined> {
    return Grant.kept.get(id);
  }

  openid?: { scope?: string; claims?: string[] };
  resources?: Record<string, string>;
  saves = 0;

  constructor(readonly of: { accountId: string; clientId: string }) {}

  addOIDCScope(scope: string): void {
    this.openid = { ...this.openid, scope: together(this.openid?.scope, scope) };
  }

  addOIDCClaims(claims: string[]): void {
    if (claims.length > 0)
      this.openid = { ...this.openid, claims: [...new Set([...(this.openid?.claims ?? []), ...claims])] };
  }

  addResourceScope(resource: string, scope: string): void {
    this.resources = { ...this.resources, [resource]: together(this.resources?.[resource], scope) };
  }

  async save(): Promise<void> {
    this.saves++;
  }

  toJSON() {
    return { openid: this.openid, resources: this.resources };
  }
}

function together(known: string | undefined, added: string): string {
  return [...new Set([...(known ?? '').split(' '), ...added.split(' ')])].filter(Boolean).join(' ');
}

function grant(id: string, scope: string, resources?: Record<string, string>): Grant {
  const one = new Grant({ accountId: 'claire', clientId: 'agenda' });
  one.addOIDCScope(scope);
  if (resources) one.resources = resources;
  Grant.kept.set(id, one);
  return one;
}

interface Asked {
  trusted?: boolean;
  current?: string;
  consented?: string;
  result?: object | undefined;
  claims?: string[];
  resourceServers?: Record<string, { scopes: Set<string> }>;
}

function request({ trusted = false, current, consented, result, claims = [], resourceServers }: Asked) {
  return contextOf({
    application: application({ trusted } as Partial<ClientApplication>),
    oidc: {
      provider: { Grant },
      account: { accountId: 'claire' },
      session: { grantIdFor: (id: string) => (id === 'agenda' ? current : undefined) },
      result: consented ? { consent: { grantId: consented } } : result,
      requestParamClaims: new Set(claims),
      requestParamOIDCScopes: new Set(['openid', 'profile']),
      requestParamScopes: new Set(['openid', 'profile', 'beds:read', 'beds:write']),
      resourceServers,
    },
  });
}

const load = async (asked: Asked) => (await loadGrant(request(asked))) as unknown as Grant | undefined;

describe('what a person grants', () => {
  beforeEach(() => Grant.kept.clear());

  it('is asked for, where the application is not the operator’s own', async () => {
    expect(await load({})).toBeUndefined();
  });

  it('is what the session has granted before', async () => {
    const current = grant('current', 'openid');
    for (const result of [undefined, { login: {} }])
      expect(await load({ current: 'current', result })).toBe(current);
    expect(current.saves).toBe(0);
  });

  it('is what was just consented to', async () => {
    const consented = grant('consented', 'openid profile');
    expect(await load({ consented: 'consented' })).toBe(consented);
  });

  it('takes in what was consented to in a second tab: what the first one was given stays good', async () => {
    const current = grant('current', 'openid');
    grant('consented', 'openid profile', { 'https://beds.example': 'beds:read' });
    expect(await load({ current: 'current', consented: 'consented' })).toBe(current);
    expect(current).toMatchObject({
      openid: { scope: 'openid profile' },
      resources: { 'https://beds.example': 'beds:read' },
      saves: 1,
    });
  });

  it('takes in the claims that were consented to', async () => {
    const current = grant('current', 'openid');
    grant('consented', 'openid').addOIDCClaims(['means']);
    await load({ current: 'current', consented: 'consented' });
    expect(current.openid).toEqual({ scope: 'openid', claims: ['means'] });
  });

  it('takes in what was consented to of a resource alone', async () => {
    const current = grant('current', 'openid');
    delete grant('consented', '', { 'https://beds.example': 'beds:read' }).openid;
    await load({ current: 'current', consented: 'consented' });
    expect(current).toMatchObject({
      openid: { scope: 'openid' },
      resources: { 'https://beds.example': 'beds:read' },
    });
  });

  it('is not what another application was granted, nor a grant that is gone', async () => {
    expect(await load({ current: 'gone', consented: 'gone' })).toBeUndefined();
  });
});

describe('an application of the operator’s', () => {
  beforeEach(() => Grant.kept.clear());

  it('is granted the claims that it names', async () => {
    const granted = await load({ trusted: true, claims: ['means'] });
    expect(granted!.openid).toEqual({ scope: 'openid profile', claims: ['means'] });
  });

  it('is granted what it asks for, of each resource what is the resource’s own', async () => {
    const resourceServers = {
      'https://beds.example': { scopes: new Set(['beds:read', 'beds:write', 'beds:close']) },
      'https://plan.example': { scopes: new Set(['plan:read']) },
    };
    const granted = await load({ trusted: true, resourceServers });
    expect(granted).toMatchObject({
      of: { accountId: 'claire', clientId: 'agenda' },
      openid: { scope: 'openid profile' },
      resources: { 'https://beds.example': 'beds:read beds:write', 'https://plan.example': '' },
      saves: 1,
    });
  });

  it('has the grant that stands widened, and not written again where it was granted all', async () => {
    const current = grant('current', 'openid');
    expect(await load({ trusted: true, current: 'current' })).toBe(current);
    expect(current).toMatchObject({ openid: { scope: 'openid profile' }, saves: 1 });
    await load({ trusted: true, current: 'current' });
    expect(current.saves).toBe(1);
  });
});

describe('a tab that comes second', () => {
  beforeEach(() => Grant.kept.clear());

  const join = (own: Grant) =>
    joinGrant(contextOf({ oidc: { provider: { Grant }, entities: { Grant: own } } }), 'current');

  it('has its grant taken into the one that stands', async () => {
    const current = grant('current', 'openid');
    await join(grant('own', 'openid profile'));
    expect(current).toMatchObject({ openid: { scope: 'openid profile' }, saves: 1 });
  });

  it('changes no grant where the first one has signed out meanwhile', async () => {
    const own = grant('own', 'openid profile');
    await join(own);
    expect(own.saves).toBe(0);
  });
});
