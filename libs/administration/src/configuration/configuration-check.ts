import { validateBody } from '@portillon/http';
import { NO_POLICY } from '@portillon/account';
import { AppError, FieldError } from '@portillon/kernel';
import { policyFields } from '../structures/policy-view';
import {
  AdministratorEntry,
  ApplicationEntry,
  ConfigurationDocument,
  GateRuleFields,
  PolicyFields,
  StructureEntry,
  WebhookEntry,
} from './configuration.dto';
import { Configuration, SectionName, SECTIONS } from './configuration.types';

const ENTRIES: Record<SectionName, new () => object> = {
  structures: StructureEntry,
  applications: ApplicationEntry,
  webhooks: WebhookEntry,
  administrators: AdministratorEntry,
};
/** What a rule asks where nothing is said. */
export const RULE_DEFAULTS = { methods: [], roles: [], structures: [], acr: null, maxAgeSeconds: null };

/**
 * Checks a file as the API checks its bodies, by the same classes.
 * @throws AppError `validation.failed` naming every field of every entry that is wrong, as `structures.0.finess`
 */
export function checkConfiguration(value: unknown): Configuration {
  const document = validateBody(ConfigurationDocument, value);
  const errors = SECTIONS.flatMap((section) =>
    (document[section] ?? []).flatMap((entry, index) =>
      faultsOf(section, entry).map((one) => ({ ...one, field: placeOf(section, index, one.field) })),
    ),
  );
  if (errors.length > 0) throw new AppError('validation.failed', { errors });
  return document as Configuration;
}

function placeOf(...parts: (string | number)[]): string {
  return parts.filter((part) => part !== '').join('.');
}

function faultsOf(section: SectionName, entry: unknown): FieldError[] {
  if (typeof entry !== 'object' || entry === null) return [{ field: '', code: 'type', message: '' }];
  const { policy, rules } = entry as { policy?: object; rules?: unknown[] };
  return [
    ...faultsAs(ENTRIES[section], entry),
    ...(section === 'structures' ? policyFaults(policy) : []),
    ...(section === 'applications' && Array.isArray(rules) ? rules.flatMap(ruleFaults) : []),
  ];
}

/** Against what the API wants whole: what is left out is filled with what holds. */
function policyFaults(policy: unknown): FieldError[] {
  if (!isObject(policy)) return [];
  const faults = faultsAs(PolicyFields, { ...policyFields(NO_POLICY), ...policy });
  return faults.map((one) => ({ ...one, field: `policy.${one.field}` }));
}

function ruleFaults(rule: unknown, index: number): FieldError[] {
  if (!isObject(rule)) return [];
  const faults = faultsAs(GateRuleFields, { ...RULE_DEFAULTS, ...rule });
  return faults.map((one) => ({ ...one, field: `rules.${index}.${one.field}` }));
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
