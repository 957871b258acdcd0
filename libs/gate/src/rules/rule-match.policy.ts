import type { GateRule } from './gate-rule.repository';

type Matched = Pick<GateRule, 'paths' | 'methods'>;

/** The characters of a path (RFC 3986, 3.3) but `;`: servers disagree on whether it belongs to the path. */
const PATH = /^(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,=:@]|%[0-9A-Fa-f]{2})*)+$/;
/** What a segment must not hold once it is decoded: a separator, another round of encoding, a control character. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const AMBIGUOUS = /[/\\;?#\u0000-\u001f\u007f]|%[0-9A-Fa-f]{2}/;
const DOTS = new Set(['.', '..']);

/** The first rule for this canonical path and method: it alone decides. Nothing when none is, which refuses. */
export function ruleFor<Rule extends Matched>(
  rules: readonly Rule[],
  path: string,
  method: string,
): Rule | undefined {
  return rules.find(
    (rule) => isForMethod(rule.methods, method) && rule.paths.some((one) => holds(one, path)),
  );
}

/**
 * Whether the server behind the gate may read this path as one of another rule. For example, Windows reads `/admin.` as
 * `/admin`, and normalisation makes full-width letters plain. Such a request is refused, whichever rule is stricter.
 */
export function isReadTwoWays(rules: readonly Matched[], path: string, method: string): boolean {
  const lax = rules.map((rule) => ({ rule, methods: rule.methods, paths: rule.paths.map(laxPath) }));
  return ruleFor(rules, path, method) !== ruleFor(lax, laxPath(path), method)?.rule;
}

function holds(prefix: string, path: string): boolean {
  return prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);
}

function isForMethod(methods: readonly string[], method: string): boolean {
  if (methods.length === 0 || methods.includes(method)) return true;
  return method === 'HEAD' && methods.includes('GET');
}

/**
 * The decoded path as the servers behind the gate read it; undefined when two servers could read two different paths.
 * Attackers bypass rules with dot segments, doubled or encoded separators, double encoding and path parameters. Such a path
 * is refused, not repaired.
 */
export function canonicalPath(path: string): string | undefined {
  if (!PATH.test(path)) return undefined;
  const segments = path.split('/').slice(1).map(decoded);
  const last = segments.length - 1;
  const isPlain = segments.every((segment, index) => isUnambiguous(segment, index === last));
  return isPlain ? `/${segments.join('/')}` : undefined;
}

/** Characters that many comparisons leave out, such as a soft hyphen (Unicode, 5.21). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** What the small letter of `İ` keeps, which Java's `equalsIgnoreCase` reads as `i`. */
const DOT_ABOVE = '\u0307';
/** What Windows drops at the end of a name. Each run is looked at once. */
const DROPPED_END = /(?<![. ])[. ]+$/;

/**
 * A canonical path as the laxest server reads it. Ignores letter case, Unicode forms and, as Windows does, trailing dots
 * and spaces and the stream after a colon.
 */
function laxPath(path: string): string {
  // By capitals, as servers compare that read `ı` as `i` and `ß` as `ss`. They come from small letters, for `ẞ` to be one.
  const capitals = path.normalize('NFKC').replace(UNSEEN, '').toLowerCase().toUpperCase();
  const folded = capitals.toLowerCase().replaceAll(DOT_ABOVE, '');
  const names = folded.split('/').map((segment) => segment.split(':', 1)[0]!.replace(DROPPED_END, ''));
  return `/${names.filter((name) => name !== '').join('/')}`;
}

/** Whether this is a prefix that a rule may have: canonical, and without a slash at its end. */
export function isRulePath(path: string): boolean {
  return canonicalPath(encoded(path)) === path && (path === '/' || !path.endsWith('/'));
}

function encoded(path: string): string {
  try {
    return encodeURI(path);
  } catch {
    // Half a surrogate pair.
    return '';
  }
}

function decoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not UTF-8: among others an overlong form of a separator.
    return undefined;
  }
}

/** An empty segment is a doubled slash, except at the end. Full-width forms count as the letters that they resemble. */
function isUnambiguous(segment: string | undefined, isLast: boolean): boolean {
  if (segment === undefined || (segment === '' && !isLast)) return false;
  const folded = segment.normalize('NFKC');
  return !AMBIGUOUS.test(folded) && !DOTS.has(folded);
}
