// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { gatedApplication } from '../../../../test/applications';
import { snippetsFor } from './application-snippets';

it('has of Spring the settings and the bean that the guide has, which a proof runs', () => {
  const guide = readFileSync('../../docs/guide/integrate/spring.md', 'utf8').split('\n');
  const spring = gatedApplication({ kind: 'web', authMethod: 'client_secret_basic' });
  const { text } = snippetsFor(spring, 'http://localhost:3000').find(({ id }) => id === 'spring')!;
  const [, bean] = text.split('without this bean:\n');
  for (const line of bean!.split('\n')) expect(guide).toContain(line.replace(/^# /, ''));
  expect(guide).toContain('  provider.portillon.issuer-uri: http://localhost:3000');
});
