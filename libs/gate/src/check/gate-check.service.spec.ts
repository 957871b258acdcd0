import type { AccountService } from '@portillon/account';
import type { ApplicationService, GatedApplication } from '@portillon/application';
import { issueToken, MetricsRegistry, SystemRandom } from '@portillon/kernel';
import type { SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { GateRuleRepository } from '../rules/gate-rule.repository';
import type { GateSessionRepository } from '../sign-in/gate-session.repository';
import { ORIGIN, RULE } from '../testing/gate.fixture';
import { GateCheckService } from './gate-check.service';

const TOKEN = issueToken(new SystemRandom(new SettableClock()));
const SESSION = { id: 'session', accountId: 'claire' };
const RULES = [RULE];

function behindGate(changes: Partial<GatedApplication> = {}): GatedApplication {
  const redirectUris = [`${ORIGIN}/.portillon/callback`];
  return { id: 'app', kind: 'gate', redirectUris, claimMail: true, ...changes } as GatedApplication;
}

interface World {
  session?: object | undefined;
  applications?: GatedApplication[];
  email?: string | undefined;
}

function context(world: World = {}) {
  const { applications = [behindGate()] } = world;
  const session = 'session' in world ? world.session : SESSION;
  const email = 'email' in world ? world.email : 'claire@hopital.example';
  const { id, secretDigest } = TOKEN;
  const row = { id, secretDigest, applicationId: 'app', sessionId: 'session', sid: 'sid' };
  const unused = {} as never;
  return new GateCheckService(
    unused,
    unused,
    { find: async (one: string) => (one === id ? row : null) } as unknown as GateSessionRepository,
    { get: async (one: string) => (one === 'session' ? session : undefined) } as unknown as SessionService,
    {
      getGated: async (one: string) => applications.find((application) => application.id === one),
      atOrigin: async (origin: string) => (origin === ORIGIN ? applications[0] : undefined),
    } as unknown as ApplicationService,
    { list: async () => RULES } as unknown as GateRuleRepository,
    { emailOf: async () => email } as unknown as AccountService,
    new MetricsRegistry(),
  );
}

const OTHER = issueToken(new SystemRandom(new SettableClock())).value;

describe('the session behind an application’s cookie', () => {
  it('is the person, the application and its rules', async () => {
    expect(await context().findByCookie(TOKEN.value, ORIGIN)).toEqual({
      application: behindGate(),
      rules: RULES,
      person: { session: SESSION, sid: 'sid', email: 'claire@hopital.example' },
    });
  });

  it('has no mail address where the application does not receive it, not even read', async () => {
    const applications = [behindGate({ claimMail: false })];
    const found = await context({ applications, email: undefined }).findByCookie(TOKEN.value, ORIGIN);
    expect(found?.person?.email).toBe('');
  });

  it.each([[undefined], [''], ['text'], [OTHER], [`${TOKEN.id}.${OTHER.split('.')[1]}`]])(
    'is nothing of the text %j',
    async (cookie) => {
      expect(await context().findByCookie(cookie, ORIGIN)).toBeUndefined();
    },
  );

  it.each<[string, World]>([
    ['the session has ended', { session: undefined }],
    ['the account is gone', { email: undefined }],
    ['the application is gone, or disabled', { applications: [] }],
    ['the application is behind the gate no more', { applications: [behindGate({ kind: 'web' })] }],
    ['the application has another origin by now', { applications: [behindGate({ redirectUris: [] })] }],
  ])('is nothing once %s', async (_, world) => {
    expect(await context(world).findByCookie(TOKEN.value, ORIGIN)).toBeUndefined();
  });

  it('is nothing at another application, whose neighbour has stolen it', async () => {
    expect(await context().findByCookie(TOKEN.value, 'https://other.example')).toBeUndefined();
  });
});

describe('the application at an origin', () => {
  it('is the one that registered its callback there, with its rules and no person', async () => {
    expect(await context().findByOrigin(ORIGIN)).toEqual({ application: behindGate(), rules: RULES });
  });

  it.each<[string, Partial<GatedApplication>]>([
    ['behind the gate no more', { kind: 'web' }],
    ['at another address by now', { redirectUris: [] }],
  ])('is none when its holder is %s', async (_, changes) => {
    expect(await context({ applications: [behindGate(changes)] }).findByOrigin(ORIGIN)).toBeUndefined();
  });

  it.each(['https://other.example', `${ORIGIN}:8443`, 'http://app.example', ''])(
    'is none at %j',
    async (origin) => {
      expect(await context().findByOrigin(origin)).toBeUndefined();
    },
  );
});
