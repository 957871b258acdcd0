import { isDeepStrictEqual } from 'node:util';
import type { ApplicationEntity, ApplicationSettings } from '@portillon/application';
import type { Scope } from '@portillon/user-management';

type Limited = Pick<ApplicationSettings, 'trusted' | 'audienceStructures' | 'resources'>;

/** An application before it is registered, without any setting that only a national administrator gives. */
export const NOTHING_GIVEN: Limited = { trusted: false, audienceStructures: [], resources: [] };

/**
 * Returns the setting that only a national administrator may give, when a structure's administrator requests more than
 * `before`: no consent, users of other structures, or tokens for the APIs of the whole service. Nor may they issue keys for
 * an API (`kind`).
 */
export function beyondReach(
  { structureIds }: Scope,
  before: Limited,
  asked: Partial<ApplicationSettings> & Partial<Pick<ApplicationEntity, 'kind'>>,
): keyof Limited | 'kind' | undefined {
  if (structureIds === null) return undefined;
  if (asked.kind === 'resource') return 'kind';
  if (asked.trusted && !before.trusted) return 'trusted';
  if (!within(asked.resources, before.resources)) return 'resources';
  return within(asked.audienceStructures, [...before.audienceStructures, ...structureIds])
    ? undefined
    : 'audienceStructures';
}

/** Fields that determine where users and tokens go, or that authenticate the application. */
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
 * Whether a national administrator gave the application trust, users of other structures or an API. Then only they change
 * its addresses, keys and secrets: a structure's administrator could otherwise receive these users without a consent page.
 */
export function isNationallyBound(
  { structureIds: reach }: Scope,
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
