import { readdirSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

// Counter-example: code that the rules must reject.
const eslint = new ESLint({
  cwd: ROOT,
  // The types of the whole program take half a minute; one rule here needs types.
  overrideConfig: { files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked },
});
const typedEslint = new ESLint({
  cwd: ROOT,
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: {
      parserOptions: {
        // As `nx lint`: the program of one library.
        project: './libs/kernel/tsconfig.json',
        // In CI the parser would read each file once from the disk, and never the snippet.
        disallowAutomaticSingleRunInference: true,
      },
    },
  },
});

const OTP = 'libs/otp/src/index.ts';
const ACCESS = 'libs/access/src/index.ts';
const AUTH = 'libs/auth/src/index.ts';
const OPENID = 'libs/openid/src/index.ts';
const HTTP = 'libs/http/src/index.ts';
const KERNEL = 'libs/kernel/src/index.ts';
const MY_ACCOUNT = 'libs/my-account/src/index.ts';
const NOTICE = 'libs/security-notice/src/index.ts';
const PERSISTENCE = 'libs/persistence/src/index.ts';
const SIGNATURE = 'libs/webhook/src/webhook-secret.service.ts';
const SPEC = anyFileOf('libs/persistence/src', '.db.spec.ts');
const API = 'apps/api/src/main.ts';
const SETTINGS = anyFileOf('apps/api/src/settings');
const FEATURE = 'apps/web/src/features/sign-in/canary.ts';
const FEATURE_FOLDER = 'apps/web/src/features/my-account/phone/canary.ts';
const UI = 'apps/web/src/ui/canary.ts';
const WEB_API = 'apps/web/src/api/canary.ts';

const BOUNDARIES = '@nx/enforce-module-boundaries';
const SYNTAX = 'no-restricted-syntax';
const IMPORTS = 'no-restricted-imports';
const LAYERS = 'portillon/web-layers';

/** Type-aware rules accept existing files only. */
function anyFileOf(folder, ending = '.ts') {
  const names = readdirSync(`${ROOT}/${folder}`).filter((name) => name.endsWith(ending));
  return `${folder}/${names.find((name) => ending.includes('spec') || !name.endsWith('.spec.ts'))}`;
}

/** ESLint's findings for a file with this content. */
async function messagesFor(code, filePath, linter = eslint) {
  const [{ messages }] = await linter.lintText(`${code}\n`, { filePath: `${ROOT}/${filePath}` });
  const broken = messages.find((message) => message.fatal);
  if (broken) throw new Error(broken.message);
  return messages;
}

/** Rules that each snippet breaks. Snippets of one file are linted together. */
async function rulesBrokenBy(cases) {
  const broken = new Map();
  for (const group of Object.values(grouped(cases))) {
    const messages = await messagesFor(group.map(({ code }) => code).join('\n'), group[0].file);
    let line = 1;
    for (const { title, code } of group) {
      const end = line + code.split('\n').length;
      const own = messages.filter((message) => message.line >= line && message.line < end);
      broken.set(
        title,
        own.map(({ ruleId }) => ruleId),
      );
      line = end;
    }
  }
  return broken;
}

/** By file; a snippet too long for its file is alone. */
function grouped(cases) {
  const groups = {};
  for (const [title, file, code] of cases)
    (groups[code.length > 1_000 ? title : file] ??= []).push({ title, file, code });
  return groups;
}

function importing(name) {
  return `import * as other from '${name}';\nexport const used = other;`;
}

const REFUSED = [
  ['a domain that knows another domain', OTP, importing('@portillon/session'), BOUNDARIES],
  ['a domain that knows HTTP', OTP, importing('@portillon/http'), BOUNDARIES],
  ['a domain that knows a feature', OTP, importing('@portillon/auth'), BOUNDARIES],
  ['who may come in that knows how one comes in', ACCESS, importing('@portillon/auth'), BOUNDARIES],
  ['a provider that knows how one signs in', OPENID, importing('@portillon/auth'), BOUNDARIES],
  ['auth that knows a feature', AUTH, importing('@portillon/recovery'), BOUNDARIES],
  ['notices that know who causes them', NOTICE, importing('@portillon/auth'), BOUNDARIES],
  ['a feature that invites', MY_ACCOUNT, importing('@portillon/recovery'), BOUNDARIES],
  ['a token that stands in for an administrator', OPENID, importing('@portillon/administration'), BOUNDARIES],
  ['a feature that knows another than auth', AUTH, importing('@portillon/my-account'), BOUNDARIES],
  ['the platform that knows a domain', PERSISTENCE, importing('@portillon/otp'), BOUNDARIES],
  ['the kernel that knows anything', KERNEL, importing('@portillon/persistence'), BOUNDARIES],
  ['the client in the server', API, importing('@portillon/api-client'), BOUNDARIES],
  ['a domain in the pages', FEATURE, importing('@portillon/otp'), BOUNDARIES],
  ['the test bench outside of tests', OTP, importing('@portillon/testing'), BOUNDARIES],
  ['a domain in a test of the platform', SPEC, importing('@portillon/otp'), BOUNDARIES],
  ['a way around the public face', OTP, importing('../../kernel/src/clock'), BOUNDARIES],
  ['Date.now in a lib', OTP, 'export const at = Date.now();', SYNTAX],
  ['Date.now unread', OTP, 'export const clock = Date.now;', SYNTAX],
  ['new Date() in a lib', OTP, 'export const at = new Date();', SYNTAX],
  ['Date() in a lib', OTP, 'export const at = Date();', SYNTAX],
  ['Math.random in a lib', OTP, 'export const dice = Math.random();', SYNTAX],
  ['new Date() in the server', API, 'export const at = new Date();', SYNTAX],
  ['new Date() in the settings', SETTINGS, 'export const at = new Date();', SYNTAX],
  ['the environment in a lib', OTP, 'export const url = process.env.DATABASE_URL;', SYNTAX],
  [
    'the environment under another name',
    OTP,
    "import { env } from 'node:process';\nexport const e = env;",
    SYNTAX,
  ],
  ['the environment in the server', API, "export const url = process['env'];", SYNTAX],
  ['the environment in the clock', 'libs/kernel/src/clock.ts', 'export const zone = process.env.TZ;', SYNTAX],
  [
    'chance of one’s own',
    OTP,
    "import { randomInt } from 'node:crypto';\nexport const dice = randomInt(6);",
    IMPORTS,
  ],
  [
    'chance of one’s own beside cryptography that is allowed',
    SIGNATURE,
    "import { randomBytes } from 'node:crypto';\nexport const key = randomBytes(32);",
    IMPORTS,
  ],
  [
    'cryptography in a lib that is no cryptographer',
    OTP,
    "import { createHash } from 'node:crypto';\nexport const hash = createHash('md5');",
    IMPORTS,
  ],
  [
    'tokens in a lib that is no cryptographer',
    OTP,
    "import { jwtVerify } from 'jose';\nexport const verify = jwtVerify;",
    IMPORTS,
  ],
  [
    'cryptography in the server',
    API,
    "import { createHash } from 'crypto';\nexport const hash = createHash;",
    IMPORTS,
  ],
  [
    'an HTTP error in a lib',
    OTP,
    "import { HttpException } from '@nestjs/common';\nexport const E = HttpException;",
    IMPORTS,
  ],
  ['the console in a lib', OTP, "console.log('here');", 'no-console'],
  ['a feature of the pages that knows another', FEATURE, importing('../my-account/account-page'), LAYERS],
  ['a folder of a feature that knows another', FEATURE_FOLDER, importing('../../sign-in/means'), LAYERS],
  ['a piece of the interface that knows a store', UI, importing('../stores/session.store'), LAYERS],
  ['a piece of the interface that calls the server', UI, importing('@/api/session.api'), LAYERS],
  ['the client outside of api/', FEATURE, importing('@portillon/api-client'), LAYERS],
  [
    'a fetch outside of api/',
    FEATURE,
    "export const answer = fetch('/api/session');",
    'no-restricted-globals',
  ],
  ['any', OTP, 'export let thing: any;', '@typescript-eslint/no-explicit-any'],
  ['a file of over 400 lines', OTP, 'export {};\n'.repeat(401), 'max-lines'],
  [
    'nesting of four',
    OTP,
    'export function f(a: boolean) {\n  if (a) while (a) for (;;) if (a) return;\n}',
    'max-depth',
  ],
  [
    'eleven ways through a function',
    OTP,
    `export const f = (n: number) => ${'n > 1 && '.repeat(10)}n;`,
    'complexity',
  ],
  [
    'eleven collaborators',
    OTP,
    `export class Eleven {\n  constructor(${[...'abcdefghijk'].map((name) => `readonly ${name}: string`).join(', ')}) {}\n}`,
    SYNTAX,
  ],
  ['work put off', OTP, '// TODO later\nexport {};', 'no-warning-comments'],
];

describe('what must be refused', () => {
  let broken;
  beforeAll(async () => {
    broken = await rulesBrokenBy(REFUSED);
  });

  it.each(REFUSED)('%s', (title, _file, _code, rule) => {
    expect(broken.get(title)).toContain(rule);
  });

  it('a promise that is not awaited', async () => {
    const messages = await messagesFor(
      'export function go() {\n  Promise.resolve();\n}',
      KERNEL,
      typedEslint,
    );
    expect(messages.map(({ ruleId }) => ruleId)).toContain('@typescript-eslint/no-floating-promises');
  });
});

describe('what must pass', () => {
  it.each([
    ['a domain that stands on the platform', OTP, importing('@portillon/persistence')],
    ['the platform that uses the platform', HTTP, importing('@portillon/persistence')],
    ['a feature that conducts domains', AUTH, importing('@portillon/otp')],
    ['a feature behind the guard of access', MY_ACCOUNT, importing('@portillon/access')],
    ['the test bench in a test', SPEC, importing('@portillon/testing')],
    ['the composition of the server', API, importing('@portillon/my-account')],
    ['the environment in the settings', SETTINGS, 'export const port = process.env.PORT;'],
    ['a date from a value', OTP, 'export const epoch = new Date(0);'],
    ['the machine’s clock in the kernel', 'libs/kernel/src/clock.ts', 'export const at = Date.now();'],
    ['the client in api/', WEB_API, importing('@portillon/api-client')],
    ['its own parts in a feature', FEATURE, importing('./code-step')],
    ['the folders of its own feature', FEATURE_FOLDER, importing('../password/password-proof')],
  ])('%s', async (_title, file, code) => {
    const broken = (await messagesFor(code, file)).map(({ ruleId }) => ruleId);
    // A snippet cannot satisfy the type-aware rules for real code.
    expect(broken.filter((rule) => !rule.startsWith('@typescript-eslint/'))).toEqual([]);
  });
});
