/** The characteristics of an attribute (RFC 7643, 7). Default: an optional text; `more` changes it. */
interface Attribute {
  name: string;
  [characteristic: string]: unknown;
}

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const REQUIRED = { required: true };
const READ_ONLY = { mutability: 'readOnly' };
const FLAG = { type: 'boolean' };
const ADDRESS = { type: 'reference', referenceTypes: ['uri'], caseExact: true };

export const USER_SCHEMA = schema('User', 'A person who may sign in.', [
  attribute('userName', { ...REQUIRED, uniqueness: 'server', description: 'What the person signs in with.' }),
  attribute('displayName', {
    ...REQUIRED,
    description: 'The name that is shown. Follows the parts of the name where it is not sent.',
  }),
  complex('name', [attribute('givenName'), attribute('familyName')]),
  complex(
    'emails',
    [
      attribute('value', { ...REQUIRED, description: 'Where invitations and codes go.' }),
      attribute('type', { canonicalValues: ['work'] }),
    ],
    { ...REQUIRED, multiValued: true, description: 'The one address of the account.' },
  ),
  attribute('title', { description: 'The function of the person in the structure.' }),
  attribute('active', {
    ...REQUIRED,
    ...FLAG,
    description: 'Whether the account is open. Open where it is not sent.',
  }),
]);

export const GROUP_SCHEMA = schema('Group', 'A role, which an administrator gives here.', [
  attribute('displayName', READ_ONLY),
]);

/** Of the discovery itself, read-only as all of it is. */
const DISCOVERY = [
  schema('ServiceProviderConfig', 'What is supported.', [
    ...['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'].map((name) =>
      complex(name, [attribute('supported', { ...READ_ONLY, ...FLAG }), ...limitsOf(name)], READ_ONLY),
    ),
    complex('authenticationSchemes', texts('type', 'name', 'description'), {
      ...READ_ONLY,
      multiValued: true,
    }),
  ]),
  schema('ResourceType', 'A kind of resource.', [
    ...texts('id', 'name', 'description'),
    ...['endpoint', 'schema'].map((name) => attribute(name, { ...READ_ONLY, ...ADDRESS })),
  ]),
  schema('Schema', 'The attributes of a resource.', [
    ...texts('id', 'name', 'description'),
    complex('attributes', texts('name', 'type', 'mutability', 'returned', 'uniqueness', 'description'), {
      ...READ_ONLY,
      multiValued: true,
    }),
  ]),
];

export const SCHEMAS = [USER_SCHEMA, GROUP_SCHEMA, ...DISCOVERY];

function schema(name: string, description: string, attributes: Attribute[]) {
  return { schemas: [`${CORE}:Schema`], id: `${CORE}:${name}`, name, description, attributes };
}

function attribute(name: string, more: object = {}): Attribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...more,
  };
}

function complex(name: string, subAttributes: Attribute[], more: object = {}): Attribute {
  return attribute(name, { type: 'complex', subAttributes, ...more });
}

function texts(...names: string[]): Attribute[] {
  return names.map((name) => attribute(name, READ_ONLY));
}

function limitsOf(name: string): Attribute[] {
  const limits = { bulk: ['maxOperations', 'maxPayloadSize'], filter: ['maxResults'] };
  const names = limits[name as keyof typeof limits] ?? [];
  return names.map((limit) => attribute(limit, { ...READ_ONLY, type: 'integer' }));
}
