import type { Session } from '@portillon/session';
import { resolveAccessOptions } from '../access.options';
import type { CookieJar, SignInMeans } from './means.types';
import { MeansRegistry, registerMeans } from './means.registry';
import { SESSION } from '../testing/people.fixture';

const PSC = { id: 'pro-sante-connect', rank: 1 } as const;
const CARD = { id: 'cpx', rank: 2 } as const;
const PASSKEY = { id: 'passkey', rank: 3 } as const;
const PASSWORD = { id: 'password', rank: 4 } as const;
const ANSWER = {} as CookieJar;

function registry(...otherMeans: SignInMeans[]) {
  return new MeansRegistry(resolveAccessOptions({ publicUrl: 'http://portillon.test', otherMeans }));
}

/** A means that sends the browser to `next` when a session ends, and where it was asked to. */
function leavingTo(next: string | undefined, asked: unknown[] = []) {
  const signOut = async (session: Session, _: CookieJar, state: string) => {
    asked.push([session.id, state]);
    return next;
  };
  return { available: () => true, signOut };
}

describe('the means of the sign-in page', () => {
  it('are those that are installed, in one order, and the password alone is offered unless the deployment offers more', () => {
    const installed = (...otherMeans: SignInMeans[]) => {
      const means = registry(...otherMeans);
      for (const one of [PASSWORD, CARD, PSC]) means.register(one);
      return means;
    };
    expect(registry('cpx').list()).toEqual([]);
    expect(installed().list()).toEqual([
      { id: 'pro-sante-connect', available: false },
      { id: 'cpx', available: false },
      { id: 'password', available: true },
    ]);
    const offered = (means: MeansRegistry) =>
      means.list().flatMap(({ id, available }) => (available ? [id] : []));
    expect(offered(installed('passkey', 'cpx'))).toEqual(['cpx', 'password']);
  });

  it('are registered by a provider of the module that knows whether one is there', () => {
    class CardPresence {
      available = () => false;
    }
    const means = registry('cpx');
    const { inject, useFactory } = registerMeans(CARD, CardPresence);
    expect(inject).toEqual([MeansRegistry, CardPresence]);
    useFactory(means, new CardPresence());
    expect(means.list().find(({ id }) => id === 'cpx')).toMatchObject({ away: true });
    expect(registerMeans(CARD).inject).toEqual([MeansRegistry]);
  });

  it('say that one is away for the moment, and do not offer it', () => {
    const means = registry('pro-sante-connect');
    let isUp = false;
    means.register(PSC, { available: () => isUp });
    const shown = () => means.list().find(({ id }) => id === 'pro-sante-connect');
    expect(shown()).toEqual({ id: 'pro-sante-connect', available: false, away: true });
    isUp = true;
    expect(shown()).toEqual({ id: 'pro-sante-connect', available: true });
  });

  it('do not say of one that is not offered that it is away', () => {
    const means = registry();
    for (const isUp of [true, false]) {
      means.register(CARD, { available: () => isUp });
      expect(means.list()).toContainEqual({ id: 'cpx', available: false });
    }
  });
});

describe('the end of a session', () => {
  it('leaves the browser here where no means has a separate session', async () => {
    const means = registry();
    expect(await means.signOut(SESSION, ANSWER)).toBeUndefined();
    means.register(CARD, { available: () => true });
    means.register(PASSKEY, leavingTo(undefined));
    expect(await means.signOut(SESSION, ANSWER)).toBeUndefined();
  });

  it('goes on where another means has one, whichever opened the session', async () => {
    const asked: unknown[] = [];
    const means = registry();
    means.register(CARD, { available: () => true });
    means.register(PASSKEY, leavingTo(undefined));
    means.register(PSC, leavingTo('/fin', asked));
    expect(await means.signOut(SESSION, ANSWER)).toBe('/fin');
    expect(await means.signOut(SESSION, ANSWER, 'application')).toBe('/fin');
    expect(asked).toEqual([
      ['session', 'signed-out'],
      ['session', 'application'],
    ]);
  });
});
