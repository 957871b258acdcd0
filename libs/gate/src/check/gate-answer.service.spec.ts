import { Logger } from '@nestjs/common';
import type { AuditEvent, RefusalJournalService } from '@portillon/audit';
import { AppError, HOUR, MINUTE } from '@portillon/kernel';
import { SessionPolicy, type SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatedRequest, ParseResult, UnreadableRequest } from '../proxies/gated-request';
import type { AccessVerdict } from '../rules/access.policy';
import type { GateCookies } from '../sign-in/gate.cookies';
import type { GateSignInService } from '../sign-in/gate-sign-in.service';
import { application, requestTo, sessionOf } from '../testing/gate.fixture';
import type { AssertionService } from './assertion.service';
import { GateAnswerService } from './gate-answer.service';
import type { GateCheckService, GateDecision } from './gate-check.service';

const NOW = new SettableClock().now();
const SIGN_IN = 'https://app.example/.portillon/sign-in?request=1';
const PERSON = { session: sessionOf('session', NOW), sid: 'sid', email: 'claire@hopital.example' };

const REQUEST = {
  ip: '10.0.0.2',
  id: 'request',
  headers: { 'user-agent': 'Firefox' },
  raw: { socket: { remoteAddress: '172.18.0.3' } },
} as FastifyRequest;

/** The answer that a proxy receives. */
class Reply {
  statusCode = 200;
  body = '';
  readonly sent: Record<string, string> = { 'strict-transport-security': 'max-age=1' };

  status(code: number): this {
    this.statusCode = code;
    return this;
  }

  header(name: string, value: string): this {
    this.sent[name] = value;
    return this;
  }

  headers(all: Record<string, string>): this {
    Object.assign(this.sent, all);
    return this;
  }

  removeHeader(name: string): this {
    delete this.sent[name];
    return this;
  }

  type(value: string): this {
    return this.header('content-type', value);
  }

  send(body = ''): this {
    this.body = body;
    return this;
  }
}

const CONTEXT = { application: application('app', NOW), rules: [], person: PERSON };

function answer(
  verdict: AccessVerdict | UnreadableRequest,
  request: Partial<GatedRequest> = {},
  switches = {},
  redirectStatus?: number,
) {
  const context = { ...CONTEXT, application: application('app', NOW, switches) };
  const reading: ParseResult = { status: 'read', request: { ...requestTo('/'), ...request } };
  return answerTo(reading, { ...context, ...verdict }, redirectStatus);
}

interface Seen {
  suspicious: unknown[];
  renewed: string[];
  events: AuditEvent[];
}

async function answerTo(reading: ParseResult, checked: GateDecision, redirectStatus?: number) {
  const seen: Seen = { suspicious: [], renewed: [], events: [] };
  const service = gate(checked, seen);
  const reply = new Reply();
  const refused = await service
    .answer(REQUEST, reply as unknown as FastifyReply, reading, redirectStatus)
    .then(() => undefined)
    .catch((error: unknown) => error as AppError);
  return {
    status: reply.statusCode,
    headers: reply.sent,
    body: reply.body,
    refused: refused?.code,
    detail: refused?.message,
    ...seen,
  };
}

function gate(checked: GateDecision, seen: Seen, clock = new SettableClock()) {
  return new GateAnswerService(
    {
      check: async () => checked,
      recordSuspicious: async (request) => void seen.suspicious.push(request),
    } as Partial<GateCheckService> as GateCheckService,
    { session: () => undefined } as unknown as GateCookies,
    { begin: () => SIGN_IN } as unknown as GateSignInService,
    { sign: async () => 'header.payload.signature' } as unknown as AssertionService,
    { renew: async ({ id }) => void seen.renewed.push(id) } as Partial<SessionService> as SessionService,
    new SessionPolicy(),
    clock,
    {
      record: async (event) => void seen.events.push(event),
    } as Partial<RefusalJournalService> as RefusalJournalService,
  );
}

const ADMITTED: AccessVerdict = {
  status: 'admitted',
  proof: { acr: 'eidas1', amr: ['pwd'], provedAt: NOW, authTime: 0 },
};
const NO_LEVEL = { acr: null, maxAgeSeconds: null };
const STEP_UP: AccessVerdict = { status: 'step-up', asked: { acr: 'eidas3', maxAgeSeconds: 300 } };
const PROGRAM = { wantsPage: false };

describe('a proxy is answered', () => {
  it('200 and who it is, as far as the application may know', async () => {
    const admitted = await answer(ADMITTED, {}, { claimMail: true });
    const { status, headers, events } = admitted;
    expect([status, events]).toEqual([200, []]);
    expect(headers).toMatchObject({
      'remote-user': 'claire',
      'remote-groups': 'professional',
      'remote-email': 'claire@hopital.example',
      'portillon-assertion': 'header.payload.signature',
    });
    // The bytes of UTF-8: Node writes one for each character of a header.
    expect(Buffer.from(headers['remote-name']!, 'latin1').toString('utf8')).toBe('Hélène Martin');
  });

  it('every header, none empty, when the application receives little or there is no session', async () => {
    const little = await answer(ADMITTED, {}, { claimNames: false, claimGroups: false });
    expect(little.headers).toMatchObject({ 'remote-groups': '-', 'remote-name': '-', 'remote-email': '-' });
    const { headers } = await answer({ status: 'public' });
    const told = ['remote-user', 'remote-groups', 'remote-name', 'remote-email', 'portillon-assertion'];
    expect(told.map((name) => headers[name])).toEqual(['-', '-', '-', '-', '-']);
  });

  it('with an assertion where the application wants it alone', async () => {
    const { headers } = await answer(ADMITTED, {}, { gateAssertion: false });
    expect([headers['remote-user'], headers['portillon-assertion']]).toEqual(['claire', '-']);
  });

  it('302 to the sign-in for a page, 303 where the method must not be repeated', async () => {
    const verdict: AccessVerdict = { status: 'sign-in', asked: NO_LEVEL };
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect(await answer(verdict, { method })).toMatchObject({
        status: 302,
        headers: { location: SIGN_IN },
      });
    for (const method of ['POST', 'PUT', 'DELETE', 'PROPFIND'])
      expect(await answer(verdict, { method })).toMatchObject({
        status: 303,
        headers: { location: SIGN_IN },
      });
  });

  it('401 with the sign-in’s address where it takes no redirect: nginx', async () => {
    const found = await answer(STEP_UP, { method: 'POST' }, {}, 401);
    expect(found).toMatchObject({ status: 401, headers: { location: SIGN_IN } });
  });

  it('401 for a program, with what is missing and no address', async () => {
    const signIn = await answer({ status: 'sign-in', asked: NO_LEVEL }, PROGRAM);
    expect(signIn).toMatchObject({ refused: 'session.required', headers: { 'www-authenticate': 'Bearer' } });
    const stepUp = await answer(STEP_UP, PROGRAM);
    expect(stepUp.refused).toBe('gate.level-required');
    expect(stepUp.headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication", acr_values="eidas3", max_age="300"',
    );
    const anyLevel: AccessVerdict = { status: 'step-up', asked: NO_LEVEL };
    expect((await answer(anyLevel, PROGRAM)).headers['www-authenticate']).toBe(
      'Bearer error="insufficient_user_authentication"',
    );
    expect([signIn.headers['location'], stepUp.headers['location']]).toEqual([undefined, undefined]);
  });

  it('403 with a page in both languages, or a problem for a program', async () => {
    const verdict: AccessVerdict = { status: 'forbidden', reason: 'role' };
    const { status, body, headers } = await answer(verdict);
    expect(status).toBe(403);
    for (const text of ['lang="fr"', 'Accès refusé', 'lang="en"', 'Access denied'])
      expect(body).toContain(text);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    const program = await answer(verdict, PROGRAM);
    expect(program).toMatchObject({ refused: 'permission.denied', detail: 'role' });
  });

  it('403, which the journal has with application and reason, from the address that the proxy saw', async () => {
    const verdict: AccessVerdict = { status: 'forbidden', reason: 'role' };
    const { events } = await answer(verdict, { ...requestTo('/dossiers/martin'), address: '192.0.2.9' });
    expect(events).toMatchObject([
      {
        name: 'application_refused',
        outcome: 'FAILURE',
        reason: 'role',
        accountId: 'claire',
        address: '192.0.2.9',
        device: 'Firefox',
        data: { application: 'app' },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('dossiers');
    expect((await answer(verdict, PROGRAM)).events).toHaveLength(1);
    const { application: app, rules } = CONTEXT;
    const unknown = { application: app, rules, status: 'forbidden', reason: 'closed' } as const;
    expect((await answerTo({ status: 'read', request: requestTo('/') }, unknown)).events).toEqual([]);
  });

  it('403 for an origin of no application, which no journal records', async () => {
    const reading: ParseResult = { status: 'read', request: requestTo('/') };
    const { status, events } = await answerTo(reading, { status: 'no-application' });
    expect([status, events]).toEqual([403, []]);
  });

  it('a refusal of what cannot be read, by its headers before anything is looked up, or by its rules', async () => {
    const told = await answerTo(
      { status: 'unreadable', why: 'proxy-not-named' },
      { ...CONTEXT, ...ADMITTED },
    );
    expect(told).toMatchObject({ refused: 'gate.unreadable', detail: 'proxy-not-named', suspicious: [] });
    const suspicious = { origin: 'https://app.example', proxy: '203.0.113.9' };
    const noted = await answerTo(
      { status: 'unreadable', why: 'proxy-not-named', suspicious },
      { ...CONTEXT, ...ADMITTED },
    );
    expect(noted).toMatchObject({ refused: 'gate.unreadable', status: 200, suspicious: [suspicious] });
    const byRules = await answer({ status: 'unreadable', why: 'path-two-rules' });
    expect(byRules).toMatchObject({ refused: 'gate.unreadable', detail: 'path-two-rules' });
  });

  it('401 for what cannot be read, and the log says why, once for each cause', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const service = gate({ ...CONTEXT, ...ADMITTED }, { suspicious: [], renewed: [], events: [] });
    for (const why of ['proxy-not-named', 'proxy-not-named', 'header-missing'] as const)
      await expect(
        service.answer(REQUEST, new Reply() as unknown as FastifyReply, { status: 'unreadable', why }),
      ).rejects.toMatchObject({ code: 'gate.unreadable' });
    const lines = warned.mock.calls.map(([line]) => line as string);
    warned.mockRestore();
    expect(lines).toEqual([
      expect.stringMatching(
        /^Unreadable check from 172\.18\.0\.3: proxy-not-named; .* name its address in GATE_PROXIES/,
      ),
      expect.stringContaining('header-missing'),
    ]);
  });

  it('nothing that would bind the application’s whole domain to HTTPS', async () => {
    const { headers } = await answer({ status: 'sign-in', asked: NO_LEVEL });
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});

/** Whether a request at this many milliseconds after the session's last use extends its idle limit. */
async function isRenewed(afterMs: number, { byPerson = true, endsInMs = 4 * HOUR } = {}): Promise<boolean> {
  const clock = new SettableClock();
  const expiresAt = new Date(clock.now().getTime() + endsInMs);
  const idleExpiresAt = new Date(Math.min(clock.now().getTime() + 30 * MINUTE, expiresAt.getTime()));
  const session = sessionOf('session', clock.now(), { expiresAt, idleExpiresAt });
  const seen: Seen = { suspicious: [], renewed: [], events: [] };
  const service = gate({ ...CONTEXT, ...ADMITTED, person: { ...PERSON, session } }, seen, clock);
  clock.advance(afterMs);
  const reading: ParseResult = { status: 'read', request: { ...requestTo('/'), byPerson } };
  await service.answer(REQUEST, new Reply() as unknown as FastifyReply, reading);
  return seen.renewed.length > 0;
}

describe('work at an application behind the gate', () => {
  it('extends the idle limit of the session, once a minute', async () => {
    expect(await isRenewed(59_000)).toBe(false);
    expect(await isRenewed(MINUTE)).toBe(true);
  });

  it('is none when a page polls', async () => {
    expect(await isRenewed(MINUTE, { byPerson: false })).toBe(false);
  });

  it('cannot extend what ends at the absolute limit', async () => {
    expect(await isRenewed(MINUTE, { endsInMs: 20 * MINUTE })).toBe(false);
  });
});
