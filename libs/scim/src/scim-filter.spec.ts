import { readFilter } from './scim-filter';
import { ScimFailure } from './scim-failure';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Processor time in milliseconds, which does not grow on a busy machine. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const ATTRIBUTES = ['userName', 'externalId', 'id'] as const;
const read = (filter: unknown) => readFilter({ filter }, ATTRIBUTES);

describe('a filter', () => {
  it.each([
    [`userName eq "claire@hopital.example"`, 'userName', 'claire@hopital.example'],
    [`externalId eq "ext-1"`, 'externalId', 'ext-1'],
    [`USERNAME EQ "Claire"`, 'userName', 'Claire'],
    [`${USER}:userName eq "claire"`, 'userName', 'claire'],
    [` id  eq  "1" `, 'id', '1'],
    [`userName eq "a \\"b\\" \\u00e9 \\\\ c"`, 'userName', 'a "b" é \\ c'],
    [`userName eq ""`, 'userName', ''],
  ])('is read: %s', (text, attribute, value) => {
    expect(read(text)).toEqual({ attribute, value });
  });

  it('is left out where none is given, and refused where there are two', () => {
    expect(read(undefined)).toBeUndefined();
    expect(() => read(['id eq "1"', 'id eq "2"'])).toThrow(ScimFailure);
  });

  it.each([
    '',
    'userName eq "x" or userName pr',
    'userName eq "x" and userName eq "y"',
    'userName sw "x"',
    'userName eq true',
    'userName eq x',
    "userName eq 'x'",
    'userName eq "x',
    'userName eq "\\x"',
    'userName eq "x\\u0000y"',
    'userName eq "x\u0000y"',
    'password eq "x"',
    '__proto__ eq "x"',
    'emails[value eq "x"].value eq "y"',
    `userName eq "${'a'.repeat(600)}"`,
  ])('is refused when it is anything but one comparison: %j', (text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ scimType: 'invalidFilter' }) as ScimFailure);
  });

  it.each([
    ['userName eq "', 'a\\'],
    ['userName eq "', '\\'],
    ['userName eq "', '\\"'],
    ['userName eq ', '"\\'],
    ['userName eq ', '('],
    ['userName eq ', '['],
    ['userName', ' '],
    ['', 'a.'],
  ])('stops no instance when it begins with %j and goes on with %j over and over', (start, pump) => {
    // An expression that tries every way to read 26 pairs takes a second, and twice as long for each one more: half a
    // second of processor time is far from both results, on a busy machine too.
    for (const times of [26, 200]) {
      const spent = processorMs(() => expect(() => read(start + pump.repeat(times))).toThrow(ScimFailure));
      expect(spent).toBeLessThan(500);
    }
  });
});
