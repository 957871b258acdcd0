import { neededConstant } from './policy.mjs';
import { cell, linkTo, pageOf, table } from './markdown.mjs';
import { spanOf } from './spans.mjs';

const TOLD = 'apps/web/src/locales/en/information.json';
const SESSION = 'Until the browser is closed';
const SECONDS = 1_000;
const SETS = /\.setCookie\(|['"]set-cookie['"]/i;
/** Copies cookies of the OpenID library into an answer. */
const CARRIER = 'libs/openid/src/sign-out/sign-out.service.ts';

const ACCESS = 'libs/access/src/guard/access.cookies.ts';
const LIVES = 'libs/session/src/session/session.policy.ts';
const PSC = 'libs/pro-sante-connect/src/psc.cookies.ts';
const GATE = 'libs/gate/src/sign-in/gate.cookies.ts';
const SIGN_OUT = 'libs/openid/src/sign-out/sign-out.service.ts';
const PASSKEY = 'libs/factor/src/passkey/passkey.cookie.ts';
const TICKET = 'libs/cpx/src/ticket.cookie.ts';
const PROVIDER = 'libs/openid/src/provider/provider-configuration.service.ts';
const NAMES = 'libs/openid/src/provider/provider.constants.ts';

/**
 * The cookies. `id`: its entry in « Données personnelles »; `name`: location of the name in the code; `life`:
 * location of the lifetime, in milliseconds, or in seconds if `in` says so. A cookie without `life` ends with the
 * browser session.
 */
const COOKIES = [
  { id: 'session', set: ACCESS, name: `${ACCESS}#NAMES.session` },
  { id: 'signIn', set: ACCESS, name: `${ACCESS}#NAMES.signIn`, life: `${LIVES}#BOUNDS.signInMs.default` },
  { id: 'browser', set: ACCESS, name: `${ACCESS}#NAMES.browser`, life: `${LIVES}#BROWSER_COOKIE_MS` },
  {
    id: 'ticket',
    set: TICKET,
    name: `${TICKET}#NAME`,
    life: 'libs/session/src/ticket/ticket.service.ts#TICKET_MS',
  },
  {
    id: 'passkey',
    set: PASSKEY,
    text: 'portillon_passkey',
    life: 'libs/authenticator/src/challenge.service.ts#CHALLENGE_MS',
  },
  ...Object.entries({ psc: 'request', pscChoice: 'choice', pscSignOut: 'signOut' }).map(([id, one]) => ({
    id,
    set: PSC,
    name: `${PSC}#NAMES.${one}`,
    life: 'libs/pro-sante-connect/src/authorization/authorization-request.service.ts#REQUEST_MS',
  })),
  {
    id: 'signOut',
    set: SIGN_OUT,
    name: `${SIGN_OUT}#NAME`,
    life: 'libs/openid/src/sign-out/sign-out.service.ts#RETURN_SECONDS',
    in: SECONDS,
  },
  ...Object.entries({ interaction: '_interaction', interactionResume: '_interaction_resume' }).map(
    ([id, text]) => ({
      id,
      set: PROVIDER,
      names: NAMES,
      text,
      life: `${PROVIDER}#INTERACTION_SECONDS`,
      in: SECONDS,
    }),
  ),
  { id: 'openidSession', set: PROVIDER, names: NAMES, text: '_openid_session' },
  { id: 'gate', set: GATE, name: `${GATE}#SESSION` },
  { id: 'gateSignIn', set: GATE, name: `${GATE}#SIGN_IN`, family: true, life: `${GATE}#SIGN_IN_MS` },
];

/** Each cookie from the code, with its description from « Données personnelles ». */
export function cookiesOf(code) {
  const told = code.json(TOLD).privacy.cookie;
  return COOKIES.map((one) => {
    const lifeMs = one.life ? neededConstant(code, one.life) * (one.in ?? 1) : null;
    return {
      id: one.id,
      name: nameOf(code, one),
      lifeMs,
      life: lifeMs ? spanOf(lifeMs) : SESSION,
      ...attributesOf(code, one),
      set: one.set,
      told: told[one.id],
    };
  });
}

/** Files that set a cookie missing from this page and from « Données personnelles ». */
export function cookieProblems(code) {
  const known = [CARRIER, ...COOKIES.map(({ set }) => set)];
  return code.server
    .filter((file) => SETS.test(code.text(file)) && !known.includes(file))
    .map((file) => `${file} sets a cookie that tools/trust/code/cookies.mjs does not know.`);
}

export function cookiesPage(code) {
  const [idle, whole] = ['idleMs', 'absoluteMs'].map((one) =>
    spanOf(neededConstant(code, `${LIVES}#BOUNDS.${one}.default`)),
  );
  const rows = cookiesOf(code).map(({ name, prefix, life, sameSite, path, domain, set, told }) => [
    `\`${name}\``,
    cell(told ?? ''),
    life,
    prefix,
    sameSite,
    path,
    domain,
    linkTo(set),
  ]);
  return pageOf(
    'Cookies',
    'Each cookie that the server sets, with its description on « Données personnelles », whose names and lifetimes come from the code too. Every one is `HttpOnly`, and `Secure` over HTTPS.',
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

/** Arguments of `setCookie`, read from the call. */
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
