import ipaddr from 'ipaddr.js';

/** The widest network that a structure may name, by address family. */
const WIDEST = { ipv4: 16, ipv6: 32 };
const LONGEST = { ipv4: 32, ipv6: 128 };
/** `::ffff:0:0/96`, the range of IPv6 that maps IPv4 addresses. */
const MAPPED_BITS = 96;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Normalises an address or a CIDR block; undefined for another text. A landed migration uses it. */
export function networkOf(named: string): string | undefined {
  if (ipaddr.isValid(named)) {
    const address = ipaddr.process(named);
    return spelled(address, LONGEST[address.kind()]);
  }
  if (!ipaddr.isValidCIDR(named)) return undefined;
  const [base, bits] = ipaddr.parseCIDR(named);
  if (base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= MAPPED_BITS)
    return spelled(base.toIPv4Address(), bits - MAPPED_BITS);
  return spelled(base, bits);
}

/** Every network that contains this address and that a structure may name, in the spelling of {@link networkOf}. */
export function networksAround(text: string): string[] {
  if (!ipaddr.isValid(text)) return [];
  const address = ipaddr.process(text);
  const widest = WIDEST[address.kind()];
  const count = LONGEST[address.kind()] - widest + 1;
  return Array.from({ length: count }, (_, at) => spelled(address, widest + at));
}

function spelled(address: Address, bits: number): string {
  const bytes = address.toByteArray().map((byte, at) => byte & mask(bits - 8 * at));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

/** Mask of the leading bits of a byte that belong to the network. */
function mask(bits: number): number {
  return 0xff & (0xff00 >> Math.min(8, Math.max(0, bits)));
}
