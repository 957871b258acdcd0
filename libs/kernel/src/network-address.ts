import ipaddr from 'ipaddr.js';

/** `::ffff:0:0/96`, the range of IPv6 that maps IPv4 addresses. */
const MAPPED_BITS = 96;
/** The widest network of one subscriber, by address family. */
const WIDEST = { ipv4: 16, ipv6: 32 };

/** Whether an address is in the list or in one of its CIDR blocks. A mapped IPv4 address counts as IPv4. */
export function isAmong(address: string | undefined, named: readonly string[]): boolean {
  if (!address || !ipaddr.isValid(address)) return false;
  const known = ipaddr.process(address);
  return named.some((one) => holds(one, known));
}

/** Whether `named` is an address, or a CIDR block no wider than that of one subscriber: /16 of IPv4, /32 of IPv6. */
export function isSmallNetwork(named: string): boolean {
  if (!ipaddr.isValidCIDR(named)) return ipaddr.isValid(named);
  const [base, bits] = block(named);
  return bits >= WIDEST[base.kind()];
}

function holds(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  // Not isValidCIDR: for a single address it throws and catches an error, at each request.
  const [base, bits] = named.includes('/') ? block(named) : single(named);
  return base.kind() === address.kind() && address.match(base, bits);
}

function block(named: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const [base, bits] = ipaddr.parseCIDR(named);
  if (!(base instanceof ipaddr.IPv6) || !base.isIPv4MappedAddress() || bits < MAPPED_BITS)
    return [base, bits];
  return [base.toIPv4Address(), bits - MAPPED_BITS];
}

function single(named: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(named);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
