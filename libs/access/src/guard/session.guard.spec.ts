import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { Reflector } from '@nestjs/core';
import { callerOf, Public } from '@portillon/http';
import { AppError, HOUR, addMilliseconds } from '@portillon/kernel';
import { SessionPolicy, type Session, type SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import { AccessCookies } from './access.cookies';
import { resolveAccessOptions } from '../access.options';
import {
  MachineAccessRegistry,
  machineOf,
  MachineScope,
  type Machine,
  type MachineAccess,
  type MachineRoute,
} from './machine-access.registry';
import { AllowsEnrolment, AllowsLateCode, CurrentSession, SessionGuard } from './session.guard';
import { SESSION } from '../testing/people.fixture';
import { Asked, askFor } from '../testing/route.fixture';

class Routes {
  @Public()
  open() {}

  guarded() {}

  @AllowsLateCode()
  renew() {}

  @AllowsEnrolment()
  enrol() {}

  @AllowsLateCode()
  @AllowsEnrolment()
  leave() {}

  @MachineScope('coupons.read')
  shared() {}

  @MachineScope(null)
  people() {}

  show(@CurrentSession() session: Session) {
    return session;
  }
}

@Public()
class OpenRoutes {
  open() {}
}

@MachineScope('coupons.read')
class SharedRoutes {
  shared() {}

  @MachineScope(null)
  people() {}
}

const CLOCK = new SettableClock();
const OPEN = { ...SESSION, proof: {}, codeValidUntilAt: addMilliseconds(CLOCK.now(), HOUR) } as Session;
const LATE = { ...OPEN, codeValidUntilAt: CLOCK.now() };
const LIMITED: Session = { ...OPEN, proof: { limitedTo: 'enrolment' } };
const COOKIE = { cookies: { portillon_session: 'token' } };
const TOKEN = { authorization: 'Bearer token' };
const MACHINE: Machine = { applicationId: 'pharmacy', structureId: null, scopes: ['coupons.read'] };
const NO_SESSION = expect.objectContaining({ code: 'session.required' });
const CHALLENGE = 'Bearer realm="portillon", resource_metadata="…"';

interface World {
  session?: Session;
  /** Whether this deployment admits machine clients. */
  machines?: boolean;
  refusal?: AppError;
  Controller?: { prototype: object };
}

/** Sends one request for a route through the guard. */
function asking(handler: string, asked: Asked = {}, world: World = {}) {
  const { session = OPEN, machines = true, refusal, Controller = Routes } = world;
  const steps = new Steps();
  const routes: MachineRoute[] = [];
  const registry = new MachineAccessRegistry();
  if (machines)
    registry.register(
      steps.of<MachineAccess>('machines', {
        admit: async (_request, _reply, route) => {
          routes.push(route);
          if (refusal) throw refusal;
          return MACHINE;
        },
        challenge: () => CHALLENGE,
      }),
    );
  const sessions = steps.of<SessionService>('sessions', {
    find: async (token) => (token === 'token' ? session : undefined),
  });
  const cookies = new AccessCookies(
    resolveAccessOptions({ publicUrl: 'http://portillon.test' }),
    new SessionPolicy(),
  );
  const guard = new SessionGuard(new Reflector(), sessions, cookies, CLOCK, registry);
  const { context, request, headers } = askFor(Controller, handler, asked);
  return { steps, routes, context, request, headers, admit: () => guard.canActivate(context) };
}

type Argument = { factory(data: unknown, context: ExecutionContext): Session };

/** What `@CurrentSession()` hands to a route. */
function sessionIn({ context }: { context: ExecutionContext }): Session {
  const declared = Reflect.getMetadata(ROUTE_ARGS_METADATA, Routes, 'show') as Record<string, Argument>;
  const [argument] = Object.values(declared);
  return argument!.factory(undefined, context);
}

describe('a route that does not say that it is public', () => {
  it('is closed without a session, whatever else comes', async () => {
    const others: Asked[] = [
      { cookies: { portillon_session: 'guessed' } },
      { cookies: { portillon_sign_in: 'token' } },
    ];
    for (const asked of [{}, TOKEN, ...others])
      await expect(asking('guarded', asked).admit()).rejects.toMatchObject({ code: 'session.required' });
  });

  it('is open to a session, which the request then carries', async () => {
    const asked = asking('guarded', COOKIE);
    expect(await asked.admit()).toBe(true);
    expect(sessionIn(asked)).toBe(OPEN);
    expect(callerOf(asked.request)).toEqual({ kind: 'person', id: 'claire' });
    expect(machineOf(asked.request)).toBeUndefined();
  });

  it('hands out no session that no guard has let in', () => {
    expect(() => sessionIn(asking('guarded', COOKIE))).toThrow(NO_SESSION);
  });
});

describe('a route that says that it is public', () => {
  it.each([[Routes], [OpenRoutes]])('is open to all, and looks for no session (%p)', async (Controller) => {
    const { steps, request, admit } = asking('open', COOKIE, { Controller });
    expect(await admit()).toBe(true);
    expect(steps.taken).not.toContain('sessions.find');
    expect(callerOf(request)).toBeUndefined();
  });
});

describe('a session whose code is past its hours', () => {
  it('reaches the routes that renew the code or end the session, and no other', async () => {
    for (const handler of ['guarded', 'enrol', 'shared', 'people'])
      await expect(asking(handler, COOKIE, { session: LATE }).admit()).rejects.toMatchObject({
        code: 'code.required',
      });
    for (const handler of ['renew', 'leave'])
      expect(await asking(handler, COOKIE, { session: LATE }).admit()).toBe(true);
  });

  it('leaves no person on the refused request', async () => {
    const { context, request, admit } = asking('guarded', COOKIE, { session: LATE });
    await expect(admit()).rejects.toMatchObject({ code: 'code.required' });
    expect(() => sessionIn({ context })).toThrow(NO_SESSION);
    expect(callerOf(request)).toBeUndefined();
  });

  it('is none where the means never needs a code, nor a moment before', async () => {
    for (const codeValidUntilAt of [null, addMilliseconds(CLOCK.now(), 1)])
      expect(await asking('guarded', COOKIE, { session: { ...OPEN, codeValidUntilAt } }).admit()).toBe(true);
  });
});

describe('a session that may add a strong means and nothing else', () => {
  it('reaches the routes that add one or end the session, and no other', async () => {
    for (const handler of ['guarded', 'renew', 'shared', 'people'])
      await expect(asking(handler, COOKIE, { session: LIMITED }).admit()).rejects.toMatchObject({
        code: 'enrolment.required',
      });
    for (const handler of ['enrol', 'leave'])
      expect(await asking(handler, COOKIE, { session: LIMITED }).admit()).toBe(true);
  });

  it('needs its code as any other', async () => {
    const session = { ...LIMITED, codeValidUntilAt: CLOCK.now() };
    await expect(asking('enrol', COOKIE, { session }).admit()).rejects.toMatchObject({
      code: 'code.required',
    });
  });
});

describe('a token of an application', () => {
  it('opens the route that names a scope, as the application and as no person', async () => {
    const asked = asking('shared', TOKEN);
    expect(await asked.admit()).toBe(true);
    expect(asked.routes).toEqual([{ scope: 'coupons.read' }]);
    expect(machineOf(asked.request)).toBe(MACHINE);
    expect(callerOf(asked.request)).toEqual({ kind: 'application', id: 'pharmacy' });
    expect(() => sessionIn(asked)).toThrow(NO_SESSION);
    expect(asked.steps.taken).not.toContain('sessions.find');
  });

  it.each(['Bearer', 'bearer token', 'BEARER token'])(
    'is one however it is written: %s',
    async (authorization) => {
      const { request, admit } = asking('shared', { authorization });
      expect(await admit()).toBe(true);
      expect(machineOf(request)).toBe(MACHINE);
    },
  );

  it.each(['Basic token', 'Bearertoken', 'token Bearer token', 'x-bearer token'])(
    'is none in another scheme: %s',
    async (authorization) => {
      const { steps, admit } = asking('shared', { authorization });
      await expect(admit()).rejects.toMatchObject({ code: 'session.required' });
      expect(steps.taken).not.toContain('machines.admit');
    },
  );

  it('leaves no machine on the request when it is refused', async () => {
    const refusal = new AppError('access-token.rejected');
    const { request, admit } = asking('shared', TOKEN, { refusal });
    await expect(admit()).rejects.toBe(refusal);
    expect([machineOf(request), callerOf(request)]).toEqual([undefined, undefined]);
  });

  it('is refused beside a session cookie: the actor would be unclear', async () => {
    for (const cookies of [
      { portillon_session: 'token' },
      { portillon_session: 'guessed' },
      { portillon_session: '' },
    ]) {
      const { steps, headers, admit } = asking('shared', { ...TOKEN, cookies });
      await expect(admit()).rejects.toMatchObject({ code: 'credentials.ambiguous' });
      expect(headers).toEqual({ 'www-authenticate': 'Bearer realm="portillon", error="invalid_request"' });
      expect(steps.taken).not.toContain('machines.admit');
      expect(steps.taken).not.toContain('sessions.find');
    }
  });

  it('is not looked at on a route for people, which opens to the session beside it', async () => {
    const { steps, admit } = asking('guarded', { ...TOKEN, ...COOKIE });
    expect(await admit()).toBe(true);
    expect(steps.taken).not.toContain('machines.admit');
    await expect(asking('guarded', TOKEN).admit()).rejects.toMatchObject({ code: 'session.required' });
  });

  it('is not looked at where no machine is ever admitted', async () => {
    const { headers, admit } = asking('shared', TOKEN, { machines: false });
    await expect(admit()).rejects.toMatchObject({ code: 'session.required' });
    expect(headers).toEqual({});
  });

  it('meets the mark of the route itself, before that of its controller', async () => {
    const Controller = SharedRoutes;
    const shared = asking('shared', TOKEN, { Controller });
    await shared.admit();
    const people = asking('people', TOKEN, { Controller });
    await people.admit();
    expect([shared.routes, people.routes]).toEqual([[{ scope: 'coupons.read' }], [{ scope: null }]]);
  });
});

describe('a request that proves nothing', () => {
  it('is answered with the way to prove an application, where one may come in', async () => {
    const { headers, admit } = asking('shared');
    await expect(admit()).rejects.toMatchObject({ code: 'session.required' });
    expect(headers).toEqual({ 'www-authenticate': CHALLENGE });
  });

  it('is not answered with it on a route for people', async () => {
    const { headers, admit } = asking('guarded');
    await expect(admit()).rejects.toMatchObject({ code: 'session.required' });
    expect(headers).toEqual({});
  });
});
