import { person } from './people.mjs';

const DAY_MS = 86_400_000;
const ACCOUNTS = '/api/admin/accounts';
const EVENTS = '/api/admin/events';
const SORTS = [
  'displayName',
  '-displayName',
  'status',
  '-status',
  'lastSignedInAt',
  '-lastSignedInAt',
  'createdAt',
  '-createdAt',
];
const ONLY = [
  'EMERGENCY_ACCESS',
  'ERASURE_REQUESTED',
  'LOCKED',
  'INVITATION_EXPIRED',
  'NEVER_SIGNED_IN',
  'NO_STRONG_MEANS',
];
/** Names shared by thousands of accounts, by some, and by none. */
const NAMES = ['camille', 'mar', 'marie marnard', 'zoe vi', 'claire zzz'];

/** Pages that an administrator opens daily: a row of the table, and the addresses requested in turn. */
export function pagesOf({ people, structure }) {
  const some = Array.from({ length: 20 }, (_, at) => 1 + ((at * 7_919) % (people - 1)));
  return {
    ...home(),
    ...accountPages(some, structure),
    ...journalPages(some, structure),
    'structures, and one': ['/api/admin/structures', `/api/admin/structures/${structure}`],
  };
}

/** Pages of an administrator of one structure. */
export function structurePagesOf() {
  const lists = [ACCOUNTS, ...NAMES.map(found), ...ONLY.map((only) => `${ACCOUNTS}?only=${only}`)];
  const sorted = lists.flatMap((path) =>
    SORTS.map((sort) => `${path}${path === ACCOUNTS ? '?' : '&'}sort=${sort}`),
  );
  return {
    'administrator of a structure: lists of accounts': lists,
    '  by each order': sorted,
    '  journal': [EVENTS, `${EVENTS}?name=authn_login_lock`],
  };
}

/** Whole files. */
export function exportsOf({ structure }) {
  return {
    'file: accounts of a structure': [`${ACCOUNTS}/export?structure=${structure}`],
    'file: a month of the journal of a structure': [
      `${EVENTS}/export?structure=${structure}&${monthBefore(90)}`,
    ],
  };
}

/** Reports that count, and are read less often. */
export function reportsOf({ structure }) {
  const year = `from=${day(364)}&to=${day(0)}`;
  const asked = ['by=month', 'by=day', `by=month&structure=${structure}`];
  const accepted = ['', '?passkeyKind=device&passkeyIdentity=proven', '?totpIsStrong=true'];
  return {
    'statistics of twelve months': asked.map((how) => `/api/admin/reports/sign-ins?${how}&${year}`),
    '  of applications': [`/api/admin/reports/applications?${year}`],
    '  who has strong means': [`/api/admin/reports/strong-means?${year}`],
    '  who has strong means, of a structure': [
      `/api/admin/reports/strong-means?${year}&structure=${structure}`,
    ],
    'the effect of a dated policy': accepted.map((how) => `/api/admin/policies/${structure}/effect${how}`),
  };
}

function home() {
  const counted = ['EMERGENCY_ACCESS', 'ERASURE_REQUESTED', 'LOCKED', 'INVITATION_EXPIRED'];
  return Object.fromEntries([
    ...counted.map((only) => [`home: ${only}`, [`${ACCOUNTS}?only=${only}&limit=1`]]),
    ['home: the last 30 days', [`/api/admin/reports/sign-ins?from=${day(29)}&to=${day(0)}&by=day`]],
  ]);
}

function accountPages(some, structure) {
  const national = (index) => `899${String(index).padStart(9, '0')}`;
  const sorted = (path) => SORTS.map((sort) => `${path}&sort=${sort}`);
  return {
    'accounts: the list': [ACCOUNTS],
    '  by each order': sorted(`${ACCOUNTS}?`),
    '  of each status': ['ACTIVE', 'INVITED', 'DEACTIVATED'].map((status) => `${ACCOUNTS}?status=${status}`),
    '  of a structure, by each order': sorted(`${ACCOUNTS}?structure=${structure}`),
    '  of each filter': ONLY.map((only) => `${ACCOUNTS}?only=${only}`),
    '  of each filter, by each order': ONLY.flatMap((only) => sorted(`${ACCOUNTS}?only=${only}`)),
    '  found by name': NAMES.map(found),
    '  found by name, by each order': NAMES.flatMap((name) => sorted(found(name))),
    '  found by name, of each filter': NAMES.flatMap((name) =>
      ONLY.map((only) => `${found(name)}&only=${only}`),
    ),
    '  found by mail address': some.map((index) => found(person(index).email)),
    '  found by user name': some.map((index) => found(person(index).username)),
    '  found by national id': some.map((index) => found(national(index))),
    'an account': some.map((index) => `${ACCOUNTS}/${idOf(index)}`),
  };
}

function journalPages(some, structure) {
  const names = ['authn_login_lock', 'user_updated', 'authn_login_fail,authn_code_fail', 'policy_changed'];
  const months = [monthBefore(90), monthBefore(270)];
  const inStructure = `${EVENTS}?structure=${structure}`;
  return {
    'journal: the last lines': [EVENTS],
    '  of a person': some.map((index) => `${EVENTS}?account=${idOf(index)}`),
    '  of an actor': some.map((index) => `${EVENTS}?actor=${idOf(500 * (index % 300))}`),
    '  of an event': names.map((name) => `${EVENTS}?name=${name}`),
    '  of the reference of a code': ['XXX4', 'X3FH', 'NONE'].map((code) => `${EVENTS}?code=${code}`),
    '  of a structure': [inStructure, ...names.map((name) => `${inStructure}&name=${name}`)],
    '  of a month': months.flatMap((month) => [`${EVENTS}?${month}`, `${inStructure}&${month}`]),
    '  of a month, its failures': months.map((month) => `${EVENTS}?outcome=FAILURE&${month}`),
  };
}

function found(words) {
  return `${ACCOUNTS}?q=${encodeURIComponent(words)}`;
}

/** Names as generated by the SQL of a nation. */
function idOf(index) {
  return `018f0000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

function day(before) {
  return new Date(Date.now() - before * DAY_MS).toISOString().slice(0, 10);
}

function monthBefore(days) {
  return `from=${day(days)}T00:00:00Z&to=${day(days - 30)}T00:00:00Z`;
}
