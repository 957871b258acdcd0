import { grantedScope, leftOutScopes, tooLong } from './request.policy';

describe('a request that an application makes', () => {
  it.each(['state', 'nonce', 'login_hint', 'ui_locales'])('may have a %s of 2 KB, and no longer', (name) => {
    expect(tooLong({ [name]: 'x'.repeat(2_048) })).toBeUndefined();
    expect(tooLong({ [name]: 'x'.repeat(2_049) })).toBe(`${name} is longer than 2048 characters`);
  });

  it('is 8 KB long at most, lists and all', () => {
    const four = ['state', 'nonce', 'login_hint', 'claims'].map((name) => [name, 'x'.repeat(2_048)]);
    expect(tooLong(Object.fromEntries(four) as object as Record<string, string>)).toBeUndefined();
    const more = { ...Object.fromEntries(four), resource: ['a', 'b'], prompt: undefined };
    expect(tooLong(more)).toBe('the request is longer than 8192 characters');
  });
});

describe('the scope of a request', () => {
  it.each([
    ['openid profile email', 'openid profile'],
    ['openid unknown', 'openid'],
    ['email', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is what of it is granted: %j', (asked, granted) => {
    expect(grantedScope(asked, ['openid', 'profile'])).toBe(granted);
  });

  it.each([
    ['openid profile email', 'openid profile', ['email']],
    ['email  phone', undefined, ['email', 'phone']],
    ['openid', 'openid', []],
    [undefined, undefined, []],
  ])('%j of which %j is granted leaves out %j', (asked, granted, leftOut) => {
    expect(leftOutScopes(asked, granted)).toEqual(leftOut);
  });
});
