import { mayConnect } from './address.policy';

const NAME = 'hooks.example';

describe('an address that a name leads to', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:4700:4700::1111', '2a01:e0a::1'])(
    'is asked on the public Internet: %s',
    (address) => expect(mayConnect(address, NAME, [])).toBe(true),
  );

  it.each([
    ['loopback', '127.0.0.1'],
    ['loopback beyond its first', '127.255.255.254'],
    ['loopback of IPv6', '::1'],
    ['this network', '0.0.0.0'],
    ['unspecified', '::'],
    ['private 10/8', '10.1.2.3'],
    ['private 172.16/12', '172.31.255.255'],
    ['private 192.168/16', '192.168.1.1'],
    ['unique local, and AWS metadata by IPv6', 'fd00:ec2::254'],
    ['site-local', 'fec0::1'],
    ['link-local and metadata', '169.254.169.254'],
    ['link-local of IPv6', 'fe80::1'],
    ['carriers’ NAT, and Alibaba metadata', '100.100.100.200'],
    ['Oracle metadata', '192.0.0.192'],
    ['Azure metadata', '168.63.129.16'],
    ['multicast', '224.0.0.1'],
    ['multicast of IPv6', 'ff02::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.1'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '203.0.113.7'],
    ['documentation of IPv6', '2001:db8::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped of a public one', '::ffff:8.8.8.8'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['IPv4-translated', '::ffff:0:127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 of local use', '64:ff9b:1::a00:1'],
    ['6to4 of 127.0.0.1', '2002:7f00:1::'],
    ['6to4 relay', '192.88.99.1'],
    ['Teredo', '2001:0:7f00:1::'],
    ['discard', '100::1'],
    ['segment routing', '5f00::1'],
    ['no address', 'hooks.example'],
  ])('is refused when it is %s', (_, address) => expect(mayConnect(address, NAME, [])).toBe(false));
});

describe('the list of the intranet', () => {
  it('opens one address and a block, whatever name leads there', () => {
    expect(mayConnect('10.0.0.5', NAME, ['10.0.0.5'])).toBe(true);
    expect(mayConnect('10.0.0.6', NAME, ['10.0.0.5'])).toBe(false);
    expect(mayConnect('10.20.1.1', NAME, ['10.20.0.0/16'])).toBe(true);
    expect(mayConnect('10.21.1.1', NAME, ['10.20.0.0/16'])).toBe(false);
    expect(mayConnect('fd12::1', NAME, ['fd12::/16'])).toBe(true);
  });

  it('recognises an address written as IPv6', () => {
    expect(mayConnect('::ffff:10.20.1.1', NAME, ['10.20.0.0/16'])).toBe(true);
    expect(mayConnect('::ffff:10.21.1.1', NAME, ['10.20.0.0/16'])).toBe(false);
  });

  it('allows one exact name, and none that only ends or begins like it', () => {
    const allow = ['hooks.chu.example'];
    expect(mayConnect('10.0.0.5', 'hooks.chu.example', allow)).toBe(true);
    expect(mayConnect('10.0.0.5', 'evil.hooks.chu.example', allow)).toBe(false);
    expect(mayConnect('10.0.0.5', 'hooks.chu.example.evil.test', allow)).toBe(false);
  });
});
