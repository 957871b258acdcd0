import { isReadTwoWays, ruleFor, canonicalPath, isRulePath } from './rule-match.policy';

const rule = (name: string, paths: string[], methods: string[] = []) => ({ name, paths, methods });
const RULES = [
  rule('public files', ['/assets', '/favicon.ico'], ['GET']),
  rule('administration', ['/admin']),
  rule('reading', ['/'], ['GET']),
];
const nameOf = (path: string, method = 'GET') => ruleFor(RULES, path, method)?.name;

describe('the rule of a request', () => {
  it('is the first that matches', () => {
    expect(nameOf('/admin')).toBe('administration');
    expect(nameOf('/admin/users')).toBe('administration');
    expect(nameOf('/')).toBe('reading');
  });

  it('matches whole segments', () => {
    expect(nameOf('/administrator')).toBe('reading');
    expect(nameOf('/assets/app.js')).toBe('public files');
    expect(nameOf('/assets-private')).toBe('reading');
  });

  it('is none where no path or method matches, which refuses', () => {
    expect(nameOf('/', 'POST')).toBeUndefined();
    expect(nameOf('/assets/app.js', 'DELETE')).toBeUndefined();
    expect(ruleFor([], '/', 'GET')).toBeUndefined();
  });

  it('for GET is for HEAD too, and for no other method', () => {
    expect(nameOf('/assets/app.js', 'HEAD')).toBe('public files');
    expect(nameOf('/assets/app.js', 'OPTIONS')).toBeUndefined();
  });

  it('reads letters as they are: a path in capitals is another one', () => {
    expect(nameOf('/ADMIN')).toBe('reading');
  });
});

describe('a path that the server behind the gate may read as one of another rule', () => {
  const isRefused = (path: string, method = 'GET') => isReadTwoWays(RULES, path, method);

  it.each([
    [
      'a dot or a space at the end, which Windows drops',
      ['/admin.', '/admin...', '/admin ', '/admin. .', '/admin./x'],
    ],
    ['a stream of a file of Windows', ['/admin::$DATA', '/admin:x', '/admin:$i30:$INDEX_ALLOCATION/x']],
    ['capitals, which Windows compares as small letters', ['/ADMIN', '/Admin/x']],
    ['full-width letters', ['/\uff21\uff24\uff2d\uff29\uff2e', '/\uff41dmin']],
    ['spaces of other widths', ['/admin\u00a0', '/admin\u3000']],
    ['characters that are not seen', ['/ad\u00admin', '/\u200badmin']],
    ['a segment that is dropped whole', ['/.../admin', '/ /admin']],
  ])('is refused for %s', (_, paths) => {
    for (const path of paths) expect([path, isRefused(path)]).toEqual([path, true]);
  });

  it('is refused by letters whose capitals are those of others', () => {
    const rules = [rule('files', ['/stra\u00dfe', '/admin']), rule('rest', ['/'])];
    for (const path of ['/adm\u0131n', '/strasse', '/STRASSE'])
      expect([path, isReadTwoWays(rules, path, 'GET')]).toEqual([path, true]);
    expect(isReadTwoWays(rules, '/stra\u00dfe', 'GET')).toBe(false);
  });

  it('is refused by every letter that Java compares as another one', () => {
    const rules = [rule('administration', ['/admin']), rule('rest', ['/'])];
    for (const path of ['/ADM\u0130N', '/adm\u0130n', '/admi\u0307n'])
      expect([path, isReadTwoWays(rules, path, 'GET')]).toEqual([path, true]);
    const random = seeded(53);
    const classes = javaClasses().filter(({ length }) => length > 1);
    const pick = <Item>(items: Item[]) => items[Math.floor(random() * items.length)]!;
    for (let turn = 0; turn < 20_000; turn += 1) {
      const letters = Array.from({ length: 6 }, () => pick(classes));
      const [closed, asked] = [0, 1].map(() => `/${letters.map(pick).join('')}`) as [string, string];
      if (closed.normalize('NFC') === asked.normalize('NFC')) continue;
      const two = [rule('closed', [closed]), rule('rest', ['/'])];
      expect([closed, asked, isReadTwoWays(two, asked, 'GET')]).toEqual([closed, asked, true]);
    }
  });

  it('is refused by accents that are written apart', () => {
    const rules = [rule('files', ['/donn\u00e9es']), rule('rest', ['/'])];
    expect(isReadTwoWays(rules, '/donne\u0301es', 'GET')).toBe(true);
    expect(isReadTwoWays(rules, '/donn\u00e9es', 'GET')).toBe(false);
  });

  it('passes where each reading finds the same rule', () => {
    for (const path of [
      '/',
      '/admin',
      '/admin/',
      '/admin/Dr.',
      '/Patients/Dr.',
      '/fhir/urn:oid:1.2',
      '/re\u0301sume\u0301 \u2026',
    ])
      expect([path, isRefused(path)]).toEqual([path, false]);
    const capitals = [rule('administration', ['/Admin']), rule('reading', ['/'])];
    expect(isReadTwoWays(capitals, '/Admin/users', 'GET')).toBe(false);
    expect(isReadTwoWays([], '/', 'GET')).toBe(false);
  });

  it('is read in linear time', () => {
    const before = process.cpuUsage();
    for (const part of ['.', ' ', ':', '. ', '\u00e9', 'a.'])
      isRefused(`/${part.repeat(16_000)}x`.slice(0, 16_000));
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(300);
  });
});

/** The characters of one code unit by `equalsIgnoreCase`, which compares the small letters of simple capitals. */
function javaClasses(): string[][] {
  const simple = (mapped: string, from: string) => (mapped.length === 1 ? mapped : from);
  const small = (letter: string) => (letter === '\u0130' ? 'i' : simple(letter.toLowerCase(), letter));
  const units = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code));
  const classes = new Map<string, string[]>();
  for (const unit of units.filter((one) => /[\p{L}\p{Nl}]/u.test(one))) {
    const key = small(simple(unit.toUpperCase(), unit));
    classes.set(key, [...(classes.get(key) ?? []), unit]);
  }
  return [...classes.values()];
}

/** The same numbers at each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a requested path', () => {
  it.each([
    ['/', '/'],
    ['/admin', '/admin'],
    ['/admin/', '/admin/'],
    ['/%61dmin', '/admin'],
    ['/donn%C3%A9es/a%20b', '/données/a b'],
    ["/~u/a.b-c_d!$&'()*+,=:@", "/~u/a.b-c_d!$&'()*+,=:@"],
    ['/100%25', '/100%'],
  ])('%s is read as %s', (path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical);
  });

  it.each([
    [
      'a malformed URI',
      ['', 'admin', '*', '/%', '/%zz', '/a%2', '/a b', '/é', '/a\u0000', '/a\tb', '/a#b', '/a?b'],
    ],
    ['dot segments', ['/a/../b', '/./b', '/a/..', '/%2e%2e/b', '/a/%2E/b', '/.%2e/b']],
    ['doubled slashes', ['//a', '/a//b', '/a//', '//evil.example']],
    ['encoded separators', ['/a%2fb', '/a%2Fb', '/a%5cb', '/a\\b', '/\\evil.example', '/a%3fb', '/a%23b']],
    ['double encoding', ['/%252e%252e/b', '/%2561dmin', '/a%252fb']],
    ['path parameters', ['/admin;x=1', '/public;/../admin', '/admin%3bx']],
    ['encoded control characters', ['/a%00', '/a%0d%0aSet-Cookie', '/a%7f']],
    ['overlong UTF-8', ['/%c0%af', '/%c0%ae%c0%ae/b', '/%ff']],
    ['full-width separators and dots', ['/a%ef%bc%8fb', '/%e2%80%a5/b', '/%ef%bc%8e%ef%bc%8e/b']],
  ])('is refused for %s', (_, paths) => {
    for (const path of paths) expect([path, canonicalPath(path)]).toEqual([path, undefined]);
  });
});

describe('the path of a rule', () => {
  it('is a canonical path without a slash at its end', () => {
    for (const path of ['/', '/admin', '/données', '/a b'])
      expect([path, isRulePath(path)]).toEqual([path, true]);
    for (const path of ['', 'admin', '/admin/', '/a/../b', '/a//b', '/a;b', '/a?b', '/%61'])
      expect([path, isRulePath(path)]).toEqual([path, false]);
  });
});
