import { Test } from '@nestjs/testing';
import { AccountModule, accountPersistence, AccountService } from '@portillon/account';
import type { Client } from '@portillon/http';
import { Channel, KernelModule, Keyring } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import {
  CodeAccepted,
  OtpChallenge,
  OtpModule,
  otpPersistence,
  OtpPurpose,
  OtpService,
} from '@portillon/otp';
import { PersistenceModule, PersistencePart } from '@portillon/persistence';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import type { SettableClock, TestDatabase } from '@portillon/testing';
import { AUTH_OPTIONS } from '../auth.options';
import { CodePurposeRegistry } from '../code/code-purpose.registry';
import type { CodePurposes } from '../code/code.types';
import { SendLimitService } from '../limits/send-limit.service';
import { countedUnder, CountedMessage } from '../limits/send-limits';
import { SmsBudgetService } from '../limits/sms-budget.service';

export const SEND_PARTS: PersistencePart[] = [accountPersistence, otpPersistence, rateLimitPersistence];
export const BUDGET = 40;
const PROOF = 'mail-change' as OtpPurpose;
const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);

/** A code that was written within the limits. */
export interface SentCode {
  challenge: OtpChallenge;
  code: string;
}

/** The limits on real tables, and accounts that request codes and may enter them. */
export async function sendLimitsOn(engine: TestDatabase, clock: SettableClock) {
  let isOnItsWay = false;
  const application = await Test.createTestingModule({
    imports: [
      KernelModule.forRoot({ keyring, clock }),
      PersistenceModule.forRoot({ url: engine.url, parts: SEND_PARTS }),
      AccountModule.forRoot({}),
      OtpModule.forRoot({}),
      RateLimitModule.forRoot({}),
    ],
    providers: [
      SendLimitService,
      SmsBudgetService,
      CodePurposeRegistry,
      { provide: NotificationService, useValue: { isOnItsWay: async () => isOnItsWay } },
      { provide: AUTH_OPTIONS, useValue: { smsDailyBudget: BUDGET } },
    ],
  }).compile();
  application.get(CodePurposeRegistry).register({ [PROOF]: { proves: 'EMAIL', texts: {} } } as CodePurposes);
  const limits = application.get(SendLimitService);
  const otp = application.get(OtpService);
  let bindings = 0;

  async function send(sending: CountedMessage): Promise<SentCode> {
    await limits.requireBudget(sending, ['EMAIL']);
    const written = await engine.transactions.run(async (tx) => {
      await limits.require({ ...sending, otherChannels: ['EMAIL'] }, tx);
      return otp.issue(requestOf(sending, `binding-${bindings++}`), tx);
    });
    if (written.status !== 'issued') throw new Error(written.status);
    await limits.countSent(sending);
    return written;
  }

  return {
    application,
    send,
    full: ({ channel, destination, accountId }: CountedMessage) =>
      limits.full({ channel, destination, accountId }, []),
    opensMail: (channels: Channel[]) => limits.opensMail(channels),
    sendMany: async (howMany: number, to: (index: number) => CountedMessage) => {
      const sent: SentCode[] = [];
      for (let index = 0; index < howMany; index++) sent.push(await send(to(index)));
      return sent;
    },
    /** Enters a code, within its life. */
    enter: async ({ challenge: { purpose, binding }, code }: SentCode) => {
      const accepted = (await otp.check({ purpose, binding, code })) as CodeAccepted;
      await engine.transactions.run((tx) => otp.consume(accepted, tx));
    },
    fail: ({ challenge }: SentCode) => otp.allowResend(challenge.id),
    holdBack: (held: boolean) => void (isOnItsWay = held),
  };
}

/** An active account: its id. */
export async function accountOn(engine: TestDatabase, accounts: AccountService, username: string) {
  const draft = { username, email: `${username}@hopital.example`, displayName: username };
  const made = await engine.transactions.run((tx) => accounts.create({ ...draft, status: 'ACTIVE' }, tx));
  if (made.status !== 'created') throw new Error(made.status);
  return made.account.id;
}

function requestOf(sending: CountedMessage, binding: string) {
  const { channel, destination, accountId: subjectId, isProof } = sending;
  const purpose = isProof ? PROOF : 'sign-in';
  const destinationHint = destination.slice(0, 1);
  return { purpose, subjectId, binding, channel, destination, destinationHint, ...countedUnder(sending) };
}

/** A message to a new recipient, from a network that no other message uses. */
export function smsTo(index: number): CountedMessage {
  return {
    channel: 'SMS',
    destination: `+33612345${String(index).padStart(3, '0')}`,
    accountId: `person-${index}`,
    client: { addressBlock: `192.0.2.${index}` } as Client,
    isProof: false,
  };
}

export function mailTo(index: number): CountedMessage {
  return { ...smsTo(index), channel: 'EMAIL', destination: `person-${index}@hopital.example` };
}
