import { AppError } from '@portillon/kernel';

/** No body of this API nests deeper than 2; the bound keeps hostile ones from costing a stack. */
const MAX_DEPTH = 8;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a JSON body strictly: UTF-8, no member name twice in an object (RFC 8259, 4), no name of Object.prototype,
 * nesting bounded. Two readers of a doubled name may disagree on what was asked, which is an attack.
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
  const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [lexeme, colon] = match;
    if (lexeme === '{' || lexeme === '[') open.push(new Set());
    else if (lexeme === '}' || lexeme === ']') open.pop();
    else if (colon !== undefined)
      refuseName(open.at(-1)!, JSON.parse(lexeme.slice(0, -colon.length)) as string);
    if (open.length > MAX_DEPTH) throw malformed('body nests too deep');
  }
}

function refuseName(seen: Set<string>, name: string): void {
  // `__proto__`, `constructor` and their kin are no field of ours and a trap for whoever copies objects.
  if (name in Object.prototype) throw malformed('member of Object.prototype');
  if (seen.has(name)) throw malformed('the same member twice');
  seen.add(name);
}

function malformed(detail: string, cause?: unknown): AppError {
  return new AppError('body.malformed', 'malformed', { detail, cause });
}
