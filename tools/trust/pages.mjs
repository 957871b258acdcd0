import { format } from 'prettier';
import { STATUSES } from './register.mjs';
import { probeOf } from './sources.mjs';

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

/** Pages generated from the registers: `{ name, text }`. */
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

function pageOf(name, registers) {
  const rows = registers.flatMap((one) => one.rows);
  const dates = registers.map(({ date }) => date).sort();
  return [
    `# ${TITLES[name] ?? name}`,
    `Self-assessed on ${dates.at(-1)}: no third party has confirmed it. Made from docs/trust/register by \`npm run trust\`; [how to read it](README.md).`,
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
    ...row.where.map(
      (one) =>
        `Where: ${one
          .split('#')
          .map((part) => `\`${part}\``)
          .join(' ')}`,
    ),
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

function proofOf(proof) {
  const probe = probeOf(proof);
  return probe ? `a started server is asked: \`${probe}\`` : `\`${proof}\``;
}

export function formatted(text, parser = 'markdown') {
  return format(text, { parser, printWidth: 110, singleQuote: true });
}
