import type { AuthMethod, ClientApplication } from '@portillon/application';
import type { OutboundResult, OutboundService } from '@portillon/outbound';
import { SettableClock } from '@portillon/testing';
import type { Configuration } from 'oidc-provider';
import type { ClientCertificate, ResolvedOpenidOptions } from '../openid.options';
import { application, clientOfApplication, contextOf, libraryOf, SESSION } from '../testing/openid.fixture';
import type { InteractionPolicyService } from './interaction-policy.service';
import type { LiveSessionService } from './live-session.service';
import { ProviderConfigurationService } from './provider-configuration.service';
import type { ProviderPageService } from './pages/provider-page.service';
import type { RequestRegistry } from './request-registry.service';

const BEDS = 'https://beds.example';
const OPTIONS = {
  publicUrl: 'https://portillon.example',
  accessTokenSeconds: 600,
  certificateOrigin: null,
} as ResolvedOpenidOptions;
const CLAIRES = { pem: 'PEM', subjectDn: 'CN=agenda,O=Hopital' };

type Features = Required<NonNullable<Configuration['features']>>;

interface World {
  certificate?: ClientCertificate | undefined;
  answer?: OutboundResult;
  isAdmitted?: boolean;
  methods?: AuthMethod[];
  options?: Partial<ResolvedOpenidOptions>;
}

function provider({ certificate, answer, isAdmitted = true, methods = [], options = {} }: World = {}) {
  const [asked, shown]: [unknown[], string[]] = [[], []];
  const unused = {} as never;
  const service = new ProviderConfigurationService(
    unused,
    { prompts: () => [], acrValues: [] } as unknown as InteractionPolicyService,
    [],
    { ...OPTIONS, ...options },
    {
      signOut: async (_ctx: unknown, form: string) => void shown.push(`asks with ${form}`),
      signedOut: async () => void shown.push('says so'),
    } as unknown as ProviderPageService,
    { certificateOf: () => certificate } as unknown as RequestRegistry,
    {
      send: async (...request: unknown[]) => {
        asked.push(request);
        return answer;
      },
    } as unknown as OutboundService,
    {
      getAdmitted: async (id: string) => (isAdmitted && id === 'session' ? SESSION : undefined),
    } as unknown as LiveSessionService,
    new SettableClock(),
    methods,
  );
  const ctx = contextOf();
  const configuration = service.configuration(libraryOf(ctx), { keys: [] }, unused);
  return { configuration, ctx, asked, shown, features: configuration.features as Features };
}

const client = (changes: Partial<ClientApplication> = {}) => clientOfApplication(application(changes));

describe('what the provider takes part in', () => {
  it.each(['devInteractions', 'registration', 'deviceFlow', 'dPoP'] as const)('is not %s', (feature) => {
    expect(provider().features[feature]).toEqual({ enabled: false });
  });

  it('is the rest of the protocol that it names, signing out by our own pages', async () => {
    const { features, ctx, shown } = provider();
    const on = Object.entries(features).filter(([, { enabled }]) => enabled);
    expect(on.map(([name]) => name)).toEqual([
      'userinfo',
      'claimsParameter',
      'pushedAuthorizationRequests',
      'introspection',
      'revocation',
      'clientCredentials',
      'rpInitiatedLogout',
      'backchannelLogout',
      'resourceIndicators',
      'mTLS',
    ]);
    expect(features.mTLS.tlsClientAuth).toBe(true);
    await features.rpInitiatedLogout.logoutSource!(ctx, 'form');
    await features.rpInitiatedLogout.postLogoutSuccessSource!(ctx);
    expect(shown).toEqual(['asks with form', 'says so']);
  });
});

describe('a token that an application asks about', () => {
  const isAllowed = (token: object, world: World = {}) => {
    const { features, ctx } = provider(world);
    return features.introspection.allowedPolicy!(ctx, client() as never, token as never);
  };

  it('is described while the person may open the application', async () => {
    const own = { clientId: 'agenda', sessionUid: 'session' };
    expect(await isAllowed(own)).toBe(true);
    expect(await isAllowed(own, { isAdmitted: false })).toBe(false);
  });

  it('of a machine is its own too', async () => {
    expect(await isAllowed({ clientId: 'agenda' }, { isAdmitted: false })).toBe(true);
  });

  it('of another application is not described', async () => {
    expect(await isAllowed({ clientId: 'dossiers', sessionUid: 'session' })).toBe(false);
  });
});

describe('a resource', () => {
  const ofClient = (indicator: string, changes: Partial<ClientApplication>, scope?: string) => {
    const { features, ctx } = provider();
    Object.assign(ctx.oidc.params!, { scope });
    return features.resourceIndicators.getResourceServerInfo!(ctx, indicator, client(changes) as never);
  };
  const byDefault = async (changes: Partial<ClientApplication>, oneOf?: string[]) => {
    const { features, ctx } = provider();
    return features.resourceIndicators.defaultResource!(ctx, client(changes) as never, oneOf);
  };

  it('of the application reads a JWT with its audience, with no scope that is about people', async () => {
    const changes = { resources: [BEDS], scopes: ['openid', 'profile', 'beds:read', 'beds:write'] };
    expect(await ofClient(BEDS, changes)).toEqual({
      scope: 'beds:read beds:write',
      audience: BEDS,
      accessTokenFormat: 'jwt',
      accessTokenTTL: 600,
      jwt: { sign: { alg: 'RS256' } },
    });
  });

  it('has the scopes that the application names after its address', async () => {
    const resources = [`${BEDS} beds:read beds:write`, 'https://other.example other:read'];
    const ofPeople = { resources, scopes: ['openid', 'profile'] } as const;
    expect(await ofClient(BEDS, ofPeople as never)).toMatchObject({
      scope: 'beds:read beds:write',
      audience: BEDS,
    });
    const machine = { kind: 'service', resources, scopes: [] } as const;
    expect(await ofClient(BEDS, machine as never, 'beds:read')).toMatchObject({ audience: BEDS });
    await expect((async () => ofClient(BEDS, machine as never, 'other:read'))()).rejects.toMatchObject({
      error: 'invalid_scope',
    });
    expect(await byDefault(machine as never)).toBe(BEDS);
  });

  it('is this API for a machine', async () => {
    const machine = { kind: 'service', scopes: ['accounts:read'] } as const;
    expect(await ofClient('https://portillon.example', machine as never)).toMatchObject({
      audience: 'https://portillon.example',
      scope: 'accounts:read',
    });
  });

  it('is given to a machine with the scopes that it has, and refused with any other', async () => {
    const machine = { kind: 'service', scopes: ['openid', 'accounts:read'] } as const;
    const ask = async (scope: string) => ofClient('https://portillon.example', machine as never, scope);
    await expect(ask('accounts:read')).resolves.toMatchObject({ scope: 'accounts:read' });
    for (const scope of ['accounts:write', 'accounts:read accounts:write', 'nothing', 'openid'])
      await expect(ask(scope)).rejects.toMatchObject({ error: 'invalid_scope' });
    const people = { kind: 'web', resources: [BEDS], scopes: ['beds:read'] } as const;
    expect(await ofClient(BEDS, people as never, 'openid beds:read')).toMatchObject({ scope: 'beds:read' });
  });

  it.each<[string, Partial<ClientApplication>]>([
    [BEDS, { resources: [] }],
    [`${BEDS}/`, { resources: [BEDS] }],
    ['https://portillon.example', { kind: 'web' }],
    [BEDS, { kind: 'service' }],
  ])('%s is refused to %j', (indicator, changes) => {
    expect(() => ofClient(indicator, changes)).toThrow(
      expect.objectContaining({ error: 'invalid_target' }) as Error,
    );
  });

  it('is by default the one that was granted, else a machine’s first, else this API', async () => {
    expect(await byDefault({ kind: 'service', resources: [BEDS] }, ['https://granted.example'])).toBe(
      'https://granted.example',
    );
    expect(await byDefault({ kind: 'service', resources: [BEDS] })).toBe(BEDS);
    expect(await byDefault({ kind: 'service' })).toBe('https://portillon.example');
    expect(await byDefault({ kind: 'web', resources: [BEDS] })).toBeUndefined();
  });

  it('that was granted stays the one of a refresh', () => {
    const { features, ctx } = provider();
    expect(features.resourceIndicators.useGrantedResource!(ctx, {} as never)).toBe(true);
  });
});

describe('a client’s certificate', () => {
  const proof = (certificate: ClientCertificate | undefined, subject = CLAIRES.subjectDn) => {
    const { features, ctx } = provider({ certificate });
    const { getCertificate, certificateAuthorized, certificateSubjectMatches } = features.mTLS;
    return {
      pem: getCertificate!(ctx),
      isVerified: certificateAuthorized!(ctx),
      isItsOwn: certificateSubjectMatches!(ctx, 'tls_client_auth_subject_dn', subject),
    };
  };

  it('proves the client whose whole subject it has', () => {
    expect(proof(CLAIRES)).toEqual({ pem: 'PEM', isVerified: true, isItsOwn: true });
  });

  it.each(['CN=agenda', 'CN=agenda,O=Hopital,C=FR', 'cn=agenda,o=hopital', ''])(
    'does not prove the client %j',
    (subject) => {
      expect(proof(CLAIRES, subject)).toMatchObject({ isItsOwn: false });
    },
  );

  it('is none where none was verified', () => {
    expect(proof(undefined)).toEqual({ pem: undefined, isVerified: false, isItsOwn: false });
  });
});

describe('where clients prove themselves', () => {
  const announced = (methods: AuthMethod[], certificateOrigin: string | null) => {
    const { configuration } = provider({ methods, options: { certificateOrigin } });
    const { clientAuthMethods, discovery } = configuration;
    return { clientAuthMethods, ...(discovery && { discovery }) };
  };
  const METHODS: AuthMethod[] = ['none', 'tls_client_auth'];
  const MTLS = 'https://mtls.portillon.example';

  it('is at the origin that asks for certificates too, where there is one', () => {
    expect(announced(METHODS, MTLS)).toEqual({
      clientAuthMethods: METHODS,
      discovery: {
        mtls_endpoint_aliases: {
          token_endpoint: `${MTLS}/oidc/token`,
          pushed_authorization_request_endpoint: `${MTLS}/oidc/par`,
          introspection_endpoint: `${MTLS}/oidc/introspect`,
          revocation_endpoint: `${MTLS}/oidc/revoke`,
        },
      },
    });
  });

  it('is here alone else', () => {
    expect(announced(METHODS, null)).toEqual({ clientAuthMethods: METHODS });
    expect(announced(['none'], MTLS)).toEqual({ clientAuthMethods: ['none'] });
  });
});

describe('the keys of a client', () => {
  it('are fetched as everything is whose address others chose', async () => {
    const answer = { outcome: 'answered', status: 200, headers: { etag: 'x' }, body: '{"keys":[]}' } as const;
    const { configuration, asked } = provider({ answer });
    const response = await configuration.fetch!('https://agenda.example/jwks');
    expect(asked).toEqual([['https://agenda.example/jwks', { method: 'GET', timeoutMs: 5_000 }]]);
    expect([response.status, response.headers.get('etag'), await response.json()]).toEqual([
      200,
      'x',
      { keys: [] },
    ]);
  });

  it('are not there when the address cannot be asked, with the reason', async () => {
    const { configuration } = provider({ answer: { outcome: 'failed', reason: 'address-refused' } });
    await expect(configuration.fetch!('https://10.0.0.1/jwks')).rejects.toThrow('address-refused');
  });

  it('is by a short-lived assertion for this provider alone', () => {
    const { configuration, ctx } = provider();
    const { assertJwtClientAuthClaimsAndHeader: judge } = configuration;
    const now = new SettableClock().now().getTime() / 1_000;
    const judged = (changes: object) => () =>
      judge!(
        ctx,
        { aud: OPTIONS.publicUrl, iat: now, exp: now + 60, ...changes } as never,
        {},
        client() as never,
      );
    expect(judged({ aud: `${OPTIONS.publicUrl}/oidc/token` })).not.toThrow();
    for (const changes of [{ aud: [OPTIONS.publicUrl, BEDS] }, { exp: now + 86_400 }, { iat: now + 60 }])
      expect(judged(changes)).toThrow('invalid_client');
  });
});
