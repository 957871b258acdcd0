import type { Call } from './visitor';

export interface Attack {
  name: string;
  call: Call;
}

type Body = Readonly<Record<string, unknown>>;

/** Strings that are not what they look like. `right` is the text that would have been accepted. */
export function hostileStrings(right: string): string[] {
  const middle = Math.floor(right.length / 2);
  const inside = (text: string) => right.slice(0, middle) + text + right.slice(middle);
  return [
    right.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    right.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit))),
    right.replace(/\d/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
    ...['\u200b', '\ufeff', '\u202e', '\u00ad', '\u0000', '\n', '\r\n', '\t', '\u2028'].map(inside),
    ...['\n', '\r\n', '\u0000', '\u200b', '%', ';'].map((text) => right + text),
    ...['+', '-', '0x', '"', "'"].map((text) => text + right),
    `${right}' OR '1'='1`,
    `${right}"; DROP TABLE account; --`,
    "' OR 1=1 -- ",
    '%',
    '_'.repeat(right.length),
    '{{7*7}}',
    '${7*7}',
    '<script>alert(1)</script>',
    '../../../../etc/passwd',
    '\ud800',
    '🔑'.repeat(3),
    '9'.repeat(10_000),
    right.repeat(2_000),
  ];
}

/** Everything that is no string. */
function hostileValues(right: unknown): unknown[] {
  const values: unknown[] = [
    null,
    true,
    0,
    -1,
    1e300,
    [],
    [right],
    {},
    { $gt: '' },
    { toString: 1 },
    [[[right]]],
  ];
  const other = typeof right === 'string' ? Number(right) || 482_913 : String(right);
  return [...values.filter((one) => one !== right), other];
}

/** The same body with one field of a wrong type, or with what no reader should accept. */
export function hostileBodies(right: Body): Attack[] {
  return [...wrongTypes(right), ...wrongShapes(right), ...wrongBytes(right), ...wrongContentTypes(right)];
}

function wrongTypes(right: Body): Attack[] {
  return Object.entries(right).flatMap(([name, value]) =>
    hostileValues(value).map((wrong) =>
      json(`${name}: ${JSON.stringify(wrong)}`, { ...right, [name]: wrong }),
    ),
  );
}

function wrongShapes(right: Body): Attack[] {
  const text = JSON.stringify(right);
  const [[name, value] = ['x', 'x']] = Object.entries(right);
  const twice = `"${name}":${JSON.stringify(value)}`;
  const nested = '['.repeat(20_000) + ']'.repeat(20_000);
  return [
    json('an unknown field', { ...right, admin: true }),
    json('a field of the account', { ...right, roles: ['national-admin'] }),
    json('in a list', [right]),
    json('in an object', { body: right }),
    raw('as a text', JSON.stringify(text)),
    raw('a field twice', `{${twice},${text.slice(1)}`),
    raw('__proto__', `{"__proto__":${text}}`),
    raw('__proto__ beside', `{"__proto__":{"admin":true},${text.slice(1)}`),
    raw('__proto__ escaped', `{"\\u005f_proto__":{"admin":true},${text.slice(1)}`),
    raw('constructor', `{"constructor":{"prototype":{"admin":true}},${text.slice(1)}`),
    raw('deep nesting', `{"deep":${nested},${text.slice(1)}`),
    raw('a mebibyte of spaces', text + ' '.repeat(1_048_576)),
    raw('a mebibyte of text', `{"x":"${'x'.repeat(1_048_576)}",${text.slice(1)}`),
    raw(
      'a hundred thousand fields',
      `{${Array.from({ length: 6_000 }, (_, n) => `"f${n}":0,`).join('')}${text.slice(1)}`,
    ),
  ];
}

function wrongBytes(right: Body): Attack[] {
  const text = JSON.stringify(right);
  return [
    raw('cut', text.slice(0, -1)),
    raw('followed by another', `${text}${text}`),
    raw('with a comment', `/* */${text}`),
    raw('with single quotes', text.replaceAll('"', "'")),
    raw('with a comma at the end', `${text.slice(0, -1)},}`),
    raw('with a byte order mark', `\ufeff${text}`),
    raw('in UTF-16', Buffer.from(text, 'utf16le')),
    raw(
      'not UTF-8',
      Buffer.concat([
        Buffer.from(`{"x":"`),
        Buffer.from([0xff, 0xc0, 0x80]),
        Buffer.from(`",${text.slice(1)}`),
      ]),
    ),
    raw('NaN', `{"x":NaN,${text.slice(1)}`),
  ];
}

function wrongContentTypes(right: Body): Attack[] {
  const form = new URLSearchParams(
    Object.entries(right).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const types = {
    'text/plain': JSON.stringify(right),
    'application/x-www-form-urlencoded': form.toString(),
    'application/xml': '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    'multipart/form-data; boundary=x': `--x\r\n\r\n${JSON.stringify(right)}\r\n--x--`,
    'application/json; charset=utf-7': JSON.stringify(right),
    'application/json, text/plain': JSON.stringify(right),
    'application/json\u00a0': JSON.stringify(right),
    'application/merge-patch+json': JSON.stringify(right),
  };
  return Object.entries(types).map(([type, body]) => ({
    name: `as ${type}`,
    call: { raw: body, headers: { 'content-type': type } },
  }));
}

function json(name: string, body: unknown): Attack {
  return { name, call: { raw: JSON.stringify(body) } };
}

function raw(name: string, body: string | Buffer): Attack {
  return { name, call: { raw: body } };
}

/** A user name is compared by what it means (NFKC), and a code by its digits: others of the same value are no attack. */
export function attacksOn(field: string, right: string): string[] {
  const arabic = (text: string) =>
    text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const means = (text: string) => {
    if (field === 'username') return text.normalize('NFKC');
    // Mathematical digits are on no keyboard.
    return field === 'code' && !/[\u{1d7ce}-\u{1d7ff}]/u.test(text) ? arabic(text.normalize('NFKC')) : text;
  };
  return hostileStrings(right).filter((text) => means(text) !== right);
}
