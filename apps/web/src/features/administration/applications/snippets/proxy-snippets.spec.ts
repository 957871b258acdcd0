// @vitest-environment node
import { expect, it } from 'vitest';
import { HOSTS, proxySnippets } from './proxy-snippets';

it('returns the blocks of the guide, with the hosts of the application and of Portillon', () => {
  const hosts = { application: '127.0.0.1:8081', portillon: '127.0.0.1:3001' };
  const snippets = proxySnippets('dossiers.hopital.example', hosts);
  expect(snippets.map(({ id }) => id)).toEqual(['nginx', 'caddy', 'haproxy', 'haproxy-lua', 'traefik']);
  const [nginx] = snippets;
  expect(nginx!.text).toContain('proxy_set_header Host dossiers.hopital.example;');
  expect(nginx!.text).toContain('proxy_pass http://127.0.0.1:8081;');
  for (const { text } of snippets)
    expect(text).not.toMatch(new RegExp(`app\\.example|${HOSTS.application}|${HOSTS.portillon}`));
});
