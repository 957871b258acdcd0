import { nameKey } from '@portillon/kernel';
import { MoveInPerson, personOfFields } from '../move-in-line';
import { MoveInFault, MoveInReason } from '../move-in-texts';
import { attributeNames, personFields } from './attributes';
import type { ReadOptions } from './attributes';
import { FileBytes, textLines } from './text-source';

/** Longer than any field; photos and certificates are cut and dropped. */
const LONGEST_VALUE = 4 * 1024;
const MOST_VALUES = 20;
const ATTRIBUTE = /^([A-Za-z][A-Za-z0-9-]*|\d+(?:\.\d+)*)(?:;[A-Za-z0-9-]+)*:(:|<)? *(.*)$/s;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** The schemes before a digest that names its format itself. */
const SCHEME = /^\{(?:CRYPT|BCRYPT|ARGON2)\}(?=\$)/i;
const PEOPLE = ['person', 'organizationalperson', 'inetorgperson', 'account', 'posixaccount'];
const STATE = ['objectclass', 'changetype', 'nsaccountlock', 'pwdaccountlockedtime', 'pwdreset'];
/** The time of a lock that an administrator set, and that never ends. */
const LOCKED_FOR_EVER = '000001010000Z';

interface Entry {
  line: number;
  dn: string;
  /** Values by attribute in lower case; of the attributes that are read alone. */
  values: Map<string, string[]>;
}

/** Reads the people of a directory (RFC 2849, `slapcat`), of any size; other entries are left out. */
export async function* ldifPeople(bytes: FileBytes, options: ReadOptions): AsyncGenerator<MoveInPerson> {
  const names = attributeNames(options);
  const kept = new Set([...STATE, ...[...names.values()].flat()]);
  for await (const entry of entriesOf(bytes, kept)) {
    if (isPerson(entry)) yield personOf(entry, names, options);
  }
}

function isPerson({ values }: Entry): boolean {
  return (values.get('objectclass') ?? []).some((one) => PEOPLE.includes(one.toLowerCase()));
}

function personOf(
  { line, dn, values }: Entry,
  names: ReturnType<typeof attributeNames>,
  { structures }: ReadOptions,
): MoveInPerson {
  const first = (name: string) => values.get(name)?.[0];
  const { passwordDigest = '', ...fields } = personFields(names, first);
  const isReset = first('pwdreset')?.toUpperCase() === 'TRUE' && passwordDigest !== '';
  const isLocked =
    first('nsaccountlock')?.toUpperCase() === 'TRUE' || first('pwdaccountlockedtime') === LOCKED_FOR_EVER;
  const structure = fields.structure ?? branchOf(dn, structures) ?? '';
  const digest = isReset ? '' : passwordDigest.replace(SCHEME, '');
  const person = personOfFields(line, { ...fields, structure, passwordDigest: digest });
  const found: [boolean, MoveInReason][] = [
    [isLocked, { code: 'disabled' }],
    [isReset, { code: 'temporary' }],
  ];
  person.reasons.push(...found.flatMap(([is, reason]) => (is ? [reason] : [])));
  return person;
}

/** The nearest branch above the entry that the file of structures names. */
function branchOf(dn: string, structures: ReadonlyMap<string, string>): string | undefined {
  const parts = dn.split(/(?<!\\),\s*/u);
  const branches = parts.slice(1).map((_, index) => parts.slice(index + 1).join(','));
  return branches.find((branch) => structures.has(nameKey(branch)));
}

async function* entriesOf(bytes: FileBytes, kept: ReadonlySet<string>): AsyncGenerator<Entry> {
  let entry: Entry | undefined;
  for await (const { line, text } of unfolded(bytes)) {
    if (text === '') {
      if (entry) yield entry;
      entry = undefined;
    } else {
      const [name, value] = attributeOf(text, line, kept);
      if (entry) addValue(entry, name, value);
      else if (name === 'dn') entry = { line, dn: value, values: new Map() };
      else if (name !== 'version') throw new MoveInFault(line, 'ldif');
    }
  }
  if (entry) yield entry;
}

function addValue({ line, values }: Entry, name: string, value: string): void {
  if (name === 'changetype' && value !== 'add') throw new MoveInFault(line, 'ldif-change');
  const all = values.get(name) ?? [];
  if (value !== '' && all.length < MOST_VALUES) values.set(name, [...all, value]);
}

/** The name in lower case, and the value; empty for an attribute that is not kept, and for one that is no text. */
function attributeOf(text: string, line: number, kept: ReadonlySet<string>): [string, string] {
  const [, given, mark, value = ''] = ATTRIBUTE.exec(text) ?? [];
  if (given === undefined) throw new MoveInFault(line, 'ldif');
  if (mark === '<') throw new MoveInFault(line, 'ldif-url');
  const name = given.toLowerCase();
  if (name !== 'dn' && name !== 'version' && !kept.has(name)) return [name, ''];
  return [name, mark === ':' ? fromBase64(value, line) : value];
}

function fromBase64(value: string, line: number): string {
  if (!BASE64.test(value)) throw new MoveInFault(line, 'ldif');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'base64'));
  } catch {
    return '';
  }
}

/** Lines with their continuations; comments are dropped. A blank line ends an entry. */
async function* unfolded(bytes: FileBytes): AsyncGenerator<{ line: number; text: string }> {
  let open: { line: number; text: string } | undefined;
  for await (const { line, text } of textLines(bytes, LONGEST_VALUE)) {
    if (text.startsWith(' ')) {
      if (!open) throw new MoveInFault(line, 'ldif');
      if (open.text.length < LONGEST_VALUE) open.text += text.slice(1);
      continue;
    }
    if (open && !open.text.startsWith('#')) yield open;
    open = { line, text };
  }
  if (open && !open.text.startsWith('#')) yield open;
}
