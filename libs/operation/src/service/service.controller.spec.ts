import { securityText } from './service.controller';

const NOW = new Date('2026-11-29T16:00:00Z');

describe('where weaknesses are reported', () => {
  it('is published as RFC 9116 requires, good for a month', () => {
    expect(securityText('securite@sante.example', 'https://portail.sante.example', NOW)).toBe(
      [
        'Contact: mailto:securite@sante.example',
        'Expires: 2026-12-29T00:00:00.000Z',
        'Preferred-Languages: fr, en',
        'Canonical: https://portail.sante.example/.well-known/security.txt',
        '',
      ].join('\n'),
    );
  });

  it('may be a page', () => {
    const text = securityText('https://sante.example/securite', 'https://portail.sante.example', NOW);
    expect(text).toMatch(/^Contact: https:\/\/sante\.example\/securite\n/);
  });
});
