import { endlessTexts, processorMs, turnsUntil } from '@portillon/testing';
import { CsvColumns } from './csv-columns';
import { readCsv } from './csv-reader';

async function read(file: string | Buffer) {
  const lines = [];
  for await (const one of readCsv(Buffer.from(file as string))) lines.push(one);
  return lines;
}

describe('a CSV file', () => {
  it.each([
    ['semicolons', 'Identifiant;Nom affiché;Courriel\nclaire;Claire Martin;c@h.example'],
    ['commas', 'username,name,email\nclaire,Claire Martin,c@h.example'],
    ['tabs', 'LOGIN\tFull name\tE-mail\nclaire\tClaire Martin\tc@h.example'],
    ['quotes', '"identifiant";"nom affiché";"mail"\n"claire";"Claire Martin";"c@h.example"'],
    ['columns that nobody knows', 'x;username;name;email;y\n1;claire;Claire Martin;c@h.example;2'],
  ])('is read with %s', async (_name, text) => {
    expect(await read(text)).toEqual([
      { line: 2, content: { username: 'claire', displayName: 'Claire Martin', email: 'c@h.example' } },
    ]);
  });

  it('gives the parts of a name where it has both, which are the display name where it has none', async () => {
    const names = async (header: string, cells: string) => {
      const [line] = await read(`username;email;${header}\na;a@h.example;${cells}`);
      const { displayName, givenName, familyName } = line!.content;
      return [displayName, givenName, familyName];
    };
    expect(await names('prénom;nom', 'Claire;Martin')).toEqual(['Claire Martin', 'Claire', 'Martin']);
    expect(await names('first name;last name;name', 'Claire;Martin;Dr M.')).toEqual([
      'Dr M.',
      'Claire',
      'Martin',
    ]);
    expect(await names('nom', 'Claire Martin')).toEqual(['Claire Martin', undefined, undefined]);
    expect(await names('prénom;nom', ';Claire Martin')).toEqual(['Claire Martin', undefined, undefined]);
  });

  it('is read with the characters that Windows-1252 has and Latin-1 has not', async () => {
    const start = Buffer.from('username;name;email\nclaire;', 'latin1');
    // Œ ’ € Š ž
    const name = Buffer.from([0x8c, 0x75, 0x76, 0x72, 0x65, 0x20, 0x64, 0x92, 0x80, 0x8a, 0x9e, 0xe9]);
    const [line] = await read(Buffer.concat([start, name, Buffer.from(';c@h.example')]));
    expect(line!.content.displayName).toBe('Œuvre d’€Šžé');
  });

  it('counts its lines as an editor does, empty ones and quoted line ends included', async () => {
    const lines = await read('username;name;email\n\na;"A\nB";a@h.example\nb;B;b@h.example\n;;\n');
    expect(lines.map(({ line, content }) => [line, content.username])).toEqual([
      [4, 'a'],
      [5, 'b'],
    ]);
  });

  it('gives a cell back as it was before an export made it harmless', async () => {
    const [line] = await read(`username;name;email\na;"'=1+1";a@h.example`);
    expect(line!.content.displayName).toBe('=1+1');
  });

  it('keeps an apostrophe that is part of a name', async () => {
    const [line] = await read("username;name;email\na;'t Hooft;a@h.example");
    expect(line!.content.displayName).toBe("'t Hooft");
  });

  it('splits several roles', async () => {
    const [line] = await read('username;name;email;rôle\na;A;a@h.example;professional, Structure-Admin');
    expect(line!.content.roles).toEqual(['professional', 'structure-admin']);
  });

  it.each([
    ['Professionnel', 'Français', ['professional'], 'fr'],
    ['Administrateur de la structure', 'Anglais', ['structure-admin'], 'en'],
    ['Professionnel, Administrateur national', 'FR', ['professional', 'national-admin'], 'fr'],
    [
      'Professional | Administrator of the organisation',
      'English',
      ['professional', 'structure-admin'],
      'en',
    ],
    ['professional structure-admin', 'french', ['professional', 'structure-admin'], 'fr'],
    ['Chef de service', 'Deutsch', ['chef', 'de', 'service'], 'deutsch'],
  ])('has roles and languages in the words of the pages: %s, %s', async (role, language, roles, locale) => {
    const [line] = await read(`username;name;email;rôle;langue\na;A;a@h.example;"${role}";${language}`);
    expect(line!.content).toMatchObject({ roles, locale });
  });

  it.each([
    ['%PDF-1.7\nidentifiant;email;nom', 'not-csv'],
    [Buffer.from('PK\u0003\u0004xl/workbook.xml'), 'not-csv'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'not-csv'],
    ['claire;claire@h.example;Claire Martin', 'header'],
    ['\u0000\u0001', 'encoding'],
  ])('is not %j, which is said as %s', async (file, code) => {
    await expect(read(file)).rejects.toMatchObject({ errors: [{ field: 'file', code }] });
  });

  it.each(['', 'username;name\na;A', '\u0000\u0001', 'just text'])('%j is none', async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: 'validation.failed' });
  });

  const HEADER = 'username;name;email;role\n';

  it.each([
    ['a million commas', ','.repeat(1_000_000)],
    ['a million quotes', HEADER + '"a'.repeat(500_000)],
    ...endlessTexts(25, 20, 100_000).map((text, index) => [`hostile text ${index}`, HEADER + text]),
  ])('does not hold others up with %s', async (_, file) => {
    await read(HEADER);
    expect(await processorMs(() => read(file!).catch(() => undefined))).toBeLessThan(50);
  });

  it.each([
    ['accents over one letter', `a${'\u0315\u0300'.repeat(1_900)}`],
    ['words', 'a '.repeat(3_900)],
  ])('reads a cell of thousands of %s at once', async (_, cell) => {
    const columns = new CsvColumns(['username', 'name', 'email', 'role']);
    columns.read(['a', 'A', 'a@h.example', 'professional']);
    const tenLines = () => Array.from({ length: 10 }, () => columns.read([cell!, cell!, cell!, cell!]));
    expect(await processorMs(tenLines)).toBeLessThan(50);
  });

  it('lets others go on between the pieces of a file whose cells are empty', async () => {
    const file = HEADER + `${';'.repeat(8_000)}\n`.repeat(40);
    expect(await turnsUntil(read(file))).toBeGreaterThan(15);
  });
});
