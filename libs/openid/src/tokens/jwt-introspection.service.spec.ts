import type { ApplicationService, ClientApplication } from '@portillon/application';
import type { JWTPayload } from 'jose';
import type Provider from 'oidc-provider';
import type { errors, KoaContextWithOIDC } from 'oidc-provider';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import type { LiveSessionService } from '../provider/live-session.service';
import type { SessionClientService } from '../sessions/session-client.service';
import { application, contextOf, SESSION } from '../testing/openid.fixture';
import type { AccessTokenService } from './access-token.service';
import { JwtIntrospectionService } from './jwt-introspection.service';

const BEDS = application({ id: 'beds', kind: 'resource', resources: ['https://beds.example'] });
const CLAIRES = {
  iss: 'https://portillon.example',
  aud: 'https://beds.example',
  sub: 'claire',
  client_id: 'agenda',
  scope: 'beds:read',
  sid: 'sid-agenda',
  acr: 'eidas1-mfa',
};
const MACHINES = { ...CLAIRES, sub: 'directory', client_id: 'directory', sid: undefined, structure: 'nord' };
const UNSUPPORTED = { error: 'unsupported_token_type' } as errors.OIDCProviderError;

type Listener = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError) => void;
type Middleware = (ctx: object, next: () => Promise<void>) => Promise<void>;

interface World {
  asker?: ClientApplication;
  claims?: JWTPayload | undefined;
  of?: Partial<ClientApplication> | null;
  entry?: object | undefined;
  isAdmitted?: boolean;
  hasGrant?: boolean;
  error?: errors.OIDCProviderError;
}

async function introspected(world: World = {}) {
  const { asker = BEDS, of = {}, isAdmitted = true, hasGrant = true, error = UNSUPPORTED } = world;
  const claims = 'claims' in world ? world.claims : CLAIRES;
  const entry = 'entry' in world ? world.entry : { sessionId: 'session', grantId: 'grant' };
  let [listener, middleware]: [Listener | undefined, Middleware | undefined] = [undefined, undefined];
  const service = new JwtIntrospectionService(
    { read: async (token: string) => (token === 'jwt' ? claims : undefined) } as AccessTokenService,
    {
      entryOf: async (sid: string, id: string) =>
        sid === 'sid-agenda' && id === 'agenda' ? entry : undefined,
    } as SessionClientService,
    {
      find: async (model: string, id: string) =>
        hasGrant && `${model} ${id}` === 'Grant grant' ? {} : undefined,
    } as unknown as OpenidArtifactService,
    { get: async (id: string) => of && application({ id, ...of }) } as unknown as ApplicationService,
    { getAdmitted: async () => (isAdmitted ? SESSION : undefined) } as unknown as LiveSessionService,
  );
  service.follow({
    on: (event: string, one: Listener) => {
      if (event === 'introspection.error') listener = one;
    },
    use: (one: Middleware) => (middleware = one),
  } as unknown as Provider);
  const ctx = Object.assign(contextOf({ application: asker, oidc: { params: { token: 'jwt' } } }), {
    status: 400,
    body: 'refused',
  });
  await middleware!(ctx, async () => listener!(ctx, error));
  return { status: ctx.status, body: ctx.body };
}

const ACTIVE = { active: true, token_type: 'Bearer' };

describe('a JWT that a resource asks about', () => {
  it('is active while the person may open the application and it is in their session', async () => {
    expect(await introspected()).toEqual({ status: 200, body: { ...ACTIVE, ...CLAIRES } });
  });

  it('says nothing that a resource need not know', async () => {
    const claims = { ...CLAIRES, email: 'claire@hopital.example' };
    expect((await introspected({ claims })).body).toEqual({ ...ACTIVE, ...CLAIRES });
  });

  it.each<[string, World]>([
    ['it is not ours, or over', { claims: undefined }],
    [
      'the asker is a resource of another audience',
      { asker: { ...BEDS, resources: ['https://plan.example'] } },
    ],
    ['the asker is no resource', { asker: { ...BEDS, kind: 'web' } }],
    ['the application is disabled', { of: { status: 'disabled' } }],
    ['the application is gone', { of: null }],
    ['the session has ended, or may not open the application any more', { isAdmitted: false }],
    ['the person has signed out of the application', { entry: undefined }],
    ['the entry has no grant', { entry: { sessionId: 'session', grantId: null } }],
    ['the grant was revoked', { hasGrant: false }],
    ['its `sid` is of another session', { claims: { ...CLAIRES, sid: 'sid-other' } }],
    ['it has no `sid`, and is no machine’s', { claims: { ...CLAIRES, sid: undefined } as never }],
  ])('is not active when %s, and nothing more is said', async (_, world) => {
    expect(await introspected(world)).toEqual({ status: 200, body: { active: false } });
  });

  it('is active to the application that it was issued to', async () => {
    expect(await introspected({ asker: application() })).toMatchObject({ body: { active: true } });
    const another = application({ id: 'dossiers' });
    expect(await introspected({ asker: another })).toMatchObject({ body: { active: false } });
  });

  it('of a machine is active while it is registered as one', async () => {
    const claims = MACHINES as unknown as JWTPayload;
    const { body } = await introspected({ claims, of: { kind: 'service' } });
    expect(body).toMatchObject({ active: true, structure: 'nord' });
    expect(body).not.toHaveProperty('sid');
    expect(await introspected({ claims, of: { kind: 'web' } })).toMatchObject({ body: { active: false } });
  });

  it('is not looked at before the client has proved who it is', async () => {
    const error = { error: 'invalid_client' } as errors.OIDCProviderError;
    expect(await introspected({ error })).toEqual({ status: 400, body: 'refused' });
  });
});
