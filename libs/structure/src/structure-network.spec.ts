import { networkOf, networksAround } from './structure-network';

describe('a network of a structure', () => {
  it.each([
    ['192.0.2.10', '192.0.2.10/32'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['::ffff:192.0.2.10', '192.0.2.10/32'],
    ['::ffff:192.0.2.10/120', '192.0.2.0/24'],
    ['2001:DB8:1::9/48', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::1/128'],
  ])('%s is looked up as %s', (named, network) => {
    expect(networkOf(named)).toBe(network);
  });

  it.each(['', 'hospital.example', '192.0.2.7/', '192.0.2.7/99'])('is none in %j', (named) => {
    expect(networkOf(named)).toBeUndefined();
  });

  it.each([
    ['192.0.2.10', '192.0.2.10'],
    ['192.0.2.10', '192.0.0.0/16'],
    ['192.0.2.10', '192.0.2.8/29'],
    ['::ffff:192.0.2.10', '192.0.2.0/24'],
    ['2001:db8:1:2::9', '2001:db8::/32'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ])('%s is found where a structure named %s', (address, named) => {
    expect(networksAround(address)).toContain(networkOf(named));
  });

  it('holds no other address', () => {
    expect(networksAround('192.0.2.10')).not.toContain(networkOf('192.0.3.0/24'));
    expect(networksAround('::c000:20a')).not.toContain(networkOf('192.0.2.10'));
  });

  it('has a bounded number of spellings, and none for what is no address', () => {
    expect(networksAround('192.0.2.10')).toHaveLength(17);
    expect(networksAround('2001:db8::1')).toHaveLength(97);
    expect(networksAround('unknown')).toEqual([]);
  });
});
