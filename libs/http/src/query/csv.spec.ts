import { csvLine } from './csv';

describe('a line for a spreadsheet', () => {
  it.each([
    ['a formula', '=1+1', `"'=1+1"`],
    ['one that calls a program', `@SUM(1)|cmd`, `"'@SUM(1)|cmd"`],
    ['a sign', '-2+3', `"'-2+3"`],
    ['one behind blanks', '  =1', `"'  =1"`],
    ['one behind a tab or a line break', '\t\r\n=1', `"' =1"`],
    ['one in full width', '＝1＋1', `"'＝1＋1"`],
    ['one behind a mark that turns text', '\u202E=1', `"' =1"`],
    ['quotes and separators', `O'Brien "Zoé"; <b>`, `"O'Brien ""Zoé""; <b>"`],
    ['a line break inside', 'a\r\nb', '"a b"'],
    ['emoji and accents', 'Œuvre 😀 العربية', '"Œuvre 😀 العربية"'],
    ['a telephone number', '+33 6 12', `"'+33 6 12"`],
  ])('makes %s harmless', (_, text, cell) => {
    expect(csvLine([text])).toBe(`${cell}\r\n`);
  });

  it('leaves numbers and what is not there as they are', () => {
    expect(csvLine([-1, null, 0, ''])).toBe('-1;;0;""\r\n');
  });

  it('keeps two hundred characters', () => {
    expect(csvLine(['x'.repeat(200)])).toHaveLength(204);
  });
});
