import ipaddr from 'ipaddr.js';

/** `::ffff:0:0/96`, where IPv6 holds the addresses of IPv4. */
const MAPPED_BITS = 96;
/** The widest network of one subscriber, by the kind of its addresses. */
const WIDEST = { ipv4: 16, ipv6: 32 };

/** Whether an address is one of those named, or in one of the CIDR blocks. IPv4 in IPv6 clothes is IPv4. */
export function isAmong(address: string | undefined, named: readonly string[]): boolean {
  if (!address || !ipaddr.isValid(address)) return false;
  const known = ipaddr.process(address);
  return named.some((one) => holds(one, known));
}

/** Whether `named` is an address, or a CIDR block no wider than one subscriber may have: /16 of IPv4, /32 of IPv6. */
export function isSmallNetwork(named: string): boolean {
  if (!ipaddr.isValidCIDR(named)) return ipaddr.isValid(named);
  const [base, bits] = block(named);
  return bits >= WIDEST[base.kind()];
}

function holds(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  // Not isValidCIDR: of a single address it throws and catches an error, at each request.
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
