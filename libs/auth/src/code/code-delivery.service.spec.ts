import type { ChannelPolicy, CodeChannelService, ResolvedAccessOptions } from '@portillon/access';
import type { Account, Phone } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import { addMilliseconds, AppError, Channel, MINUTE } from '@portillon/kernel';
import type {
  Delivery,
  Enqueueing,
  Message,
  NotificationService,
  OutgoingMessage,
} from '@portillon/notification';
import type { CodeIssue, OtpPurpose, OtpRequest, OtpService } from '@portillon/otp';
import { CLIENT, journalOf, SettableClock, Steps } from '@portillon/testing';
import type { Counting, SendLimitService } from '../limits/send-limit.service';
import { CLAIRE } from '../testing/sign-in.fixture';
import { CodeDeliveryService } from './code-delivery.service';
import type { CodeRequest, PendingCode, CodePurposes } from './code.types';
import { CodePurposeRegistry } from './code-purpose.registry';

const NOW = new SettableClock().now();
const EXPIRES_AT = addMilliseconds(NOW, 10 * MINUTE);
const PROVES_MAIL = 'proves-mail' as OtpPurpose;
const PROVES_PHONE = 'proves-phone' as OtpPurpose;
const PHONE: Phone = { number: '+33612345678', verifiedAt: new Date('2026-01-01') };
const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };
const REACHABLE = {
  ...CLAIRE,
  locale: 'fr',
  phone: PHONE,
  policy: { egressAddresses: [] },
} as unknown as Account;
const REQUEST: CodeRequest = { purpose: 'sign-in', binding: 'sign-in', account: REACHABLE, client: CLIENT };
const ISSUED = {
  status: 'issued',
  challenge: {
    id: 'challenge',
    reference: 'K7QX',
    sentAt: NOW,
    expiresAt: EXPIRES_AT,
    resendAvailableAt: EXPIRES_AT,
  },
  code: '482913',
} as CodeIssue;
const MESSAGE = { id: 'message' } as OutgoingMessage;
const UNAVAILABLE = { code: 'channel.unavailable' };

interface World {
  /** The channels by which the user may get a code, the preferred one first. */
  allowed?: Channel[];
  /** The channels that can send messages at present. */
  leaving?: Channel[];
  /** Whether the structure allows codes by SMS. */
  smsAllowed?: boolean;
  /** The channels whose limit is reached. */
  full?: Channel[];
  outcome?: CodeIssue;
  delivery?: Delivery;
  latestId?: string;
  kept?: boolean;
}

function delivering(world: World = {}) {
  const { allowed = ['EMAIL', 'SMS'], leaving = ['EMAIL', 'SMS'], smsAllowed = true, full = [] } = world;
  const { outcome = ISSUED, delivery = 'SENT', kept = true } = world;
  const steps = new Steps();
  const { audit, lines, entries } = journalOf<AuditService>(steps);
  const counted: Counting[] = [];
  const asked: OtpRequest[] = [];
  const enqueued: (Enqueueing & { to: string })[] = [];
  const budgeted: Channel[] = [];
  const looked: string[] = [];
  const purposes = new CodePurposeRegistry();
  const { journal, texts } = purposes.get('sign-in');
  purposes.register({
    [PROVES_MAIL]: { proves: 'EMAIL', journal, texts },
    [PROVES_PHONE]: { proves: 'SMS', journal, texts },
  } satisfies CodePurposes);
  const service = new CodeDeliveryService(
    steps.transactions,
    steps.of<OtpService>('otp', {
      issue: async (request) => {
        asked.push(request);
        return outcome;
      },
      allowResend: async () => undefined,
      latestId: async (purpose, binding) => {
        looked.push(`${purpose} ${binding}`);
        return 'latestId' in world ? world.latestId : 'challenge';
      },
    }),
    steps.of<SendLimitService>('limits', {
      requireBudget: async ({ channel }, otherChannels) => {
        budgeted.push(channel);
        const data = { counted: 'sms-budget', otherChannels };
        if (full.includes(channel)) throw new AppError('attempts.exceeded', { data });
      },
      opensMail: async (channels) => full.includes('SMS') && !channels.includes('EMAIL'),
      require: async (counting) => void counted.push(counting),
      countSent: async () => undefined,
    }),
    steps.of<NotificationService>('notifications', {
      available: (channel: Channel) => leaving.includes(channel),
      enqueue: async (message: Message, enqueueing: Enqueueing) => {
        enqueued.push({ ...enqueueing, to: message.to });
        return MESSAGE;
      },
      deliver: async () => delivery,
      receiptOf: async (id: string) => {
        looked.push(id);
        return kept ? ({ delivery: 'delivered', at: NOW } as const) : undefined;
      },
    }),
    { allows: (_: Account, channel: Channel) => channel !== 'SMS' || smsAllowed } as unknown as ChannelPolicy,
    { of: () => allowed } as unknown as CodeChannelService,
    purposes,
    audit,
    new SettableClock(),
    { serviceName: 'Portillon', smsDailyBudget: 10 },
    { publicUrl: 'https://portillon.test' } as ResolvedAccessOptions,
  );
  const issue = (changes: Partial<CodeRequest> = {}) =>
    steps.transactions.run((tx) => service.issue({ ...REQUEST, ...changes }, tx));
  const send = (changes: Partial<CodeRequest> = {}) => service.send({ ...REQUEST, ...changes });
  return { steps, service, lines, entries, counted, asked, enqueued, budgeted, looked, issue, send };
}

/** The place that a code goes to, and the other channels that may bring it. */
async function destinationOf(world: World, changes: Partial<CodeRequest> = {}) {
  const { asked, issue } = delivering(world);
  const { otherChannels } = await issue(changes);
  const { channel, destination } = asked[0]!;
  return { channel, destination, otherChannels };
}

describe('a code for a person', () => {
  it('goes by the channel that they prefer, to what is proved, and may come by the other one', async () => {
    const mail = { channel: 'EMAIL', destination: 'claire@hopital.example', otherChannels: ['SMS'] };
    expect(await destinationOf({})).toEqual(mail);
    const sms = { channel: 'SMS', destination: '+33612345678', otherChannels: ['EMAIL'] };
    expect(await destinationOf({ allowed: ['SMS', 'EMAIL'] })).toEqual(sms);
    expect((await destinationOf({ allowed: ['SMS'] })).otherChannels).toEqual([]);
  });

  it('goes by the channel that was asked for, as far as they may have it', async () => {
    expect(await destinationOf({}, { channel: 'SMS' })).toMatchObject({ channel: 'SMS' });
    await expect(destinationOf({ allowed: ['SMS'] }, { channel: 'EMAIL' })).rejects.toMatchObject(
      UNAVAILABLE,
    );
  });

  it('goes by mail too once the day’s SMS are used up, whatever their structure prefers', async () => {
    const world: World = { allowed: ['SMS'] };
    expect(await destinationOf(world, { channel: 'EMAIL', mailToo: true })).toMatchObject({
      channel: 'EMAIL',
    });
    expect((await destinationOf(world, { mailToo: true })).otherChannels).toEqual(['EMAIL']);
  });

  it('goes nowhere for a person who may have none, nor where no message leaves', async () => {
    await expect(destinationOf({ allowed: [] })).rejects.toMatchObject(UNAVAILABLE);
    await expect(destinationOf({ leaving: ['EMAIL'] }, { channel: 'SMS' })).rejects.toMatchObject(
      UNAVAILABLE,
    );
  });
});

describe('a code that proves an address or a number', () => {
  it('goes to that address, and to no other place', async () => {
    const request = { purpose: PROVES_MAIL, newEmail: 'claire@maison.example', channel: 'SMS' as const };
    expect(await destinationOf({ allowed: ['SMS'] }, request)).toEqual({
      channel: 'EMAIL',
      destination: 'claire@maison.example',
      otherChannels: [],
    });
    await expect(destinationOf({ leaving: ['SMS'] }, request)).rejects.toMatchObject(UNAVAILABLE);
  });

  it('goes to the number though it is not proved yet, and to no other place', async () => {
    const account = { ...REACHABLE, phone: { ...PHONE, verifiedAt: null } };
    const sent = { channel: 'SMS', destination: '+33612345678', otherChannels: [] };
    expect(await destinationOf({ allowed: ['EMAIL'] }, { purpose: PROVES_PHONE, account })).toEqual(sent);
  });

  it('goes to no number where the structure forbids SMS, while none leaves, nor without one', async () => {
    for (const world of [{ smsAllowed: false }, { leaving: ['EMAIL'] as Channel[] }])
      await expect(destinationOf(world, { purpose: PROVES_PHONE })).rejects.toMatchObject(UNAVAILABLE);
    const without = { purpose: PROVES_PHONE, account: { ...REACHABLE, phone: null } };
    await expect(destinationOf({}, without)).rejects.toMatchObject({ code: 'phone.missing' });
    const mail = await destinationOf({ smsAllowed: false }, { purpose: PROVES_MAIL });
    expect(mail).toMatchObject({ channel: 'EMAIL' });
  });
});

describe('a code that is written', () => {
  it('is counted before it is made, and its message and its line are in the same transaction', async () => {
    const { steps, lines, entries, enqueued, issue } = delivering({ allowed: ['SMS', 'EMAIL'] });
    expect(await issue()).toMatchObject({ challenge: { id: 'challenge' }, message: MESSAGE });
    const order = [
      'limits.require(tx)',
      'otp.issue(tx)',
      'notifications.enqueue(tx)',
      'audit.record(tx)',
      'commit',
    ];
    expect(steps.taken.filter((step) => order.includes(step))).toEqual(order);
    expect(lines).toEqual(['authn_code_sent']);
    const data = { purpose: 'sign-in', reference: 'K7QX' };
    expect(entries).toMatchObject([{ outcome: 'SUCCESS', channel: 'SMS', accountId: 'claire', data }]);
    // The message has the id of its code: its delivery state is looked up by that id.
    const queued = { id: 'challenge', kind: 'code.sign-in', accountId: 'claire', usefulUntil: EXPIRES_AT };
    expect(enqueued).toEqual([{ ...queued, to: '+33612345678' }]);
  });

  it('is shown as sent to a number, or an address, that is masked', async () => {
    const { asked, issue } = delivering();
    await issue({ channel: 'SMS' });
    await issue({ channel: 'EMAIL', begins: true });
    expect(asked.map(({ destinationHint, isFirst, prefix }) => [destinationHint, isFirst, prefix])).toEqual([
      ['06 •• •• •• 78', undefined, '+336123456'],
      ['c•••@hopital.example', true, undefined],
    ]);
  });

  it('counts by its account, address and block, and as a proof where it proves an address', async () => {
    const { counted, issue } = delivering();
    await issue({ begins: true });
    await issue({ purpose: PROVES_MAIL });
    const code = {
      channel: 'EMAIL',
      destination: 'claire@hopital.example',
      accountId: 'claire',
      client: CLIENT,
    };
    expect(counted).toEqual([
      { ...code, isProof: false, otherChannels: ['SMS'], isHeld: true },
      { ...code, isProof: true, otherChannels: [], isHeld: undefined },
    ]);
  });

  it('counts with the people of a structure who are behind its own address, and with strangers elsewhere', async () => {
    const { counted, issue } = delivering();
    const behind = (address: string, structure: typeof HOSPITAL | null) =>
      ({ ...REACHABLE, structure, policy: { egressAddresses: [address] } }) as unknown as Account;
    await issue({ account: behind('192.0.2.0/24', HOSPITAL) });
    await issue({ account: behind('198.51.100.0/24', HOSPITAL) });
    await issue({ account: behind('192.0.2.0/24', null) });
    expect(counted.map(({ egressOf }) => egressOf)).toEqual(['hospital', undefined, undefined]);
  });

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
  ])('leaves no message and no line %s', async (_, outcome, refusal) => {
    const { lines, enqueued, issue } = delivering({ outcome });
    await expect(issue()).rejects.toMatchObject(refusal);
    expect([lines, enqueued]).toEqual([[], []]);
  });
});

describe('a code on its way', () => {
  const pending = { ...ISSUED, message: MESSAGE, otherChannels: ['EMAIL'] } as unknown as PendingCode;

  it('leaves after the commit of what was written', async () => {
    const { steps, send } = delivering();
    expect(await send()).toMatchObject({ message: MESSAGE, delivery: 'sent' });
    const order = ['commit', 'notifications.deliver', 'limits.countSent'];
    expect(steps.taken.filter((step) => order.includes(step))).toEqual(order);
  });

  it('counts nothing when it did not leave, and may be asked for again at once', async () => {
    const { steps, service } = delivering({ delivery: 'FAILED' });
    await expect(service.deliver(pending)).rejects.toMatchObject({
      code: 'delivery.failed',
      data: { challenge: { id: 'challenge', delivery: 'failed', otherChannels: ['EMAIL'] } },
    });
    expect(steps.taken).toContain('otp.allowResend');
    expect(steps.taken).not.toContain('limits.countSent');
  });

  it.each([
    ['SENT', 'sent'],
    ['UNCONFIRMED', 'unconfirmed'],
  ] as const)('is valid, and stays counted, when it is %s', async (delivery, shown) => {
    const { steps, service } = delivering({ delivery });
    expect(await service.deliver(pending)).toEqual({ ...pending, delivery: shown });
    expect(steps.taken).toContain('limits.countSent');
  });

  it('goes by no other channel for another failure than a limit', async () => {
    const { service } = delivering();
    for (const failure of [new AppError('session.required'), new Error('database gone')]) {
      const sent = service.countedSend(REQUEST, () => Promise.reject(failure));
      await expect(sent).rejects.toBe(failure);
    }
  });

  it('goes by mail when SMS have reached a limit, where the structure lets it come by SMS alone too', async () => {
    for (const allowed of [['SMS', 'EMAIL'], ['SMS']] as Channel[][]) {
      const { asked, budgeted, send } = delivering({ full: ['SMS'], allowed });
      await send();
      expect([asked[0]?.channel, budgeted]).toEqual(['EMAIL', ['SMS', 'EMAIL']]);
    }
    const named = delivering({ full: ['SMS'], allowed: ['SMS'] }).send({ channel: 'SMS' });
    await expect(named).rejects.toMatchObject({ data: { otherChannels: ['EMAIL'] } });
  });

  it('goes by no other channel than the one that was named, than the one it proves, nor where all are full', async () => {
    const refusal = { code: 'attempts.exceeded' };
    await expect(delivering({ full: ['SMS'] }).send({ channel: 'SMS' })).rejects.toMatchObject(refusal);
    const proving = delivering({ full: ['SMS'] });
    await expect(proving.send({ purpose: PROVES_PHONE })).rejects.toMatchObject(refusal);
    expect(proving.budgeted).toEqual(['SMS']);
    await expect(delivering({ full: ['SMS', 'EMAIL'] }).send()).rejects.toMatchObject(refusal);
  });
});

describe('the delivery state of the latest code', () => {
  it('is that of this sign-in or this session', async () => {
    const { service, looked } = delivering();
    expect(await service.receipt('session', 'this-session')).toEqual({ delivery: 'delivered', at: NOW });
    expect(looked).toEqual(['session this-session', 'challenge']);
  });

  it.each<[string, World]>([
    ['no code was asked for', { latestId: undefined }],
    ['a server of the release before sent it', { kept: false }],
  ])('is unknown where %s', async (_, world) => {
    const unknown = { delivery: 'unconfirmed', at: null };
    expect(await delivering(world).service.receipt('sign-in', 'sign-in')).toEqual(unknown);
  });
});
