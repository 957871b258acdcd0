import { AppError } from '@portillon/kernel';
import type { CodeSignInStartService } from './code-sign-in-start.service';
import type { PasswordCheckService } from './password-check.service';
import type { PasswordRefusalService } from './password-refusal.service';
import { PasswordSignInService } from './password-sign-in.service';
import type { RememberedSignInService } from './remembered-sign-in.service';
import { CLAIRE, CLIENT, Steps } from './testing/steps';

const REQUEST = { username: 'claire.martin', password: 'x', client: CLIENT, browserCookie: undefined };
const CHECKED = { account: CLAIRE, known: undefined, decision: { status: 'code-required' } };
const OPENED = { session: {}, sessionToken: 's' };
const STARTED = { signInToken: 't', pending: {} };

describe('the password step of a sign-in', () => {
  let steps: Steps;
  beforeEach(() => {
    steps = new Steps();
  });

  const service = (opened: unknown, started: unknown, check = steps.note('check password', CHECKED)) =>
    new PasswordSignInService(
      { check } as unknown as PasswordCheckService,
      { open: steps.note('open remembered', opened) } as unknown as RememberedSignInService,
      { start: steps.note('start code', started) } as unknown as CodeSignInStartService,
      {
        refuseChanged: steps.note('refuse changed', undefined),
      } as unknown as PasswordRefusalService,
    );

  it('opens a session where a code still holds, and asks for none', async () => {
    expect(await service(OPENED, STARTED).signIn(REQUEST)).toEqual({ status: 'signed-in', ...OPENED });
    expect(steps.taken).toEqual(['check password', 'open remembered']);
  });

  it('asks for a code where none holds', async () => {
    expect(await service(undefined, STARTED).signIn(REQUEST)).toEqual({
      status: 'code-required',
      ...STARTED,
    });
    expect(steps.taken).toEqual(['check password', 'open remembered', 'start code']);
  });

  it('refuses an account that changed while its password was hashed', async () => {
    await service(undefined, undefined).signIn(REQUEST);
    expect(steps.taken).toEqual(['check password', 'open remembered', 'start code', 'refuse changed']);
  });

  it('does nothing more for a password that is refused', async () => {
    const refused = new AppError('credentials.rejected');
    await expect(service(OPENED, STARTED, () => Promise.reject(refused)).signIn(REQUEST)).rejects.toBe(
      refused,
    );
    expect(steps.taken).toEqual([]);
  });
});
