import type { AppError } from '@portillon/kernel';
import { cleanLogo } from './svg-logo';

const svg = (inside: string, root = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${root}>${inside}</svg>`;

function reasonOf(text: string): unknown {
  try {
    cleanLogo(text);
  } catch (error) {
    return (error as AppError).errors;
  }
  return undefined;
}

describe('a logo', () => {
  it('is kept as it is drawn', () => {
    const drawn =
      '<defs><linearGradient id="a"><stop offset="0" stop-color="#0a5650"></stop></linearGradient>' +
      '<linearGradient id="b" href="#a"></linearGradient></defs><style>.c{fill:url(#b)}</style>' +
      '<g transform="translate(1 2)"><path class="c" d="M0 0h9v9z" style="stroke:rgb(1,2,3)"></path></g><text>CHU &amp; Co</text>';
    expect(cleanLogo(svg(drawn))).toBe(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${drawn}</svg>`,
    );
  });

  it('loses elements that drawing programs add', () => {
    const noise =
      '<!-- Generator --><title>Logo</title><metadata><rdf:RDF xmlns:rdf="r"/></metadata><sodipodi:view xmlns:sodipodi="s"/>';
    const text = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">${svg(
      `${noise}<path data-name="one" inkscape:label="two" xmlns:inkscape="i" d="M0 0"/>`,
    )}`;
    expect(cleanLogo(text)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0"></path></svg>',
    );
  });

  it.each([
    ['a script', svg('<script>alert(1)</script>'), 'active'],
    ['a script in capitals', svg('<SCRIPT>alert(1)</SCRIPT>'), 'active'],
    ['a handler', svg('<path onload="alert(1)" d=""/>'), 'active'],
    ['a handler of its root', svg('', 'viewBox="0 0 1 1" onload="alert(1)"'), 'active'],
    ['a page inside it', svg('<foreignObject><p>x</p></foreignObject>'), 'active'],
    [
      'an animation that writes an address',
      svg('<set attributeName="href" to="javascript:alert(1)"/>'),
      'active',
    ],
    ['a link', svg('<a href="https://evil.example"><path d=""/></a>'), 'unsupported'],
    ['an image', svg('<image href="https://evil.example/x.png"/>'), 'unsupported'],
    ['a part of another drawing', svg('<use href="https://evil.example/x.svg#a"/>'), 'unsupported'],
    ['a part of itself', svg('<use href="#a"/>'), 'unsupported'],
    ['a gradient from elsewhere', svg('<linearGradient xlink:href="//evil.example#a"/>'), 'outside'],
    ['a reference of a path', svg('<path href="javascript:alert(1)"/>'), 'outside'],
    ['a fill from elsewhere', svg('<path fill="url(https://evil.example/a)"/>'), 'outside'],
    [
      'a fill from elsewhere beside one of its own',
      svg('<path fill="url(#a) url(//evil.example)"/>'),
      'outside',
    ],
    ['an escape of CSS', svg('<path fill="u\\72l(//evil.example)"/>'), 'outside'],
    ['a style that loads', svg('<path style="background:image-set(\'//evil.example\' 1x)"/>'), 'outside'],
    ['a sheet that loads', svg('<style>svg{background:url(//evil.example)}</style>'), 'outside'],
    ['a sheet that imports', svg('<style><![CDATA[@import "//evil.example";]]></style>'), 'outside'],
    [
      'entities',
      `<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${svg('<text>&b;</text>')}`,
      'unreadable',
    ],
    [
      'a file of the server',
      `<!DOCTYPE svg [<!ENTITY f SYSTEM "file:///etc/passwd">]>${svg('<text>&f;</text>')}`,
      'unreadable',
    ],
    ['the beginning of a picture', `GIF89a/*${svg('')}`, 'unreadable'],
    ['a page before it', `<html><body></body></html>${svg('')}`, 'unreadable'],
    ['a page in its place', '<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>', 'unreadable'],
    ['a root that is not closed', '<svg viewBox="0 0 1 1">', 'unreadable'],
    ['no size', svg('', ''), 'no-dimensions'],
    ['more than 20 kB', svg(`<path d="${'M0 0'.repeat(5_000)}"/>`), 'size'],
    ['thousands of elements', svg('<g/>'.repeat(2_001)), 'too-many'],
    ['a depth that no program reads', svg(`${'<g>'.repeat(2_000)}${'</g>'.repeat(2_000)}`), 'too-many'],
  ])('with %s is refused', (_, text, reason) => {
    expect(reasonOf(text)).toMatchObject([{ field: 'logo', code: reason }]);
  });

  it('keeps no text that another reader would run', () => {
    const cleaned = cleanLogo(
      svg('<!--><script>alert(1)</script>--><text>&lt;script&gt;]]&gt;</text>'.replace('<!-->', '<!-- ')),
    );
    expect(cleaned).toContain('<text>&lt;script&gt;]]&gt;</text>');
    expect(cleaned).not.toContain('alert');
  });

  it('has no prefix bound to another language', () => {
    expect(
      cleanLogo(svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>')),
    ).not.toContain('alert');
  });
});
