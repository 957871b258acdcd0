import type { Snippet } from './snippet.types';

/** Host and port at which a proxy reaches both. */
export interface ProxiedHosts {
  application: string;
  portillon: string;
}
/** As written in the guide. */
export const HOSTS: ProxiedHosts = { application: 'application:8080', portillon: 'portillon:3000' };

const FOLDER = '../../../../../../../docs/guide/integrate';
const PAGES = import.meta.glob<string>(
  '../../../../../../../docs/guide/integrate/{caddy,haproxy,nginx,traefik}.md',
  { query: '?raw', import: 'default', eager: true },
);

const SNIPPETS: Snippet[] = [
  { id: 'nginx', name: 'nginx', text: blockOf('nginx', 'nginx') },
  { id: 'caddy', name: 'Caddy', text: blockOf('caddy', 'caddyfile') },
  { id: 'haproxy', name: 'HAProxy (haproxy.cfg)', text: blockOf('haproxy', 'haproxy') },
  { id: 'haproxy-lua', name: 'HAProxy (portillon.lua)', text: blockOf('haproxy', 'lua') },
  { id: 'traefik', name: 'Traefik', text: blockOf('traefik', 'yaml') },
];

/** The configuration of a reverse proxy for the application at `host`: the blocks of the guide, which tests run. */
export function proxySnippets(host: string, { application, portillon }: ProxiedHosts): Snippet[] {
  return SNIPPETS.map(({ text, ...snippet }) => ({
    ...snippet,
    text: text
      .replaceAll('app.example', host)
      .replaceAll(HOSTS.application, application)
      .replaceAll(HOSTS.portillon, portillon),
  }));
}

/** The first code block in this language on a page of the guide. */
function blockOf(page: string, language: string): string {
  return new RegExp(`^\`\`\`${language}\\n(.*?)\\n^\`\`\``, 'ms').exec(PAGES[`${FOLDER}/${page}.md`]!)![1]!;
}
