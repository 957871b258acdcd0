import type { Certificate } from './certificate';

/**
 * The subject in the form of RFC 4514, in UTF-8, as `openssl x509 -noout -subject -nameopt RFC2253,-esc_msb` prints it.
 * Node escapes each value, line breaks included, so that no value can contain a line break or ` + `.
 */
export function subjectDn({ x509 }: Certificate): string {
  return x509.subject.split('\n').reverse().join(',').replaceAll(' + ', '+');
}
