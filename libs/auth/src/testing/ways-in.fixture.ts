import type { Account } from '@portillon/account';
import type { StructurePolicy } from '@portillon/structure';
import { NO_POLICY } from '@portillon/structure';
import type { PresentedPasskey, ResolvedAccessOptions } from '@portillon/access';
import type { PasswordDelay } from '@portillon/credential';
import { type Channel, DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import type { OtpLock, UnansweredCode } from '@portillon/otp';

/** Replaces a digest: no password has it. */
export const VOID_DIGEST = 'taken';
export const NOW = new Date('2026-11-24T15:39:00.000Z');

/** A user at the sign-in, and their rows in other tables. */
export interface DrawnPerson {
  account: Account;
  passkeys: PresentedPasskey[];
  hasTotp: boolean;
  hasRecoveryCode: boolean;
  delay: PasswordDelay | undefined;
  codeLock: Omit<OtpLock, 'status' | 'fresh'> | undefined;
  codes: UnansweredCode[];
  /** Whether codes to other accounts have used up the limit of neighbouring numbers. */
  neighboursFull: boolean;
  /** When a code was last given in another browser that holds still; null: in none. */
  rememberedAt: Date | null;
}

export interface DrawnDeployment {
  options: ResolvedAccessOptions;
  pscAway: boolean;
  channels: { EMAIL: boolean; SMS: boolean };
  smsBudget: number;
  /** Channels in an outage since {@link NOW}. */
  failing: Channel[];
}

type Draw = () => number;

/** One of these. */
const pick = <One>(draw: Draw, list: readonly One[]) => list[Math.floor(draw() * list.length)]!;
const often = (draw: Draw, share: number) => draw() < share;
const maybe = <One>(draw: Draw, share: number, one: One) => (often(draw, share) ? one : null);
/** Instants about now, on the edge too. */
const around = (draw: Draw, days: number) =>
  addMilliseconds(NOW, pick(draw, [-days * DAY, -SECOND, 0, SECOND, days * DAY]));

export function drawDeployment(draw: Draw): DrawnDeployment {
  return {
    options: {
      publicUrl: 'http://portillon.test',
      freshMs: 5 * MINUTE,
      administratorsNeedStrongMeans: false,
      recoveryCodes: often(draw, 0.4),
      codeWindowScope: pick(draw, ['browser', 'browser', 'account'] as const),
      codeWindowMs: pick(draw, [0, 12 * HOUR, DAY]),
      otherMeans: (['pro-sante-connect', 'cpx', 'passkey'] as const).filter(() => often(draw, 0.75)),
    },
    pscAway: often(draw, 0.2),
    channels: { EMAIL: often(draw, 0.95), SMS: often(draw, 0.7) },
    smsBudget: pick(draw, [0, 10, 10]),
    failing: pick<Channel[]>(draw, [[], [], [], ['SMS'], ['EMAIL'], ['EMAIL', 'SMS']]),
  };
}

export function drawPerson(draw: Draw, id: string): DrawnPerson {
  const account = drawAccount(draw, id);
  return {
    account,
    passkeys: Array.from({ length: pick(draw, [0, 0, 1, 2]) }, () => ({
      kind: pick(draw, ['device', 'synced'] as const),
      identityProof: pick(draw, [null, 'cpx', 'in-person']),
    })),
    hasTotp: often(draw, 0.3),
    hasRecoveryCode: often(draw, 0.3),
    delay: often(draw, 0.2) ? drawDelay(draw) : undefined,
    codeLock: often(draw, 0.2)
      ? pick(draw, [{ retryAt: null }, { retryAt: addMilliseconds(NOW, MINUTE) }])
      : undefined,
    codes: drawCodes(draw, account),
    neighboursFull: often(draw, 0.2),
    rememberedAt: often(draw, 0.3) ? addMilliseconds(NOW, -pick(draw, [0, HOUR, 13 * HOUR])) : null,
  };
}

function drawAccount(draw: Draw, id: string): Account {
  const status = often(draw, 0.7) ? 'ACTIVE' : pick(draw, ['INVITED', 'DEACTIVATED'] as const);
  return {
    id,
    username: `person.${id}`,
    displayName: id,
    locale: 'fr',
    status,
    email: status === 'DEACTIVATED' && often(draw, 0.5) ? '' : `${id}@hopital.example`,
    roles: ['professional'],
    structure: { id: 'hospital', name: 'Hôpital des Trois Dames' },
    memberships: [] as const,
    ...drawPhone(draw, id),
    nationalId: maybe(draw, 0.4, `8997003${id}`),
    ...drawPassword(draw),
    policy: maybe(draw, 0.8, drawPolicy(draw)) ?? NO_POLICY,
    emergency: maybe(draw, 0.2, {
      means: pick(draw, ['password', 'cpx'] as const),
      until: around(draw, 1),
    }),
    identity: maybe(draw, 0.6, {
      method: pick(draw, ['card', 'face-to-face'] as const),
      at: addMilliseconds(NOW, -pick(draw, [1, 1090, 1100]) * DAY),
    }),
    emailUnreachableSince: maybe(draw, 0.1, NOW),
    erasureRequestedAt: maybe(draw, 0.1, NOW),
    invitedUntil: maybe(draw, 0.7, around(draw, 1)),
    version: 1,
  } as unknown as Account;
}

function drawPassword(draw: Draw): Pick<Account, 'passwordDigest' | 'passwordVoid'> {
  const reason = maybe(draw, 0.2, pick(draw, ['reported', 'incident', 'closing', 'moved'] as const));
  if (reason) return { passwordDigest: VOID_DIGEST, passwordVoid: { reason, since: NOW } };
  return { passwordDigest: maybe(draw, 0.9, 'digest'), passwordVoid: null };
}

function drawPhone(draw: Draw, id: string): Pick<Account, 'phone' | 'codeChannel'> {
  const verifiedAt = maybe(draw, 0.7, NOW);
  const phone = maybe(draw, 0.5, { number: numberOf(id), verifiedAt });
  return { phone, codeChannel: phone?.verifiedAt && often(draw, 0.5) ? 'SMS' : 'EMAIL' };
}

/** Each id gets its own block of numbers: limits on neighbouring numbers never mix two accounts. */
function numberOf(id: string): string {
  return `+336${id}78`;
}

function drawPolicy(draw: Draw): StructurePolicy {
  const stages = [-40, -14, -13, -1, 0, 1, 29, 31].map((days) => addMilliseconds(NOW, days * DAY));
  return {
    ...NO_POLICY,
    smsForbidden: often(draw, 0.2),
    mailFirstTimeOnly: often(draw, 0.3),
    codeWindowHours: pick(draw, [null, 0, 4, 24]),
    proSanteConnectFrom: often(draw, 0.2) ? around(draw, 30) : null,
    strongMeansFrom: often(draw, 0.6) ? pick(draw, stages) : null,
    identityRequiredFrom: often(draw, 0.2) ? pick(draw, stages) : null,
    strongMeansReached: pick(draw, [0, 0, 0, 1, 2] as const),
    totpIsStrong: often(draw, 0.4),
    passkeyKind: pick(draw, ['any', 'any', 'device'] as const),
    passkeyIdentity: pick(draw, ['any', 'any', 'proven'] as const),
  };
}

function drawDelay(draw: Draw): PasswordDelay {
  return { until: addMilliseconds(NOW, pick(draw, [SECOND, 30 * MINUTE])), isLock: often(draw, 0.5) };
}

/** Up to the bounds of the limits, and over; the first of them is not of this very moment. */
function drawCodes(draw: Draw, { email, phone }: Account): UnansweredCode[] {
  const count = pick(draw, [0, 0, 0, 4, 5, 10, 19, 20, 25]);
  const spacing = pick(draw, [MINUTE, 4 * MINUTE, HOUR]);
  return Array.from({ length: count }, (_, index) => {
    const channel = phone && often(draw, 0.5) ? 'SMS' : 'EMAIL';
    const destinationDigest = channel === 'SMS' ? phone!.number : email;
    const sentAt = addMilliseconds(NOW, -(index + 1) * spacing);
    return { id: `code-${index}`, purpose: 'sign-in', channel, destinationDigest, sentAt };
  });
}
