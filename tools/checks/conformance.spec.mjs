import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const MODULE = /\boidcc-[\w-]*\w/g;
const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
const PAGE = readFileSync(join(ROOT, 'docs/conformance/README.md'), 'utf8');

/** As many rows as the plan's modules in the suite. */
const PLANS = [
  ['`oidcc-config-certification-test-plan`', 1],
  ['`oidcc-basic-certification-test-plan`, `oidcc-formpost-basic-certification-test-plan`', 35],
  ['`oidcc-rp-initiated-logout-certification-test-plan`', 11],
  ['`oidcc-backchannel-rp-initiated-logout-certification-test-plan`', 2],
  ['`oidcc-client-test-plan`', 29],
];

/** Modules that each spec names, by file name. */
const SPECS = new Map(
  ['apps/api-e2e/src', 'libs/pro-sante-connect/src'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => [basename(file), modulesIn(readFileSync(join(ROOT, folder, file), 'utf8'))]),
  ),
);

function modulesIn(source) {
  return source.replace(COMMENT, '').match(MODULE) ?? [];
}

/** Rows of the table below a heading, each a list of cells. */
function rowsBelow(heading) {
  const section = PAGE.split(/^##+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n').map((line) => line.split('|').slice(1, -1));
  return lines
    .map((cells) => cells.map((cell) => cell.trim()))
    .filter(([first]) => first?.startsWith('`oidcc-'));
}

describe('the conformance page', () => {
  it.each(PLANS)('lists the modules of %s', (plan, modules) => {
    const names = rowsBelow(plan).map(([module]) => module);
    expect([names.length, new Set(names).size]).toEqual([modules, modules]);
  });

  const rows = [...PLANS.map(([plan]) => plan), 'Modules beyond these plans'].flatMap(rowsBelow);
  it.each(rows.map((cells) => [cells[0].slice(1, -1), cells.at(-1)]))(
    'names a test that restates %s: %s',
    (module, test) => {
      if (test.startsWith('none: ')) return;
      expect(SPECS.get(test.slice(1, -1))).toContain(module);
    },
  );

  it('lists every module that a test restates', () => {
    const listed = rows.map(([module]) => module.slice(1, -1));
    const restated = [...SPECS.values()].flat().filter((name) => !name.endsWith('-plan'));
    expect([...new Set(restated)].filter((module) => !listed.includes(module))).toEqual([]);
  });
});
