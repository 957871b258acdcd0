/** Errors that the compiler accepts. */
export const correctness = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: false }],
  'no-control-regex': 'error',
  'no-dupe-keys': 'error',
  'no-empty': 'error',
  'no-empty-pattern': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-promise-executor-return': 'off',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-template-curly-in-string': 'error',
  'no-throw-literal': 'error',
  'no-unreachable': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
};

/** Shallow nesting, files that one reads in one sitting. */
export const form = {
  complexity: ['error', 10],
  'max-depth': ['error', 3],
  'max-lines': ['error', 400],
  'no-else-return': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'], location: 'anywhere' }],
};

/** Time and randomness are injected, so that tests control them and no clock step revives an expired value. */
export const clockAndChance = [
  ["MemberExpression[object.name='Date'][property.name='now']", 'Date.now: ask the Clock.'],
  ["NewExpression[callee.name='Date'][arguments.length=0]", 'new Date(): ask the Clock.'],
  ["CallExpression[callee.name='Date']", 'Date(): ask the Clock.'],
  ["MemberExpression[object.name='Math'][property.name='random']", 'Math.random: ask the Random.'],
].map(([selector, message]) => ({ selector, message }));

/** Values injected by a token (options, a list) are not collaborators. */
const COLLABORATOR = 'TSParameterProperty[decorators.length=0]';

/** Beyond ten collaborators, two subjects live in one class. */
export const collaborators = [
  {
    selector: Array(11).fill(COLLABORATOR).join(' ~ '),
    message: 'More than ten collaborators: two subjects live in this class.',
  },
];

/** One file reads the environment: libraries take options. */
export const environment = [
  [
    "MemberExpression[object.name='process'][property.name='env']",
    'process.env: settings are read in apps/api/src/settings.',
  ],
  [
    "MemberExpression[object.name='process'][property.value='env']",
    'process.env: settings are read in apps/api/src/settings.',
  ],
  [
    'ImportDeclaration[source.value=/^(node:)?process$/]',
    'process: settings are read in apps/api/src/settings.',
  ],
].map(([selector, message]) => ({ selector, message }));

/** Secrets come from the Random of the kernel, which a test can watch. */
export const randomness = {
  name: 'node:crypto',
  importNames: ['randomBytes', 'randomInt', 'randomUUID', 'randomFill', 'randomFillSync', 'getRandomValues'],
  message: 'Ask the Random.',
};

/** A refusal is an AppError: the libraries serve other transports than HTTP too. */
export const httpErrors = {
  name: '@nestjs/common',
  importNames: [
    'HttpException',
    'BadRequestException',
    'UnauthorizedException',
    'ForbiddenException',
    'NotFoundException',
    'ConflictException',
    'UnprocessableEntityException',
    'InternalServerErrorException',
    'ServiceUnavailableException',
  ],
  message: 'Throw an AppError.',
};
