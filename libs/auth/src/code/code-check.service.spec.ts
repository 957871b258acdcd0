import type { AuditService } from '@portillon/audit';
import { addMilliseconds, AppError, MINUTE, SECOND } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import { CodeAccepted, CodeCheck, OtpPolicy, OtpService } from '@portillon/otp';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import { CodeCheckService, codeUse, RefusedCode } from './code-check.service';
import { CLAIRE } from '../testing/sign-in.fixture';

const SENT_AT = new SettableClock().now();
const RETRY_AT = addMilliseconds(SENT_AT, 15 * MINUTE);
const ACCEPTED = {
  status: 'accepted',
  challengeId: 'c',
  channel: 'EMAIL',
  sentAt: SENT_AT,
} as CodeAccepted;

/** `outcome`: the answer of `OtpService` for a code that was counted and compared. */
function checking({ outcome = ACCEPTED as CodeCheck, isFirst = true } = {}) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const notified: unknown[] = [];
  const refunded: string[] = [];
  const service = new CodeCheckService(
    steps.of<OtpService>('otp', {
      check: async () => outcome,
      consume: async () => isFirst,
      refund: async ({ challengeId }) => {
        refunded.push(challengeId);
        throw new AppError('service.busy');
      },
    }),
    new OtpPolicy(),
    steps.of<NotificationService>('notifications', { recordAnswer: async () => undefined }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { until }) => void notified.push([kind, id, until]),
    }),
    audit,
    new SettableClock(),
  );
  const verify = (code = '123456') =>
    service.verify({ purpose: 'sign-in', binding: 'b', code }, CLAIRE, CLIENT, {
      means: 'password',
      channel: 'TOTP',
    });
  const consume = (channel: CodeAccepted['channel'] = 'EMAIL') =>
    steps.transactions.run((tx) => service.consume({ ...ACCEPTED, channel }, tx));
  return { steps, service, lines, entries, notified, refunded, verify, consume };
}

describe('a code that was typed', () => {
  it.each(['12345', '1234567', ''])('costs no attempt when it cannot be one: « %s »', async (code) => {
    const { steps, verify } = checking();
    const failure: AppError = await verify(code).catch((error) => error);
    expect(failure).toMatchObject({ code: 'validation.failed', errors: [{ field: 'code', code: 'format' }] });
    expect(steps.taken).not.toContain('otp.check');
  });

  it('is handed back to be consumed when it is right', async () => {
    expect(await checking().verify()).toBe(ACCEPTED);
  });

  it('opens nothing to all callers but the first', async () => {
    await checking().consume();
    await expect(checking({ isFirst: false }).consume()).rejects.toMatchObject({ code: 'code.rejected' });
  });

  it('is given back when what it opens fails, and not to the second of two with one code', async () => {
    const { refunded, service } = checking();
    for (const failure of [new AppError('service.busy'), new Error('a fault')])
      await service.refundAfter(failure, ACCEPTED);
    await service.refundAfter(new AppError('code.rejected'), ACCEPTED);
    expect(refunded).toEqual([ACCEPTED.challengeId, ACCEPTED.challengeId]);
  });

  it('counts for the provider that brought it by SMS, and for none by mail', async () => {
    const bySms = checking();
    await bySms.consume('SMS');
    expect(bySms.steps.taken).toContain('notifications.recordAnswer(tx)');
    const byMail = checking();
    await byMail.consume();
    expect(byMail.steps.taken).not.toContain('notifications.recordAnswer(tx)');
  });
});

describe('a code that was used', () => {
  it('is recorded in the journal with its channel, and how long after, in whole seconds', () => {
    const used = codeUse({ ...ACCEPTED, channel: 'SMS' }, addMilliseconds(SENT_AT, 41.6 * SECOND));
    expect(used).toEqual({ channel: 'SMS', data: { codeAgeSeconds: 42 } });
  });

  it('is not used before it was sent, where a clock steps back', () => {
    expect(codeUse(ACCEPTED, addMilliseconds(SENT_AT, -9 * SECOND)).data).toEqual({ codeAgeSeconds: 0 });
  });

  it('proves as much as the channel that brought it', () => {
    const { service } = checking();
    const facts = { channel: 'SMS', data: { codeAgeSeconds: 0 } };
    expect(service.factorOf({ ...ACCEPTED, channel: 'SMS' })).toEqual({ proof: { code: 'sms' }, facts });
    expect(service.factorOf(ACCEPTED).proof).toEqual({ code: 'mail' });
  });
});

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
    const { verify, lines, entries, notified } = checking({ outcome });
    await expect(verify()).rejects.toMatchObject(answer);
    expect(lines).toEqual([line]);
    expect(entries).toMatchObject([{ outcome: 'FAILURE', accountId: 'claire', means: 'password' }]);
    expect(notified).toEqual([]);
  });

  it('is recorded in the journal with its channel, where there was one', async () => {
    const sent = checking({ outcome: { status: 'expired', channel: 'SMS' } });
    await sent.verify().catch(() => undefined);
    expect(sent.entries).toMatchObject([{ channel: 'SMS' }]);
    const own = checking({ outcome: { status: 'none' } });
    await own.verify().catch(() => undefined);
    expect(own.entries).toMatchObject([{ channel: 'TOTP' }]);
  });

  it('is notified to the account holder once, by the attempt that used the last one', async () => {
    const last = checking({ outcome: { status: 'rejected', attemptsLeft: 0, channel: 'EMAIL' } });
    await expect(last.verify()).rejects.toThrow();
    expect(last.notified).toEqual([['codes-exhausted', 'claire', undefined]]);
    const later = checking({ outcome: { status: 'exhausted', channel: 'EMAIL' } });
    await expect(later.verify()).rejects.toThrow();
    expect(later.notified).toEqual([]);
  });

  it.each([[RETRY_AT], [null]])(
    'is notified to the account holder when it locks the code step, until %p',
    async (retryAt) => {
      const { verify, lines, notified } = checking({ outcome: { status: 'locked', retryAt, fresh: true } });
      await expect(verify()).rejects.toThrow();
      expect(lines).toEqual(['authn_code_lock locked']);
      expect(notified).toEqual([['account-locked', 'claire', retryAt ?? undefined]]);
    },
  );

  it('that was used before is a line of the journal, and no mail', async () => {
    const { service, lines, entries, notified } = checking();
    await service.recordReplay(CLAIRE, CLIENT, { means: 'password' });
    expect(lines).toEqual(['authn_code_fail none']);
    expect(entries).toMatchObject([{ accountId: 'claire', means: 'password' }]);
    expect(notified).toEqual([]);
  });
});
