import { readFilter } from './scim-filter';
import { ScimFailure } from './scim-failure';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** What the processor did for it, in milliseconds: a busy machine does not stretch that. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('a filter', () => {
  it.each([
    [`userName eq "claire@hopital.example"`, 'username', 'claire@hopital.example'],
    [`externalId eq "ext-1"`, 'externalid', 'ext-1'],
    [`USERNAME EQ "Claire"`, 'username', 'Claire'],
    [`${USER}:userName eq "claire"`, 'username', 'claire'],
    [` id  eq  "1" `, 'id', '1'],
    [`userName eq "a \\"b\\" \\u00e9 \\\\ c"`, 'username', 'a "b" é \\ c'],
    [`userName eq ""`, 'username', ''],
  ])('is read: %s', (text, attribute, value) => {
    expect(readFilter(text)).toEqual({ attribute, value });
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
    expect(() => readFilter(text)).toThrow(
      expect.objectContaining({ scimType: 'invalidFilter' }) as ScimFailure,
    );
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
    // An expression that tries every way to read 26 pairs takes a second, and twice as long for each one more.
    const spent = [26, 200].map((times) =>
      processorMs(() => expect(() => readFilter(start + pump.repeat(times))).toThrow(ScimFailure)),
    );
    expect(Math.max(...spent)).toBeLessThan(50);
  });
});
