import type { ExecutionContext } from '@nestjs/common';
import { AccessCookies, ResolvedAccessOptions } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { SessionPolicy } from '@portillon/session';
import type { PasswordChecked, PasswordCheckService, PasswordRequest } from './password-check.service';
import { PasswordGuard, PasswordStrategy } from './password.guard';

const TYPED = { username: 'claire.martin', password: 'x' };
const CHECKED = { account: { id: 'claire' } } as PasswordChecked;

/** A sign-in with this body, in front of the guard of its route. */
function signingIn(body: unknown, refusal?: AppError) {
  const asked: PasswordRequest[] = [];
  const passwords: Partial<PasswordCheckService> = {
    check: async (request) => {
      asked.push(request);
      if (refusal) throw refusal;
      return CHECKED;
    },
  };
  // Passport keeps its strategies by name: the latest is asked.
  new PasswordStrategy(
    passwords as PasswordCheckService,
    new AccessCookies({ publicUrl: 'http://portillon.test' } as ResolvedAccessOptions, new SessionPolicy()),
  );
  const request: Record<string, unknown> = {
    body,
    cookies: { portillon_browser: 'browser cookie' },
    headers: { 'user-agent': 'Firefox' },
    ip: '192.0.2.1',
    id: 'r1',
  };
  const http = { getRequest: () => request, getResponse: () => ({}) };
  const context = { switchToHttp: () => http } as unknown as ExecutionContext;
  return { asked, request, admit: async () => new PasswordGuard().canActivate(context) };
}

describe('the password step of a sign-in', () => {
  it('is asked with what was typed, in which browser and from where, and the route gets the account', async () => {
    const { asked, request, admit } = signingIn(TYPED);
    expect(await admit()).toBe(true);
    expect(asked).toMatchObject([
      { ...TYPED, browserCookie: 'browser cookie', client: { address: '192.0.2.1', userAgent: 'Firefox' } },
    ]);
    expect(request['user']).toMatchObject({ checked: CHECKED });
  });

  it('answers with the refusal itself, and no other', async () => {
    const refusal = new AppError('credentials.rejected');
    await expect(signingIn(TYPED, refusal).admit()).rejects.toBe(refusal);
  });

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['a list in its place', [TYPED]],
    ['no password', { username: 'claire.martin' }],
    ['an empty password', { ...TYPED, password: '' }],
    ['a password that takes long to hash', { ...TYPED, password: 'x'.repeat(10_000) }],
    ['a name that is an object', { ...TYPED, username: { $ne: null } }],
    ['a name over two lines', { ...TYPED, username: 'claire\nmartin' }],
    ['a name longer than any', { ...TYPED, username: 'x'.repeat(255) }],
  ])('looks at no password where there is %s', async (_, body) => {
    const { asked, admit } = signingIn(body);
    await expect(admit()).rejects.toMatchObject({ code: 'validation.failed' });
    expect(asked).toEqual([]);
  });
});
