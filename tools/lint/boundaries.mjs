const DOMAINS = ['type:domain', 'type:platform', 'type:kernel'];
/** Every feature depends on the guard of `access` and sends mail notices; features do not depend on each other. */
const BEHIND_ACCESS = ['scope:access', 'scope:security-notice', ...DOMAINS];
/** Adding or changing a means of signing in is an action of signing in too. */
const BESIDE_AUTH = ['scope:auth', ...BEHIND_ACCESS];

/** Allowed dependencies: app → feature → domain → platform → kernel. */
const ALLOWED = {
  'scope:api': ['type:feature', ...DOMAINS],
  'scope:web': ['type:client'],
  'type:e2e': ['type:testing', 'type:client', 'type:kernel'],
  // Dependencies allowed to some features; the lines of the scopes list which.
  'type:feature': [
    ...BESIDE_AUTH,
    'scope:recovery',
    'scope:openid',
    'scope:gate',
    'scope:cpx',
    'scope:pro-sante-connect',
    'scope:my-account',
    'scope:personal-data',
    'scope:user-management',
    'scope:administration',
    'scope:administration-applications',
    'scope:administration-setup',
  ],
  // Invites people by mail; called by the console, directories and the configuration file.
  'scope:user-management': [...BEHIND_ACCESS, 'scope:recovery'],
  // Shows the result of a sign-in and of an application's check for a person, and erases accounts.
  'scope:administration': [
    ...BESIDE_AUTH,
    'scope:recovery',
    'scope:personal-data',
    'scope:user-management',
    'scope:administration-applications',
  ],
  'scope:administration-applications': [...BESIDE_AUTH, 'scope:gate', 'scope:user-management'],
  'scope:administration-reports': [...BEHIND_ACCESS, 'scope:user-management'],
  'scope:administration-setup': [...BEHIND_ACCESS, 'scope:user-management'],
  // Calls the console's actions for each entry of its file.
  'scope:administration-configuration': [
    ...BEHIND_ACCESS,
    'scope:recovery',
    'scope:gate',
    'scope:user-management',
    'scope:administration',
    'scope:administration-applications',
    'scope:administration-setup',
  ],
  // Shows the state of other libraries' data: applications' keys and pages, cards, rights, retention. The demo's
  // history uses the texts of sign-ins.
  'scope:operation': [
    ...BEHIND_ACCESS,
    'scope:auth',
    'scope:openid',
    'scope:cpx',
    'scope:pro-sante-connect',
    'scope:personal-data',
    'scope:user-management',
    'scope:administration-setup',
  ],
  'scope:recovery': BEHIND_ACCESS,
  'scope:my-account': BESIDE_AUTH,
  // Its answers have the account and the activity in the format of « Mon compte ».
  'scope:personal-data': [...BEHIND_ACCESS, 'scope:openid', 'scope:my-account'],
  'scope:cpx': BESIDE_AUTH,
  'scope:factor': BESIDE_AUTH,
  'scope:pro-sante-connect': BESIDE_AUTH,
  // The same action on an account, whether a page or a directory requests it.
  'scope:scim': [...BEHIND_ACCESS, 'scope:user-management'],
  'scope:openid': BEHIND_ACCESS,
  'scope:gate': [...BEHIND_ACCESS, 'scope:openid'],
  'scope:auth': BEHIND_ACCESS,
  'scope:access': ['scope:security-notice', ...DOMAINS],
  'scope:security-notice': DOMAINS,
  // A table and its rules: no platform library for HTTP, and no domain except the structure that a row belongs to
  // (docs/adr/0057).
  'type:domain': ['scope:structure', 'scope:persistence', 'scope:outbound', 'type:kernel'],
  'type:platform': ['type:platform', 'type:kernel'],
  'type:kernel': [],
  'type:testing': ['type:platform', 'type:kernel'],
  'type:client': [],
  'scope:bench': ['type:testing', ...DOMAINS],
};

/** The test library depends on these two, whose tests depend on it: a cycle of tests, not of code. */
const CIRCLES_OF_TESTS = [
  ['@portillon/testing', '@portillon/persistence'],
  ['@portillon/testing', '@portillon/kernel'],
];

function rule(depConstraints) {
  const options = { depConstraints, ignoredCircularDependencies: CIRCLES_OF_TESTS };
  return { '@nx/enforce-module-boundaries': ['error', options] };
}

function constraints(alsoAllowed) {
  return Object.entries(ALLOWED).map(([sourceTag, allowed]) => ({
    sourceTag,
    onlyDependOnLibsWithTags: [...allowed, ...alsoAllowed],
  }));
}

/** The product's code never imports the test library. */
export const boundaries = rule(constraints([]));

/** Tests may import the test library, besides what their code may import. */
export const boundariesInTests = rule(constraints(['type:testing']));
