import type { AccountService } from '@portillon/account';
import { Steps } from '@portillon/testing';
import { StepUpRequestService } from './step-up-request.service';
import { CLAIRE, CLIENT, PENDING, SESSION, codesOf, policyOf } from './testing/sign-in.fixture';

function asking({ admitted = true, forbidden = false } = {}) {
  const steps = new Steps();
  const { codes, issued } = codesOf(steps);
  const service = new StepUpRequestService(
    steps.of<AccountService>('accounts', { get: async () => CLAIRE }),
    policyOf({ admitted, forbidden }),
    codes,
    steps.transactions,
  );
  return { steps, issued, request: () => service.request(SESSION, 'SMS', CLIENT) };
}

describe('a code that a session asks for', () => {
  it('is counted, written in a transaction, and sent once that is committed', async () => {
    const { steps, request } = asking();
    expect(await request()).toBe(PENDING);
    expect(steps.taken).toEqual([
      'accounts.get',
      'codes.countedSend',
      'begin',
      'codes.issue(tx)',
      'commit',
      'codes.deliver',
    ]);
  });

  it('is good for this session alone', async () => {
    const { issued, request } = asking();
    await request();
    expect(issued).toMatchObject([{ purpose: 'session', binding: 'session', channel: 'SMS' }]);
  });

  it.each([
    ['who was deactivated', { admitted: false }],
    ['whose structure now wants another means', { forbidden: true }],
  ])('is not sent to a person %s', async (_, state) => {
    const { steps, request } = asking(state);
    await expect(request()).rejects.toMatchObject({ code: 'session.required' });
    expect(steps.taken).toEqual(['accounts.get']);
  });
});
