// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { HOSTS, proxySnippets } from './proxy-snippets';

/** What of a configuration says which headers reach the application. */
const ON_HEADERS = /^(proxy_set_header|request_header|header_up|respond|trustForwardHeader|[A-Z][\w-]+:) .*/;

function headersOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => ON_HEADERS.test(line)))].sort();
}

it.each([
  ['nginx', 'nginx.md', 'nginx'],
  ['caddy', 'caddy.md', 'caddyfile'],
  ['traefik', 'traefik.md', 'yaml'],
])('has of %s what the guide says of headers, for the host of the application', (id, page, language) => {
  const guide = readFileSync(`../../docs/guide/integrate/${page}`, 'utf8');
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)\\n^\`\`\``, 'ms').exec(guide)!;
  const { text } = proxySnippets('app.example', HOSTS).find((one) => one.id === id)!;
  expect(headersOf(text)).toEqual(headersOf(block!));
  const [other] = proxySnippets('dossiers.hopital.example', HOSTS);
  expect(other!.text).toContain('proxy_set_header Host dossiers.hopital.example;');
});
