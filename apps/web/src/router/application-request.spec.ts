import { beforeEach, describe, expect, it, vi } from 'vitest';
import { NOW } from '../../test/samples';
import { dropRequest, keepRequest, keptRequest, requestIn, requestPath } from './application-request';

describe('the request of an application, kept while another person signs in', () => {
  beforeEach(() => vi.useFakeTimers({ now: NOW }));

  it('is found again in this tab until it is dropped', () => {
    keepRequest('Xa9-uid');
    expect(keptRequest()).toBe('Xa9-uid');
    dropRequest();
    expect(keptRequest()).toBe('');
  });

  it('is forgotten when the server has forgotten it', () => {
    keepRequest('Xa9-uid');
    vi.setSystemTime(NOW + 15 * 60_000);
    expect(keptRequest()).toBe('');
  });

  it('is none where another hand wrote in its place', () => {
    sessionStorage.setItem('portillon.request', '{');
    expect(keptRequest()).toBe('');
  });
});

describe('the page of an application’s request', () => {
  it('differs from the page that opens after a sign-in', () => {
    expect(requestIn(requestPath('a-1_B'))).toBe('a-1_B');
  });

  it.each([
    undefined,
    '/',
    '/mon-compte?request=x',
    '//evil.example/demande?request=x',
    ['/demande?request=x'],
  ])('is not read from %j', (returnTo) => expect(requestIn(returnTo)).toBe(''));
});
