import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { licenceProblems } from '../checks/licences.mjs';
import { machine } from '../checks/machine.mjs';
import { ROOT } from '../workspace/command.mjs';
import { codeOf } from './code/code.mjs';
import { constantOf } from './code/constants.mjs';
import { weaknessesOf } from './osv.mjs';
import { probe, PROBES } from './probes.mjs';
import { runProblems, testsOf } from './reports.mjs';
import { sbomOf, sbomProblems } from './sbom.mjs';
import { PARTS, standingOf } from './standing.mjs';

// What `npm run trust` checks, of a copy of this repository in which one thing after the other is spoilt.
const copy = mkdtempSync(join(tmpdir(), 'portillon-spoiled-'));
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|coverage|test-results|\.git|\.nx)$|^(?:tmp|data)$/;
const { sources, promises, pages, code, templates, attestation } = PARTS;

const OTP = 'libs/otp/src/otp-code.service.ts';
const POLICY = 'libs/otp/src/otp.policy.ts';
const OTP_SPEC = 'libs/otp/src/otp.service.db.spec.ts';
const ACCOUNT = 'libs/account/src/account/account.entity.ts';
const SESSIONS = 'libs/session/src/session/session.policy.ts';
const SUITES = 'apps/api/src/tls-suites.ts';
const REGISTER = 'docs/trust/register/asvs-v06.yaml';
const LOCK = 'package-lock.json';
const PROOF = `${OTP_SPEC}#a one-time code of something else is refused though somebody copied its digests to another row of the database`;

const OF_FASTIFY = {
  id: 'GHSA-test-0001',
  modified: '2026-11-28T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'fastify' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }],
    },
  ],
};

beforeAll(() => {
  cpSync(ROOT, copy, { recursive: true, filter: (file) => !LEFT_OUT.test(relative(ROOT, file)) });
});

afterEach(() => {
  for (const [file, text] of spoilt) write(file, text);
  spoilt.clear();
});

afterAll(() => rmSync(copy, { recursive: true }));

it('finds nothing wrong before anything is spoilt', async () => {
  expect((await standingOf(copy)).problems).toEqual([]);
});

it.each([
  [
    'a test that was renamed',
    sources,
    [
      OTP_SPEC,
      'is refused though somebody copied its digests',
      'is taken though somebody copied its digests',
    ],
    `${OTP_SPEC} has no test "a one-time code of something else is refused though`,
  ],
  [
    'a test that is skipped',
    sources,
    [OTP_SPEC, "it('is refused though somebody copied", "it.skip('is refused though somebody copied"],
    `${OTP_SPEC} has no test "a one-time code of something else is refused though`,
  ],
  [
    'code that is gone',
    sources,
    [OTP, 'class OtpCodeService', 'class CodeMaker'],
    `where: ${OTP} has no OtpCodeService`,
  ],
  [
    'a sentence that left a guide',
    sources,
    ['docs/trust/architecture.md', 'What costs much', 'What is dear'],
    'where: docs/trust/architecture.md has no What costs much',
  ],
  [
    'a row that is met by no test',
    sources,
    [REGISTER, / {4}proof:\n(?: {6}- .*\n)+(?= {2}- clause: 6\.5\.2)/, ''],
    'proof: is missing: what is met has code and a test',
  ],
  [
    'a gap without a plan',
    sources,
    [REGISTER, /\n {4}plan: [^\n]*(?:\n {6}[^\n]*)*/, ''],
    'plan: is missing: a row that is ',
  ],
  [
    'a promise that no row cites',
    promises,
    ['docs/guide/security.md', '| keys that one', '| a stolen moon | a rocket |\n| keys that one'],
    'no row of the register cites "a stolen moon"',
  ],
  [
    'a page that somebody wrote into',
    pages,
    ['docs/trust/asvs.md', 'Self-assessed on', 'Certified on'],
    'docs/trust/asvs.md is not what the register makes',
  ],
  [
    'a status that was bettered without its page',
    pages,
    ['docs/trust/register/rie-v2.yaml', 'status: partly', 'status: declared'],
    'docs/trust/rie.md is not what the register makes',
  ],
  [
    'a template that links to a status of before',
    templates,
    ['docs/trust/templates/homologation.md', /(\.\.\/cnil\.md#[\w-]+)--[\w-]+/, '$1--gone'],
    'has no heading #',
  ],
  [
    'a setting that a template names and that there is not',
    templates,
    ['docs/trust/templates/homologation.md', '`ADMIN_STRONG_MEANS`', '`ADMIN_WEAK_MEANS`'],
    'homologation.md: .env.example has no ADMIN_WEAK_MEANS',
  ],
  [
    'a reservation that the attestation leaves out',
    attestation,
    ['apps/api/src/trust/reservations.policy.ts', 'EXI RIE-PS 10 ; EXI 14', 'EXI RIE-PS 10'],
    'EXI-14 is partly, and no reservation names it',
  ],
  [
    'a clause that the attestation claims and that is not met',
    attestation,
    ['apps/api/src/trust/fulfilled.policy.ts', "clause: 'EXI 26'", "clause: 'EXI 30'"],
    'EXI-30 is told as fulfilled, and the register has it not as met',
  ],
  [
    'a cookie that lives longer',
    code,
    [SESSIONS, 'BROWSER_COOKIE_MS = 30 * DAY', 'BROWSER_COOKIE_MS = 60 * DAY'],
    'apps/web/src/features/information/people.json is not what the code makes (now « "count": 60',
  ],
  [
    'a column that was added',
    code,
    [ACCOUNT, '  @Column({', "  @Column({ type: 'date' })\n  bornOn!: Date;\n\n  @Column({"],
    'the column account.bornOn has no class in docs/trust/data.yaml',
  ],
  [
    'data that is kept longer',
    code,
    [SESSIONS, 'retentionMs: { default: 30 * DAY', 'retentionMs: { default: 300 * DAY'],
    'generated/data.md is not what the code makes',
  ],
  [
    'a right that a role was given',
    code,
    ['libs/administration/src/core/rights.policy.ts', "'service.read': NATIONAL", "'service.read': BOTH"],
    'generated/rights.md is not what the code makes (now « | `service.read` | no | own |',
  ],
  [
    'an event that nobody is told of',
    code,
    ['libs/factor/src/totp/totp.journal.ts', "['totp_added'", "['totp_added', 'totp_lent'"],
    'the event totp_lent has no row in docs/guide/siem.md',
  ],
  [
    'a means that is said to prove more',
    code,
    ['libs/application/src/acr.policy.ts', "passkey: 'eidas1-mfa'", "passkey: 'eidas3'"],
    'generated/levels.md is not what the code makes',
  ],
  [
    'a file that begins to do cryptography',
    code,
    [POLICY, /^/, "import { createHash } from 'node:crypto';\n"],
    `${POLICY} imports cryptography and is not in tools/lint/cryptography.mjs`,
  ],
  [
    'a setting that leads somewhere untold',
    code,
    ['.env.example', '# REDIS_URL=', '# PIGEON_URL=\n# REDIS_URL='],
    'PIGEON_URL is an address, and no flow of tools/trust/code/flows.mjs has it',
  ],
  [
    'a file that connects by itself',
    code,
    [POLICY, /^/, "void fetch('https://example.org');\n"],
    `${POLICY} opens connections, or listens`,
  ],
])('names %s', async (_what, part, [file, from, to], words) => {
  spoil(file, from, to);
  const { problems } = await standingOf(copy, [part]);
  expect(problems.join('\n')).toContain(words);
});

it('names a licence that was changed', () => {
  spoilPackage('license', 'GPL-3.0');
  expect(licenceProblems(lock())).toEqual([
    expect.stringMatching(/^fastify@.*its licence, GPL-3\.0, is not/),
  ]);
});

it('names a dependency of which another content is locked', async () => {
  const sbom = await sbomOf();
  expect(sbomProblems(sbom, lock())).toEqual([]);
  spoilPackage('integrity', `sha512-${Buffer.from('another content').toString('base64')}`);
  expect(sbomProblems(sbom, lock())).toEqual([
    expect.stringMatching(/^SBOM: fastify@\S+ has another digest/),
  ]);
});

it('names a known weakness of a dependency', () => {
  write('osv/one.json', JSON.stringify(OF_FASTIFY));
  const { problems } = weaknessesOf(lock(), { path: join(copy, 'osv') });
  expect(problems).toEqual([expect.stringMatching(/^fastify@\S+ has the known weakness GHSA-test-0001/)]);
});

it.each([
  ['failed', [['failed']], 'failed in the last run'],
  ['failed on one of two engines', [['passed'], ['failed']], 'failed in the last run'],
  ['was left out', [['pending']], 'did not run in the last run'],
  ['did not run', [], 'did not run in the last run'],
])('names a proof that %s', (_what, statuses, words) => {
  const rows = [{ file: 'asvs-v06.yaml', id: 'asvs-6.5.2', proof: [PROOF] }];
  expect(runProblems(rows, testsAfter([['passed'], ['passed']]))).toEqual([]);
  expect(runProblems(rows, testsAfter(statuses))).toEqual([
    `asvs-v06.yaml, asvs-6.5.2, proof: "${PROOF}" ${words}.`,
  ]);
});

(machine.openssl ? describe : describe.skip)('a server that takes the suites of the code', () => {
  it('names a suite that was allowed', async () => {
    expect(await suiteProblems()).toEqual([]);
    spoil(SUITES, "'ECDHE-RSA-AES128-GCM-SHA256',", "'ECDHE-RSA-AES128-GCM-SHA256',\n  'AES128-SHA',");
    expect(await suiteProblems()).toEqual(['AES128-SHA is taken']);
  });
});

const spoilt = new Map();

function spoil(file, from, to) {
  const text = readFileSync(join(copy, file), 'utf8');
  const changed = text.replace(from, to);
  expect(changed, `${file} has nothing to spoil: ${from}`).not.toBe(text);
  spoilt.set(file, text);
  write(file, changed);
}

function spoilPackage(field, value) {
  const changed = lock();
  changed.packages['node_modules/fastify'][field] = value;
  spoil(LOCK, /^.*$/s, () => JSON.stringify(changed));
}

function lock() {
  return JSON.parse(readFileSync(join(copy, LOCK), 'utf8'));
}

function testsAfter(statuses) {
  const file = relative('libs/otp', OTP_SPEC);
  const title = PROOF.slice(PROOF.indexOf('#') + 1);
  const assertionResults = statuses.map(([status]) => ({
    fullName: `${file} ${title}`,
    ancestorTitles: [file],
    status,
  }));
  const report = { testResults: [{ name: 'tools/jest/all-specs.cjs', assertionResults }] };
  write('tmp/reports/otp.json', JSON.stringify(report));
  return testsOf(join(copy, 'tmp/reports'), copy);
}

async function suiteProblems() {
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(copy, name));
  const options = ['-newkey', 'rsa:3072', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  execFileSync(machine.openssl, ['req', '-x509', ...options, ...subject], { stdio: 'pipe' });
  const ca = readFileSync(certificate);
  const ciphers = constantOf(codeOf(copy), `${SUITES}#TLS_1_2_SUITES`).join(':');
  const server = createServer({ ciphers, key: readFileSync(key), cert: ca });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  const [{ problems }] = await probe({ port, ca }, { suites: PROBES['tls-suites'] });
  await new Promise((resolve) => server.close(resolve));
  return problems;
}

function write(file, text) {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
}
