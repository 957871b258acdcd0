import { ruleFor } from './rule-match.policy';

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
