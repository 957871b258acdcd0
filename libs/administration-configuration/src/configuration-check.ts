import { validateBody } from '@portillon/http';
import { LegalNoticeTexts, NO_LEGAL_NOTICE } from '@portillon/administration-setup';
import { MOST_LEVELS, NO_POLICY, storedTexts } from '@portillon/structure';
import { AppError, FieldError, nameKey } from '@portillon/kernel';
import { policyFields } from '@portillon/administration';
import {
  AdministratorEntry,
  ApplicationEntry,
  ConfigurationDocument,
  FaceFields,
  GateRuleFields,
  MembershipEntry,
  PolicyFields,
  StructureEntry,
  WebhookEntry,
} from './configuration.dto';
import { RULE_DEFAULTS } from '@portillon/administration-applications';
import { Configuration, SectionName, SECTIONS } from './configuration.types';

const ENTRIES: Record<Exclude<SectionName, 'legalNotice'>, new () => object> = {
  structures: StructureEntry,
  applications: ApplicationEntry,
  webhooks: WebhookEntry,
  administrators: AdministratorEntry,
};
const NO_FACE = { displayName: null, accent: null };
const { updatedAt: _updatedAt, version: _version, ...NO_LEGAL_TEXTS } = NO_LEGAL_NOTICE;

/** An entry with its place in the file, as `structures.0`, and what of its fields is wrong. */
export interface CheckedEntry {
  section: SectionName;
  place: string;
  entry: object;
  errors: FieldError[];
}

/**
 * Checks a file as the API checks its bodies, by the same classes. `errors`: faults outside the entries. Entries are in the
 * order in which they are applied; a section that is invalid as a whole has none.
 */
export function checkConfiguration(value: unknown): { errors: FieldError[]; entries: CheckedEntry[] } {
  const errors = faultsAs(ConfigurationDocument, value);
  const configuration = (isObject(value) ? value : {}) as Configuration;
  const sections = SECTIONS.filter((section) => !errors.some(({ field }) => field === section));
  return { errors, entries: sections.flatMap((section) => entriesOf(configuration, section)) };
}

/**
 * The entries in an order in which each structure finds its parent: those of a higher level in the file come first. In a
 * file with a circle of structures some entry is refused in any order.
 */
export function parentsFirst(entries: readonly CheckedEntry[]): CheckedEntry[] {
  const structures = entries.filter(({ section }) => section === 'structures');
  const sound = structures.filter(({ errors }) => errors.length === 0);
  const byKey = new Map(sound.flatMap((one) => keysOf(one.entry).map((key) => [key, one] as const)));
  const levelOf = ({ entry }: CheckedEntry, above: number): number => {
    const { parent } = entry as StructureEntry;
    const key = parent && keysOf({ name: parent, siret: parent }).find((one) => byKey.has(one));
    return key && above < MOST_LEVELS ? levelOf(byKey.get(key)!, above + 1) : above;
  };
  const levels = new Map(sound.map((one) => [one, levelOf(one, 0)]));
  structures.sort((one, other) => (levels.get(one) ?? 0) - (levels.get(other) ?? 0));
  return [...structures, ...entries.filter(({ section }) => section !== 'structures')];
}

/** What a reference may call a structure, in one spelling. */
function keysOf(entry: Partial<StructureEntry>): string[] {
  const { finess, siret } = storedTexts(entry);
  return [entry.name && nameKey(entry.name), finess, siret].filter((key) => typeof key === 'string');
}

/** A section that is no list is one entry. */
function entriesOf(configuration: Configuration, section: SectionName): CheckedEntry[] {
  const entries = configuration[section] ?? [];
  const checked = (place: string, entry: object) => {
    return { section, place, entry, errors: placed(place, faultsOf(section, entry)) };
  };
  if (!Array.isArray(entries)) return [checked(section, entries)];
  return entries.map((entry, index) => checked(`${section}.${index}`, entry));
}

function faultsOf(section: SectionName, entry: unknown): FieldError[] {
  if (typeof entry !== 'object' || entry === null) return [{ field: '', code: 'type', message: '' }];
  if (section === 'legalNotice') return partFaults(LegalNoticeTexts, NO_LEGAL_TEXTS, entry);
  const { policy, face, rules, memberships } = entry as Record<string, unknown>;
  return [
    ...faultsAs(ENTRIES[section], entry),
    ...(section === 'structures' ? structureFaults(policy, face) : []),
    ...(section === 'applications' && Array.isArray(rules) ? rules.flatMap(ruleFaults) : []),
    ...(section === 'administrators' && Array.isArray(memberships) ? memberships.flatMap(placeFaults) : []),
  ];
}

function placeFaults(membership: unknown, index: number): FieldError[] {
  return placed(`memberships.${index}`, isObject(membership) ? faultsAs(MembershipEntry, membership) : []);
}

function structureFaults(policy: unknown, face: unknown): FieldError[] {
  return [
    ...placed('policy', partFaults(PolicyFields, policyFields(NO_POLICY), policy)),
    ...placed('face', partFaults(FaceFields, NO_FACE, face)),
  ];
}

function ruleFaults(rule: unknown, index: number): FieldError[] {
  return placed(`rules.${index}`, partFaults(GateRuleFields, RULE_DEFAULTS, rule));
}

/** Checks the entry as the API requires it, complete: omitted fields take their present values. */
function partFaults(type: new () => object, defaults: object, part: unknown): FieldError[] {
  return isObject(part) ? faultsAs(type, { ...defaults, ...part }) : [];
}

function placed(place: string, faults: FieldError[]): FieldError[] {
  return faults.map((one) => ({ ...one, field: [place, one.field].filter(Boolean).join('.') }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultsAs(type: new () => object, value: unknown): FieldError[] {
  try {
    validateBody(type, value);
    return [];
  } catch (error) {
    return (error as AppError).errors!;
  }
}
