import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStatements } from './site-statements';

const DECLARED = `entity: GCS Santé des Trois Dames
state: partial
rate: 78.5
auditedOn: 2026-11-24
auditor: Cabinet Accès
establishedOn: 2026-11-25
email: accessibilite@sante.example
nonConformities:
  - "Critère 1.1 : le plan d’accès n’a pas d’alternative."
`;

describe('the folder of the operator’s statements', () => {
  let folder: string;
  const write = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return readStatements(folder);
  };

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'portillon-statements-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sets nothing while it is empty, nor by empty files', () => {
    const nothing = { legal: null, privacy: null, dataProtectionOfficer: null, accessibility: null };
    expect(readStatements(folder)).toEqual({ statements: nothing, problems: [] });
    expect(write({ 'legal.md': ' \n', 'accessibility.yaml': '' })).toEqual({
      statements: nothing,
      problems: [],
    });
  });

  it('sets a text by each of its files', () => {
    const { statements, problems } = write({
      'legal.md': '## Médiation',
      'legal.en.md': '## Mediation',
      'privacy.md': 'Les données sont hébergées en France.',
      'dpo.yaml': 'name: Nadia Benali\nemail: dpo@sante.example\n',
      'accessibility.yaml': DECLARED,
    });
    expect(problems).toEqual([]);
    expect(statements.legal?.en).toMatchObject([{ kind: 'heading' }]);
    expect(statements.privacy).toMatchObject({ fr: [{ kind: 'paragraph' }], en: null });
    expect(statements.dataProtectionOfficer).toEqual({
      name: 'Nadia Benali',
      email: 'dpo@sante.example',
      phone: null,
      address: null,
    });
    expect(statements.accessibility).toMatchObject({ state: 'partial', rate: 78.5, auditedOn: '2026-11-24' });
  });

  it.each([
    [
      'a state without an audit',
      { 'accessibility.yaml': DECLARED.replace(/^(rate|audit).*\n/gm, '') },
      'auditedOn and auditor are missing',
    ],
    [
      'a rate of another state',
      { 'accessibility.yaml': DECLARED.replace('78.5', '40') },
      'state is not that of the rate',
    ],
    [
      'a full state with faults',
      { 'accessibility.yaml': DECLARED.replace('partial', 'full').replace('78.5', '100') },
      'nonConformities is not empty',
    ],
    [
      'an audit without a rate',
      { 'accessibility.yaml': DECLARED.replace(/^rate.*\n/m, '') },
      'rate is the result of an audit',
    ],
    [
      'a day of no calendar',
      { 'accessibility.yaml': DECLARED.replace('11-24', '02-30') },
      'auditedOn is no day',
    ],
    [
      'a field that is not known',
      { 'accessibility.yaml': `${DECLARED}ratte: 3\n` },
      'ratte is wrong (unknown-field)',
    ],
    [
      'a field that is missing',
      { 'accessibility.yaml': DECLARED.replace(/^entity.*\n/m, '') },
      'entity is wrong (required)',
    ],
    [
      'a page that is no https: address',
      { 'accessibility.yaml': `${DECLARED}planUrl: javascript:alert(1)\n` },
      'planUrl is wrong (format)',
    ],
    ['a file that is no YAML', { 'dpo.yaml': 'email: [' }, 'dpo.yaml: '],
    ['a list in the place of fields', { 'dpo.yaml': '- a' }, 'dpo.yaml: is no list of "field: value"'],
    ['a name that is misspelt', { 'mentions.md': 'x' }, 'mentions.md is none of its files'],
    ['English without French', { 'legal.en.md': 'x' }, 'legal.en.md is the English of legal.md'],
    ['HTML', { 'privacy.md': 'a\n<b>b</b>' }, 'privacy.md: line 2 has HTML'],
    [
      'a file that nobody would read',
      { 'privacy.md': 'a '.repeat(40_000) },
      'privacy.md is larger than 64 KiB',
    ],
  ])('names %s', (_what, files, words) => {
    expect(write(files as Record<string, string>).problems.join('\n')).toContain(words);
  });

  it('is named when it is not there', () => {
    expect(readStatements(join(folder, 'elsewhere')).problems).toEqual([
      'the folder cannot be read (ENOENT)',
    ]);
  });
});
