import { wrongFields } from '@portillon/account';
import { httpFields } from '@portillon/http';
import { ErrorCatalogService } from '@portillon/kernel';
import { getMetadataStorage } from 'class-validator';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import './app.module';

const LIBS = join(__dirname, '../../../libs');
/** `OneLine`: what the text for any field says. */
const ONE_LINE = '\\x00-\\x1f';
/** A field that only must not be empty. */
const NOT_EMPTY = '/\\S/';
/** Faults of a field in the source: a code that is `format`, or one without a separate text. */
const IN_SOURCE = [
  /field: '(\w+)',\s+code: '(?:format|invalid|cursor\.unknown)'/g,
  /query(?:Pattern|Instant|Day|Words)\('(\w+)'/g,
  /refused\('(\w+)', 'format'\)/g,
  /(\w+): [^\n]*undefined : 'invalid'/g,
];

const catalog = new ErrorCatalogService();
catalog.register({}, httpFields);

interface Constraint {
  type: string;
  name?: string;
  propertyName: string;
  constraints: unknown[];
}

const sources = readdirSync(LIBS, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[\w-]+\/src\/.*\.ts$/.test(file) && !file.endsWith('.spec.ts'))
  .map((file) => readFileSync(join(LIBS, file), 'utf8'));

describe('the refusal of a form', () => {
  it.each<[string, () => string[]]>([
    ['pattern of a body', patternFields],
    [
      'field that a service refuses',
      () => sources.flatMap((text) => IN_SOURCE.flatMap((one) => found(text, one))),
    ],
    ['field of an account', accountFields],
  ])('states the form, for every %s', (_where, fields) => {
    const names = [...new Set(fields())];
    expect(names.length).toBeGreaterThan(4);
    const any = catalog.fieldText('format', 'fr', '');
    expect(names.filter((name) => catalog.fieldText('format', 'fr', name) === any)).toEqual([]);
  });

  it('is never only that it was refused', () => {
    const texts = sources.flatMap((text) => found(text, /\b(?:fr|en): '([^']+)'/g));
    const bare = /(?:n’est pas valide|n’a pas la forme[^:]*|is not valid|not of the [^:]*form[^:]*)\.?$/;
    expect(texts.filter((text) => bare.test(text))).toEqual([]);
  });
});

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name!);
}

function patternFields(): string[] {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<unknown, Constraint[]> };
  return [...storage.validationMetadatas.values()].flat().flatMap(({ name, propertyName, constraints }) => {
    const pattern = String(constraints?.[0]);
    return name === 'matches' && !pattern.includes(ONE_LINE) && pattern !== NOT_EMPTY ? [propertyName] : [];
  });
}

function accountFields(): string[] {
  const wrong = '\u0000';
  const names = { username: wrong, displayName: wrong, givenName: wrong, familyName: wrong };
  return wrongFields({ ...names, email: wrong, roles: [wrong], nationalId: wrong, externalId: wrong });
}
