import { ApplicationService, IdTokenAlg } from '@portillon/application';
import { FindingRegistry, HOUR, MetricsRegistry, MINUTE, SECOND, SystemRandom } from '@portillon/kernel';
import { OutboundResult, OutboundService } from '@portillon/outbound';
import { Transactions } from '@portillon/persistence';
import type { SessionService } from '@portillon/session';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { OpenidArtifactEntity, OpenidArtifactRepository } from '../artifacts/openid-artifact.repository';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import type { SigningKeyService } from '../keys/signing-key.service';
import { OpenidMetrics } from '../openid.metrics';
import type { ResolvedOpenidOptions } from '../openid.options';
import { openidPersistence } from '../openid.persistence';
import type { OpenidJournalService } from '../provider/openid-journal.service';
import {
  OpenidSessionClientEntity,
  OpenidSessionClientRepository,
} from '../sessions/openid-session-client.repository';
import { ApplicationSignOutService } from '../sign-out/application-sign-out.service';
import { LogoutDeliveryJob } from '../openid.job';
import { LogoutDeliveryService } from './logout-delivery.service';
import {
  OpenidLogoutDeliveryEntity,
  OpenidLogoutDeliveryRepository,
} from './openid-logout-delivery.repository';

const HEARD: OutboundResult = { outcome: 'answered', status: 200, headers: {}, body: '' };
const DOWN: OutboundResult = { outcome: 'failed', reason: 'unreachable' };

describeOnEveryEngine('notifying applications of the end of a session', [openidPersistence], (bench) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  let sent: { url: string; token: string }[];
  let answer: OutboundResult;
  let refused: string[];
  let registry: MetricsRegistry;
  let metrics: OpenidMetrics;
  let idTokenAlg: IdTokenAlg;
  let addresses: Record<string, string | null>;
  /** An application that hangs until the test releases it. */
  let released: Promise<void>;
  let release: () => void;
  /** Resolves when the agenda application receives a notice. */
  let heard: Promise<void>;
  let hear: () => void;

  beforeEach(async () => {
    await bench.dataSource.getRepository(OpenidLogoutDeliveryEntity).clear();
    await bench.dataSource.getRepository(OpenidSessionClientEntity).clear();
    [sent, answer, refused, idTokenAlg] = [[], HEARD, [], 'RS256'];
    registry = new MetricsRegistry();
    metrics = new OpenidMetrics(registry, new FindingRegistry());
    addresses = {
      agenda: 'https://agenda.example/logout',
      stuck: 'https://stuck.example/logout',
      quiet: null,
    };
    released = new Promise((resolve) => (release = resolve));
    heard = new Promise((resolve) => (hear = resolve));
  });

  it('notifies each application that the session entered and that has an address, once', async () => {
    await entered('agenda');
    await entered('quiet');
    await ends();
    await concurrently(4, () => deliver());
    expect(sent.map(({ url }) => url)).toEqual(['https://agenda.example/logout']);
    await deliver();
    expect(sent).toHaveLength(1);
  });

  it('signs a token of this session for this application', async () => {
    await entered('agenda');
    await ends();
    await deliver();
    const { token } = sent[0]!;
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' });
    const claims = decodeJwt(token);
    expect(claims).toMatchObject({
      iss: 'https://portillon.example',
      aud: 'agenda',
      sub: 'claire',
      sid: 'sid-agenda',
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
    });
    expect(claims['nonce']).toBeUndefined();
  });

  it('signs it as the application chose for its ID tokens', async () => {
    idTokenAlg = 'ES256';
    await entered('agenda');
    await ends();
    await deliver();
    expect(decodeProtectedHeader(sent[0]!.token)).toMatchObject({ alg: 'ES256' });
  });

  it('tries again, with another token, while the application is down', async () => {
    await entered('agenda');
    await ends();
    answer = DOWN;
    await deliver();
    await deliver();
    expect(sent).toHaveLength(1);
    clock.advance(5 * SECOND);
    answer = HEARD;
    await deliver();
    expect(sent).toHaveLength(2);
    expect(new Set(sent.map(({ token }) => decodeJwt(token).jti)).size).toBe(2);
    clock.advance(HOUR);
    await deliver();
    expect(sent).toHaveLength(2);
  });

  it('gives up after half an hour, and says so to those who keep the application', async () => {
    await entered('agenda');
    await ends();
    answer = { ...HEARD, status: 503 } as OutboundResult;
    for (let minute = 0; minute < 40; minute++) {
      await deliver();
      clock.advance(MINUTE);
    }
    expect(sent.length).toBeGreaterThanOrEqual(6);
    expect(sent.length).toBeLessThan(20);
    expect(refused).toEqual(['agenda backchannel_logout status 503']);
    const text = await registry.metrics();
    expect(text).toContain(`portillon_back_channel_logouts_total{outcome="failed"} ${sent.length - 1}`);
    expect(text).toContain('portillon_back_channel_logouts_total{outcome="given-up"} 1');
  });

  it('is tried by another instance when the one that began was killed', async () => {
    await entered('agenda');
    await ends();
    const killed = new OpenidLogoutDeliveryRepository(
      bench.dataSource.getRepository(OpenidLogoutDeliveryEntity),
    );
    const [due] = await killed.due('agenda', clock.now(), 1);
    await killed.claim(due!, new Date(clock.now().getTime() + 30 * SECOND));
    await deliver();
    expect(sent).toHaveLength(0);
    clock.advance(31 * SECOND);
    await deliver();
    expect(sent).toHaveLength(1);
  });

  it('notifies the application that the person signed out of, and no other; a later entry is another one', async () => {
    await entered('agenda');
    await entered('quiet');
    expect(await leaves('agenda')).toEqual(['session']);
    expect(await leaves('agenda')).toEqual([]);
    await deliver();
    expect(sent.map(({ token }) => decodeJwt(token).aud)).toEqual(['agenda']);
    expect(await clients().findBySid('sid-agenda')).toBeNull();
    expect((await clients().ofSession('session')).map(({ sid }) => sid)).toEqual(['sid-quiet']);
  });

  it('reaches an application at once while 600 wait for another, which hangs', async () => {
    await waiting('stuck', 600);
    const job = new LogoutDeliveryJob(deliveries());
    await job.run();
    await entered('agenda');
    await ends();
    await job.run();
    await heard;
    release();
    await job.settled();
    expect(sent).toHaveLength(601);
  });

  it('is undone with the end of the session', async () => {
    await entered('agenda');
    await ends({ undone: true });
    await deliver();
    expect(sent).toEqual([]);
  });

  const applications = {
    get: async (id: string) => ({ id, backchannelLogoutUri: addresses[id], idTokenAlg }),
  } as unknown as ApplicationService;

  /** Adds ends of sessions that the application was not notified of. */
  async function waiting(applicationId: string, count: number): Promise<void> {
    const now = clock.now();
    const fresh = { createdAt: now, attempts: 0, dueAt: now, deliveredAt: null, failure: null };
    const ends = Array.from({ length: count }, (_, index) => {
      return {
        sessionId: `session-${index}`,
        applicationId,
        accountId: 'claire',
        sid: `sid-${index}`,
        ...fresh,
      };
    });
    await bench.dataSource.getRepository(OpenidLogoutDeliveryEntity).insert(ends);
  }

  async function entered(applicationId: string): Promise<void> {
    const times = { createdAt: clock.now(), lastUsedAt: clock.now() };
    const row = { sessionId: 'session', applicationId, accountId: 'claire', sid: `sid-${applicationId}` };
    await bench.dataSource
      .getRepository(OpenidSessionClientEntity)
      .insert({ ...row, grantId: 'g', ...times, endedAt: null });
  }

  function signOuts(): ApplicationSignOutService {
    const artifacts = new OpenidArtifactService(
      new OpenidArtifactRepository(bench.dataSource.getRepository(OpenidArtifactEntity)),
      clock,
    );
    const sessions = {} as SessionService;
    return new ApplicationSignOutService(clients(), artifacts, clock, sessions, applications, rows());
  }

  function clients(): OpenidSessionClientRepository {
    return new OpenidSessionClientRepository(bench.dataSource.getRepository(OpenidSessionClientEntity));
  }

  function leaves(applicationId: string): Promise<string[]> {
    return new Transactions(bench.dataSource).run((tx) => signOuts().end(applicationId, ['session'], tx));
  }

  async function ends({ undone = false } = {}): Promise<void> {
    const work = new Transactions(bench.dataSource).run(async (tx) => {
      await signOuts().sessionsEnded(['session'], tx);
      if (undone) throw new Error('undone');
    });
    await (undone ? expect(work).rejects.toThrow('undone') : work);
  }

  /** One turn of an instance, to its end. */
  async function deliver(): Promise<void> {
    const job = new LogoutDeliveryJob(deliveries());
    await job.run();
    await job.settled();
  }

  function deliveries(): LogoutDeliveryService {
    const keys = { sign: async (claims: object, header: object) => unsigned(claims, header) };
    const options = { publicUrl: 'https://portillon.example' } as ResolvedOpenidOptions;
    const outbound = {
      send: async (url: string, { body }: { body: string }) => {
        sent.push({ url, token: new URLSearchParams(body).get('logout_token')! });
        if (url === addresses['agenda']) hear();
        if (url === addresses['stuck']) await released;
        return answer;
      },
    } as unknown as OutboundService;
    const refusals = {
      recordRefusal: async (id, { code, detail }) => void refused.push(`${id} ${code} ${detail}`),
    } as Partial<OpenidJournalService> as OpenidJournalService;
    return new LogoutDeliveryService(
      rows(),
      applications,
      refusals,
      outbound,
      metrics,
      clock,
      keys as unknown as SigningKeyService,
      random,
      options,
    );
  }

  function rows(): OpenidLogoutDeliveryRepository {
    return new OpenidLogoutDeliveryRepository(bench.dataSource.getRepository(OpenidLogoutDeliveryEntity));
  }
});

function unsigned(claims: object, header: object): string {
  return (
    [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.x'
  );
}
