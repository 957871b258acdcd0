import type { Account } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { Channel, MINUTE, addMilliseconds } from '@portillon/kernel';
import type { Enqueueing, NotificationService, OutgoingMessage } from '@portillon/notification';
import type { CodeIssue, OtpRequest, OtpService } from '@portillon/otp';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { Counting, SendLimitService } from '../limits/send-limit.service';
import { CLAIRE } from '../testing/sign-in.fixture';
import type { CodeDestinationService } from './code-destination.service';
import { CodeDeliveryService } from './code-delivery.service';
import type { CodeRequest, Sending } from './code-delivery.types';
import type { CodeMessageService } from './code-message.service';

const NOW = new SettableClock().now();
const EXPIRES_AT = addMilliseconds(NOW, 10 * MINUTE);
const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };
const BEHIND_OWN_ADDRESS = { ...CLAIRE, structure: HOSPITAL, policy: { egressAddresses: ['192.0.2.0/24'] } };
const ELSEWHERE = { ...CLAIRE, structure: HOSPITAL, policy: { egressAddresses: ['198.51.100.0/24'] } };
const PLACES: Record<Channel, string> = { EMAIL: 'claire@hopital.example', SMS: '+33612345678' };
const ISSUED = {
  status: 'issued',
  challenge: { id: 'challenge', reference: 'K7QX', expiresAt: EXPIRES_AT },
  code: '482913',
} as CodeIssue;
const MESSAGE = { id: 'message' } as OutgoingMessage;

/** Issues a code in the caller's transaction, and records the calls for limits, message and storage. */
function issuing(outcome: CodeIssue = ISSUED, proves = false) {
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const counted: Counting[] = [];
  const asked: OtpRequest[] = [];
  const enqueued: Enqueueing[] = [];
  const service = new CodeDeliveryService(
    steps.of<OtpService>('otp', {
      issue: async (request) => {
        asked.push(request);
        return outcome;
      },
    }),
    steps.of<SendLimitService>('limits', { require: async (counting) => void counted.push(counting) }),
    steps.of<NotificationService>('notifications', {
      enqueue: async (_message, enqueueing) => {
        enqueued.push(enqueueing);
        return MESSAGE;
      },
    }),
    {
      choose: <Request extends CodeRequest>(request: Request): Sending<Request> => {
        const { channel = 'SMS' } = request;
        return { ...request, channel, destination: PLACES[channel] };
      },
      others: () => (proves ? [] : ['EMAIL']),
      proves: () => proves,
    } as unknown as CodeDestinationService,
    { write: () => ({}) } as unknown as CodeMessageService,
    audit,
    new SettableClock(),
  );
  const issue = (account: object = ELSEWHERE, changes: Partial<CodeRequest> = {}) => {
    const request = {
      purpose: 'sign-in',
      binding: 'sign-in',
      account: account as Account,
      client: CLIENT,
    } as const;
    return steps.transactions.run((tx) => service.issue({ ...request, ...changes }, tx));
  };
  return { steps, lines, entries, counted, asked, enqueued, issue };
}

describe('a code that is written', () => {
  it('is counted before it is made, and stands with its message and its line in one transaction', async () => {
    const { steps, lines, entries, enqueued, issue } = issuing();
    const written = { challenge: { id: 'challenge' }, message: MESSAGE, otherChannels: ['EMAIL'] };
    expect(await issue()).toMatchObject(written);
    expect(steps.taken).toEqual([
      'begin',
      'limits.require(tx)',
      'otp.issue(tx)',
      'notifications.enqueue(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['authn_code_sent']);
    const data = { purpose: 'sign-in', reference: 'K7QX' };
    expect(entries).toMatchObject([{ outcome: 'SUCCESS', channel: 'SMS', accountId: 'claire', data }]);
    // The message has the id of its code: its delivery state is looked up by that id.
    expect(enqueued).toEqual([
      { id: 'challenge', kind: 'code.sign-in', accountId: 'claire', usefulUntil: EXPIRES_AT },
    ]);
  });

  it('is shown as sent to a number, or an address, that is masked', async () => {
    const { asked, issue } = issuing();
    await issue();
    await issue(ELSEWHERE, { channel: 'EMAIL', begins: true });
    const request = { purpose: 'sign-in', subjectId: 'claire', binding: 'sign-in' };
    expect(asked).toMatchObject([
      { ...request, destination: '+33612345678', destinationHint: '06 •• •• •• 78' },
      { ...request, destination: 'claire@hopital.example', destinationHint: 'c•••@hopital.example' },
    ]);
    expect(asked.map(({ isFirst, prefix }) => [isFirst, prefix])).toEqual([
      [undefined, '+336123456'],
      [true, undefined],
    ]);
  });

  it('counts by its account, address and block, and as a proof where it proves an address', async () => {
    const { counted, issue } = issuing();
    await issue(ELSEWHERE, { begins: true });
    const { channel, destination, client } = { channel: 'SMS', destination: '+33612345678', client: CLIENT };
    const code = { channel, destination, accountId: 'claire', client };
    expect(counted).toEqual([{ ...code, isProof: false, otherChannels: ['EMAIL'], isHeld: true }]);
    const proof = issuing(ISSUED, true);
    await proof.issue();
    expect(proof.counted).toMatchObject([{ isProof: true, otherChannels: [] }]);
  });

  it('counts with the people of a structure who are behind its own address, and with strangers elsewhere', async () => {
    const { counted, issue } = issuing();
    await issue(BEHIND_OWN_ADDRESS);
    await issue(ELSEWHERE);
    await issue({ ...BEHIND_OWN_ADDRESS, structure: null });
    expect(counted.map(({ egressOf }) => egressOf)).toEqual(['hospital', undefined, undefined]);
  });
});

describe('a code that is not written', () => {
  it.each<[string, CodeIssue, object]>([
    [
      'so soon after another',
      { status: 'too-soon', retryAt: addMilliseconds(NOW, MINUTE) },
      { code: 'resend.too-soon', retryAfterSeconds: 60 },
    ],
    [
      'while the code step is locked',
      { status: 'locked', retryAt: addMilliseconds(NOW, MINUTE), fresh: false },
      { code: 'attempts.exceeded', retryAfterSeconds: 60 },
    ],
    ['until it is reopened', { status: 'locked', retryAt: null, fresh: false }, { code: 'code.exhausted' }],
  ])('leaves no message and no line: %s', async (_, outcome, refusal) => {
    const { steps, lines, issue } = issuing(outcome);
    await expect(issue()).rejects.toMatchObject(refusal);
    expect(steps.taken).toEqual(['begin', 'limits.require(tx)', 'otp.issue(tx)', 'rollback']);
    expect(lines).toEqual([]);
  });
});
