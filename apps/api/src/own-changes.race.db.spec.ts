import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccountService, EmailChangeService } from '@portillon/account';
import { IdentityLinkService } from '@portillon/auth';
import { AccountTokenService, NoticeLinkService, PasswordHashingService } from '@portillon/credential';
import { AppError, Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { SessionService } from '@portillon/session';
import { CLIENT, concurrently, describeOnEveryEngine } from '@portillon/testing';
import { SoftAuthenticator } from '@portillon/testing/servers';
import { generateSync } from 'otplib';
import { createApp } from './boot';
import { testEnvironment } from './commands/testing/test-context';
import { PERSISTENCE_PARTS } from './persistence-parts';
import { readSettings } from './settings/read/read-settings';

const ORIGIN = 'http://portillon.test';
const PASSWORD = 'Trois-Dames-au-Port-2026';
const OF_INTRUDER = 'Une-Porte-Pour-Intrus-2026';
const CHOSEN = 'Quatre-Chemins-de-Halage-88';
const [NUMBER, NATIONAL_ID] = ['+33612000001', '899700366240'];
const NO_NUMBER = { phoneSealed: null, phoneVerifiedAt: null, codeChannel: 'EMAIL' };
const HERS = { email: expect.stringMatching(/^claire\.\d+@hopital/), nationalId: null };
const SETTINGS = {
  PUBLIC_URL: ORIGIN,
  PASSKEYS: 'on',
  TOTP: 'on',
  RECOVERY_CODES: 'on',
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_AUTH_TOKEN: 'the token of the account',
  TWILIO_FROM: '+33937000000',
};

/** Claire, the token of her session that an intruder copied, and that of an administrator. */
interface Scene {
  id: string;
  username: string;
  email: string;
  stolen: string;
  national: string;
}

/** An act that is ready to be sent: whether it was accepted. */
type Act = () => Promise<boolean>;
/** Prepares `times` requests for one act. */
type Prepare = (scene: Scene, times: number) => Promise<Act[]>;

describeOnEveryEngine('an act of « Mon compte », as the session ends', PERSISTENCE_PARTS, (bench) => {
  let app: NestFastifyApplication;
  let digest: string;
  let people = 0;

  beforeAll(async () => {
    const environment = { ...testEnvironment(bench.url), ...SETTINGS };
    app = await createApp({ settings: readSettings(environment, '/nowhere') });
    await app.init();
    digest = await app.get(PasswordHashingService).hash(PASSWORD);
  }, 60_000);
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => app.close());

  const inOne: Transactions['run'] = (work) => app.get(Transactions).run(work);
  const set = ({ id }: Scene, columns: Record<string, unknown>) =>
    bench.dataSource.createQueryBuilder().update('account').set(columns).where({ id }).execute();

  async function send(
    token: string,
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: object,
  ) {
    const headers = { origin: ORIGIN, cookie: `portillon_session=${token}` };
    return app.inject({ method, url, headers, payload: body });
  }
  const isTaken = async (sent: ReturnType<typeof send>) => {
    const { statusCode, payload } = await sent;
    if (statusCode >= 500) throw new Error(payload);
    return statusCode < 300;
  };
  const sending =
    (...request: Parameters<typeof send>): Act =>
    () =>
      isTaken(send(...request));
  const many = (times: number, act: (index: number) => Promise<Act> | Act) =>
    Promise.all(Array.from({ length: times }, (_, index) => act(index)));

  async function open(username: string, roles: string[]): Promise<[string, string]> {
    const email = `${username}@hopital.example`;
    const draft = {
      username,
      email,
      displayName: username,
      roles,
      status: 'ACTIVE',
      passwordDigest: digest,
    } as const;
    const made = await inOne((tx) => app.get(AccountService).create({ ...draft }, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return [made.account.id, await signIn(made.account.id, username, roles)];
  }
  async function signIn(accountId: string, username: string, roles: string[]): Promise<string> {
    const now = app.get(Clock).now();
    const principal = { accountId, username, displayName: username, roles, structure: null };
    const proof = { means: 'password', acr: null, amr: ['pwd', 'mail'], codeAcceptedAt: now } as const;
    const request = { ...proof, amr: [...proof.amr], codeValidUntilAt: null, browserId: null, principal };
    return (await inOne((tx) => app.get(SessionService).open({ ...request, device: CLIENT }, tx))).token;
  }
  async function intruded(): Promise<Scene> {
    const username = `claire.${++people}`;
    const [id, stolen] = await open(username, ['professional']);
    const [, national] = await open(`nadia.${people}`, ['national-admin', 'professional']);
    return { id, username, email: `${username}@hopital.example`, stolen, national };
  }

  /** What opens the account, and where its codes go. */
  async function meansOf({ id }: Scene) {
    const rows = (sql: string) => bench.dataSource.query<Record<string, unknown>[]>(sql, [id]);
    const [account] = await rows(
      'SELECT email, phoneSealed, phoneVerifiedAt, codeChannel, passwordDigest, nationalId FROM account WHERE id = ?',
    );
    return {
      account,
      passkeys: await rows('SELECT id FROM passkey WHERE accountId = ? AND endedAt IS NULL ORDER BY id'),
      totp: await rows('SELECT secretSealed FROM totp WHERE accountId = ? AND confirmedAt IS NOT NULL'),
      codes: await rows('SELECT digest FROM recoveryCode WHERE accountId = ? ORDER BY digest'),
    };
  }

  async function codeFor(
    scene: Scene,
    request: { purpose: 'mail-change' | 'phone-verification'; destination: string },
  ) {
    const channel = request.purpose === 'mail-change' ? ('EMAIL' as const) : ('SMS' as const);
    const binding = (await app.get(SessionService).find(scene.stolen))!.id;
    const asked = { ...request, channel, binding, subjectId: scene.id, destinationHint: 'x' };
    return inOne(async (tx) => {
      const issued = await app.get(OtpService).issue(asked, tx);
      if (issued.status !== 'issued') throw new Error(issued.status);
      const { id: proofId, expiresAt } = issued.challenge;
      if (channel === 'EMAIL')
        await app
          .get(EmailChangeService)
          .propose({ proofId, accountId: scene.id, email: request.destination, expiresAt }, tx);
      return issued.code;
    });
  }

  const ADDING: Record<string, Prepare> = {
    'a passkey': ({ stolen }, times) =>
      many(times, async () => {
        const begun = await send(stolen, 'POST', '/api/account/passkeys/options', {});
        const credential = new SoftAuthenticator(ORIGIN).create(begun.json().options);
        const { name, value } = begun.cookies[0]!;
        const headers = { origin: ORIGIN, cookie: `portillon_session=${stolen}; ${name}=${value}` };
        const payload = { name: 'Clé', credential };
        return () => isTaken(app.inject({ method: 'POST', url: '/api/account/passkeys', headers, payload }));
      }),
    'an authenticator app': async ({ stolen }, times) => {
      const { secret } = (await send(stolen, 'POST', '/api/account/totp', {})).json();
      return many(times, () =>
        sending(stolen, 'POST', '/api/account/totp/confirmation', { code: generateSync({ secret }) }),
      );
    },
    'recovery codes': ({ stolen }, times) =>
      many(times, () => sending(stolen, 'POST', '/api/account/recovery-codes', {})),
    'a number': ({ stolen }, times) =>
      many(times, (index) =>
        sending(stolen, 'PUT', '/api/account/phone', { phoneNumber: `+336120001${10 + index}` }),
      ),
    'a proof of the number': async (scene, times) => {
      await isTaken(send(scene.stolen, 'PUT', '/api/account/phone', { phoneNumber: NUMBER }));
      const code = await codeFor(scene, { purpose: 'phone-verification', destination: NUMBER });
      return many(times, () =>
        sending(scene.stolen, 'POST', '/api/account/phone/verification/code', { code }),
      );
    },
    'the channel': async (scene, times) => {
      await isTaken(send(scene.stolen, 'PUT', '/api/account/phone', { phoneNumber: NUMBER }));
      await set(scene, { phoneVerifiedAt: app.get(Clock).now() });
      return many(times, (index) =>
        sending(scene.stolen, 'PATCH', '/api/account', { codeChannel: index % 2 ? 'EMAIL' : 'SMS' }),
      );
    },
    'an address': async (scene, times) => {
      const code = await codeFor(scene, {
        purpose: 'mail-change',
        destination: `intruder.${scene.username}@example.com`,
      });
      return many(times, () => sending(scene.stolen, 'POST', '/api/account/email/code', { code }));
    },
    'a password': ({ stolen }, times) =>
      many(times, () =>
        sending(stolen, 'PUT', '/api/account/password', {
          currentPassword: PASSWORD,
          newPassword: OF_INTRUDER,
        }),
      ),
    'a card': ({ stolen }, times) =>
      many(times, () => async () => {
        const session = await app.get(SessionService).find(stolen);
        const proven = {
          means: 'cpx',
          nationalId: NATIONAL_ID.slice(0, -3) + String(people).padStart(3, '0'),
          client: CLIENT,
          evidence: {},
        } as const;
        return !!session && app.get(IdentityLinkService).link(session, proven).catch(rejectedByRule);
      }),
  };
  const rejectedByRule = (error: unknown) =>
    error instanceof AppError ? false : Promise.reject(error as Error);

  const onAccount =
    (act: string, body: object = {}) =>
    async ({ id, national }: Scene): Promise<Act> =>
    async () => {
      // An administrator presses the button again when the account changed meanwhile.
      for (;;) {
        const { statusCode, payload } = await send(
          national,
          'POST',
          `/api/admin/accounts/${id}/${act}`,
          body,
        );
        if (statusCode < 300) return true;
        if (statusCode !== 412) throw new Error(payload);
      }
    };
  /** `leaves`: the account after an act that takes away what was added just before it, too. */
  const REMOVING: Record<string, { leaves?: object; prepare: (scene: Scene) => Promise<Act> }> = {
    'an administrator’s reset of factors': {
      leaves: { account: NO_NUMBER },
      prepare: onAccount('reset-factors'),
    },
    '« Ce n’était pas moi »': {
      leaves: { account: { ...NO_NUMBER, ...HERS, passwordDigest: expect.stringMatching(/^taken/) } },
      prepare: async ({ id, email }) => {
        const occurredAt = new Date(app.get(Clock).now().getTime() - 60_000);
        const event = { accountId: id, event: 'new-browser', occurredAt, mailbox: email };
        const [token] = await inOne((tx) => app.get(NoticeLinkService).issueAll([event], tx));
        return sending('', 'POST', '/api/security-notices/report', { token });
      },
    },
    'a closing': { prepare: onAccount('deactivate') },
    'a revocation by an administrator': { prepare: onAccount('revoke-sessions') },
    'a revocation from another browser': {
      prepare: async ({ id, username }) =>
        sending(await signIn(id, username, ['professional']), 'DELETE', '/api/account/sessions'),
    },
    'a password chosen by a link': {
      prepare: async ({ id }) => {
        const request = { kind: 'PASSWORD_RESET', accountId: id } as const;
        const token = await inOne((tx) => app.get(AccountTokenService).issue(request, tx));
        return sending('', 'POST', '/api/password-resets/confirm', { token, newPassword: CHOSEN });
      },
    },
  };
  const PAIRS = Object.keys(ADDING).flatMap((adding) =>
    Object.keys(REMOVING).map((removing) => [adding, removing] as const),
  );

  it.each(PAIRS)('adds nothing when the removal comes after its guard: %s, %s', async (adding, removing) => {
    const scene = await intruded();
    const [add] = await ADDING[adding]!(scene, 1);
    const remove = await REMOVING[removing]!.prepare(scene);
    const sessions = app.get(SessionService);
    const find = sessions.find.bind(sessions);
    let between: Awaited<ReturnType<typeof meansOf>>;
    jest.spyOn(sessions, 'find').mockImplementationOnce(async (token) => {
      const session = await find(token);
      expect(await remove()).toBe(true);
      between = await meansOf(scene);
      return session;
    });
    expect(await add!()).toBe(false);
    expect(await meansOf(scene)).toEqual(between!);
  });

  it.each(PAIRS)('leaves nothing behind, of sixteen at once: %s, %s', async (adding, removing) => {
    const scene = await intruded();
    const adds = await ADDING[adding]!(scene, 15);
    const { leaves, prepare } = REMOVING[removing]!;
    const remove = await prepare(scene);
    let after: Awaited<ReturnType<typeof meansOf>> | undefined;
    const removed = async () => {
      if (await remove()) after = await meansOf(scene);
      return true;
    };
    const { errors } = await concurrently(16, (index) =>
      index === 8 ? removed() : adds[index - Number(index > 8)]!(),
    );
    expect(errors).toEqual([]);
    // A link to a new password is void when the intruder was first.
    if (!after) return;
    expect(await app.get(SessionService).find(scene.stolen)).toBeUndefined();
    expect(await meansOf(scene)).toEqual(after);
    if (leaves) expect(after).toMatchObject({ passkeys: [], totp: [], codes: [], ...leaves });
  });
});
