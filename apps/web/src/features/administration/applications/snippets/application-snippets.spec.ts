// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gatedApplication } from '../../../../../test/applications';
import { snippetsFor } from './application-snippets';

it('contains the Spring settings and bean of the guide, which a proof runs', () => {
  const guide = readFileSync('../../docs/guide/integrate/spring.md', 'utf8').split('\n');
  const spring = gatedApplication({ kind: 'web', authMethod: 'client_secret_basic' });
  const { text } = snippetsFor(spring, 'http://localhost:3000').find(({ id }) => id === 'spring')!;
  const [, bean] = text.split('without this bean:\n');
  for (const line of bean!.split('\n')) expect(guide).toContain(line.replace(/^# /, ''));
  expect(guide).toContain('  provider.portillon.issuer-uri: http://localhost:3000');
});

it('contains the Apache lines of the guide', () => {
  const guide = readFileSync('../../docs/guide/integrate/apache.md', 'utf8').split('\n');
  const lines = guide.map((line) => line.trim());
  const redirectUris = ['https://app.example/.openid/callback'];
  const apache = { kind: 'web', authMethod: 'client_secret_basic', redirectUris, id: '<client-id>' } as const;
  const scopes = ['openid', 'profile'];
  const made = snippetsFor(gatedApplication({ ...apache, scopes }), 'https://portillon.example');
  const { text } = made.find(({ id }) => id === 'apache')!;
  for (const line of text.split('\n')) expect(lines).toContain(line.trim());
});
