import { beforeEach, expect, it, vi } from 'vitest';
import { challenge, NOW } from '../../../test/samples';
import { dropChallenges, keepChallenge, keptChallenge } from './kept-challenge';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

it('survives a page that is loaded again', () => {
  keepChallenge(challenge());
  expect(keptChallenge('sign-in')).toEqual(challenge());
});

it('is for its purpose only', () => {
  keepChallenge(challenge({ purpose: 'session' }));
  expect(keptChallenge('sign-in')).toBeNull();
});

it('is forgotten when its time or its tries are over', () => {
  keepChallenge(challenge({ attemptsLeft: 0 }));
  expect(keptChallenge('sign-in')).toBeNull();
  keepChallenge(challenge());
  vi.setSystemTime(NOW + 600_000);
  expect(keptChallenge('sign-in')).toBeNull();
});

it('is not left to the next person', () => {
  keepChallenge(challenge());
  keepChallenge(challenge({ purpose: 'phone-verification' }));
  dropChallenges();
  expect(sessionStorage.length).toBe(0);
});

it('survives foreign data under its name', () => {
  sessionStorage.setItem('portillon.challenge.sign-in', '{"broken');
  expect(keptChallenge('sign-in')).toBeNull();
});
