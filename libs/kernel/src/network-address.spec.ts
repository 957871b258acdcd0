import { isAmong, isSmallNetwork } from './network-address';

describe('an address is among those named', () => {
  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['::ffff:127.0.0.1', ['127.0.0.1']],
    ['10.1.2.3', ['192.0.2.1', '10.0.0.0/8']],
    ['2001:db8::1', ['2001:db8::/32']],
    ['::1', ['::1']],
    ['10.1.2.3', ['::ffff:10.1.2.3']],
    ['::ffff:10.1.2.3', ['::ffff:10.0.0.0/104']],
    ['2001:db8::1', ['::/0']],
  ])('%s in %j', (address, named) => expect(isAmong(address, named)).toBe(true));

  it.each([
    ['127.0.0.2', ['127.0.0.1']],
    ['11.1.2.3', ['10.0.0.0/8']],
    ['::1', ['127.0.0.1']],
    ['127.0.0.1', []],
    ['11.1.2.3', ['::ffff:10.0.0.0/104']],
    ['10.1.2.3', ['::/0']],
    ['', ['127.0.0.1']],
    [undefined, ['0.0.0.0/0']],
    ['nonsense', ['0.0.0.0/0']],
  ])('%s not in %j', (address, named) => expect(isAmong(address, named)).toBe(false));
});

describe('a network of one subscriber', () => {
  it.each([
    '192.0.2.7',
    '192.0.2.0/24',
    '10.1.0.0/16',
    '2001:db8::1',
    '2001:db8::/32',
    '::ffff:10.1.0.0/112',
  ])('may be %s', (named) => expect(isSmallNetwork(named)).toBe(true));

  it.each([
    '0.0.0.0/0',
    '10.0.0.0/8',
    '2001::/16',
    '::/0',
    '::ffff:0:0/96',
    '192.0.2.7/',
    'hospital.example',
    '',
  ])('may not be %j', (named) => expect(isSmallNetwork(named)).toBe(false));
});
