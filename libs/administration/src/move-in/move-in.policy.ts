import { LOCALES, MovedAccount, MovedPlace, wrongFields } from '@portillon/account';
import type { KnownAccount, Phone } from '@portillon/account';
import { nameKey, type Channel } from '@portillon/kernel';
import type { Structure } from '@portillon/structure';
import type { MoveInContent, MoveInPerson } from './move-in-line';
import type { MoveInReason } from './move-in-texts';
import { severityOf } from './move-in-texts';

/** What the check of a line asks of others. */
export interface MoveInFacts {
  /** What the line shares with other lines. */
  shared: readonly MoveInReason[];
  structures: ReadonlyMap<string, Structure>;
  /** The number in E.164, if it may receive codes. */
  e164: string | undefined;
  now: Date;
}

/** A line that was checked, and the account that it would become. */
export interface Candidate {
  line: number;
  draft: MovedAccount;
  /** Digest of the former password, as written. */
  passwordDigest: string;
  /** Structures of the line, as written, by id. */
  structures: ReadonlyMap<string, string>;
  reasons: readonly MoveInReason[];
}

const CHANNELS: Readonly<Record<string, Channel>> = {
  '': 'EMAIL',
  email: 'EMAIL',
  mail: 'EMAIL',
  courriel: 'EMAIL',
  sms: 'SMS',
};
/** A national role is given by a person whom the service knows, never by a file. */
const GIVEN = ['professional', 'structure-admin', 'auditor'];
/** Without a structure, an auditor reads everywhere. */
const PLACED = ['structure-admin', 'auditor'];
const INSTANT = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/** Checks one line alone: its fields, roles, structures and number. */
export function candidateOf({ line, content, reasons: found }: MoveInPerson, facts: MoveInFacts): Candidate {
  const { phone, reasons: phoneReasons } = phoneOf(content, facts);
  const { passwordDigest, structure, memberships: _, ...fields } = content;
  const places = placesOf(content, facts);
  const reasons = [
    ...found,
    ...facts.shared,
    ...fieldReasons(content, facts.now),
    ...roleReasons(content),
    ...structureReasons(content, facts),
    ...phoneReasons,
  ];
  const draft: MovedAccount = {
    ...fields,
    roles: content.roles ?? ['professional'],
    structureId: (structure && facts.structures.get(structure)?.id) || null,
    places,
    isReplaced: false,
    phone,
    codeChannel: phone?.verifiedAt ? (CHANNELS[channelKey(content)] ?? 'EMAIL') : 'EMAIL',
    lastSignedInAt: instantOf(content.lastSignInAt) ?? null,
  };
  const texts = textsOf(content).map((text) => [facts.structures.get(text)?.id ?? '', text] as const);
  return { line, draft, passwordDigest, structures: new Map(texts), reasons };
}

/** Whether the reasons leave the line to be taken or merged; else what becomes of it. */
export function outcomeOf(reasons: readonly MoveInReason[]): 'open' | 'skipped' | 'refused' {
  const severities = reasons.map(severityOf);
  if (severities.includes('skipped')) return 'skipped';
  return severities.includes('refused') ? 'refused' : 'open';
}

/**
 * The account of a candidate's person: by the national id, else by user name with the same address. A user name with
 * another address or another national id belongs to another person, a homonym.
 */
export function accountOf(
  { draft: { username, email, nationalId } }: Candidate,
  known: readonly KnownAccount[],
): KnownAccount | 'homonym' | undefined {
  const holder = nationalId && known.find((one) => one.nationalId === nationalId);
  if (holder) return holder;
  const named = known.find((one) => one.usernameKey === nameKey(username));
  if (!named) return undefined;
  const isOther = nationalId && named.nationalId && named.nationalId !== nationalId;
  return named.emailKey === nameKey(email) && !isOther ? named : 'homonym';
}

/** Every place of a line: that of the managing structure, and the others. */
export function wantedPlaces({ draft }: Candidate): MovedPlace[] {
  const { structureId, roles = [], places } = draft;
  return [...(structureId ? [{ structureId, roles }] : []), ...places];
}

function fieldReasons(content: MoveInContent, now: Date): MoveInReason[] {
  const { locale, phoneVerifiedAt, lastSignInAt, memberships } = content;
  const last = instantOf(lastSignInAt);
  const wrong: Record<string, boolean> = {
    locale: locale !== undefined && !LOCALES.includes(locale),
    phoneVerifiedAt: phoneVerifiedAt !== '' && !instantOf(phoneVerifiedAt),
    lastSignInAt: lastSignInAt !== '' && (!last || last > now),
    preferredChannel: CHANNELS[channelKey(content)] === undefined,
    memberships: memberships.some((one) => wrongFields({ function: one.function }).length > 0),
  };
  const others = Object.keys(wrong).filter((field) => wrong[field]);
  const own = wrongFields(content).filter((field) => field !== 'roles');
  return [...own, ...others].map((of) => ({ code: 'field', of }));
}

function roleReasons({ roles = [], memberships, structure }: MoveInContent): MoveInReason[] {
  const all = new Set([...roles, ...memberships.flatMap((one) => one.roles)]);
  const never = [...all].filter((role) => !GIVEN.includes(role));
  const isHomeless = !structure && PLACED.some((role) => roles.includes(role));
  return [
    ...never.map((of): MoveInReason => ({ code: 'role', of })),
    ...(isHomeless ? [{ code: 'structure-needed' } as const] : []),
  ];
}

function structureReasons(content: MoveInContent, { structures }: MoveInFacts): MoveInReason[] {
  const unknown = textsOf(content).filter((text) => !structures.has(text));
  return unknown.map((of) => ({ code: 'structure', of }));
}

function textsOf({ structure, memberships }: MoveInContent): string[] {
  return [...(structure ? [structure] : []), ...memberships.map((one) => one.structure)];
}

/** Each other structure once: the first place counts. */
function placesOf({ structure, memberships }: MoveInContent, { structures }: MoveInFacts): MovedPlace[] {
  const managing = structure && structures.get(structure)?.id;
  const places = new Map<string, MovedPlace>();
  for (const { structure: text, roles, function: post = null } of memberships) {
    const structureId = structures.get(text)?.id;
    if (structureId && structureId !== managing && !places.has(structureId))
      places.set(structureId, {
        structureId,
        roles: roles.length > 0 ? roles : ['professional'],
        function: post,
      });
  }
  return [...places.values()];
}

function phoneOf(
  content: MoveInContent,
  { shared, structures, e164: number, now }: MoveInFacts,
): { phone: Phone | null; reasons: MoveInReason[] } {
  if (!content.phone || shared.some(({ code }) => code === 'shared-phone'))
    return { phone: null, reasons: [] };
  if (!number) return { phone: null, reasons: [{ code: 'phone' }] };
  const verifiedAt = instantOf(content.phoneVerifiedAt);
  const unproved = (reasons: MoveInReason[]) => ({ phone: { number, verifiedAt: null }, reasons });
  if (!verifiedAt) return unproved([]);
  if (verifiedAt > now) return unproved([{ code: 'phone-unproved' }]);
  const isForbidden = textsOf(content).some((text) => structures.get(text)?.policy.smsForbidden);
  return isForbidden
    ? unproved([{ code: 'phone-forbidden' }])
    : { phone: { number, verifiedAt }, reasons: [] };
}

function channelKey({ preferredChannel }: MoveInContent): string {
  return preferredChannel.toLowerCase().replace('-', '');
}

function instantOf(text: string): Date | undefined {
  const at = INSTANT.test(text) ? new Date(text) : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}
