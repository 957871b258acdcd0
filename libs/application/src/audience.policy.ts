import type { ApplicationEntity } from './application.entity';
import { PEOPLE_KINDS } from './application.types';
import type { PkceRule } from './application.types';

/** Properties of a person that decide whether they may open an application. */
export interface AudienceMember {
  roles: readonly string[];
  structureId: string | null;
  /** Codes of the professions of the person's activities, as the means of the sign-in states them. */
  professions: readonly string[];
}

/** A person with the structure in use, and all others in which they work. */
export interface PlacedPerson {
  roles: readonly string[];
  structure: { id: string } | null;
  memberships?: readonly { structure: { id: string }; roles: readonly string[] }[];
}

/** A person as a session describes them. */
interface SignedInPerson {
  principal: PlacedPerson;
  activity: { profession: string | null } | null;
}

type Audience = Pick<
  ApplicationEntity,
  'kind' | 'status' | 'structureId' | 'audienceRoles' | 'audienceStructures' | 'audienceProfessions'
>;

/**
 * Whether this person may open the application: one of its roles, one of its structures and one of its professions,
 * where it names any. An application of a structure that names no structure is for the people of that structure: its
 * administrator cannot ask the whole country to sign in.
 */
export function mayOpen(application: Audience, person: AudienceMember): boolean {
  if (application.status !== 'active' || !PEOPLE_KINDS.includes(application.kind)) return false;
  return (
    oneOf(application.audienceRoles, person.roles) &&
    oneOf(structuresOf(application), person.structureId === null ? [] : [person.structureId]) &&
    oneOf(application.audienceProfessions, person.professions)
  );
}

/**
 * Returns the only structure whose people may open the application; nothing when there are several, or when others may
 * too.
 */
export function onlyStructureOf(application: Audience): string | undefined {
  if (application.status !== 'active') return undefined;
  const [only, ...others] = structuresOf(application);
  return others.length === 0 ? only : undefined;
}

/**
 * The person in the structure under which they open the application: the one in use, or where the application is not for
 * its people, the first of theirs that it is for. Roles are those held there.
 */
export function placedFor(application: Audience, person: PlacedPerson): PlacedPerson {
  const wanted = structuresOf(application);
  const { structure, roles, memberships = [] } = person;
  if (wanted.length === 0 || (structure && wanted.includes(structure.id))) return person;
  const [place] = placesFor(application, memberships);
  if (!place) return person;
  const national = roles.filter((role) => !memberships.some((one) => one.roles.includes(role)));
  return { structure: place.structure, roles: [...place.roles, ...national], memberships };
}

/** The memberships under which a person may open the application: all of them where it names no structure. */
export function placesFor<Place extends { structure: { id: string } }>(
  application: Audience,
  memberships: readonly Place[],
): readonly Place[] {
  const wanted = structuresOf(application);
  return wanted.length === 0
    ? memberships
    : memberships.filter(({ structure }) => wanted.includes(structure.id));
}

/** The account holder as the application judges them, under these professions. */
export function audienceMember(
  application: Audience,
  person: PlacedPerson,
  professions: readonly string[],
): AudienceMember {
  const { roles, structure } = placedFor(application, person);
  return { roles, structureId: structure?.id ?? null, professions };
}

/** The owner of a session, under the activity that they chose. */
export function audienceMemberOf(
  { principal, activity }: SignedInPerson,
  application: Audience,
): AudienceMember {
  return audienceMember(application, principal, activity?.profession ? [activity.profession] : []);
}

function structuresOf({ structureId, audienceStructures }: Audience): readonly string[] {
  return audienceStructures.length === 0 && structureId !== null ? [structureId] : audienceStructures;
}

function oneOf(wanted: readonly string[], owned: readonly string[]): boolean {
  return wanted.length === 0 || wanted.some((one) => owned.includes(one));
}

/** Whether a sign-in request of this application needs a `code_challenge`. A rule that is no longer offered is ignored. */
export function requiresPkce(
  { authMethod, pkce }: Pick<ApplicationEntity, 'authMethod' | 'pkce'>,
  nonce: string | undefined,
  offered: readonly PkceRule[],
): boolean {
  if (authMethod === 'none' || !offered.includes(pkce)) return true;
  return pkce === 'required' || (pkce === 'nonce' && !nonce);
}
