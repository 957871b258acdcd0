import type { StructureService } from '@portillon/structure';
import type { AdapterPayload } from 'oidc-provider';
import type { ResolvedOpenidOptions } from '../openid.options';
import type { OpenidProviderService } from '../provider/openid-provider.service';
import { SESSION } from '../testing/openid.fixture';
import { consentedScopes, InteractionService } from './interaction.service';

/** A grant of the library, in its saved form. */
class Grant {
  static kept = new Map<string, Grant>();
  static async find(id: string) {
    return Grant.kept.get(id);
  }

  openid: string[] = [];
  claims: string[] = [];
  resources: Record<string, string> = {};

  constructor(readonly of: { accountId: string; clientId: string }) {}

  addOIDCScope = (scope: string) => void this.openid.push(scope);
  addOIDCClaims = (claims: string[]) => void this.claims.push(...claims);
  addResourceScope = (resource: string, scope: string) => void (this.resources[resource] = scope);

  async save(): Promise<string> {
    const id = [...Grant.kept].find(([, one]) => one === this)?.[0] ?? `grant-${Grant.kept.size}`;
    Grant.kept.set(id, this);
    return id;
  }
}

const BEDS = 'https://beds.example';

const asked = (details: object, grantId?: string) =>
  ({
    params: { client_id: 'agenda' },
    prompt: { name: 'consent', details },
    grantId,
  }) as unknown as AdapterPayload;

const providers = { current: async () => ({ Grant }) } as unknown as OpenidProviderService;
const hospital = { id: 'hospital', name: 'Hôpital des Trois Dames' };
const structures = {
  names: async () => new Map([[hospital.id, hospital]]),
} as unknown as StructureService;
const unused = {} as never;
const consents = new InteractionService(
  unused,
  unused,
  unused,
  unused,
  unused,
  { publicUrl: 'https://portillon.example' } as ResolvedOpenidOptions,
  providers,
  structures,
  unused,
  unused,
  unused,
);
const grant = (payload: AdapterPayload) => consents.grantConsent(payload, SESSION);

describe('a person who consents', () => {
  beforeEach(() => Grant.kept.clear());

  it('reads which structure answers for the application, if one does', async () => {
    expect(await consents.operatorOf({ structureId: 'hospital' })).toBe('Hôpital des Trois Dames');
    expect(await consents.operatorOf({ structureId: null })).toBeNull();
    expect(await consents.operatorOf({ structureId: 'gone' })).toBeNull();
  });

  it('grants the claims that are asked for by name, which the page shows as their scope', async () => {
    const payload = asked({ missingOIDCScope: ['openid'], missingOIDCClaims: ['email', 'means'] });
    expect(consentedScopes(payload)).toEqual(['openid', 'email']);
    await grant(payload);
    expect(Grant.kept.get('grant-0')!.claims).toEqual(['email', 'means']);
  });

  it('grants to the application what it asked for, of each resource too', async () => {
    const details = {
      missingOIDCScope: ['openid', 'profile'],
      missingResourceScopes: { [BEDS]: ['beds:read', 'beds:write'] },
    };
    expect(await grant(asked(details))).toEqual({ grantId: 'grant-0' });
    expect(Grant.kept.get('grant-0')).toMatchObject({
      of: { accountId: 'claire', clientId: 'agenda' },
      openid: ['openid profile'],
      resources: { [BEDS]: 'beds:read beds:write' },
    });
  });

  it('widens the grant that stands', async () => {
    const known = new Grant({ accountId: 'claire', clientId: 'agenda' });
    Grant.kept.set('standing', known);
    expect(await grant(asked({ missingOIDCScope: ['email'] }, 'standing'))).toEqual({ grantId: 'standing' });
    expect(known.openid).toEqual(['email']);
  });

  it('makes a grant anew where the one before is gone, and nothing in it that was not asked', async () => {
    expect(await grant(asked({}, 'gone'))).toEqual({ grantId: 'grant-0' });
    expect(Grant.kept.get('grant-0')).toMatchObject({ openid: [], resources: {} });
  });
});

describe('the page of consent', () => {
  it('names each scope once, whichever resources it is of', () => {
    const missingResourceScopes = { [BEDS]: ['read'], 'https://plan.example': ['read', 'write'] };
    const payload = asked({ missingOIDCScope: ['openid'], missingResourceScopes });
    expect(consentedScopes(payload)).toEqual(['openid', 'read', 'write']);
    expect(consentedScopes(asked({}))).toEqual([]);
  });
});
