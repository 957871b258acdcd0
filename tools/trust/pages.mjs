import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { STATUSES } from './register.mjs';
import { isCommand, partsOf, PROBED } from './sources.mjs';

const TITLES = {
  promises: 'What Portillon promises, and the tests that show it',
  asvs: 'OWASP ASVS 5.0',
  oauth: 'OAuth 2.0 and OpenID Connect',
  rie: 'Référentiel d’identification électronique (RIE)',
  cnil: 'CNIL: passwords, multi-factor authentication, journals, rights of people',
  anssi: 'ANSSI',
  nist: 'NIST SP 800-63B-4',
};

const NAMES = {
  met: 'met',
  declared: 'declared (read, by no test)',
  partly: 'partly',
  not: 'not met',
  operator: 'for the operator',
  'not-applicable': 'not applicable',
};

/** The pages that are made of the registers: `{ name, text }`, as prettier would have them. */
export async function pagesOf(registers) {
  const names = [...new Set(registers.map(({ page }) => page))].sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `${name}.md`,
      text: await formatted(
        pageOf(
          name,
          registers.filter(({ page }) => page === name),
        ),
      ),
    })),
  );
}

/** The pages in `folder` that are not what the registers make, one sentence each. */
export async function stalePages(registers, folder) {
  const pages = await pagesOf(registers);
  return pages
    .filter(({ name, text }) => read(join(folder, name)) !== text)
    .map(({ name }) => `docs/trust/${name} is not what the register makes: run "npm run trust -- --write".`);
}

export async function writePages(registers, folder) {
  for (const { name, text } of await pagesOf(registers)) writeFileSync(join(folder, name), text);
}

function pageOf(name, registers) {
  const rows = registers.flatMap((one) => one.rows);
  const dates = registers.map(({ date }) => date).sort();
  return [
    `# ${TITLES[name] ?? name}`,
    `Self-assessed on ${dates.at(-1)}: no third party has confirmed it. Made from [the register](register/) by \`npm run trust -- --write\`; [how to read it](README.md).`,
    summary(rows),
    ...registers.flatMap(sectionOf),
  ].join('\n\n');
}

function summary(rows) {
  const counts = STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length]);
  const shown = counts.filter(([, count]) => count > 0);
  return `${rows.length} rows: ${shown.map(([status, count]) => `${count} ${NAMES[status]}`).join(', ')}.`;
}

function sectionOf({ name, version, read: where, rows }) {
  return [`## ${name}`, `Version ${version}; read: ${where}.`, ...rows.map(rowOf)];
}

function rowOf({ clause, level, says, status, ...row }) {
  const details = [
    ...row.security.filter((one) => one !== says).map((one) => `Promise: ${one}`),
    ...row.where.map((one) => `Where: ${linkOf(one)}`),
    ...row.proof.map((one) => `Proof: ${proofOf(one)}`),
    ...(row.why ? [`Why: ${row.why}`] : []),
    ...(row.gap ? [`Gap: ${row.gap}`] : []),
    ...(row.plan ? [`Plan: ${row.plan}`] : []),
    ...(row.accepted
      ? [`Accepted by ${row.accepted.by} on ${row.accepted.on} until ${row.accepted.until}`]
      : []),
  ];
  const head = `### ${clause} · ${NAMES[status]}${level ? ` · L${level}` : ''}`;
  return [head, says, details.map((one) => `- ${one}`).join('\n')].join('\n\n');
}

function linkOf(place) {
  const { file, rest } = partsOf(place);
  return `[\`${file}\`](../../${file}) \`${rest}\``;
}

function proofOf(proof) {
  if (isCommand(proof)) return `\`${proof}\``;
  const { file, rest } = partsOf(proof);
  if (file === PROBED)
    return `a started server is asked: \`${rest}\` ([\`probes.mjs\`](../../tools/trust/probes.mjs))`;
  return `« ${rest.replace(/[<>*_`[\]]/g, '\\$&')} » ([\`${file.split('/').at(-1)}\`](../../${file}))`;
}

export function formatted(text, parser = 'markdown') {
  return format(text, { parser, printWidth: 110, singleQuote: true });
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
