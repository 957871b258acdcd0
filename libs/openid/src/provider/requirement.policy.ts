import type { ApplicationEntity } from '@portillon/application';
import { SECOND } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { isSupported, Level, reachesOneOf } from './level.policy';

/** What must be true of a session before the application is let in. */
export interface Requirement {
  /** Of each list, one value must be reached: what the client asked for, what the application's settings ask for. */
  acr: string[][];
  /** Seconds since the latest proof; null when any is good. */
  maxAge: number | null;
  /** Whether the person must prove it anew for this very request. */
  anew: boolean;
}

/** What of the request's parameters asks something of the session. */
export interface AskedParameters {
  acr_values?: string;
  claims?: string;
  max_age?: number | string;
  prompt?: string;
}

export function requirementOf(
  asked: AskedParameters,
  application: Pick<ApplicationEntity, 'minAcr' | 'maxAgeSeconds'>,
): Requirement {
  const ages = [asked.max_age, application.maxAgeSeconds].filter((age) => age !== undefined && age !== null);
  const wanted = [
    asked.acr_values?.split(' ') ?? [],
    essentialAcr(asked.claims),
    [application.minAcr ?? []].flat(),
  ];
  return {
    acr: wanted.filter((values) => values.length > 0),
    maxAge: ages.length === 0 ? null : Math.min(...ages.map(Number)),
    anew: asked.prompt?.split(' ').includes('login') ?? false,
  };
}

/** Whether no sign-in of this service can ever reach it. */
export function isOutOfReach({ acr }: Requirement): boolean {
  return acr.some((values) => !isSupported(values));
}

export function reachesLevel(level: Level, { acr }: Requirement): boolean {
  return acr.every((values) => reachesOneOf(level, values));
}

/**
 * Whether the latest proof is recent enough. One given since the request began is, whatever `max_age` says: a client that
 * asks for 0 seconds asks for a proof now.
 */
export function isFresh(
  session: Pick<Session, 'authenticatedAt'>,
  requirement: Requirement,
  began: Date,
  now: Date,
): boolean {
  if (session.authenticatedAt >= began) return true;
  return !requirement.anew && isRecent(session, requirement, now);
}

/** Whether the latest proof is no older than `max_age`. */
export function isRecent(
  { authenticatedAt }: Pick<Session, 'authenticatedAt'>,
  { maxAge }: Requirement,
  now: Date,
): boolean {
  return maxAge === null || now.getTime() - authenticatedAt.getTime() <= maxAge * SECOND;
}

/** The level that a page tells the person; null when the application asks for none. */
export function askedLevel({ acr }: Requirement): string | null {
  return acr.at(-1)?.[0] ?? null;
}

/** `claims.id_token.acr` where it is essential: the one way in which a client may insist (OpenID Connect Core, 5.5.1.1). */
function essentialAcr(claims: string | undefined): string[] {
  if (claims === undefined) return [];
  const stated = JSON.parse(claims) as { id_token?: { acr?: EssentialAcr | null } | null };
  const acr = stated.id_token?.acr;
  if (!acr?.essential) return [];
  return [acr.values ?? acr.value ?? []].flat().map(String);
}

interface EssentialAcr {
  essential?: boolean;
  value?: unknown;
  values?: unknown[];
}
