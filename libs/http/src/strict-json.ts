import { AppError } from '@portillon/kernel';

/** No body of this API nests deeper than 2; the bound keeps hostile ones from costing a stack. */
const MAX_DEPTH = 8;
/**
 * No body of this API has a quarter of them in one object. Each unknown member costs its name, and a line of the refusal.
 */
const MOST_MEMBERS = 100;
const REFUSED = {
  fr: {
    title: 'Demande refusée',
    detail: `Le corps est du JSON valable, mais ce service y refuse un nom en double, les noms d’Object.prototype (« constructor », « __proto__ »…), le caractère NUL (\\u0000), plus de ${MAX_DEPTH} niveaux et plus de ${MOST_MEMBERS} champs par objet.`,
  },
  en: {
    title: 'Request refused',
    detail: `The body is valid JSON, but this service refuses in it a name twice, the names of Object.prototype (“constructor”, “__proto__”…), the character NUL (\\u0000), more than ${MAX_DEPTH} levels and more than ${MOST_MEMBERS} members of one object.`,
  },
};
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON body strictly: UTF-8, no member name twice in an object (RFC 8259, 4), no name of Object.prototype, nesting
 * and members bounded. An attacker could use a doubled name that two readers interpret differently.
 *
 * @throws AppError `body.malformed` for anything else.
 */
export function parseStrictJson(body: Buffer): unknown {
  const text = decode(body);
  const value = parse(text);
  refuseUnsafeNames(text);
  return value;
}

function decode(body: Buffer): string {
  try {
    return decoder.decode(body);
  } catch (cause) {
    throw malformed('body is not UTF-8', cause);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('body is not JSON', cause);
  }
}

/** Walks a text that is known to be JSON, so that only strings and brackets matter. */
function refuseUnsafeNames(text: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(text, at);
      refuseNul(text.slice(at, end + 1));
      if (isName(text, end)) refuseName(open.at(-1)!, JSON.parse(text.slice(at, end + 1)) as string);
      at = end;
    }
    if (open.length > MAX_DEPTH) throw refused('body nests too deep');
  }
}

/** Where the string that begins at `start` ends: its closing quote. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  while (text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

/** Whether the string that ends at `end` names a member: a colon follows. */
function isName(text: string, end: number): boolean {
  let next = end + 1;
  while (text.charCodeAt(next) <= 0x20) next++;
  return text[next] === ':';
}

/** SQLite ends a text at its first NUL: `claire\u0000x` would be another name for a limit and the same for a look-up. */
function refuseNul(literal: string): void {
  if (!literal.includes('\\u0000')) return;
  if ((JSON.parse(literal) as string).includes('\0')) throw refused('a NUL in a text');
}

function refuseName(seen: Set<string>, name: string): void {
  // `__proto__`, `constructor` and their kin are no field of ours and a trap for code that copies objects.
  if (name in Object.prototype) throw refused('member of Object.prototype');
  if (seen.has(name)) throw refused('the same member twice');
  if (seen.size === MOST_MEMBERS) throw refused('too many members');
  seen.add(name);
}

/** It is valid JSON, but the text of `body.malformed` would deny that. */
function refused(detail: string): AppError {
  return new AppError('body.malformed', { detail, words: REFUSED });
}

function malformed(detail: string, cause?: unknown): AppError {
  return new AppError('body.malformed', { detail, cause });
}
