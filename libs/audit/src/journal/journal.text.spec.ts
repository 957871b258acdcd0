import { journalData, journalText } from './journal.text';

describe('free text in the journal', () => {
  it.each([
    ['a forged line', 'Firefox\r\n2026-11-24 authn_login_success', 'Firefox 2026-11-24 authn_login_success'],
    ['a terminal command', 'a\u001b[2Jb', 'a [2Jb'],
    ['a C1 control', 'a\u009bb', 'a b'],
    ['a NUL', 'a\0b', 'a b'],
    ['a line separator', 'a\u2028b\u2029c', 'a b c'],
    ['text turned round', 'invoice\u202Excod.exe', 'invoice xcod.exe'],
    ['hidden marks', 'ad\u200Bmin\uFEFF', 'ad min'],
    ['half a character', 'a\uD800b', 'a b'],
  ])('loses what makes %s', (_, text, line) => {
    expect(journalText(text, 64)).toBe(line);
  });

  it('keeps normal text', () => {
    const text = `O'Brien "Zoé" <b> =1+1 Œ 😀 العربية`;
    expect(journalText(text, 64)).toBe(text);
  });

  it('is cut between two characters, never inside one', () => {
    expect(journalText('😀'.repeat(10), 3)).toBe('😀😀😀');
    expect(journalText('x'.repeat(1_000_000), 64)).toHaveLength(64);
  });

  it('stays absent if it was absent', () => {
    expect([journalText(undefined, 64), journalText(null, 64), journalText('', 64)]).toEqual([
      null,
      null,
      '',
    ]);
  });
});

describe('the data of an event', () => {
  it('are kept unchanged', () => {
    const data = { attempts: 2, names: ['Zoé'], deep: { codeChannel: 'SMS', reason: null } };
    expect(JSON.parse(journalData(data)!)).toEqual(data);
    expect(journalData(undefined)).toBeNull();
  });

  it('lose members whose names mark secrets, at any depth', () => {
    const data = {
      password: 'x',
      newPassword: 'x',
      code: '123456',
      deep: [{ sessionToken: 'x', clientSecret: 'x', Cookie: 'x', otp: 'x', authorization: 'x' }],
    };
    expect(journalData(data)).not.toMatch(/"x"|123456/);
  });

  it('contain no character that breaks or turns a line, and stay JSON', () => {
    const json = journalData({ 'a\u2028': 'b\u202Ec\n"\u0085' })!;
    expect(json).not.toMatch(/[\u2028\u202E\n\u0085]/);
    expect(JSON.parse(json)).toEqual({ 'a ': 'b c\n" ' });
  });

  it('are omitted when too long', () => {
    expect(JSON.parse(journalData({ text: 'x'.repeat(5_000) })!)).toEqual({ leftOut: 5_011 });
  });

  it('cannot change Object.prototype', () => {
    const hostile = JSON.parse('{"__proto__": {"admin": true}}') as Record<string, unknown>;
    expect(journalData(hostile)).toBe('{"__proto__":{"admin":true}}');
  });
});
