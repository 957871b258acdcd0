// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { haproxySnippets } from './haproxy-snippets';

const guide = readFileSync('../../docs/guide/integrate/haproxy.md', 'utf8');
const blockOf = (language: string) =>
  new RegExp(`^\`\`\`${language}\\n(.*?)\\n^\`\`\``, 'ms').exec(guide)![1];

it('has the two files of the guide, which the tests run, for the host of the application', () => {
  const [configuration, script] = haproxySnippets('app.example');
  expect(configuration!.text).toBe(blockOf('haproxy'));
  expect(script!.text).toBe(blockOf('lua'));
  expect(haproxySnippets('dossiers.hopital.example')[0]!.text).toContain(
    'set-header X-Forwarded-Host dossiers.hopital.example',
  );
});
