import { validateBody } from '@portillon/http';
import { NO_LEGAL_NOTICE, NO_POLICY } from '@portillon/account';
import { AppError, FieldError } from '@portillon/kernel';
import { LegalNoticeTexts } from '../setup/legal-notice.dto';
import { policyFields } from '../structures/policy-view';
import {
  AdministratorEntry,
  ApplicationEntry,
  ConfigurationDocument,
  FaceFields,
  GateRuleFields,
  PolicyFields,
  StructureEntry,
  WebhookEntry,
} from './configuration.dto';
import { Configuration, SectionName, SECTIONS } from './configuration.types';

const ENTRIES: Record<Exclude<SectionName, 'legalNotice'>, new () => object> = {
  structures: StructureEntry,
  applications: ApplicationEntry,
  webhooks: WebhookEntry,
  administrators: AdministratorEntry,
};
/** What a rule asks where nothing is said. */
export const RULE_DEFAULTS = { methods: [], roles: [], structures: [], acr: null, maxAgeSeconds: null };
const NO_FACE = { displayName: null, accent: null };
const { updatedAt: _updatedAt, version: _version, ...NO_LEGAL_TEXTS } = NO_LEGAL_NOTICE;

/**
 * Checks a file as the API checks its bodies, by the same classes.
 * @throws AppError `validation.failed` naming every field of every entry that is wrong, as `structures.0.finess`
 */
export function checkConfiguration(value: unknown): Configuration {
  const configuration = validateBody(ConfigurationDocument, value) as Configuration;
  const errors = SECTIONS.flatMap((section) =>
    entriesOf(configuration, section).flatMap(({ place, entry }) => placed(place, faultsOf(section, entry))),
  );
  if (errors.length > 0) throw new AppError('validation.failed', { errors });
  return configuration;
}

/** The entries of a section, each with its place in the file; a section that is no list is one entry. */
export function entriesOf(
  configuration: Configuration,
  section: SectionName,
): { place: string; entry: object }[] {
  const entries = configuration[section] ?? [];
  if (!Array.isArray(entries)) return [{ place: section, entry: entries }];
  return entries.map((entry, index) => ({ place: `${section}.${index}`, entry }));
}

function faultsOf(section: SectionName, entry: unknown): FieldError[] {
  if (typeof entry !== 'object' || entry === null) return [{ field: '', code: 'type', message: '' }];
  if (section === 'legalNotice') return partFaults(LegalNoticeTexts, NO_LEGAL_TEXTS, entry);
  const { policy, face, rules } = entry as { policy?: unknown; face?: unknown; rules?: unknown[] };
  return [
    ...faultsAs(ENTRIES[section], entry),
    ...(section === 'structures' ? structureFaults(policy, face) : []),
    ...(section === 'applications' && Array.isArray(rules) ? rules.flatMap(ruleFaults) : []),
  ];
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

/** Against what the API wants whole: what is left out is filled with what holds. */
function partFaults(type: new () => object, defaults: object, part: unknown): FieldError[] {
  return isObject(part) ? faultsAs(type, { ...defaults, ...part }) : [];
}

function placed(place: string, faults: FieldError[]): FieldError[] {
  return faults.map((one) => ({ ...one, field: [place, one.field].filter(Boolean).join('.') }));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultsAs(type: new () => object, value: object): FieldError[] {
  try {
    validateBody(type, value);
    return [];
  } catch (error) {
    return (error as AppError).errors!;
  }
}
