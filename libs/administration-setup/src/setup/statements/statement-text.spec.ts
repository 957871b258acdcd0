import { statementText } from './statement-text';

const plain = (text: string) => ({ text, strong: false, href: null });

describe('a text of the operator', () => {
  it('has titles, paragraphs and lists, with links and bold words', () => {
    const { blocks, faults } = statementText(
      '## Médiation\n\nÉcrivez à la **médiation**,\nou voyez [sa page](https://sante.example/mediation).\n\n- un\n  suite\n- deux\nFin\n',
    );
    expect(faults).toEqual([]);
    expect(blocks).toEqual([
      { kind: 'heading', runs: [plain('Médiation')] },
      {
        kind: 'paragraph',
        runs: [
          plain('Écrivez à la '),
          { text: 'médiation', strong: true, href: null },
          plain(','),
          plain(' ou voyez '),
          { text: 'sa page', strong: false, href: 'https://sante.example/mediation' },
          plain('.'),
        ],
      },
      { kind: 'item', runs: [plain('un'), plain(' suite')] },
      { kind: 'item', runs: [plain('deux'), plain(' Fin')] },
    ]);
  });

  it.each([
    ['<script>alert(1)</script>', 'line 1 has HTML'],
    ['Bien\n\n<!-- caché -->', 'line 3 has HTML'],
    ['[ici](javascript:alert(1))', 'line 1 has a link that leads neither'],
    ['[ici](//evil.example)', 'line 1 has a link that leads neither'],
    ['[ici](http://sante.example)', 'line 1 has a link that leads neither'],
    ['![logo](https://evil.example/pixel.png)', 'line 1 has an image'],
    ['| a | b |', 'line 1 has a table'],
    ['# Titre', 'line 1 has a title that does not begin with "## "'],
    ['### Titre', 'line 1 has a title that does not begin with "## "'],
    ['1. un', 'line 1 has a list that does not begin with "- "'],
    ['- un\n  - deux', 'line 2 has a list within a list'],
    ['```', 'line 1 has a block of code'],
  ])('is refused with %j', (markdown, fault) => {
    expect(statementText(markdown).faults[0]).toContain(fault);
  });

  it('keeps what looks like markup of others as text, for a page that shows text alone', () => {
    expect(statementText('1 < 2 & "3"').blocks).toEqual([
      { kind: 'paragraph', runs: [plain('1 < 2 & "3"')] },
    ]);
  });

  it('is read in one pass, however hostile', () => {
    const hostile = `${'['.repeat(20_000)}\n${'**'.repeat(10_000)}\n${'[a]('.repeat(5_000)}\n${'**a**'.repeat(10_000)}`;
    expect(statementText(hostile).blocks[0]!.runs).toHaveLength(10_004);
  });
});
