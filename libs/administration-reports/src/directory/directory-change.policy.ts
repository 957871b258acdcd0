import { wrongFields } from '@portillon/account';
import type { DirectoryChangeKind, NameParts, ProposedDirectoryChange } from '@portillon/account';
import { sortKey } from '@portillon/kernel';
import type {
  FhirResource,
  HumanName,
  Identifier,
  Organization,
  Practitioner,
  PractitionerRole,
} from 'fhir/r4';

/** How the Annuaire Santé marks an idNat_PS, a number of the RPPS and a FINESS. */
const IDNPS_SYSTEM = 'urn:oid:1.2.250.1.71.4.2.1';
const RPPS_URL = 'https://rpps.esante.gouv.fr';
export const FINESS_SYSTEM = 'https://finess.esante.gouv.fr';

/** A person whom the directory is read about. */
export interface FollowedPerson extends NameParts {
  id: string;
  nationalId: string;
  /** The structure that manages the account. */
  managedBy: string | null;
  /** The open memberships. */
  places: readonly { structureId: string; finess: string | null }[];
}

/** Practising roles as the directory lists them, with the resources that they name. */
export interface DirectoryRoles {
  practitioners: readonly Practitioner[];
  roles: readonly PractitionerRole[];
  organizations: readonly Organization[];
}

/** The changes that a person's own entry shows. */
export const ENTRY_CHANGES = ['inactive', 'replaced-id', 'renamed'] as const satisfies DirectoryChangeKind[];

/** The identifier of a national id in a search. */
export function identifierOf(nationalId: string): string {
  const isRpps = nationalId.startsWith('8');
  return isRpps ? `${RPPS_URL}|${nationalId.slice(1)}` : `${IDNPS_SYSTEM}|${nationalId}`;
}

/** The entries of this person: several may have the number, since the directory keeps old ones. */
export function entriesOf<Entry extends Practitioner>(
  { nationalId }: Pick<FollowedPerson, 'nationalId'>,
  practitioners: readonly Entry[],
): Entry[] {
  return practitioners.filter((one) => nationalIdsOf(one).includes(nationalId));
}

/**
 * What the entries of a person show otherwise. Of several the active ones count: an old one is marked late. Without any
 * entry nothing is known.
 */
export function entryChanges(
  person: FollowedPerson,
  entries: readonly Practitioner[],
): ProposedDirectoryChange[] {
  if (entries.length === 0) return [];
  const active = entries.filter(isActive);
  if (active.length === 0)
    return person.places.map(({ structureId }) => ({ ...changeOf(person, 'inactive', structureId) }));
  if (person.managedBy === null) return [];
  const replaced = newNationalId(person, active);
  const renamed = newName(person, active);
  return [
    ...(replaced ? [changeOf(person, 'replaced-id', person.managedBy, { nationalId: replaced })] : []),
    ...(renamed ? [changeOf(person, 'renamed', person.managedBy, renamed)] : []),
  ];
}

/**
 * The structures where a person works no longer: every role there has ended. An open role at a place that the directory
 * does not name may be there, so nothing is known then.
 */
export function leftPlaces(
  person: FollowedPerson,
  { practitioners, roles, organizations }: DirectoryRoles,
  now: Date,
): ProposedDirectoryChange[] {
  const entries = new Set(entriesOf(person, practitioners).map(({ id }) => `Practitioner/${id}`));
  const own = roles
    .filter(({ practitioner }) => entries.has(referenceOf(practitioner?.reference)))
    .map((role) => ({ hasEnded: hasEnded(role, now), numbers: placeNumbers(role, organizations) }));
  if (own.some(({ hasEnded, numbers }) => !hasEnded && numbers.length === 0)) return [];
  return person.places.flatMap(({ structureId, finess }) => {
    const there = own.filter(({ numbers }) => finess !== null && numbers.includes(finess));
    const isOver = there.length > 0 && there.every((role) => role.hasEnded);
    return isOver ? [changeOf(person, 'left', structureId, { finess: finess! })] : [];
  });
}

/** Whether every entry of this FINESS is closed; undefined: the directory has none. */
export function isClosed(finess: string, organizations: readonly Organization[]): boolean | undefined {
  const entries = organizations.filter((one) => finessOf(one).includes(finess));
  return entries.length === 0 ? undefined : !entries.some(isActive);
}

function changeOf(
  { id: accountId }: FollowedPerson,
  kind: DirectoryChangeKind,
  structureId: string,
  details: ProposedDirectoryChange['details'] = {},
): ProposedDirectoryChange {
  return { kind, accountId, structureId, details };
}

/** A number of the RPPS takes the place of an ADELI number alone. */
function newNationalId({ nationalId }: FollowedPerson, entries: readonly Practitioner[]): string | undefined {
  if (!nationalId.startsWith('0')) return undefined;
  const numbers = new Set(entries.flatMap(nationalIdsOf).filter((one) => /^8\d{11}$/.test(one)));
  return numbers.size === 1 ? [...numbers][0] : undefined;
}

/** Returns the name of the directory when none of its names is that of the account. */
function newName(
  { givenName, familyName }: NameParts,
  entries: readonly Practitioner[],
): { givenName: string; familyName: string } | undefined {
  if (!givenName || !familyName) return undefined;
  const names = entries.flatMap(({ name }) => itemsIn<HumanName>(name)).flatMap((one) => partsOf(one) ?? []);
  const isSame = (name: { given: string[]; family: string }) =>
    plain(name.family) === plain(familyName) &&
    [name.given.join(' '), name.given[0]!].some((given) => plain(given) === plain(givenName));
  if (names.length === 0 || names.some(isSame)) return undefined;
  const found = { givenName: names[0]!.given.join(' '), familyName: names[0]!.family };
  return wrongFields(found).length === 0 ? found : undefined;
}

function partsOf({ family, given }: HumanName): { family: string; given: string[] } | undefined {
  const names = itemsIn<string>(given).filter((one) => typeof one === 'string' && one.trim() !== '');
  return typeof family === 'string' && family.trim() !== '' && names.length > 0
    ? { family: family.trim(), given: names.map((one) => one.trim()) }
    : undefined;
}

/** Case, accents, hyphens and apostrophes differ between registers. */
function plain(name: string): string {
  return sortKey(name).replace(/[\s'’\p{Pd}]+/gu, ' ');
}

function nationalIdsOf({ identifier }: Practitioner): string[] {
  return itemsIn<Identifier>(identifier).flatMap(({ system, value, type }) => {
    if (typeof value !== 'string') return [];
    if (system === IDNPS_SYSTEM) return [value];
    if (system === RPPS_URL) return [`8${value}`];
    return itemsIn<{ code?: string }>(type?.coding).some(({ code }) => code === 'ADELI') ? [`0${value}`] : [];
  });
}

export function isOrganization(resource: FhirResource): resource is Organization {
  return resource.resourceType === 'Organization';
}

/** FINESS numbers of an entry. */
export function finessOf({ identifier }: Organization): string[] {
  return itemsIn<Identifier>(identifier).flatMap(({ system, value }) =>
    system === FINESS_SYSTEM && typeof value === 'string' ? [value] : [],
  );
}

/** The date of an end comes before the mark. */
function hasEnded(role: PractitionerRole, now: Date): boolean {
  const end = role.period?.end === undefined ? NaN : Date.parse(role.period.end);
  return !isActive(role) || end <= now.getTime();
}

function placeNumbers({ organization }: PractitionerRole, organizations: readonly Organization[]): string[] {
  const reference = referenceOf(organization?.reference);
  return organizations.filter(({ id }) => `Organization/${id}` === reference).flatMap(finessOf);
}

/** `Organization/7` of a relative or absolute reference, without its version; empty: none. */
export function referenceOf(reference: string | undefined): string {
  if (typeof reference !== 'string') return '';
  return /[A-Za-z]+\/[\w.-]{1,64}(?=$|\/_history\/)/.exec(reference)?.[0] ?? '';
}

/** Whether an entry is open: the mark of an old one comes late. */
export function isActive({ active }: { active?: boolean | undefined }): boolean {
  return active !== false;
}

/** What a stranger sends as a list may be none, and may hold anything. */
export function itemsIn<Item>(value: unknown): Item[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.filter((one): one is Item => one !== null && one !== undefined);
}
