const DOMAINS = ['type:domain', 'type:platform', 'type:kernel'];
/** Every feature depends on the guard of `access` and sends notices by mail; no feature knows another. */
const BEHIND_ACCESS = ['scope:access', 'scope:security-notice', ...DOMAINS];
/** A means of signing in, or a change of one, is an act of signing in too. */
const BESIDE_AUTH = ['scope:auth', ...BEHIND_ACCESS];

/** Who may depend on whom: app → feature → domain → platform → kernel. */
const ALLOWED = {
  'scope:api': ['type:feature', ...DOMAINS],
  'scope:web': ['type:client'],
  'type:e2e': ['type:testing', 'type:client', 'type:kernel'],
  // What some feature may know; which, say the lines of the scopes.
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
  // Invites people by mail; the console, directories and the configuration file call it.
  'scope:user-management': [...BEHIND_ACCESS, 'scope:recovery'],
  // Shows what a sign-in and an application would decide for a person, and erases accounts.
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
  // Calls the acts of the console for each entry of its file.
  'scope:administration-configuration': [
    ...BEHIND_ACCESS,
    'scope:recovery',
    'scope:gate',
    'scope:user-management',
    'scope:administration',
    'scope:administration-applications',
    'scope:administration-setup',
  ],
  // Shows the state of what others own: applications' keys and pages, cards, rights, how long data is kept. The demo's
  // history has the words of sign-ins.
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
  // Its answers show the account and the activity as « Mon compte » does.
  'scope:personal-data': [...BEHIND_ACCESS, 'scope:openid', 'scope:my-account'],
  'scope:cpx': BESIDE_AUTH,
  'scope:factor': BESIDE_AUTH,
  'scope:pro-sante-connect': BESIDE_AUTH,
  // One way of doing an act on an account, whether a page or a directory asks.
  'scope:scim': [...BEHIND_ACCESS, 'scope:user-management'],
  'scope:openid': BEHIND_ACCESS,
  'scope:gate': [...BEHIND_ACCESS, 'scope:openid'],
  'scope:auth': BEHIND_ACCESS,
  'scope:access': ['scope:security-notice', ...DOMAINS],
  'scope:security-notice': DOMAINS,
  // A table and its rules: of the platform no lib that knows HTTP, of the domains only the structure that a row
  // belongs to (docs/adr/0057).
  'type:domain': ['scope:structure', 'scope:persistence', 'scope:outbound', 'type:kernel'],
  'type:platform': ['type:platform', 'type:kernel'],
  'type:kernel': [],
  'type:testing': ['type:platform', 'type:kernel'],
  'type:client': [],
  'scope:bench': ['type:testing', ...DOMAINS],
};

/** The test bench depends on these two, whose tests depend on it: a circle of tests, not of code. */
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

/** The product's code never imports the test bench. */
export const boundaries = rule(constraints([]));

/** Tests may use the test bench, and nothing else that their code may not. */
export const boundariesInTests = rule(constraints(['type:testing']));
