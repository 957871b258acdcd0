import { beforeEach, expect, it, vi } from 'vitest';
import { challenge, NOW } from '../../../test/samples';
import { dropChallenges, keepChallenge, keptChallenge } from './kept-challenge';

beforeEach(() => vi.useFakeTimers({ now: NOW }));

it('survives a reload of the page', () => {
  keepChallenge(challenge());
  expect(keptChallenge('sign-in')).toEqual(challenge());
});

it('is returned for its purpose only', () => {
  keepChallenge(challenge({ purpose: 'session' }));
  expect(keptChallenge('sign-in')).toBeNull();
});

it('is dropped after its expiry or its last try', () => {
  keepChallenge(challenge({ attemptsLeft: 0 }));
  expect(keptChallenge('sign-in')).toBeNull();
  keepChallenge(challenge());
  vi.setSystemTime(NOW + 600_000);
  expect(keptChallenge('sign-in')).toBeNull();
});

it('is not kept for the next person', () => {
  keepChallenge(challenge());
  keepChallenge(challenge({ purpose: 'phone-verification' }));
  dropChallenges();
  expect(sessionStorage.length).toBe(0);
});

it('survives foreign data under its storage key', () => {
  sessionStorage.setItem('portillon.challenge.sign-in', '{"broken');
  expect(keptChallenge('sign-in')).toBeNull();
});
