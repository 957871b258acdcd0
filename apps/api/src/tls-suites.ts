import tls from 'node:tls';

const TLS_1_3_SUITES = ['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'];

/**
 * Forward secrecy and authenticated encryption only (ASVS 5.0, 12.1.2; RFC 9325, 4.2): a key stolen later decrypts no
 * earlier traffic. A test compares docker/nginx and the guide with this list.
 */
export const TLS_1_2_SUITES = [
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
];

/** Has every TLS connection of this process use them: server, card port, relay, database, Redis, providers, webhooks. */
export function restrictTls(): void {
  tls.DEFAULT_CIPHERS = [...TLS_1_3_SUITES, ...TLS_1_2_SUITES].join(':');
  tls.DEFAULT_MIN_VERSION = 'TLSv1.2';
}
