import { canonicalPath, isRulePath } from './requested-path';

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
