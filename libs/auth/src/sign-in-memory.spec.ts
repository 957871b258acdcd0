import { MINUTE, shift } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { KnownSignIn, SignInMemory } from './sign-in-memory';

const LIFE = 15 * MINUTE;

describe('what a process knows of the sign-ins it began', () => {
  let clock: SettableClock;
  let memory: SignInMemory;

  beforeEach(() => {
    clock = new SettableClock();
    memory = new SignInMemory(clock);
  });

  const known = (id = 'sign-in-1') =>
    ({ signIn: { id, expiresAt: shift(clock.now(), LIFE) }, standing: { row: undefined } }) as KnownSignIn;

  it('is found by the token alone', () => {
    const one = known();
    memory.keep('token', one);
    for (const text of [undefined, '', 'toke', 'token ', 'TOKEN', 'sign-in-1', '__proto__'])
      expect(memory.take(text)).toBeUndefined();
    expect(memory.take('token')).toBe(one);
  });

  it('is what was kept last, for one attempt', () => {
    memory.keep('token', known());
    const later = known();
    memory.keep('token', later);
    expect(memory.take('token')).toBe(later);
    expect(memory.take('token')).toBeUndefined();
    expect(memory.size).toBe(0);
  });

  it('is over with the sign-in', () => {
    memory.keep('token', known());
    memory.keep('another', known());
    clock.advance(LIFE - 1);
    expect(memory.take('token')).toBeDefined();
    clock.advance(1);
    expect(memory.take('another')).toBeUndefined();
  });

  it('does not outlive the sign-in by more than until the next one', () => {
    memory.keep('token', known());
    clock.advance(LIFE);
    memory.keep('another', known());
    expect(memory.size).toBe(1);
  });

  it('is a thousand sign-ins at most: the one kept longest is read again', () => {
    memory.keep('first', known());
    for (let count = 0; count < 1_000; count++) memory.keep(`token ${count}`, known());
    expect(memory.size).toBe(1_000);
    expect(memory.take('first')).toBeUndefined();
    expect(memory.take('token 0')).toBeDefined();
  });

  it('holds no token', () => {
    const set = jest.spyOn(Map.prototype, 'set');
    memory.keep('a-token-that-opens-something', known());
    const kept = JSON.stringify(set.mock.calls);
    set.mockRestore();
    expect(kept).toContain('sign-in-1');
    expect(kept).not.toContain('a-token-that-opens-something');
  });
});
