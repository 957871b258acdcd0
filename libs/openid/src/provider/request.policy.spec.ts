import { grantedClaims, grantedScope, leftOut, tooLong } from './request.policy';

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

  const ON = { claimNames: true, claimMail: true, claimGroups: true };

  it.each([
    ['openid profile email', 'openid profile', ['email']],
    ['email  phone', undefined, ['email', 'phone']],
    ['openid invented', 'openid', ['scope-unknown']],
    ['openid claimMail-off', 'openid', ['scope-unknown']],
    ['openid', 'openid', []],
    [undefined, undefined, []],
  ])('%j of which %j is granted leaves out %j', (asked, granted, details) => {
    const refusals = details.map((detail) => ({ code: 'scope_not_granted', detail }));
    expect(leftOut(asked, granted, ON)).toEqual(refusals);
  });

  it.each([
    ['profile', { claimNames: false }, 'claimNames-off'],
    ['email', { claimMail: false }, 'claimMail-off'],
    ['groups', { claimGroups: false }, 'claimGroups-off'],
  ])('%s is granted and has no effect where its switch is off', (scope, off, detail) => {
    const granted = 'openid profile email groups';
    const switches = { ...ON, ...off };
    expect(leftOut(`openid ${scope}`, granted, switches)).toEqual([{ code: 'scope_switched_off', detail }]);
    expect(leftOut('openid structure', granted, switches)).toEqual([
      { code: 'scope_not_granted', detail: 'structure' },
    ]);
  });
});

describe('the claims of a request', () => {
  const granted = (asked: string | undefined) => grantedClaims(asked, ['name', 'acr']);

  it('are those that the application may ask for; the rest is left out', () => {
    const asked = {
      userinfo: { name: { essential: true }, email: null },
      id_token: { acr: { value: 'eidas2' } },
    };
    expect(JSON.parse(granted(JSON.stringify(asked))!)).toEqual({
      userinfo: { name: { essential: true } },
      id_token: { acr: { value: 'eidas2' } },
    });
    expect(granted('{"userinfo":{"__proto__":null,"constructor":null}}')).toBe('{"userinfo":{}}');
  });

  it.each([undefined, '', '{', '[]', 'null', '"name"'])(
    'that cannot be read stay as they are: %j',
    (asked) => {
      expect(granted(asked)).toBe(asked);
    },
  );

  it('of a member that is no object are the library’s to refuse', () => {
    expect(granted('{"userinfo":["name"],"id_token":null}')).toBe('{"userinfo":["name"],"id_token":null}');
  });
});
