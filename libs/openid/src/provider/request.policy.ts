import {
  type ClientApplication,
  MACHINE_SCOPES,
  PEOPLE_SCOPES,
  resourcesOf,
  type RefusalReason,
} from '@portillon/application';
import type { ClientRefusal } from './refusal.policy';

/** Lengths that no library reaches, and that a database or a page cannot handle. */
const LONGEST = 2_048;
const LONGEST_IN_ALL = 8_192;

/**
 * The scopes that are reported when they are omitted, standard ones included. Others would let a stranger fill the list.
 */
const NAMED: readonly string[] = [...PEOPLE_SCOPES, ...MACHINE_SCOPES, 'offline_access', 'phone', 'address'];

/** The claims that an application's settings control beside the scope. */
const SWITCHES = { profile: 'claimNames', email: 'claimMail', groups: 'claimGroups' } as const;

type Switch = (typeof SWITCHES)[keyof typeof SWITCHES];

/** The parameters of a request; one that is sent several times is a list. */
export type RequestParameters = Readonly<Record<string, string | string[] | undefined>>;

/** Why a request is too long to be stored, in characters; undefined when it is not. */
export function tooLong(parameters: RequestParameters): string | undefined {
  const lengths = Object.entries(parameters).map(([name, value]) => [name, lengthOf(value)] as const);
  const longest = lengths.find(([, length]) => length > LONGEST);
  if (longest) return `${longest[0]} is longer than ${LONGEST} characters`;
  const inAll = lengths.reduce((sum, [, length]) => sum + length, 0);
  return inAll > LONGEST_IN_ALL ? `the request is longer than ${LONGEST_IN_ALL} characters` : undefined;
}

/** The scopes of the headers that the gate forwards: its application requests nothing else, and its user consents to them. */
export function gateScope({
  claimNames,
  claimMail,
  claimGroups,
  gateAssertion,
}: Pick<ClientApplication, Switch | 'gateAssertion'>): string {
  const scopes = {
    openid: true,
    profile: claimNames,
    email: claimMail,
    groups: claimGroups,
    structure: gateAssertion,
  };
  return Object.entries(scopes)
    .filter(([, isGiven]) => isGiven)
    .map(([scope]) => scope)
    .join(' ');
}

/** The scopes that the application may get: its own, and those of the named APIs; of all APIs when it names none. */
export function grantable(
  { scopes, resources }: Pick<ClientApplication, 'scopes' | 'resources'>,
  named: string | string[] | undefined,
): string[] {
  const apis = resourcesOf(resources).filter(
    ({ audience }) => named === undefined || [named].flat().includes(audience),
  );
  return [...scopes, ...apis.flatMap((api) => api.scopes)];
}

/** The granted part of the scope; the rest is left out (RFC 6749, 3.3). Undefined when nothing is granted. */
export function grantedScope(asked: string | undefined, granted: readonly string[]): string | undefined {
  return (
    asked
      ?.split(' ')
      .filter((scope) => granted.includes(scope))
      .join(' ') || undefined
  );
}

/** Returns the requested scopes that give nothing: they are not granted, or their switch is off. */
export function leftOut(
  asked: string | undefined,
  granted: string | undefined,
  application: Pick<ClientApplication, Switch>,
): ClientRefusal[] {
  const scopes = asked?.split(' ').filter(Boolean) ?? [];
  const kept = granted?.split(' ') ?? [];
  const notGranted = scopes.filter((scope) => !kept.includes(scope));
  const off = Object.entries(SWITCHES)
    .filter(([scope, name]) => scopes.includes(scope) && kept.includes(scope) && !application[name])
    .map(([, name]): RefusalReason => `${name}-off`);
  return [
    ...notGranted.map((scope) => ({
      code: 'scope_not_granted',
      detail: NAMED.includes(scope) ? scope : 'scope-unknown',
    })),
    ...off.map((detail) => ({ code: 'scope_switched_off', detail })),
  ];
}

/** The part of `claims` that the application may request; the library refuses an invalid value. */
export function grantedClaims(asked: string | undefined, claimable: readonly string[]): string | undefined {
  const members = asked === undefined ? undefined : objectIn(asked);
  if (!members) return asked;
  const granted = Object.entries(members).map(([member, claims]) => [member, only(claims, claimable)]);
  return JSON.stringify(Object.fromEntries(granted));
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function only(claims: unknown, claimable: readonly string[]): unknown {
  if (!isObject(claims)) return claims;
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => claimable.includes(claim)));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function lengthOf(value: RequestParameters[string]): number {
  return [value ?? ''].flat().join('').length;
}
