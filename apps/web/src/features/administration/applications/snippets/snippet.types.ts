/** Settings to copy, for one technology. */
export interface Snippet {
  id: 'node' | 'spring' | 'apache' | 'curl' | 'nginx' | 'caddy' | 'haproxy' | 'haproxy-lua' | 'traefik';
  /** Product names are the same in every language. */
  name: string;
  text: string;
}
