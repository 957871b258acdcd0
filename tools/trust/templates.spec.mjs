import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { templateProblems } from './templates.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-templates-'));
const templates = join(folder, 'templates');
mkdirSync(templates);
afterAll(() => rmSync(folder, { recursive: true }));

const GOOD = `# Plan

| organisme | [À COMPLÉTER : nom] |

Réserve : [EXI 01](../rie.md#exi-01--partly). \`CODE_WINDOW_HOURS=4\`, \`SECRET_KEYS_FILE\`, \`TOTP\`.
[Partie 2](#plan), [le texte](https://texte.example/rie).
`;
const SETTINGS = '# The window.\n# CODE_WINDOW_HOURS=24\n# SECRET_KEYS=\n# TOTP=off\n';

function problemsOf(template, { page = '# RIE\n\n### EXI-01 · partly\n' } = {}) {
  writeFileSync(join(templates, 'pas.md'), template);
  return templateProblems(templates, SETTINGS, [{ name: 'rie.md', text: page }]);
}

it('finds nothing wrong with a template whose links, blanks and settings hold', () => {
  expect(problemsOf(GOOD)).toEqual([]);
});

it('names a link to a file that is not there', () => {
  expect(problemsOf(`${GOOD}[Droits](../rights.md)\n`)).toEqual([
    'docs/trust/templates/pas.md: ../rights.md is not there. Was it moved?',
  ]);
});

it('names a clause that a template says to be of a status that it has no more', () => {
  expect(problemsOf(GOOD, { page: '# RIE\n\n### EXI-01 · met\n' })).toEqual([
    expect.stringMatching(/has no heading #exi-01--partly\. .*another status/),
  ]);
});

it.each(['[À COMPLÉTER', '[À COMPLÉTER : nom', '[À COMPLÉTER]', '[À COMPLÉTER : [nom](../rie.md)]'])(
  'names the line of a blank that is not closed: %s',
  (blank) => {
    expect(problemsOf(`${GOOD}${blank}\n`)).toEqual([
      'docs/trust/templates/pas.md: line 7: a blank stays open.',
    ]);
  },
);

it('names a setting that there is not', () => {
  expect(problemsOf(`${GOOD}\`CODE_WINDOW_DAYS\`\n`)).toEqual([
    'docs/trust/templates/pas.md: .env.example has no CODE_WINDOW_DAYS.',
  ]);
});
