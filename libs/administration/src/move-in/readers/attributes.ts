import type { ImportColumn } from '../../imports/csv-columns';
import { COLUMNS, PersonFields } from '../move-in-line';

/** How to read a file of another product. */
export interface ReadOptions {
  /** Structure of each group, organisation or branch, by `nameKey`. */
  structures: ReadonlyMap<string, string>;
  /** Names of the attributes that hold a field, before the usual ones. */
  attributes: Partial<Record<ImportColumn, string>>;
}

/** Attributes of LDAP directories (inetOrgPerson) and of Keycloak that hold a field, in lower case; the first one counts. */
const USUAL: Partial<Record<ImportColumn, readonly string[]>> = {
  username: ['uid'],
  email: ['mail'],
  displayName: ['displayname', 'cn'],
  firstName: ['givenname'],
  lastName: ['sn'],
  structure: ['structure', 'finess', 'o'],
  locale: ['locale', 'preferredlanguage'],
  nationalId: ['nationalid', 'rpps', 'idnatps'],
  passwordDigest: ['userpassword'],
  phone: ['phonenumber', 'mobile'],
  phoneVerifiedAt: ['phoneverifiedat'],
  preferredChannel: ['preferredchannel'],
  lastSignInAt: ['lastsigninat', 'authtimestamp', 'pwdlastsuccess'],
};
/** `20260901070000Z`, as LDAP writes a time. */
const LDAP_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?Z$/;
const LANGUAGE = /^(fr|en)[-_].*$/iu;

/** Names of the attributes of each field, those of the operator first. */
export function attributeNames({ attributes }: ReadOptions): Map<ImportColumn, readonly string[]> {
  const namesOf = (column: ImportColumn) => [
    ...(attributes[column] ? [attributes[column].toLowerCase()] : []),
    ...(USUAL[column] ?? []),
  ];
  return new Map(COLUMNS.map((column) => [column, namesOf(column)]));
}

/** The fields of a person in these attributes; `valueOf` takes a name in lower case. */
export function personFields(
  names: ReadonlyMap<ImportColumn, readonly string[]>,
  valueOf: (name: string) => string | undefined,
): PersonFields {
  const fields: PersonFields = {};
  for (const [column, candidates] of names) {
    const value = candidates.map(valueOf).find((one) => one !== undefined && one !== '');
    if (value !== undefined) fields[column] = plainValue(column, value);
  }
  return fields;
}

function plainValue(column: ImportColumn, value: string): string {
  if (column === 'locale') return value.replace(LANGUAGE, '$1');
  if (!column.endsWith('At')) return value;
  return value.replace(LDAP_TIME, (_, ...[year, month, day, hour, minute, second = '00']: string[]) => {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  });
}
