import { AppError } from '@portillon/kernel';
import { parseStrictJson } from './strict-json';

const parse = (text: string) => parseStrictJson(Buffer.from(text));
function wordsFor(text: string): string | undefined {
  try {
    parse(text);
  } catch (error) {
    return (error as AppError).words?.fr.detail;
  }
  return '';
}
const members = (count: number) =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, 0])));

describe('a JSON body', () => {
  it.each(['{"code":"123456"}', '[]', '"text"', '{"a":{"b":[1,{"c":null}]}}', '{"a":1,"b":{"a":2}}'])(
    'reads %s',
    (text) => {
      expect(parse(text)).toEqual(JSON.parse(text));
    },
  );

  it.each([
    ['a member twice', '{"code":"1","code":"2"}'],
    ['a member twice, once written with an escape', '{"code":"1","c\\u006fde":"2"}'],
    ['a member twice in a nested object', '{"a":{"b":1,"b":2}}'],
    ['__proto__', '{"__proto__":{"admin":true}}'],
    ['__proto__ written with an escape', '{"__pr\\u006fto__":{"admin":true}}'],
    ['a NUL in a text', '{"username":"claire\\u0000x"}'],
    ['a NUL in a list', '["\\u0000"]'],
    ['constructor', '{"constructor":{"prototype":{}}}'],
    ['deep nesting', '['.repeat(5_000) + ']'.repeat(5_000)],
    ['101 members', members(101)],
    ['101 members in a list', `[${members(101)}]`],
    ['no JSON', '{code:1}'],
    ['a byte order mark', '\ufeff{}'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'body.malformed' }) as AppError);
  });

  it.each([
    ['a NUL', '{"a":"\\u0000"}'],
    ['constructor', '{"constructor":1}'],
    ['__proto__', '{"__proto__":1}'],
    ['a member twice', '{"a":1,"a":2}'],
    ['deep nesting', '[[[[[[[[[]]]]]]]]]'],
    ['101 members', members(101)],
  ])('that is valid is not called invalid for %s', (_, text) => {
    expect(wordsFor(text)).toContain('est du JSON valable');
    expect(wordsFor('{')).toBeUndefined();
  });

  it('reads 100 members, in each of several objects', () => {
    expect(Object.keys(parse(members(100)) as object)).toHaveLength(100);
    expect(parse(`[${members(100)},${members(100)}]`)).toHaveLength(2);
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(() => parseStrictJson(Buffer.from([0x22, 0xff, 0xfe, 0x22]))).toThrow(AppError);
  });

  it('reads a backslash before u0000 as what it says', () => {
    expect(parse('{"a":"\\\\u0000"}')).toEqual({ a: '\\u0000' });
  });

  it('reads brackets and quotes inside of strings as text', () => {
    expect(parse('{"a":"{[\\"}","b":"a:"}')).toEqual({ a: '{["}', b: 'a:' });
  });

  it('takes no longer for hostile strings than their length explains', () => {
    // In processor time, which a busy machine does not stretch; microseconds.
    const before = process.cpuUsage();
    parse(`{"a":"${'\\\\'.repeat(30_000)}"}`);
    expect(process.cpuUsage(before).user).toBeLessThan(200_000);
  });
});
