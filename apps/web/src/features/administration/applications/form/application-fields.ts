import type { AdminApplication, ApplicationKind } from '../../../../api/types';
import type { Choice } from '../../shared/SearchPicker.vue';
import {
  MACHINE_SCOPES,
  mayLeavePkceOut,
  PEOPLE_SCOPES,
  speaksOpenid,
  withProof,
  withRedirect,
} from './application-kinds';

type Key = keyof AdminApplication;
/** How the application proves its identity; some fields depend on it. */
type Proof = Pick<AdminApplication, 'authMethod'>;

/** One field: its form control, and the API's property `key`. */
interface Field<Typed, K extends Key> {
  key: K;
  empty: Typed;
  typed(value: AdminApplication[K], nameOf: (structure: string) => string): Typed;
  sent(typed: Typed, kind: ApplicationKind, proof: Proof): AdminApplication[K];
  /** Fields that do not apply to a kind are not sent, and keep their stored value. */
  concerns(kind: ApplicationKind, national: boolean): boolean;
}
type Concerns = Field<unknown, Key>['concerns'];

const field = <Typed, K extends Key>(one: Field<Typed, K>) => one;
const asItIs = <K extends Key>(key: K, empty: AdminApplication[K], concerns: Concerns) =>
  field({ key, empty, typed: (value) => value, sent: (typed) => typed, concerns });
/** One address or code per line. */
const lines = <K extends 'redirectUris' | 'postLogoutRedirectUris' | 'audienceProfessions' | 'resources'>(
  key: K,
  concerns: Concerns,
) => field({ key, empty: '', typed: (value) => value.join('\n'), sent: linesOf, concerns });
const text = <K extends 'initiateLoginUri' | 'homeUri' | 'backchannelLogoutUri' | 'jwksUri' | 'tlsSubjectDn'>(
  key: K,
  concerns: Concerns,
  method?: AdminApplication['authMethod'],
) =>
  field({
    key,
    empty: '',
    typed: (value) => value ?? '',
    // Another method of proof clears the fields of the previous one.
    sent: (typed, _kind, { authMethod }) => ((!method || method === authMethod) && typed.trim()) || null,
    concerns,
  });

/** Only a national administrator sets structures, skips consent and grants resources. */
const FIELDS = {
  name: field({
    key: 'name',
    empty: '',
    typed: (value) => value,
    sent: (typed) => typed.trim(),
    concerns: () => true,
  }),
  redirectUris: lines('redirectUris', withRedirect),
  postLogoutRedirectUris: lines('postLogoutRedirectUris', withRedirect),
  initiateLoginUri: text('initiateLoginUri', withRedirect),
  homeUri: text('homeUri', withRedirect),
  backchannelLogoutUri: text('backchannelLogoutUri', withRedirect),
  authMethod: asItIs('authMethod', 'client_secret_basic', withProof),
  pkce: field({
    key: 'pkce',
    empty: 'required' as AdminApplication['pkce'],
    typed: (value) => value,
    sent: (typed, kind, proof) => (mayLeavePkceOut(kind, proof) ? typed : 'required'),
    concerns: (kind) => kind === 'web',
  }),
  /** JSON. */
  jwks: field({
    key: 'jwks',
    empty: '',
    typed: (value) => (value ? JSON.stringify(value, null, 2) : ''),
    sent: (typed, _kind, { authMethod }) => (authMethod === 'private_key_jwt' && keysIn(typed)) || null,
    concerns: withProof,
  }),
  jwksUri: text('jwksUri', withProof, 'private_key_jwt'),
  tlsSubjectDn: text('tlsSubjectDn', withProof, 'tls_client_auth'),
  audienceRoles: asItIs('audienceRoles', [], withRedirect),
  audienceStructures: field({
    key: 'audienceStructures',
    empty: [] as Choice[],
    typed: (ids, nameOf) => ids.map((id) => ({ id, name: nameOf(id) })),
    sent: (typed) => typed.map(({ id }) => id),
    concerns: (kind, national) => national && withRedirect(kind),
  }),
  audienceProfessions: lines('audienceProfessions', withRedirect),
  minAcr: field({
    key: 'minAcr',
    empty: '',
    typed: (value) => value ?? '',
    sent: (typed) => (typed || null) as AdminApplication['minAcr'],
    concerns: withRedirect,
  }),
  /** In seconds; empty: any. */
  maxAge: field({
    key: 'maxAgeSeconds',
    empty: '',
    typed: (value) => (value === null ? '' : String(value)),
    sent: (typed) => (typed === '' ? null : Number(typed)),
    concerns: withRedirect,
  }),
  claimsShape: asItIs('claimsShape', 'plain', speaksOpenid),
  idTokenAlg: asItIs('idTokenAlg', 'RS256', speaksOpenid),
  claimNames: asItIs('claimNames', true, withRedirect),
  claimMail: asItIs('claimMail', false, withRedirect),
  claimGroups: asItIs('claimGroups', false, withRedirect),
  confirmIdentity: asItIs('confirmIdentity', false, withRedirect),
  trusted: asItIs('trusted', false, (kind, national) => national && withRedirect(kind)),
  scopes: field({
    key: 'scopes',
    empty: ['profile'],
    typed: (value) => value,
    sent: (typed, kind) =>
      kind === 'service' ? chosen(MACHINE_SCOPES, typed) : ['openid', ...chosen(PEOPLE_SCOPES, typed)],
    concerns: (kind) => kind === 'service' || speaksOpenid(kind),
  }),
  resources: lines('resources', (kind, national) => national && withProof(kind)),
  offlineAccess: asItIs('offlineAccess', false, speaksOpenid),
  gateAssertion: asItIs('gateAssertion', false, (kind) => kind === 'gate'),
};

/** The form of an application. */
export type ApplicationFields = {
  [Name in keyof typeof FIELDS]: ReturnType<(typeof FIELDS)[Name]['typed']>;
};
export const FIELD_NAMES = Object.keys(FIELDS) as (keyof ApplicationFields)[];
const ENTRIES = Object.entries(FIELDS) as unknown as [keyof ApplicationFields, Field<unknown, Key>][];

export const NO_FIELDS = filled(({ empty }) => empty);

export const fieldsOf = (application: AdminApplication, nameOf: (structure: string) => string) =>
  filled(({ key, typed }) => typed(application[key], nameOf));

/** Converts to the API's format. */
export function applicationBody(kind: ApplicationKind, fields: ApplicationFields, national: boolean) {
  const concerned = ENTRIES.filter(([, { concerns }]) => concerns(kind, national));
  const body = concerned.map(([name, { key, sent }]) => [key, sent(fields[name], kind, fields)]);
  return Object.fromEntries(body) as Partial<AdminApplication> & Pick<AdminApplication, 'name'>;
}

/** Parses this text; nothing if it is not a JSON object. */
export function keysIn(text: string): Record<string, unknown> | undefined {
  try {
    const keys: unknown = JSON.parse(text);
    return typeof keys === 'object' && keys !== null ? (keys as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function filled(value: (field: Field<unknown, Key>) => unknown): ApplicationFields {
  return Object.fromEntries(ENTRIES.map(([name, field]) => [name, value(field)])) as ApplicationFields;
}

function linesOf(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** Returns the ticked scopes. */
function chosen(known: readonly string[], scopes: readonly string[]): string[] {
  return known.filter((scope) => scopes.includes(scope));
}
