import { isDeepStrictEqual } from 'node:util';
import type { ApplicationEntity, ApplicationSettings } from '@portillon/application';
import type { Scope } from '@portillon/user-management';

type Limited = Pick<ApplicationSettings, 'trusted' | 'audienceStructures' | 'resources'>;

/** An application before it is registered: nothing that only a national administrator gives. */
export const NOTHING_GIVEN: Limited = { trusted: false, audienceStructures: [], resources: [] };

/**
 * Which setting only a national administrator may give, where a structure's administrator asks for more than there was
 * `before`: no consent, people of other structures, tokens for the APIs of the whole service. The keys of an API of
 * their own are not theirs to hand out either (`kind`).
 */
export function beyondReach(
  { structureId }: Scope,
  before: Limited,
  asked: Partial<ApplicationSettings> & Partial<Pick<ApplicationEntity, 'kind'>>,
): keyof Limited | 'kind' | undefined {
  if (structureId === null) return undefined;
  if (asked.kind === 'resource') return 'kind';
  if (asked.trusted && !before.trusted) return 'trusted';
  if (!within(asked.resources, before.resources)) return 'resources';
  return within(asked.audienceStructures, [...before.audienceStructures, structureId])
    ? undefined
    : 'audienceStructures';
}

/** Fields that send people and tokens somewhere, or prove the application. */
const BOUND = [
  'redirectUris',
  'postLogoutRedirectUris',
  'initiateLoginUri',
  'backchannelLogoutUri',
  'homeUri',
  'authMethod',
  'pkce',
  'jwks',
  'jwksUri',
  'tlsSubjectDn',
] as const satisfies (keyof ApplicationSettings)[];

/**
 * Whether a national administrator gave it trust, people of other structures or an API: then its addresses, keys and
 * secrets are theirs too, else a structure's administrator would be sent these people, without a page of consent.
 */
export function isNationallyBound(
  { structureId: reach }: Scope,
  { kind, trusted, resources, audienceStructures, structureId }: ApplicationEntity,
): boolean {
  if (reach === null) return false;
  const isShared = audienceStructures.some((one) => one !== structureId);
  return trusted || isShared || resources.length > 0 || kind === 'resource';
}

/** The first bound field that the changes alter. */
export function boundField(
  before: ApplicationEntity,
  changes: Partial<ApplicationSettings>,
): (typeof BOUND)[number] | undefined {
  return BOUND.find((field) => field in changes && !isDeepStrictEqual(changes[field], before[field]));
}

function within(asked: readonly string[] = [], allowed: readonly string[]): boolean {
  return asked.every((one) => allowed.includes(one));
}
