import { addressBlock, localeOf } from './client';

describe('the language of an answer', () => {
  it.each([
    [undefined, 'fr'],
    ['', 'fr'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['en;q=0.2,fr;q=0.7', 'fr'],
    ['de,en;q=0.5', 'en'],
    ['de', 'fr'],
    ['en;q=0', 'fr'],
    ['en;q=banana', 'fr'],
    [',;,;q=1'.repeat(1_000), 'fr'],
  ])('for "%s" is %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});

describe('the block by which limits count', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:bbbb:cccc:dddd:eeee', '2001:db8:1:2::/64'],
    ['not an address', 'unknown'],
  ])('of %s is %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });
});
