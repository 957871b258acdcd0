import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';

const read = (file) => readFileSync(join(ROOT, file), 'utf8');
const PAGES = read('apps/web/src/styles.css');
/** Each is a page of a separate server, which cannot load the others' files. */
const COPIES = [
  'libs/openid/src/provider/pages/provider-pages.ts',
  'libs/operation/src/demo/demo-page.ts',
  'tools/psc-provider/pages.mjs',
];
const MARKED = [
  'apps/web/public/favicon.svg',
  'libs/openid/src/provider/pages/provider-pages.ts',
  'libs/operation/src/demo/demo-page.ts',
  'tools/psc-provider/pages.mjs',
];

describe('one brand in every place', () => {
  it.each(COPIES)('has one palette by day and by night: %s', (file) => {
    const palette = coloursOf(PAGES);
    const own = coloursOf(read(file));
    expect(Object.keys(own).length).toBeGreaterThanOrEqual(8);
    for (const [name, colours] of Object.entries(own)) expect([name, colours]).toEqual([name, palette[name]]);
  });

  it('has the same palette in the mails', () => {
    const palette = Object.values(coloursOf(PAGES)).flat();
    const mails = read('libs/notification/templates/message.hbs').match(/#[0-9a-f]{6}\b/g);
    expect([...new Set(mails)].filter((colour) => !palette.includes(colour))).toEqual([]);
  });

  it.each(MARKED)('has one mark: %s', (file) => {
    const [, mark] = /\bd="(M6 26[^"]+)"/.exec(read('apps/web/src/ui/PortillonLogo.vue'));
    expect(read(file)).toContain(mark);
  });
});

/** Colours by name, in light and dark: `{ ink: ['#12201e', '#eef5f3'] }`. */
function coloursOf(text) {
  const found = [...text.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{3,6})\b/g)];
  const names = [...new Set(found.map(([, name]) => name))];
  return Object.fromEntries(
    names.map((name) => [name, found.filter((one) => one[1] === name).map((one) => long(one[2]))]),
  );
}

function long(colour) {
  return colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour;
}
