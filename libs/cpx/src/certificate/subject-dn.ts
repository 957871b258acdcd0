import type { Certificate } from './certificate';

/**
 * The subject as RFC 4514 writes it, in UTF-8: what `openssl x509 -noout -subject -nameopt RFC2253,-esc_msb` prints. Node
 * escapes each value (a line break too), so that neither a line nor ` + ` can be a part of one.
 */
export function subjectDn({ x509 }: Certificate): string {
  return x509.subject.split('\n').reverse().join(',').replaceAll(' + ', '+');
}
