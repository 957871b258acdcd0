import { expect, it } from 'vitest';
import { codeOf, codeWith } from './code.mjs';
import { codeProblems } from './pages.mjs';
import { describedTables } from './tables.mjs';

const LEVELS = 'libs/application/src/acr.policy.ts';
const TOTP = 'libs/factor/src/totp/totp.journal.ts';
const OTP = 'libs/otp/src/index.ts';
const code = codeOf();
const tables = await describedTables();

it.each([
  [
    'a cookie that is written by hand',
    'cookies',
    [OTP, 'export', "reply.header('Set-Cookie', 'otp=1');\nexport"],
    `${OTP} sets a cookie that`,
  ],
  [
    'a cookie of another file',
    'cookies',
    [OTP, 'export', "reply.setCookie('otp', '1');\nexport"],
    `${OTP} sets a cookie that`,
  ],
  [
    'a way of signing in that no page lists',
    'levels',
    [LEVELS, '  password: { acr', '  badge: {},\n  password: { acr'],
    'levels.md cannot be made: libs/application/src/acr.policy.ts has a way of signing in, badge,',
  ],
  [
    'a file that newly imports cryptography',
    'algorithms',
    [OTP, 'export', "import { createHash } from 'node:crypto';\nexport"],
    `${OTP} imports cryptography and is not in tools/lint/cryptography.mjs`,
  ],
  [
    'a file that imports it at run time',
    'algorithms',
    [OTP, 'export', "const jose = () => import('jose');\nexport"],
    `${OTP} imports cryptography`,
  ],
  [
    'a file that no longer imports cryptography',
    'algorithms',
    ['libs/webhook/src/webhook-secret.service.ts', "'node:crypto'", "'./hmac'"],
    'names libs/webhook/src/webhook-secret.service.ts, which imports no cryptography',
  ],
  [
    'a setting with a new address',
    'flows',
    ['.env.example', '# REDIS_URL=', '# PIGEON_URL=\n# REDIS_URL='],
    'PIGEON_URL is an address, and no flow',
  ],
  [
    'a file that opens connections',
    'flows',
    [OTP, 'export', "void fetch('https://example.org');\nexport"],
    `${OTP} opens connections, or listens, and is not in tools/trust/code/connections.mjs`,
  ],
])('names %s', (_what, page, [file, from, to], words) => {
  expect(code.text(file)).toContain(from);
  const spoilt = codeWith(code, { [file]: code.text(file).replace(from, to) });
  const problems = codeProblems(spoilt, tables, page);
  expect(problems.join('\n')).toContain(words);
});
