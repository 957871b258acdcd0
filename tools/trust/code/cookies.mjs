import { neededConstant } from './constants.mjs';
import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';

const [TOLD, TOLD_IN_FRENCH] = ['en', 'fr'].map(
  (language) => `apps/web/src/locales/${language}/information.json`,
);
const SESSION = 'Until the browser is closed';
const FRENCH = { [SESSION]: 'Jusqu’à la fermeture du navigateur', day: 'jour', hour: 'heure' };
const SECONDS = 1_000;
const SETS = /\.setCookie\(|['"]set-cookie['"]/i;
/** It puts the cookies of others into an answer of the OpenID library. */
const CARRIER = 'libs/openid/src/sign-out/sign-out.service.ts';

const ACCESS = 'libs/access/src/guard/access.cookies.ts';
const LIVES = 'libs/session/src/session/session.policy.ts';
const PSC = 'libs/pro-sante-connect/src/psc.cookies.ts';
const GATE = 'libs/gate/src/sign-in/gate.cookies.ts';
const SIGN_OUT = 'libs/openid/src/sign-out/sign-out.cookie.ts';
const PASSKEY = 'libs/factor/src/passkey/passkey.cookie.ts';
const TICKET = 'libs/cpx/src/ticket.cookie.ts';
const PROVIDER = 'libs/openid/src/provider/provider-configuration.service.ts';
const NAMES = 'libs/openid/src/provider/provider-cookies.ts';

/**
 * The cookies: where their name, and their life in milliseconds (or, where `in` says so, in seconds), stand in the code.
 * A cookie without a life ends with the browser.
 */
const COOKIES = [
  { set: ACCESS, name: `${ACCESS}#NAMES.session` },
  { set: ACCESS, name: `${ACCESS}#NAMES.signIn`, life: `${LIVES}#BOUNDS.signInMs.default` },
  { set: ACCESS, name: `${ACCESS}#NAMES.browser`, life: `${LIVES}#BROWSER_COOKIE_MS` },
  { set: TICKET, name: `${TICKET}#NAME`, life: `${TICKET}#TICKET_MS` },
  { set: PASSKEY, text: 'portillon_passkey', life: `${PASSKEY}#CHALLENGE_MS` },
  ...['request', 'choice', 'signOut'].map((one) => ({
    set: PSC,
    name: `${PSC}#NAMES.${one}`,
    life: `${PSC}#REQUEST_MS`,
  })),
  { set: SIGN_OUT, name: `${SIGN_OUT}#NAME`, life: `${SIGN_OUT}#RETURN_SECONDS`, in: SECONDS },
  ...['_interaction', '_interaction_resume'].map((text) => ({
    set: PROVIDER,
    names: NAMES,
    text,
    life: `${PROVIDER}#INTERACTION_SECONDS`,
    in: SECONDS,
  })),
  { set: PROVIDER, names: NAMES, text: '_openid_session' },
  { set: GATE, name: `${GATE}#SESSION` },
  { set: GATE, name: `${GATE}#SIGN_IN`, family: true, life: `${GATE}#SIGN_IN_MS` },
];

/** Each cookie as the code has it, with what « Données personnelles » tells people of it. */
function cookiesOf(code) {
  const [told, french] = [TOLD, TOLD_IN_FRENCH].map((file) => Object.values(code.json(file).privacy.cookie));
  return COOKIES.map((one) => {
    const name = nameOf(code, one);
    const life = one.life ? spanOf(neededConstant(code, one.life) * (one.in ?? 1)) : SESSION;
    return {
      name,
      life,
      ...attributesOf(code, one),
      set: one.set,
      told: told.find((line) => line.name === name),
      french: french.find((line) => line.name === name),
    };
  });
}

/** What is wrong with cookies: one that no page tells, one that lives longer or shorter than is told, one that is gone. */
export function cookieProblems(code) {
  const cookies = cookiesOf(code);
  const names = cookies.map(({ name }) => name);
  const known = [CARRIER, ...cookies.map(({ set }) => set)];
  return [
    ...cookies.flatMap(lifeProblems),
    ...Object.values(code.json(TOLD).privacy.cookie)
      .filter(({ name }) => !names.includes(name))
      .map(({ name }) => `${TOLD} tells of a cookie, ${name}, that the code does not set.`),
    ...code.server
      .filter((file) => SETS.test(code.text(file)) && !known.includes(file))
      .map((file) => `${file} sets a cookie that tools/trust/code/cookies.mjs does not know.`),
  ];
}

function lifeProblems({ name, life, set, told, french }) {
  if (!told || !french)
    return [`${set}: the cookie ${name} is not told on the page « Données personnelles ».`];
  const inFrench = FRENCH[life] ?? life.replace(/day|hour/, (unit) => FRENCH[unit]);
  return [
    [told.time, life],
    [french.time, inFrench],
  ]
    .filter(([time, lives]) => time !== lives)
    .map(([time, lives]) => `${set}: the cookie ${name} lives « ${lives} », and the page tells « ${time} ».`);
}

export function cookiesPage(code) {
  const [idle, whole] = ['idleMs', 'absoluteMs'].map((one) =>
    spanOf(neededConstant(code, `${LIVES}#BOUNDS.${one}.default`)),
  );
  const rows = cookiesOf(code).map(({ name, prefix, life, sameSite, path, domain, set, told }) => [
    `\`${name}\``,
    cell(told?.what ?? ''),
    life,
    prefix,
    sameSite,
    path,
    domain,
    linkTo(set),
  ]);
  return pageOf(
    'Cookies',
    'Each cookie that the server sets, with what people are told of it on « Données personnelles », which a check holds against the code. Every one is `HttpOnly`, and `Secure` over HTTPS.',
    table(['name', 'what for', 'life', 'prefix over HTTPS', 'SameSite', 'path', 'domain', 'set by'], rows),
    [
      `- The session ends on the server too, whatever the browser keeps: after ${idle} without use, and after ${whole}; less where it is set so.`,
      '- The browser’s cookie lives as long as is said here, or as long as the browser is remembered where that is shorter.',
      '- Beside cookies, the pages keep the language, the means last used and the columns of a list in the browser’s storage.',
    ].join('\n'),
  );
}

function nameOf(code, { name, text, names, set, family }) {
  if (name) return `${neededConstant(code, name)}${family ? '_…' : ''}`;
  const file = names ?? set;
  if (new RegExp(`[}'\`-]${text}[\`']`).test(code.text(file))) return text;
  throw new Error(`${file} has no cookie ${text}. Was it renamed?`);
}

/** What `setCookie` is given, read where it stands. */
function attributesOf(code, { set, names, text }) {
  const source = code.text(set);
  if (!/httpOnly: true/.test(source)) throw new Error(`${set} sets a cookie that scripts can read`);
  return {
    sameSite: /sameSite: '(\w+)'/.exec(source)[1],
    path:
      names && text !== '_openid_session' ? 'of the request' : (/path: '([^']+)'/.exec(source)?.[1] ?? '/'),
    domain: /\bdomain: /.test(source)
      ? 'what the card’s host and the pages’ have in common, where they differ'
      : 'none: the host alone',
    prefix: prefixOf(code, names ?? set, text),
  };
}

function prefixOf(code, file, text) {
  if (!/__(?:Host|Secure)-/.test(code.text(file))) return 'none';
  if (text?.startsWith('_interaction')) return '`__Secure-`';
  return '`__Host-`';
}
