import type { AccountService } from '@portillon/account';
import { CLIENT, Steps } from '@portillon/testing';
import type { OwnFactor } from '@portillon/access';
import { StepUpRequestService } from './step-up-request.service';
import {
  CLAIRE,
  PENDING,
  SESSION,
  channelsOf,
  codesOf,
  factorsOf,
  policyOf,
} from '../testing/sign-in.fixture';

function asking({ admitted = true, forbidden = false, takesCodes = true, own = [] as OwnFactor[] } = {}) {
  const steps = new Steps();
  const { codes, issued } = codesOf(steps);
  const service = new StepUpRequestService(
    steps.of<AccountService>('accounts', { getForSignIn: async () => CLAIRE }),
    policyOf({ admitted, forbidden }),
    codes,
    steps.transactions,
    factorsOf(own),
    channelsOf(steps, takesCodes),
  );
  const request = (channel?: 'SMS') => service.request(SESSION, channel, CLIENT);
  return { steps, issued, request };
}

describe('a code that a session asks for', () => {
  it('is counted, written in a transaction, and sent once that is committed', async () => {
    const { steps, request } = asking();
    expect(await request('SMS')).toEqual({ pending: PENDING, alternatives: ['SMS'] });
    expect(steps.taken).toEqual([
      'accounts.getForSignIn',
      'channels.of',
      'codes.countedSend',
      'begin',
      'codes.issue(tx)',
      'commit',
      'codes.deliver',
    ]);
  });

  it('is good for this session alone', async () => {
    const { issued, request } = asking();
    await request('SMS');
    expect(issued).toMatchObject([{ purpose: 'session', binding: 'session', channel: 'SMS' }]);
  });

  it.each([
    ['who was deactivated', { admitted: false }],
    ['whose structure now wants another means', { forbidden: true }],
  ])('is not sent to a person %s', async (_, state) => {
    const { steps, request } = asking(state);
    await expect(request()).rejects.toMatchObject({ code: 'session.required' });
    expect(steps.taken).toEqual(['accounts.getForSignIn']);
  });

  it('does not leave for a person with an authenticator app, unless a channel is named', async () => {
    const { steps, issued, request } = asking({ own: ['totp'] });
    expect(await request()).toEqual({ pending: null, alternatives: ['totp', 'EMAIL'] });
    expect(steps.taken).toEqual(['accounts.getForSignIn', 'channels.of']);
    expect(await request('SMS')).toEqual({ pending: PENDING, alternatives: ['SMS', 'totp'] });
    expect(issued).toHaveLength(1);
  });

  it('is not sent where a code opens nothing any more: it replaces no strong means', async () => {
    const { issued, request } = asking({ takesCodes: false });
    await expect(request()).rejects.toMatchObject({ code: 'code.not-accepted' });
    const withApp = asking({ takesCodes: false, own: ['totp'] });
    expect(await withApp.request()).toEqual({ pending: null, alternatives: ['totp'] });
    await expect(withApp.request('SMS')).rejects.toMatchObject({ code: 'code.not-accepted' });
    expect([issued, withApp.issued]).toEqual([[], []]);
  });
});
