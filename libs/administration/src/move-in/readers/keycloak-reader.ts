import { keycloakDigest } from '@portillon/credential';
import { fullName } from '@portillon/account';
import { nameKey } from '@portillon/kernel';
import { MoveInPerson, PersonFields, personOfFields } from '../move-in-line';
import { MoveInFault, MoveInReason } from '../move-in-texts';
import { attributeNames, personFields } from './attributes';
import type { ReadOptions } from './attributes';
import { FileBytes, utf8Of } from './text-source';

type JsonObject = Readonly<Record<string, unknown>>;

/** Far above any user; a longer one is a hostile file. */
const LONGEST_USER = 256 * 1024;
const LONGEST_NAME = 64;
/** Depth within a user: the realm, the array, the user. */
const USER_DEPTH = 3;

/** Reads the people of a Keycloak realm (`kc.sh export`), of any size. */
export async function* keycloakPeople(bytes: FileBytes, options: ReadOptions): AsyncGenerator<MoveInPerson> {
  const names = attributeNames(options);
  let last = 0;
  for await (const { text, line } of usersOf(bytes)) {
    // An export without line breaks counts its users instead.
    last = Math.max(line, last + 1);
    yield personOf(parsed(text, line), last, names, options);
  }
}

function personOf(
  user: JsonObject,
  line: number,
  names: ReturnType<typeof attributeNames>,
  { structures }: ReadOptions,
): MoveInPerson {
  const groups = listOf(user['groups']).map(textOf);
  const mapped = groups.filter((group) => structures.has(nameKey(group)));
  const fields = { ...personFields(names, attributesOf(user)), ...ownFields(user) };
  const structure = fields.structure ?? mapped[0] ?? '';
  const person = personOfFields(line, { ...fields, structure, memberships: '' });
  person.content.memberships = mapped
    .filter((group) => group !== structure)
    .map((group) => ({ structure: group, roles: [] }));
  const unknown = groups.filter((group) => !mapped.includes(group));
  person.reasons.push(...stateReasons(user), ...unknown.map((of): MoveInReason => ({ code: 'group', of })));
  return person;
}

function ownFields(user: JsonObject): PersonFields {
  const [firstName, lastName, username] = ['firstName', 'lastName', 'username'].map((key) =>
    textOf(user[key]),
  );
  const displayName = fullName({ givenName: firstName!, familyName: lastName! }) || username!;
  const digest = mustChange(user) ? undefined : digestOf(user);
  return {
    username: username!,
    email: textOf(user['email']),
    firstName: firstName!,
    lastName: lastName!,
    displayName,
    ...(digest !== undefined && { passwordDigest: digest }),
  };
}

/** The digest of the password; a text that no format has, where the credential cannot be read. */
function digestOf(user: JsonObject): string | undefined {
  const credentials = listOf(user['credentials']).map(objectOf);
  const password = credentials.find(({ type }) => type === 'password');
  if (!password) return undefined;
  return keycloakDigest(textOf(password['credentialData']), textOf(password['secretData'])) ?? '?';
}

function mustChange(user: JsonObject): boolean {
  return listOf(user['requiredActions']).includes('UPDATE_PASSWORD');
}

function stateReasons(user: JsonObject): MoveInReason[] {
  return [
    ...(user['enabled'] === false ? [{ code: 'disabled' } as const] : []),
    ...(user['serviceAccountClientId'] ? [{ code: 'machine' } as const] : []),
    ...(mustChange(user) && digestOf(user) !== undefined ? [{ code: 'temporary' } as const] : []),
  ];
}

function attributesOf(user: JsonObject): (name: string) => string | undefined {
  const entries = Object.entries(objectOf(user['attributes']));
  const values = new Map(entries.map(([name, value]) => [name.toLowerCase(), textOf([value].flat()[0])]));
  return (name) => values.get(name);
}

function parsed(text: string, line: number): JsonObject {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    throw new MoveInFault(line, 'json');
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The texts of the objects in the array `users` of the realm, with the lines where they begin. */
async function* usersOf(bytes: FileBytes): AsyncGenerator<{ text: string; line: number }> {
  const scanner = new UsersScanner();
  for await (const piece of utf8Of(bytes)) yield* scanner.scan(piece);
  scanner.end();
}

/**
 * Finds the users in the text of a realm without holding the rest: `kc.sh export` writes one object of any size. It
 * follows strings and brackets only; `JSON.parse` checks each user.
 */
class UsersScanner {
  #line = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** The latest string directly in the realm: before a bracket, it is a name. */
  #name = '';
  #isInUsers = false;
  #hasUsers = false;
  #user: { text: string; line: number } | undefined;

  *scan(piece: string): Generator<{ text: string; line: number }> {
    let from = 0;
    for (let at = 0; at < piece.length; at++) {
      const before = this.#user;
      this.#follow(piece[at]!);
      if (!before && this.#user) from = at;
      if (before && !this.#user) yield this.#grown(before, piece.slice(from, at + 1));
    }
    if (this.#user) this.#grown(this.#user, piece.slice(from));
  }

  /** @throws MoveInFault when the realm is not over, or has no users */
  end(): void {
    if (this.#depth > 0 || this.#isInString) throw new MoveInFault(this.#line, 'cut-off');
    if (!this.#hasUsers) throw new MoveInFault(this.#line, 'no-users');
  }

  #follow(character: string): void {
    if (character === '\n') this.#line++;
    if (this.#isInString) this.#inString(character);
    else this.#outside(character);
  }

  #inString(character: string): void {
    const isEnd = character === '"' && !this.#isEscaped;
    this.#isEscaped = character === '\\' && !this.#isEscaped;
    if (isEnd) this.#isInString = false;
    else if (this.#depth === 1 && this.#name.length < LONGEST_NAME) this.#name += character;
  }

  #outside(character: string): void {
    if (character === '"') {
      this.#isInString = true;
      if (this.#depth === 1) this.#name = '';
    } else if (character === '{' || character === '[') this.#open(character);
    else if (character === '}' || character === ']') this.#close();
    else if (this.#depth === 0 && character.trim() !== '') throw new MoveInFault(this.#line, 'json');
  }

  #open(character: string): void {
    if (this.#depth === 0 && character === '[') throw new MoveInFault(this.#line, 'json-object');
    if (this.#depth === 1 && character === '[' && this.#name === 'users')
      this.#isInUsers = this.#hasUsers = true;
    this.#depth++;
    if (character === '{' && this.#isInUsers && this.#depth === USER_DEPTH)
      this.#user = { text: '', line: this.#line };
  }

  #close(): void {
    this.#depth--;
    if (this.#depth < USER_DEPTH) this.#user = undefined;
    if (this.#depth < 0) throw new MoveInFault(this.#line, 'json');
    if (this.#depth === 1) this.#isInUsers = false;
  }

  #grown(user: { text: string; line: number }, text: string) {
    user.text += text;
    if (user.text.length > LONGEST_USER) throw new MoveInFault(user.line, 'long-line');
    return user;
  }
}
