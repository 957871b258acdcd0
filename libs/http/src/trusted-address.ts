import ipaddr from 'ipaddr.js';

/** Whether an address is one of those named, or in one of the CIDR blocks. IPv4 in IPv6 clothes is IPv4. */
export function isAmong(address: string | undefined, named: readonly string[]): boolean {
  if (!address || !ipaddr.isValid(address)) return false;
  const known = ipaddr.process(address);
  return named.some((one) => holds(one, known));
}

function holds(named: string, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  const [base, bits] = ipaddr.isValidCIDR(named) ? ipaddr.parseCIDR(named) : single(named);
  return base.kind() === address.kind() && address.match(base, bits);
}

function single(named: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  const address = ipaddr.process(named);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
