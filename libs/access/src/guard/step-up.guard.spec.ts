import { GUARDS_METADATA } from '@nestjs/common/constants';
import { MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import { AccessOptions, resolveAccessOptions } from '../access.options';
import { setMachine } from './machine-access.registry';
import { FreshFactorGuard, RequiresFreshFactor, RequiresStepUp, StepUpGuard } from './step-up.guard';
import { SESSION } from '../testing/people.fixture';
import { askFor } from '../testing/route.fixture';

class Routes {
  act() {}
}

const CLOCK = new SettableClock();
const REQUIRED = expect.objectContaining({ code: 'reauthentication.required' });
const ago = (milliseconds: number) => addMilliseconds(CLOCK.now(), -milliseconds);

/** A session of a password, with the age of its factors. */
function proved(
  authenticatedAgo: number,
  signedInAgo = authenticatedAgo,
  means: Session['means'] = 'password',
) {
  return { ...SESSION, means, authenticatedAt: ago(authenticatedAgo), signedInAt: ago(signedInAgo) };
}

/** Runs a sensitive action of this session through both guards. */
function acting(session?: Session, chosen: Partial<AccessOptions> = {}) {
  const options = resolveAccessOptions({ publicUrl: 'http://portillon.test', ...chosen });
  const { context, request } = askFor(Routes, 'act');
  if (session) Object.assign(request, { portillonSession: session });
  return {
    request,
    stepUp: () => new StepUpGuard(CLOCK, options).canActivate(context),
    freshFactor: () => new FreshFactorGuard(CLOCK, options).canActivate(context),
  };
}

describe('a sensitive act', () => {
  it('is open for five minutes after a proof, and not a moment longer', () => {
    expect(acting(proved(5 * MINUTE - 1)).stepUp()).toBe(true);
    for (const late of [5 * MINUTE, 5 * MINUTE + 1, 60 * MINUTE])
      expect(() => acting(proved(late)).stepUp()).toThrow(REQUIRED);
  });

  it('is open as long as the deployment has it', () => {
    expect(acting(proved(9 * MINUTE), { freshMs: 10 * MINUTE }).stepUp()).toBe(true);
    expect(() => acting(proved(90 * SECOND), { freshMs: MINUTE }).stepUp()).toThrow(REQUIRED);
  });

  it('is closed to a password alone, however fresh, in a browser that remembers an older code', () => {
    expect(() => acting(proved(20 * MINUTE, 0)).stepUp()).toThrow(REQUIRED);
  });

  it('is open to a proof of an instance whose clock is a little ahead', () => {
    expect(acting(proved(-2 * SECOND)).stepUp()).toBe(true);
  });

  it('is closed where no session was let in', () => {
    const { stepUp, freshFactor } = acting();
    expect(stepUp).toThrow(REQUIRED);
    expect(freshFactor).toThrow(REQUIRED);
  });

  it('is open to a machine, whose token lives minutes, and whose scopes say what it may do', () => {
    const { request, stepUp, freshFactor } = acting();
    setMachine(request, { applicationId: 'pharmacy', structureId: null, scopes: [] });
    expect([stepUp(), freshFactor()]).toEqual([true, true]);
  });
});

describe('an act that one fresh factor allows', () => {
  it('is open to a password given just now, where an older code holds', () => {
    expect(acting(proved(20 * MINUTE, 4 * MINUTE)).freshFactor()).toBe(true);
  });

  it('is open to a code given just now, in a session whose password is older', () => {
    expect(acting(proved(MINUTE, 60 * MINUTE)).freshFactor()).toBe(true);
  });

  it('is closed five minutes after the latest of both', () => {
    expect(() => acting(proved(20 * MINUTE, 5 * MINUTE)).freshFactor()).toThrow(REQUIRED);
    expect(() => acting(proved(5 * MINUTE, 20 * MINUTE)).freshFactor()).toThrow(REQUIRED);
  });

  it('is closed to a sign-in of just now that rests on an older act elsewhere', () => {
    for (const means of ['pro-sante-connect', 'cpx', 'passkey'] as const)
      expect(() => acting(proved(20 * MINUTE, 0, means)).freshFactor()).toThrow(REQUIRED);
  });
});

describe('a route that is marked', () => {
  const MARKS = [
    ['sensitive', RequiresStepUp, StepUpGuard],
    ['for one fresh factor', RequiresFreshFactor, FreshFactorGuard],
  ] as const;

  it.each(MARKS)('as %s is behind its guard, and its document lists the refusals', (_, mark, Guard) => {
    class Marked {
      @mark()
      act() {}
    }
    const { act } = Marked.prototype;
    expect(Reflect.getMetadata(GUARDS_METADATA, act)).toEqual([Guard]);
    expect(Reflect.getMetadata('swagger/apiResponse', act)).toMatchObject({
      401: { description: '`session.required`, `code.required`, `reauthentication.required`' },
    });
  });
});
