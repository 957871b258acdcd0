import type { ClientApplication } from '@portillon/application';
import type { Session } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { application, contextOf, LEVELS, libraryOf, NOW, session } from '../testing/openid.fixture';
import { InteractionPolicyService } from './interaction-policy.service';
import type { LiveSessionService } from './live-session.service';

type Asks = (ctx: KoaContextWithOIDC) => unknown;

/** A check of the library: a reason, and whether it blocks the request. */
class Check {
  constructor(
    readonly reason: string,
    readonly description: string,
    readonly error: string,
    readonly check: Asks,
  ) {}
}

class Checks {
  constructor(readonly all: Check[]) {}
  get = (reason: string) => this.all.find((one) => one.reason === reason);
  remove = (reason: string) =>
    void this.all.splice(
      this.all.findIndex((one) => one.reason === reason),
      1,
    );
  add = (check: Check, index = this.all.length) => void this.all.splice(index, 0, check);
}

class Prompt {
  readonly checks: Checks;
  constructor(
    readonly info: { name: string; requestable?: boolean },
    ...checks: Check[]
  ) {
    this.checks = new Checks(checks);
  }
}

class Prompts extends Array<Prompt> {
  get = (name: string) => this.find(({ info }) => info.name === name);
  add = (prompt: Prompt, index: number) => void this.splice(index, 0, prompt);
}

/** The prompts in the library's default state. */
function base(): Prompts {
  const check = (reason: string) => new Check(reason, reason, 'error', () => true);
  const login = ['no_session', 'max_age', 'id_token_hint', 'essential_acrs', 'essential_acr'].map(check);
  const consent = ['native_client_prompt', 'op_scopes_missing'].map(check);
  return new Prompts(new Prompt({ name: 'login' }, ...login), new Prompt({ name: 'consent' }, ...consent));
}

interface Asking {
  session?: Session;
  application?: Partial<ClientApplication>;
  params?: object;
  result?: object;
  entered?: Record<string, string>;
  late?: boolean;
}

/** The checks that block a request, by prompt and reason, and the proof that the application receives. */
function asked({ late = false, application: changes, params = {}, result, ...rest }: Asking = {}) {
  const given: unknown[] = [];
  const library = { accountId: 'claire', loginAccount: (proof: object) => void given.push(proof) };
  const ctx = contextOf({
    ...rest,
    application: application(changes),
    oidc: { params, result, session: library },
  });
  const live = { codeIsLate: () => late } as unknown as LiveSessionService;
  const service = new InteractionPolicyService(live, new SettableClock(NOW), LEVELS);
  const oidc = libraryOf(ctx, { interactionPolicy: { base, Check, Prompt } });
  const prompts = service.prompts(oidc) as unknown as Prompts;
  const failing = (name: string) =>
    prompts
      .get(name)!
      .checks.all.filter(({ check, reason }) => reason !== 'id_token_hint' && check(ctx))
      .map(({ reason }) => reason);
  return { prompts, given, login: () => failing('login'), failing };
}

describe('before an application is let in, a page', () => {
  it('is asked for in this order: level, sign-in, age, audience; who it is; consent', () => {
    const { prompts } = asked();
    expect(Array.from(prompts, ({ info }) => info.name)).toEqual(['login', 'select_account', 'consent']);
    expect(prompts.get('login')!.checks.all.map(({ reason }) => reason)).toEqual([
      'acr_unmet',
      'no_session',
      'max_age',
      'audience',
      'id_token_hint',
    ]);
  });

  it('is returned to an application that wants none with the code of its standard', () => {
    const { prompts } = asked();
    const codes = prompts.flatMap(({ checks }) => checks.all.map(({ reason, error }) => [reason, error]));
    expect(Object.fromEntries(codes)).toMatchObject({
      acr_unmet: 'unmet_authentication_requirements',
      no_session: 'login_required',
      max_age: 'login_required',
      audience: 'access_denied',
      confirm_identity: 'account_selection_required',
      native_client_prompt: 'interaction_required',
    });
    expect(prompts.get('select_account')!.info.requestable).toBe(true);
  });

  it('asks a person who is not signed in to sign in', () => {
    expect(asked().login()).toEqual(['no_session']);
  });

  it('asks nothing of a person who is signed in, whom the application is for', () => {
    expect(asked({ session: session() }).login()).toEqual([]);
  });

  it('asks for a code that is late', () => {
    expect(asked({ session: session(), late: true }).login()).toEqual(['no_session']);
  });

  it.each([
    [{ acr_values: 'eidas3' }, {}],
    [{}, { minAcr: 'eidas3' }],
    [{ claims: '{"id_token":{"acr":{"essential":true,"value":"eidas3"}}}' }, {}],
  ])('asks for the level that %j and %j ask for', (params, changes) => {
    expect(asked({ session: session(), params, application: changes }).login()).toContain('acr_unmet');
  });

  it('refuses at once a level that no sign-in here reaches', () => {
    const { login } = asked({ session: session(), params: { acr_values: 'eidas4' } });
    const error = 'unmet_authentication_requirements';
    const error_description = 'no sign-in here reaches it';
    expect(login).toThrow(expect.objectContaining({ error, error_description }) as Error);
  });

  it('refuses, and does not ask for ever, when the page comes back and the level is still not reached', () => {
    const result = { login: { ts: NOW.getTime() / 1_000 } };
    const { login } = asked({ session: session(), params: { acr_values: 'eidas3' }, result });
    expect(login).toThrow(
      expect.objectContaining({ error_description: 'the level was not reached' }) as Error,
    );
  });

  it('asks for a younger proof than the one that is there', () => {
    expect(asked({ session: session(), params: { max_age: 299 } }).login()).toEqual(['max_age']);
    expect(asked({ session: session(), params: { max_age: 300 } }).login()).toEqual([]);
  });

  it('never takes a later weak proof for the one that the level asks for', () => {
    const at = new Date(NOW.getTime() - 1_000).toISOString();
    const card = session({ means: 'cpx', proof: { confirmations: [{ by: 'mail', at }] } });
    const params = { acr_values: 'eidas3', max_age: 60 };
    expect(asked({ session: card, params }).login()).toEqual(['max_age']);
  });

  it('takes for a minute the proof that was given on the page before, and no longer', () => {
    const seconds = NOW.getTime() / 1_000;
    const params = { max_age: 0 };
    const back = (ts: number) => asked({ session: session(), params, result: { login: { ts } } }).login();
    expect(back(seconds - 60)).toEqual([]);
    expect(back(seconds - 61)).toEqual(['max_age']);
  });

  it('returns to the application the proof that it asked for, and none where the page has chosen one', () => {
    const confirmations = [{ by: 'otp' as const, at: new Date(NOW.getTime() - 1_000).toISOString() }];
    const renewed = session({ proof: { code: 'sms', confirmations } });
    const { login, given } = asked({ session: renewed, params: { max_age: 60 } });
    expect(login()).toEqual([]);
    expect(given).toEqual([
      {
        accountId: 'claire',
        loginTs: NOW.getTime() / 1_000 - 1,
        acr: 'eidas1-mfa',
        amr: ['pwd', 'totp', 'mfa'],
        transient: true,
      },
    ]);
    const chosen = asked({ session: session(), result: { login: { ts: NOW.getTime() / 1_000 } } });
    chosen.login();
    expect(chosen.given).toEqual([]);
  });

  it('keeps a person outside the audience out', () => {
    const { login } = asked({ session: session(), application: { audienceRoles: ['structure-admin'] } });
    const error_description = 'the application is not for this person';
    expect(login).toThrow(expect.objectContaining({ error: 'access_denied', error_description }) as Error);
  });
});

describe('on a shared workstation, a page', () => {
  const confirmIdentity = true;
  const confirms = (asking: Asking, changes: Partial<ClientApplication> = { confirmIdentity }) =>
    asked({ session: session(), application: changes, ...asking }).failing('select_account');

  it('asks whether the person is the one who is signed in, at the first entry of a session', () => {
    expect(confirms({})).toEqual(['confirm_identity']);
  });

  it.each([
    ['the session has entered the application before', { entered: { agenda: 'grant' } }],
    ['the person has just signed in', { result: { login: {} } }],
    ['the person has just confirmed it', { result: { select_account: {} } }],
  ])('does not ask when %s', (_, asking) => {
    expect(confirms(asking)).toEqual([]);
  });

  it('does not ask for an application that does not want it, and does after the entry of another one', () => {
    expect(confirms({}, {})).toEqual([]);
    expect(confirms({ entered: { dossiers: 'grant' } })).toEqual(['confirm_identity']);
  });
});

describe('the consent of a person', () => {
  it('is asked for each time by an application on a device, unless it is the operator’s own', () => {
    const reasons = (trusted: boolean) => asked({ application: { trusted } }).failing('consent');
    expect(reasons(false)).toContain('native_client_prompt');
    expect(reasons(true)).toEqual(['op_scopes_missing']);
  });
});

describe('the levels that are announced', () => {
  it('are those of this deployment, weakest first, and `phr` beside them', () => {
    const service = new InteractionPolicyService({} as LiveSessionService, new SettableClock(), LEVELS);
    expect(service.acrValues).toEqual(['eidas1', 'eidas1-mfa', 'eidas3', 'phr']);
  });
});
