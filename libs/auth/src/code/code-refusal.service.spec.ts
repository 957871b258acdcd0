import type { AuditService } from '@portillon/audit';
import { MINUTE, addMilliseconds } from '@portillon/kernel';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import { CLAIRE } from '../testing/sign-in.fixture';
import { CodeRefusalService, RefusedCode } from './code-refusal.service';

const RETRY_AT = addMilliseconds(new SettableClock().now(), 15 * MINUTE);

/** Returns the effects of a code with this outcome: the answer, the journal entries, the mails. */
async function refused(outcome: RefusedCode) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const notified: unknown[] = [];
  const notices = steps.of<SecurityNoticeService>('notices', {
    notify: async (kind, { id }, details) => void notified.push([kind, id, details.until]),
  });
  const service = new CodeRefusalService(notices, audit, new SettableClock());
  const answer = service.refuse(outcome, CLAIRE, CLIENT, { means: 'password', channel: 'TOTP' });
  const error: unknown = await answer.catch((thrown: unknown) => thrown);
  return { error, taken: steps.taken, lines, entries, notified, service };
}

describe('a code that was not accepted', () => {
  it.each<[string, RefusedCode, object, string]>([
    [
      'wrong',
      { status: 'rejected', attemptsLeft: 2, channel: 'SMS' },
      { code: 'code.rejected', data: { attemptsLeft: 2 } },
      'authn_code_fail rejected',
    ],
    ['late', { status: 'expired', channel: 'SMS' }, { code: 'code.expired' }, 'authn_code_fail expired'],
    [
      'wrong too often',
      { status: 'exhausted', channel: 'SMS' },
      { code: 'code.exhausted', data: { attemptsLeft: 0 } },
      'authn_code_fail exhausted',
    ],
    ['asked for by nobody', { status: 'none' }, { code: 'code.expired' }, 'authn_code_fail none'],
    [
      'given while the code step is locked',
      { status: 'locked', retryAt: RETRY_AT, fresh: false },
      { code: 'attempts.exceeded', retryAfterSeconds: 900 },
      'authn_code_fail locked',
    ],
    [
      'given while the code step is locked until an administrator reopens it',
      { status: 'locked', retryAt: null, fresh: false },
      { code: 'code.exhausted', retryAfterSeconds: undefined },
      'authn_code_fail locked',
    ],
  ])('has an answer of its kind, and one line of the journal: %s', async (_, outcome, answer, line) => {
    const { error, lines, entries, notified } = await refused(outcome);
    expect(error).toMatchObject(answer);
    expect(lines).toEqual([line]);
    expect(entries).toMatchObject([{ outcome: 'FAILURE', accountId: 'claire', means: 'password' }]);
    expect(notified).toEqual([]);
  });

  it('is recorded in the journal with its channel, where there was one', async () => {
    const sent = await refused({ status: 'expired', channel: 'SMS' });
    expect(sent.entries).toMatchObject([{ channel: 'SMS' }]);
    const own = await refused({ status: 'none' });
    expect(own.entries).toMatchObject([{ channel: 'TOTP' }]);
  });

  it('is notified to the account holder once, by the attempt that used the last one', async () => {
    const { notified, taken } = await refused({ status: 'rejected', attemptsLeft: 0, channel: 'EMAIL' });
    expect(notified).toEqual([['codes-exhausted', 'claire', undefined]]);
    expect(taken).toEqual(['audit.record', 'notices.notify']);
    expect((await refused({ status: 'exhausted', channel: 'EMAIL' })).notified).toEqual([]);
  });

  it.each([[RETRY_AT], [null]])(
    'is notified to the account holder when it locks the code step, until %p',
    async (retryAt) => {
      const { lines, notified } = await refused({ status: 'locked', retryAt, fresh: true });
      expect(lines).toEqual(['authn_code_lock locked']);
      expect(notified).toEqual([['account-locked', 'claire', retryAt ?? undefined]]);
    },
  );

  it('that was used before is a line of the journal, and no mail', async () => {
    const { service, lines, entries, notified } = await refused({ status: 'none' });
    await service.recordReplay(CLAIRE, CLIENT, { means: 'password' });
    expect(lines.slice(1)).toEqual(['authn_code_fail none']);
    expect(entries.slice(1)).toMatchObject([{ accountId: 'claire', means: 'password' }]);
    expect(notified).toEqual([]);
  });
});
